"""The rules of networking and the open slots of a file become those of the meeting."""

from collections.abc import Iterator
from datetime import datetime

from eventapp.ground.text.i18n import _
from eventapp.meeting_file.networking.content import USUAL
from eventapp.meeting_file.queries import sessions_by_code
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import Rules, set_networking
from eventapp.networking.queries import rules_of
from eventapp.networking.slots.actions import open_only
from eventapp.networking.slots.queries import Spot, taken_otherwise
from eventapp.people.models import Person

Found = tuple[int, str]  # line, what to do


def set_networking_by_file(meeting: Meeting, file: MeetingFile, *, by: Person | None, at: datetime) -> None:
    """Let networking be as the file says. The meeting is locked, its sessions are there.

    A slot that the file leaves out is closed; who has it keeps it. What participants wrote stays.
    """
    session = sessions_by_code(meeting, [file.networking_session]).get(file.networking_session)
    wanted = Rules(file.networking, file.networking_requests, file.networking_hours, session)
    if rules_of(meeting) is not None or wanted != USUAL:
        set_networking(meeting, wanted, by=by, at=at)
    open_only(meeting, slots_in(file), by=by, at=at)


def slots_in(file: MeetingFile) -> dict[Spot, datetime]:
    """When each slot of the file ends, by when and where it begins."""
    return {(starts, one.where): starts + one.length for one in file.networking_slots for starts in one.beginnings}


def objections_to_slots(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    """Slots that two people have and that the file lets end at another time."""
    wanted = slots_in(file)
    for one in taken_otherwise(meeting, wanted):
        says = _("Two people have the slot at %(place)s. Keep its length; Settings can close it.", place=one.place)
        yield file.place.of("networking_slots"), says
