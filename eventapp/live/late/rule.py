"""What a delay does to the rest of a day: a rule over plain values.

Gaps are used up first, then breaks shrink to their least length, then sessions shrink, the next one first, but only as
far as it needs until what is fixed. What does not fit before that is named.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FREE, END, FIXED = "free", "end", "fixed"  # moves and shrinks; ends as planned at the latest; neither
NONE = timedelta()

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Planned:
    """A session or a break of the day. `is_common` is a break of every room."""

    code: str
    starts_at: datetime
    ends_at: datetime
    room: str | None
    least: timedelta
    hold: str = FREE
    is_break: bool = False
    is_common: bool = False
    is_under_way: bool = False  # and so fixed

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def slack(self) -> timedelta:
        """By how much it may shrink."""
        return max(self.length - self.least, NONE)


@dataclass(frozen=True)
class Outcome:
    """What becomes of one item; `fits` is False where there is no time for it, and it stands as planned.

    `only_here`: a break that other rooms take as planned, and the people of this room later or shorter.
    """

    item: Planned
    starts_at: datetime
    ends_at: datetime
    fits: bool = True
    only_here: bool = False

    @property
    def moves(self) -> bool:
        """Whether it gets another time."""
        return (self.starts_at, self.ends_at) != (self.item.starts_at, self.item.ends_at)

    @property
    def lost(self) -> timedelta:
        """How much shorter it is."""
        return self.item.length - (self.ends_at - self.starts_at)


@dataclass(frozen=True)
class Delay:
    """The whole of it, the late session first. `missing` is the time that is not there before `blocked_by` begins."""

    outcomes: tuple[Outcome, ...]
    missing: timedelta = NONE
    blocked_by: str = ""

    @property
    def blocking(self) -> Planned | None:
        """What leaves too little time."""
        return next((one.item for one in self.outcomes if one.item.code == self.blocked_by), None)

    @property
    def changed(self) -> list[Outcome]:
        """What gets another time on the agenda."""
        return [one for one in self.outcomes if one.fits and one.moves and not one.only_here]

    @property
    def homeless(self) -> list[Outcome]:
        """What no longer fits."""
        return [one for one in self.outcomes if not one.fits]


def run_late(items: Sequence[Planned], code: str, by: timedelta, *, has_begun: bool, everywhere: bool = False) -> Delay:
    """The session with this code ends later, or begins later where it has not begun; what follows gives way.

    What follows in its room, or `everywhere`: in no room anything begins before it is over. `items` are of one day.
    """
    late = next(one for one in items if one.code == code)
    first = Outcome(late, late.starts_at + (NONE if has_begun else by), late.ends_at + by)
    after = sorted((one for one in items if one.starts_at >= late.ends_at), key=lambda one: (one.starts_at, one.code))
    elsewhere = [one for one in after if not one.is_common and one.room != late.room]
    delay = settled([one for one in after if one not in elsewhere], first.ends_at)
    outcomes = [replace(one, only_here=is_only_here(one, elsewhere, everywhere=everywhere)) for one in delay.outcomes]
    rests = [at_new_time(one) for one in outcomes if one.item.is_common]
    rooms = dict.fromkeys(one.room for one in elsewhere) if everywhere else {}
    for room in rooms:
        there = [*(one for one in elsewhere if one.room == room), *rests]
        found = settled(sorted(there, key=lambda one: (one.starts_at, one.code)), first.ends_at)
        outcomes += [one for one in found.outcomes if not one.item.is_common]
        delay = delay if delay.missing >= found.missing else found
    return Delay((first, *outcomes), delay.missing, delay.blocked_by)


def is_only_here(outcome: Outcome, elsewhere: Iterable[Planned], *, everywhere: bool) -> bool:
    """A break of every room stays as it is for the others, where others are."""
    return outcome.item.is_common and outcome.moves and not everywhere and any(elsewhere)


def at_new_time(outcome: Outcome) -> Planned:
    """A break at its new time, which holds for the other rooms."""
    return replace(outcome.item, starts_at=outcome.starts_at, ends_at=outcome.ends_at, hold=FIXED)


def settled(chain: Sequence[Planned], from_then: datetime) -> Delay:
    """What follows in one room, by time, where nothing may begin before `from_then`."""
    number = next((n for n, one in enumerate(chain) if one.hold != FREE), None)
    stop = chain[number] if number is not None else None
    segment = list(chain[:number]) + ([stop] if stop and stop.hold == END else [])
    limit = None if stop is None else stop.ends_at if stop.hold == END else stop.starts_at
    rest = [Outcome(one, one.starts_at, one.ends_at) for one in chain[len(segment) :]]
    off: list[Planned] = []
    times = fitted(segment, from_then, limit)
    while times is None and segment:
        last = next((one for one in reversed(segment) if one is not stop), segment[-1])
        segment.remove(last)
        off.append(last)
        times = fitted(segment, from_then, limit)
    placed = [Outcome(one, *span) for one, span in zip(segment, times or (), strict=True)]
    homeless = [Outcome(one, one.starts_at, one.ends_at, fits=False) for one in off]
    outcomes = sorted([*placed, *homeless, *rest], key=lambda one: (one.item.starts_at, one.item.code))
    missing = from_then - limit if limit is not None and from_then > limit else NONE
    return Delay(tuple(outcomes), missing, stop.code if stop and missing else "")


def fitted(segment: Sequence[Planned], from_then: datetime, limit: datetime | None) -> list[Span] | None:
    """The times of these items, shrunk as far as needed until `limit`; None where they do not fit before it."""
    given: dict[str, timedelta] = {}
    times = list(pushed(segment, from_then, given))
    for one in (one for one in segment if not one.is_break):
        over = excess(times, from_then, limit)
        if not over:
            break
        given[one.code] = min(one.slack, over)
        times = list(pushed(segment, from_then, given))
    return None if excess(times, from_then, limit) else times


def pushed(segment: Iterable[Planned], from_then: datetime, given: dict[str, timedelta]) -> Iterator[Span]:
    """Each begins when it was planned, or once the one before it is over. A break ends on time as long as it may."""
    for one in segment:
        starts_at = max(one.starts_at, from_then)
        if one.is_break:
            ends_at = max(one.ends_at, starts_at + min(one.least, one.length))
        else:
            ends_at = starts_at + one.length - given.get(one.code, NONE)
        from_then = ends_at
        yield starts_at, ends_at


def excess(times: Sequence[Span], from_then: datetime, limit: datetime | None) -> timedelta:
    """By how much the last of them ends too late."""
    end = times[-1][1] if times else from_then
    return NONE if limit is None else max(end - limit, NONE)
