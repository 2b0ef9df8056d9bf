from datetime import datetime

from flask_babel import force_locale

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.releases.changes import mark_of
from eventapp.agenda.releases.content import PublishedSession
from eventapp.agenda.releases.difference import CHANGED, RESTORED, Change
from eventapp.ground.text.dates import moment, span
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.vocabulary.sessions import SPEAKING_ROLES


def role_invitation(role: SpeakingRole, *, token: str) -> Letter:
    """Asks a person to take a part, with a link to a page where one button says yes and one no."""
    return about_role("role_asked", role, link=address(f"roles/{token}"))


def availability_wanted(role: SpeakingRole, *, token: str) -> Letter:
    """Asks somebody with a part when they can take part, with a link to a page where they say so day by day."""
    return about_role("availability_wanted", role, link=address(f"roles/{token}/availability"))


def role_given(role: SpeakingRole) -> Letter:
    """Tells a rapporteur of a session that has begun already, where nobody is asked any more, and where to write."""
    return about_role("role_given", role, link=address(f"meetings/{role.session.meeting.slug}/record"))


def role_ended(role: SpeakingRole) -> Letter:
    """Tells a person that a part is not theirs any more."""
    return about_role("role_ended", role)


def role_called_off(role: SpeakingRole) -> Letter:
    """Thanks a person who told the organizers that they cannot take their part."""
    return about_role("role_called_off", role)


def sessions_changed(meeting: Meeting, person: Person, changes: list[tuple[Change, PublishedSession]]) -> Letter:
    """Tells a person which of their own sessions are at another time, in another room, or off."""
    with force_locale(person.language):
        lines = "\n\n".join(change_in_words(meeting, change, session) for change, session in changes)
    words = {"changes": lines, "count": len(changes), "link": address(f"meetings/{meeting.slug}/agenda")}
    return letter("sessions_changed", meeting, person, words, about=f"person:{person.id}")


def change_in_words(meeting: Meeting, change: Change, session: PublishedSession) -> str:
    """What became of this session, in the language of now: what it is called, where it was, where it is."""
    if session.cancelled:
        lines = [_("Cancelled. It was to be on %(when)s.", when=moment(session.starts_at, meeting.zone))]
    else:
        back = [_("It takes place after all.")] if change.what == RESTORED else [mark_of(change)]
        room = worded(session.room, "name") if session.room else _("no room")
        lines = [*back, _("Now: %(when)s", when=f"{span(session.starts_at, session.ends_at, meeting.zone)}, {room}")]
        if change.what == CHANGED:
            lines.append(_("Before: %(when)s", when=before_it(meeting, change, session)))
    if session.more.reason:
        lines.append(_("Reason: %(reason)s", reason=session.more.reason))
    return "\n".join([worded(session, "title"), *lines])


def before_it(meeting: Meeting, change: Change, session: PublishedSession) -> str:
    """When and where the session was before this change; what did not change is as it is now."""
    starts_at, ends_at = (
        datetime.fromisoformat(change.fields[name][0]) if name in change.fields else getattr(session, name)
        for name in ("starts_at", "ends_at")
    )
    code = change.fields["room"][0] if "room" in change.fields else session.room.code if session.room else None
    room = next((worded(one, "name") for one in meeting.rooms if one.code == code), code) or _("no room")
    return f"{span(starts_at, ends_at, meeting.zone)}, {room}"


def about_role(name: str, role: SpeakingRole, **more: object) -> Letter:
    """A letter about this part, in the language of the person who has it."""
    session, person = role.session, role.person
    if person is None:
        message = f"role {role.id} belongs to nobody with an address"
        raise ValueError(message)
    with force_locale(person.language):
        part = str(SPEAKING_ROLES[role.role].label).lower()
        words = {**session_in_words(session), "part": part, "place": place_of(session), **more}
    return letter(name, session.meeting, person, words, about=f"speaking_role:{role.id}", called=role.name)


def session_in_words(session: Session) -> dict[str, str]:
    """What stands for the words in braces about a session, in the language of now."""
    when = _("time to be decided") if session.waits else moment(session.starts_at, session.meeting.zone)
    return {"session": worded(session, "title"), "session_code": session.code, "when": when}


def place_of(session: Session) -> str:
    meeting = session.meeting
    parts = (worded(session.room, "name") if session.room else "", worded(meeting, "venue"), worded(meeting, "city"))
    return ", ".join(filter(None, parts))
