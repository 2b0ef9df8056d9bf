from flask import current_app

from eventapp.agenda.models import SpeakingRole
from eventapp.agenda.releases.content import PublishedSession
from eventapp.agenda.releases.difference import Change
from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.vocabulary.sessions import SPEAKING_ROLES


def role_invitation(role: SpeakingRole, *, token: str) -> Letter:
    """Asks a person to take a part, with a link to a page where one button says yes and one no."""
    return about_role("role_asked", role, page=f"{current_app.config['BASE_URL']}/roles/{token}")


def role_given(role: SpeakingRole) -> Letter:
    """Tells a rapporteur of a session that has begun already, where nobody is asked any more, and where to write."""
    return about_role(
        "role_given", role, page=f"{current_app.config['BASE_URL']}/meetings/{role.session.meeting.slug}/record"
    )


def role_ended(role: SpeakingRole) -> Letter:
    """Tells a person that a part is not theirs any more."""
    return about_role("role_ended", role)


def sessions_changed(meeting: Meeting, person: Person, changes: list[tuple[Change, PublishedSession]]) -> Letter:
    """Tells a person which of their own sessions are at another time, in another room, or off."""
    page = f"{current_app.config['BASE_URL']}/meetings/{meeting.slug}/agenda"
    words = {"person": person, "changes": changes, "page": page}
    return letter("agenda/mail/sessions_changed.txt", meeting, person, words, about=f"person:{person.id}")


def about_role(name: str, role: SpeakingRole, **more: object) -> Letter:
    """A letter about this part, in the language of the person who has it."""
    session, person = role.session, role.person
    if person is None:
        message = f"role {role.id} belongs to nobody with an address"
        raise ValueError(message)
    words = {"role": role, "part": SPEAKING_ROLES[role.role], "session": session, **more}
    about = f"speaking_role:{role.id}"
    return letter(f"agenda/mail/{name}.txt", session.meeting, person, words, about=about, called=role.name)
