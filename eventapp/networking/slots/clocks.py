"""Slots whose times no longer show what they were opened for, as `agenda/zones` has sessions: put back, or left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update

from eventapp.agenda.sessions.wall import planned, shown
from eventapp.agenda.zones.changing import exists, same_clock
from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.networking.bilaterals.models import BilateralSlot
from eventapp.networking.slots.queries import Spot, bilaterals_in, off_wall, spots_of, times_of
from eventapp.people.models import Person


def mark(numbers: Sequence[int]) -> None:
    """Say of these slots that newer rules of their zone show them at another time."""
    db.session.execute(update(BilateralSlot).where(BilateralSlot.id.in_(numbers)).values(is_off_wall=True))


def put_back(meeting: Meeting, *, by: Person | None, at: datetime) -> int:
    """Give such slots the moments at which clocks show what they were opened for; calendars hear of what was agreed.

    One stays as it is where another slot begins there and then. Returns how many were put back.
    """
    lock(meeting)
    rows = db.session.scalars(off_wall(meeting)).all()
    fit = those_that_fit(spots_of(meeting), {one.id: (planned(one)[0], one.place) for one in rows})
    back = [one for one in rows if one.id in fit]
    later = bool(back) and planned(back[0])[0] > back[0].starts_at
    for one in reversed(back) if later else back:  # so that none comes where its neighbour still is
        one.starts_at, one.ends_at = planned(one)
        one.is_off_wall = False
        db.session.flush()
    for each in bilaterals_in([one.id for one in back]):
        each.sequence += 1
        each.changed_at = at
    if back:
        record("put slots back to their times", meeting, by=by, at=at, count=len(back))
    return len(back)


def those_that_fit(now: Mapping[int, Spot], wanted: Mapping[int, Spot]) -> set[int]:
    """Which of the slots with these numbers may go where they are to: one that stays has its own place, where no other
    may come, and of two that are to come together the second stays.
    """
    going = set(wanted)
    while True:
        taken = {spot for number, spot in now.items() if number not in going}
        stay = set()
        for number in sorted(going):
            if wanted[number] in taken:
                stay.add(number)
            taken.add(wanted[number])
        if not stay:
            return going
        going -= stay


def take_as_shown(meeting: Meeting, *, by: Person | None, at: datetime) -> int:
    """Leave the moments as they are: what clocks show now is when people meet. Returns how many."""
    lock(meeting)
    rows = db.session.scalars(off_wall(meeting)).all()
    for one in rows:
        one.wall_starts, one.wall_ends = shown(one.starts_at, meeting.tz), shown(one.ends_at, meeting.tz)
        one.wall_zone, one.is_off_wall = meeting.zone, False
    if rows:
        record("took the times of newer rules for slots", meeting, by=by, at=at, count=len(rows))
    return len(rows)


def plan_in_new_zone(
    meeting: Meeting, before: ZoneInfo, *, keeps_clocks: bool, second: bool, by: Person | None, at: datetime
) -> int:
    """Have the slots of a meeting where it is now, as `agenda/zones` has its sessions: at what clocks showed in the
    zone of `before`, or at their moments. Calendars hear of what was agreed and is at another moment.

    One stays at its moment where the new zone has not its hours, or where another slot is there and then. The meeting
    is held, and has its new zone. Returns how many slots are at another moment.
    """
    rows, zone = times_of(meeting), meeting.tz
    if not rows:
        return 0
    places, now = {one.id: one.place for one in rows}, {one.id: (one.starts_at, one.ends_at) for one in rows}
    wanted: dict[int, tuple[datetime, datetime]] = {}
    for number, times in now.items() if keeps_clocks else ():
        if all(exists(one.astimezone(before).replace(tzinfo=None), zone) for one in times):
            starts, ends = (same_clock(one, before, zone, second=second) for one in times)
            wanted[number] = (starts, ends if ends > starts else starts + (times[1] - times[0]))
    fit = those_that_fit(spots_of(meeting), {number: (times[0], places[number]) for number, times in wanted.items()})
    after = {number: wanted[number] if number in fit else times for number, times in now.items()}
    # so that none comes where its neighbour still is: first the last of those that begin later, then the others
    later = [number for number, times in now.items() if after[number][0] > times[0]]
    values = [
        {"id": number, "starts_at": after[number][0], "ends_at": after[number][1], **on_wall(after[number], zone)}
        for number in (*reversed(later), *(number for number in now if number not in set(later)))
    ]
    db.session.execute(update(BilateralSlot), values)
    moved = [number for number, times in now.items() if after[number] != times]
    for each in bilaterals_in(moved):
        each.sequence += 1
        each.changed_at = at
    verb = "kept the clocks of slots in another zone" if keeps_clocks else "kept the moments of slots"
    record(verb, meeting, by=by, at=at, count=len(moved) if keeps_clocks else len(rows))
    return len(moved)


def on_wall(times: tuple[datetime, datetime], zone: ZoneInfo) -> dict[str, str | bool]:
    """What clocks of this zone show at the beginning and the end of a slot, by the rules of today."""
    starts_at, ends_at = times
    wall = {"wall_starts": shown(starts_at, zone), "wall_ends": shown(ends_at, zone), "wall_zone": zone.key}
    return {**wall, "is_off_wall": False}
