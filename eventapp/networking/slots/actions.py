from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from eventapp.agenda.sessions.wall import shown
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.local_time import NotAMoment, comes_twice, moment_of
from eventapp.meetings.models import Meeting
from eventapp.networking.bilaterals.models import BilateralSlot
from eventapp.networking.slots.queries import Spot
from eventapp.people.models import Person

SHORTEST, LONGEST = 5, 240  # minutes
MOST_AT_ONCE, MOST = 500, 5000  # slots; of a meeting


@dataclass(frozen=True)
class Opening:
    """Places that are open on one day from one time of the clock to another, cut into slots of so many minutes."""

    places: Sequence[str]
    day: date
    starts: time
    ends: time
    minutes: int


def open_slots(meeting: Meeting, wanted: Opening, *, by: Person | None, at: datetime) -> int:
    """Open slots of equal length, the first where the time begins and none beyond its end, where the meeting is.
    What is there already stays. Returns how many are new.

    Refused for a time that has passed, is shorter than one slot or does not exist, and for more than so many.
    """
    lock(meeting)
    first, last = (on_clock(meeting, wanted.day, clock) for clock in (wanted.starts, wanted.ends))
    if not SHORTEST <= wanted.minutes <= LONGEST:
        words = _("Write from %(least)s to %(most)s minutes.", least=SHORTEST, most=LONGEST)
        raise Refused(words, beside="minutes")
    length = timedelta(minutes=wanted.minutes)
    if first + length > last:
        raise Refused(_("Write an end that leaves time for one meeting."), beside="ends")
    if first <= at:
        raise Refused(_("Choose a time that is still to come."), beside="starts")
    starts = [first + length * number for number in range((last - first) // length)]
    if len(starts) * len(wanted.places) > MOST_AT_ONCE:
        raise Refused(_("These are more than %(most)s slots. Open them in parts.", most=MOST_AT_ONCE))
    query = select(BilateralSlot).where(BilateralSlot.meeting_id == meeting.id)
    known = db.session.scalars(query.where(BilateralSlot.starts_at >= first, BilateralSlot.starts_at < last))
    there = {(one.starts_at, one.place) for one in known}
    pairs = [(start, place) for start in starts for place in wanted.places if (start, place) not in there]
    if count_slots(meeting) + len(pairs) > MOST:
        raise Refused(_("A meeting has %(most)s slots at most.", most=f"{MOST:,}"))
    db.session.add_all(slot_at(meeting, place, start, start + length) for start, place in pairs)
    db.session.flush()
    if pairs:
        record("opened slots for meetings", meeting, by=by, at=at, count=len(pairs))
    return len(pairs)


def slot_at(meeting: Meeting, place: str, starts: datetime, ends: datetime) -> BilateralSlot:
    """A slot with what clocks show there."""
    wall = {"wall_starts": shown(starts, meeting.tz), "wall_ends": shown(ends, meeting.tz), "wall_zone": meeting.zone}
    return BilateralSlot(meeting_id=meeting.id, place=place, starts_at=starts, ends_at=ends, **wall)


def set_open(slot: BilateralSlot, *, is_open: bool, by: Person | None, at: datetime) -> None:
    """Close a slot, so that nobody takes it any more, or open it again. Who has it keeps it. Twice is once."""
    lock(slot.meeting)
    lock(slot)
    if is_open == (slot.closed_at is None):
        return
    slot.closed_at = None if is_open else at
    record("opened a slot" if is_open else "closed a slot", slot.meeting, by=by, at=at, place=slot.place)


def open_only(meeting: Meeting, wanted: Mapping[Spot, datetime], *, by: Person | None, at: datetime) -> None:
    """Let these slots be open, each until its time, and no others, past ones too. One that two people have keeps them.

    Refused where the meeting would have too many; the closed ones count.
    """
    lock(meeting)
    known = db.session.scalars(select(BilateralSlot).where(BilateralSlot.meeting_id == meeting.id)).all()
    there = {(one.starts_at, one.place): one for one in known}
    new = [slot_at(meeting, spot[1], spot[0], ends) for spot, ends in wanted.items() if spot not in there]
    if len(known) + len(new) > MOST:
        raise Refused(_("A meeting has %(most)s slots at most.", most=f"{MOST:,}"))
    for spot, one in there.items():
        if (spot in wanted) != (one.closed_at is None):
            set_open(one, is_open=spot in wanted, by=by, at=at)
        if (ends := wanted.get(spot)) and ends != one.ends_at:
            one.ends_at, one.wall_ends = ends, shown(ends, meeting.tz)
    db.session.add_all(new)
    db.session.flush()
    if new:
        record("opened slots for meetings", meeting, by=by, at=at, count=len(new))


def on_clock(meeting: Meeting, day: date, clock: time) -> datetime:
    """The moment at which clocks show this where the meeting is. Refused where they never do, or twice."""
    if comes_twice(datetime.combine(day, clock), meeting.tz):
        words = _("This hour comes twice that night, the clocks go back. Choose a time before or after it.")
        raise Refused(words, beside="starts")
    try:
        return moment_of(f"{day} {clock:%H:%M}", meeting.tz)
    except NotAMoment as fault:
        raise Refused(str(fault), beside="starts") from None


def count_slots(meeting: Meeting) -> int:
    """How many slots this meeting has."""
    query = select(func.count()).select_from(BilateralSlot).where(BilateralSlot.meeting_id == meeting.id)
    return db.session.scalar(query) or 0
