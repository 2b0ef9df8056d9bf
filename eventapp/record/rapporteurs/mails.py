from eventapp.agenda.models import Session
from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter
from eventapp.people.models import Person


def nudge(session: Session, person: Person, count: int) -> Letter:
    """To a rapporteur, half an hour after the end: the session was not handed in yet. `count` notes are there."""
    about, words = f"session:{session.id}", {"session": session, "count": count}
    return letter("record/mail/nudge.txt", session.meeting, person, words, about=about)
