from typing import Any

from flask import current_app

from eventapp.agenda.difference import Change
from eventapp.agenda.models import SpeakingRole
from eventapp.agenda.published import PublishedSession
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.tokens import link
from eventapp.vocabulary.sessions import SPEAKING_ROLES

ROLE_LINK = "answer a part"  # the purpose the links are signed for


def role_asked(role: SpeakingRole) -> Letter:
    """Asks a person to take a part, with a link to a page where one button says yes and one no."""
    return letter("role_asked", role, page=answer_page(role))


def role_given(role: SpeakingRole) -> Letter:
    """Tells a rapporteur of a session that has begun already, where nobody is asked any more, and where to write."""
    return letter(
        "role_given", role, page=f"{current_app.config['BASE_URL']}/meetings/{role.session.meeting.slug}/record"
    )


def role_ended(role: SpeakingRole) -> Letter:
    """Tells a person that a part is not theirs any more."""
    return letter("role_ended", role)


def sessions_changed(meeting: Meeting, person: Person, changes: list[tuple[Change, PublishedSession]]) -> Letter:
    """Tells a person which of their own sessions are at another time, in another room, or off."""
    return compose(
        "agenda/mail/sessions_changed.txt",
        to=person.email,
        to_name=person.name,
        language=person.language,
        about=f"person:{person.id}",
        meeting_id=meeting.id,
        meeting=meeting,
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        person=person,
        changes=changes,
        page=f"{current_app.config['BASE_URL']}/meetings/{meeting.slug}/agenda",
    )


def letter(name: str, role: SpeakingRole, **words: Any) -> Letter:
    """A letter about this part, in the language of the person who has it."""
    session, person = role.session, role.person
    if person is None:
        message = f"role {role.id} belongs to nobody with an address"
        raise ValueError(message)
    return compose(
        f"agenda/mail/{name}.txt",
        to=person.email,
        to_name=role.name,
        language=person.language,
        about=f"speaking_role:{role.id}",
        meeting_id=session.meeting_id,
        meeting=session.meeting,
        meeting_name=session.meeting.short_title,
        illustrative=session.meeting.illustrative,
        contact=session.meeting.contact_email,
        role=role,
        part=SPEAKING_ROLES[role.role],
        session=session,
        **words,
    )


def answer_page(role: SpeakingRole) -> str:
    """The whole address of the page where a part is accepted or declined."""
    return f"{current_app.config['BASE_URL']}/roles/{link(ROLE_LINK, role.id)}"
