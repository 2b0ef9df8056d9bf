"""Who may edit a session that is not theirs to plan."""

from eventapp.agenda.rights.queries import opened_to, sessions_to_edit
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def edit_session(person: Person | None, meeting: Meeting, code: str, right: str) -> bool:
    """The meeting's organizers, and who has confirmed a part in this session that the meeting lets edit this of it."""
    opened = opened_to(person, meeting, code) if person else None
    return opened is not None and right in opened.rights


def edit_sessions(person: Person | None, meeting: Meeting) -> bool:
    """Who has confirmed a part in one of its sessions that the meeting lets edit something of it."""
    return person is not None and meeting.is_published and bool(sessions_to_edit(person, meeting))
