from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.outcomes.models import Confirmation, Note
from eventapp.people.models import Person


def confirmation(asked: Confirmation, *, token: str) -> Letter:
    """To a moderator or speaker: read the notes that concern you, confirm, correct or object."""
    meeting, person = asked.session.meeting, known(asked.role.person)
    return compose(
        "outcomes/mail/confirmation.txt",
        to=person.email,
        to_name=person.name,
        language=person.language,
        about=f"confirmation:{asked.id}",
        meeting_id=meeting.id,
        meeting_name=meeting.short_title,
        contact=meeting.contact_email,
        session=asked.session,
        role=asked.role,
        meeting=meeting,
        expires_at=asked.expires_at,
        token=token,
    )


def sent_back(note: Note, reason: str) -> Letter:
    """To the rapporteur: one of your notes needs a change before it is approved."""
    meeting, person = note.session.meeting, known(note.author)
    return compose(
        "outcomes/mail/sent_back.txt",
        to=person.email,
        to_name=person.name,
        language=person.language,
        about=f"note:{note.id}",
        meeting_id=meeting.id,
        meeting_name=meeting.short_title,
        contact=meeting.contact_email,
        note=note,
        reason=reason,
        meeting=meeting,
    )


def known(person: Person | None) -> Person:
    if person is None:
        message = "a letter needs somebody to go to"
        raise ValueError(message)
    return person
