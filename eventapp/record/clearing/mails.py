from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter
from eventapp.people.models import Person
from eventapp.record.confirmations.models import Reply
from eventapp.record.notes.models import Note


def settled(answer: Reply, person: Person) -> Letter:
    """To whoever corrected a note or objected to it: what was done about it."""
    about, note = f"confirmation:{answer.confirmation_id}", answer.note
    words = {"answer": answer, "note": note, "name": answer.confirmation.name}
    return letter("record/mail/settled.txt", note.session.meeting, person, words, about=about)


def sent_back(note: Note, person: Person, reason: str) -> Letter:
    """To the rapporteur: one of your notes needs a change before it is approved."""
    template, meeting = "record/mail/sent_back.txt", note.session.meeting
    return letter(template, meeting, person, {"note": note, "reason": reason}, about=f"note:{note.id}")
