"""Who may record what."""

from eventapp.agenda.models import Session
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting
from eventapp.people.models import Person
from eventapp.record.sessions.queries import is_rapporteur_at, is_rapporteur_of


def record_session(person: Person | None, session: Session) -> bool:
    """The meeting's rapporteurs and organizers, and whoever is rapporteur of this session."""
    return person is not None and (record_meeting(person, session.meeting) or is_rapporteur_of(person, session))


def record_sessions(person: Person | None, meeting: Meeting) -> bool:
    """The meeting's rapporteurs and organizers, and whoever is rapporteur of one of its sessions."""
    return person is not None and (record_meeting(person, meeting) or is_rapporteur_at(person, meeting))


def correct_published(person: Person | None, session: Session) -> bool:
    """Organizers: what is published changes only by corrigendum."""
    return run_meeting(person, session.meeting)
