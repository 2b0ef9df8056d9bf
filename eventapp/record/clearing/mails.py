from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.people.models import Person
from eventapp.record.confirmations.models import Reply
from eventapp.record.notes.models import Note


def settled(answer: Reply, person: Person) -> Letter:
    """To whoever corrected a note or objected to it: what was done about it."""
    note, asked = answer.note, answer.confirmation
    words = {"reference": note.reference, "note": note.current.text, "answer": answer.settlement}
    name = "note_settled" if answer.settlement else "note_changed"
    return letter(name, note.session.meeting, person, words, about=f"confirmation:{asked.id}", called=asked.name)


def sent_back(note: Note, person: Person, reason: str) -> Letter:
    """To the rapporteur: one of your notes needs a change before it is approved."""
    meeting, session = note.session.meeting, note.session
    words = {
        "reference": note.reference,
        "note_title": note.current.title,
        "reason": reason,
        "link": address(f"meetings/{meeting.slug}/record/{session.code}/{note.number}"),
    }
    return letter("sent_back", meeting, person, words, about=f"note:{note.id}")
