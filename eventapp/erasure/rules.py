"""Who may erase somebody: two people decide it."""

from eventapp.erasure.models import Erasure
from eventapp.erasure.queries import meetings_of
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person
from eventapp.people.rules import administer


def decide_erasure(person: Person | None, erasure: Erasure) -> bool:
    """Organizers of the meeting where the person is known to that meeting alone, and administrators."""
    if person is None or not run_meeting(person, erasure.meeting):
        return False
    return administer(person) or meetings_of(erasure.person) <= {erasure.meeting_id}
