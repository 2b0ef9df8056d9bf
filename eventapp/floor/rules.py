"""Who may keep the floor list."""

from eventapp.agenda.models import Session
from eventapp.floor.queries import is_keeper
from eventapp.meetings.rules import record_meeting
from eventapp.people.models import Person


def keep_floor(person: Person | None, session: Session) -> bool:
    """The meeting's rapporteurs and organizers, and whoever chairs, moderates or records this session."""
    return person is not None and (record_meeting(person, session.meeting) or is_keeper(person, session))
