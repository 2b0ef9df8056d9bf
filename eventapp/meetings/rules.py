"""Who may do what at a meeting. Roles are looked up at every question: an ended one counts for nothing at once."""

from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.meetings.queries import Numbered, bodies_organized, held_role, holds_role
from eventapp.people.models import Person
from eventapp.people.rules import administer

KEEPERS_OF_THE_DOOR = (STEWARD, ORGANIZER)


def make_meetings(person: Person | None) -> bool:
    """Administrators, and whoever organizes every meeting of a body."""
    return person is not None and (administer(person) or bool(bodies_organized(person)))


def see_meeting(person: Person | None, meeting: Meeting) -> bool:
    """Everybody once the meeting is published; its organizers before."""
    return meeting.is_published or run_meeting(person, meeting)


def run_meeting(person: Person | None, meeting: Numbered) -> bool:
    """The meeting's organizers, and administrators."""
    return person is not None and (holds_role(person, meeting, ORGANIZER) or administer(person))


def have_ordered(person: Person | None, meeting: Numbered) -> bool:
    """The meeting's organizers, and administrators: of such files each finds those that they asked for themselves."""
    return run_meeting(person, meeting)


def record_meeting(person: Person | None, meeting: Meeting) -> bool:
    """The meeting's rapporteurs and organizers."""
    return person is not None and (holds_role(person, meeting, RAPPORTEUR, ORGANIZER) or administer(person))


def have_ordered_record(person: Person | None, meeting: Meeting) -> bool:
    """The meeting's rapporteurs and organizers: of such files each finds those that they asked for themselves."""
    return record_meeting(person, meeting)


def keep_door(person: Person | None, meeting: Numbered) -> bool:
    """The meeting's door stewards and organizers."""
    return person is not None and (holds_role(person, meeting, *KEEPERS_OF_THE_DOOR) or administer(person))


def have_run_door(person: Person | None, meeting: Numbered) -> bool:
    """Who keeps the meeting's door or once did: what their phone kept without a connection is to be handed over."""
    return person is not None and (held_role(person, meeting, *KEEPERS_OF_THE_DOOR) or administer(person))
