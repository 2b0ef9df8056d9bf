"""The notes of a large meeting as a file, as the worker makes it."""

from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.meetings.prepared.tables import LONG
from eventapp.record.loading.writing import count_notes, notes_file

NOTES = "notes"


def is_made_apart(meeting: Meeting) -> bool:
    """Whether the worker makes the files of the notes of this meeting."""
    return count_notes(meeting) > LONG


def make(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
    """The notes as they are now. Nothing is to be said of the file."""
    return Made(notes_file(meeting, lease.wanted, tell))
