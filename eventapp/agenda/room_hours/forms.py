"""When a room is open, day by day, as an organizer types it."""

from eventapp.agenda.availability.forms import DaysForm, days_form
from eventapp.agenda.room_hours.content import STATES
from eventapp.ground.web.forms import Typed
from eventapp.meetings.models import Room


def hours_form(room: Room, typed: Typed = None) -> DaysForm:
    """The days of the meeting as they stand of this room, or as they were typed."""
    return days_form(DaysForm, room.meeting, room.hours, STATES, typed)
