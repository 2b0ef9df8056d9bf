"""Charts of the balance, as places and words: the share of women at each stage, and requests day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, select

from eventapp.balance.counting.stages import STAGES, Balance
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.models import APPROVED, Registration


@dataclass(frozen=True)
class Share:
    """Women at one stage: their share in per cent, and the base. `x` and `y` are where the chart draws it."""

    label: str
    women: int
    people: int
    x: int
    y: float

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return round(100 * self.women / self.people)


@dataclass(frozen=True)
class Chart:
    """The share of women at each stage that anybody has reached, with the lines of its scale as (y, per cent)."""

    shares: tuple[Share, ...]
    scale: tuple[tuple[float, int], ...]


LEFT, STEP, FLOOR, HEIGHT, HALF, HIGH = 50, 110, 150, 120, 50, 60


def women(by_gender: Balance) -> Chart | None:
    """The chart of women's share; None while nobody has said, or fewer than two stages are reached."""
    counted = next((group.counts for group in by_gender.groups if group.code == "woman"), None)
    reached = [(stage, people) for stage, people in by_gender.total.counts.items() if people]
    if counted is None or len(reached) < 2:  # noqa: PLR2004 -- a line has two ends
        return None
    highest = max(100 * counted[stage] / people for stage, people in reached)
    top = HALF if highest <= HIGH else 2 * HALF
    places = list(STAGES)
    shares = tuple(
        Share(
            label=str(STAGES[stage]),
            women=counted[stage],
            people=people,
            x=LEFT + STEP * places.index(stage),
            y=height(100 * counted[stage] / people, top),
        )
        for stage, people in reached
    )
    return Chart(shares, tuple((height(mark, top), mark) for mark in (0, top // 2, top)))


def height(percent: float, top: int) -> float:
    """Where on the chart this share is, when `top` is at its upper line."""
    return round(FLOOR - percent / top * HEIGHT, 1)


@dataclass(frozen=True)
class Day:
    """How many had asked to come by the end of a day, how many of them hold a place from then on, and where that is."""

    day: date
    asked: int
    approved: int
    x: float
    y_asked: float
    y_approved: float


@dataclass(frozen=True)
class Days:
    """Requests over the days, against the places there are; the scale as (y, people)."""

    days: tuple[Day, ...]
    places: int
    y_places: float
    scale: tuple[tuple[float, int], ...]


POINTS, FIRST_X, LAST_X, LOW, TALL = 10, 60, 610, 190, 150


def requests_by_day(meeting: Meeting, *, at: datetime) -> Days | None:
    """Return at most ten days from the first request to the close of registration; None before the second day."""
    here, placed_at = (
        Registration.meeting_id == meeting.id,
        case((Registration.state == APPROVED, Registration.approved_at)),
    )
    ends = select(func.count(), func.min(Registration.asked_at), func.max(Registration.asked_at), func.max(placed_at))
    people, first_at, *lasts = db.session.execute(ends.where(here)).one()
    if not people:
        return None
    first, so_far = day_in(meeting, first_at), min(day_in(meeting, at), day_in(meeting, meeting.registration_closes_at))
    last = max(so_far, *(day_in(meeting, moment) for moment in lasts if moment))
    if last == first:
        return None
    top, shown = ceiling(max(meeting.capacity, people)), spread(first, last)
    sums = [sum_before(moment, end_of(meeting, day)) for day in shown for moment in (Registration.asked_at, placed_at)]
    counts = db.session.execute(select(*sums).where(here)).one()
    days = tuple(
        Day(
            day=day,
            asked=by_then,
            approved=placed,
            x=round(FIRST_X + (LAST_X - FIRST_X) * (day - first).days / (last - first).days, 1),
            y_asked=rise(by_then, top),
            y_approved=rise(placed, top),
        )
        for day, by_then, placed in zip(shown, counts[::2], counts[1::2], strict=True)
    )
    return Days(
        days, meeting.capacity, rise(meeting.capacity, top), tuple((rise(n, top), n) for n in (0, top // 2, top))
    )


def sum_before(moment: SQLColumnExpression[datetime], end: datetime) -> ColumnElement[int]:
    """How many of them are earlier than `end`."""
    return func.count(case((moment < end, 1)))


def end_of(meeting: Meeting, day: date) -> datetime:
    """When this day is over where the meeting is."""
    return datetime.combine(day + timedelta(days=1), time.min, meeting.tz)


def day_in(meeting: Meeting, moment: datetime) -> date:
    return moment.astimezone(meeting.tz).date()


def spread(first: date, last: date) -> Sequence[date]:
    """Return at most ten days, evenly apart, the first and the last among them."""
    length = (last - first).days
    steps = min(length, POINTS - 1)
    return [first + timedelta(days=round(length * step / steps)) for step in range(steps + 1)]


def ceiling(people: int) -> int:
    """Return the next round number that a scale can end with."""
    step = 10 if people <= 100 else 50 if people <= 500 else 500  # noqa: PLR2004 -- the steps of a scale
    return -(-people // step) * step


def rise(people: int, top: int) -> float:
    return round(LOW - people / top * TALL, 1)
