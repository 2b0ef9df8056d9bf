"""Who may do what with the review of a meeting."""

from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting
from eventapp.people.models import Person


def edit_review(person: Person | None, meeting: Meeting) -> bool:
    """The meeting's rapporteurs and organizers."""
    return record_meeting(person, meeting)


def publish_review(person: Person | None, meeting: Meeting) -> bool:
    """The meeting's organizers, and administrators."""
    return run_meeting(person, meeting)
