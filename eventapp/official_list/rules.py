"""Who may read the official list of participants."""

from eventapp.documents.rules import open_papers
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting, see_meeting
from eventapp.official_list.models import PARTICIPANTS, PUBLIC
from eventapp.official_list.queries import choice_of, newest_version
from eventapp.people.models import Person


def read_list(person: Person | None, meeting: Meeting) -> bool:
    """Once a version is issued: its organizers, and whom the meeting chose, participants and staff, or everybody."""
    if newest_version(meeting) is None:
        return False
    audience = choice_of(meeting).audience
    if audience == PUBLIC:
        return see_meeting(person, meeting)
    if audience == PARTICIPANTS:
        return open_papers(person, meeting)
    return run_meeting(person, meeting)
