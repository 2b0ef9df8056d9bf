"""What stands now of a session and of the people in it, as the forms show it."""

from datetime import date, timedelta

from eventapp.agenda.forms import RoleForm, SessionForm, described, said_of
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.planning.grid import days_of
from eventapp.agenda.queries import times_of_sessions
from eventapp.agenda.sessions.when import PlaceForm, placed
from eventapp.ground.web.editing.both_versions import mark_of_words
from eventapp.meetings.models import Meeting


def all_days(meeting: Meeting) -> list[date]:
    """The days a session may be on: those of the meeting and of its sessions, the one before and the one after."""
    days = days_of(meeting, times_of_sessions(meeting))
    return [days[0] - timedelta(days=1), *days, days[-1] + timedelta(days=1)]


def session_in(session: Session) -> SessionForm:
    """A whole session as it is now."""
    return SessionForm(meeting=session.meeting, days=all_days(session.meeting), data=described(session))


def place_of(session: Session) -> PlaceForm:
    """When and where a session is now."""
    return PlaceForm(meeting=session.meeting, days=all_days(session.meeting), data=placed(session))


def mark_of_place(session: Session) -> str:
    """The mark of when and where a session is: what the form of `place_of` has, made without a form."""
    return mark_of_words(placed(session).items())


def said_in(role: SpeakingRole) -> RoleForm:
    """What is said of somebody in a part now."""
    return RoleForm(prefix="role-", data=said_of(role))
