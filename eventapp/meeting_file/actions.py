from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventapp.db import lock
from eventapp.meeting_file import facts
from eventapp.meeting_file.changes import Change, changes
from eventapp.meeting_file.objections import Objected, objections_to
from eventapp.meeting_file.programme import set_programme
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.actions import (
    add_part,
    change_meeting,
    change_part,
    close_room,
    end_role,
    grant,
    make_meeting,
    name_of_part,
    open_room,
    remove_part,
)
from eventapp.meetings.models import Meeting, Room
from eventapp.meetings.queries import meeting_at, staff_of
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.registration.places import offer_next


@dataclass(frozen=True)
class Hand:
    """Who loads the file, and when."""

    by: Person | None
    at: datetime


def load(file: MeetingFile, *, by: Person | None, at: datetime) -> list[Change]:
    """Make the meeting as the file says, or change it to that. Returns what changed; nothing where all is as it says.

    Nobody gets an email by it, but those whom a raised number of places lets in. Refused, with every reason on a line
    of its own, where something would vanish that others rest on.
    """
    meeting = meeting_at(file.slug)
    if meeting is not None:
        lock(meeting)
    found = changes(content_of(meeting) if meeting else None, file)
    if meeting is not None and not found:
        return []
    if meeting is not None and (objections := objections_to(meeting, file)):
        raise Objected(objections)
    hand = Hand(by, at)
    meeting = _set_meeting(meeting, file, hand)
    _set_parts(meeting, file, hand)
    _set_staff(meeting, file, hand)
    set_programme(meeting, file, by=by, at=at)
    _end_parts(meeting, file, hand)  # last, when no session names them any more
    offer_next(meeting, at=at)
    return found


def _set_meeting(meeting: Meeting | None, file: MeetingFile, hand: Hand) -> Meeting:
    said = facts.of_meeting(file)
    if meeting is None:
        return make_meeting(file.slug, said, by=hand.by, at=hand.at)
    change_meeting(meeting, said, by=hand.by, at=hand.at)
    return meeting


def _set_parts(meeting: Meeting, file: MeetingFile, hand: Hand) -> None:
    for rows, said in _parts(meeting, file):
        known = {name_of_part(row): row for row in rows}
        for code, fact in said.items():
            if code not in known:
                add_part(meeting, fact, by=hand.by, at=hand.at)
                continue
            change_part(known[code], fact, by=hand.by, at=hand.at)
            if isinstance(known[code], Room):
                open_room(known[code], by=hand.by, at=hand.at)


def _end_parts(meeting: Meeting, file: MeetingFile, hand: Hand) -> None:
    for rows, said in _parts(meeting, file):
        for row in rows:
            if name_of_part(row) in said:
                continue
            take_away = close_room if isinstance(row, Room) else remove_part
            take_away(row, by=hand.by, at=hand.at)


def _parts(meeting: Meeting, file: MeetingFile) -> list[tuple[list[Any], dict[str, Any]]]:
    return [
        (list(meeting.bodies), {**facts.of_bodies(file)}),
        (list(meeting.rooms), {**facts.of_rooms(file)}),
        (list(meeting.categories), {**facts.of_categories(file)}),
        (list(meeting.documents), {**facts.of_documents(file)}),
    ]


def _set_staff(meeting: Meeting, file: MeetingFile, hand: Hand) -> None:
    known = {(staff.person.email, staff.role): staff for staff in staff_of(meeting)}
    said = {one.key: one for one in file.staff}
    for key, one in said.items():
        if key not in known:
            person = know(one.name, one.email, at=hand.at)
            grant(meeting, person, one.role, by=hand.by, at=hand.at)
    for key, staff in known.items():
        if key not in said:
            try:
                end_role(staff, by=hand.by, at=hand.at)
            except Refused as refused:
                raise Objected([(file.place.of("staff"), str(refused))]) from None
