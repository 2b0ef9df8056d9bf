"""Who may erase somebody: two people decide it."""

from eventapp.erasure.looking.holdings import deciding_meetings, holdings_of
from eventapp.erasure.looking.known import known_of
from eventapp.erasure.models import Erasure
from eventapp.erasure.queries import meetings_of
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person
from eventapp.people.rules import administer


def decide_erasure(person: Person | None, erasure: Erasure) -> bool:
    """Organizers of the meeting where the person is known to that meeting alone, and administrators."""
    if administer(person):
        return True
    if person is None or erasure.meeting is None or not run_meeting(person, erasure.meeting):
        return False
    holdings = holdings_of(known_of(erasure.person, also=erasure.names))
    return meetings_of(erasure.person) | deciding_meetings(holdings) == {erasure.meeting_id}
