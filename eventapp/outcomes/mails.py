from eventapp.agenda.models import Session
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.outcomes.asked import Confirmation, Reply
from eventapp.outcomes.models import Note
from eventapp.people.models import Person


def confirmation(asked: Confirmation, *, token: str) -> Letter:
    """To a moderator or speaker: read the notes that concern you, confirm, correct or object."""
    return about_link("outcomes/mail/confirmation.txt", asked, token)


def reminder(asked: Confirmation, *, token: str) -> Letter:
    """To the same, once, some hours before the link ends."""
    return about_link("outcomes/mail/reminder.txt", asked, token)


def about_link(template: str, asked: Confirmation, token: str) -> Letter:
    meeting, person = asked.session.meeting, known(asked.person)
    return compose(
        template,
        to=person.email,
        to_name=person.name,
        language=person.language,
        about=f"confirmation:{asked.id}",
        meeting_id=meeting.id,
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        session=asked.session,
        name=asked.name,
        meeting=meeting,
        expires_at=asked.expires_at,
        token=token,
    )


def nudge(session: Session, person: Person, count: int) -> Letter:
    """To a rapporteur, half an hour after the end: the session was not handed in yet. `count` notes are there."""
    meeting = session.meeting
    return compose(
        "outcomes/mail/nudge.txt",
        to=person.email,
        to_name=person.name,
        language=person.language,
        about=f"session:{session.id}",
        meeting_id=meeting.id,
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        session=session,
        meeting=meeting,
        count=count,
    )


def settled(answer: Reply) -> Letter:
    """To whoever corrected a note or objected to it: what was done about it."""
    meeting, person = answer.note.session.meeting, known(answer.confirmation.person)
    return compose(
        "outcomes/mail/settled.txt",
        to=person.email,
        to_name=person.name,
        language=person.language,
        about=f"confirmation:{answer.confirmation_id}",
        meeting_id=meeting.id,
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        answer=answer,
        note=answer.note,
        name=answer.confirmation.name,
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
        illustrative=meeting.illustrative,
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
