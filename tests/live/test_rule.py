"""The rule of a delay by tables: what was planned, by how much it is late, and what becomes of it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.live.late.rule import END, FIXED, FREE, Delay, Planned, run_late

DAY = datetime(2026, 3, 16, tzinfo=UTC)
HOLDS = {"!": FIXED, "<": END}


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return DAY + timedelta(hours=int(hour), minutes=int(minute))


def item(line: str, room: str = "A") -> Planned:
    """ "S1 09:00-10:00 50" is a session of at least 50 minutes; TEA is a break; "!" is fixed, "<" must end on time."""
    code, span, least = line.split()
    starts, ends = span.split("-")
    hold = HOLDS.get(code[-1], FREE)
    name = code.rstrip("!<")
    is_break = name.startswith("TEA")
    minutes = timedelta(minutes=int(least))
    return Planned(name, at(starts), at(ends), room, minutes, hold, is_break, is_common=is_break)


def late(lines: str, minutes: int, *, has_begun: bool = True, everywhere: bool = False, other: str = "") -> Delay:
    items = [item(one.strip()) for one in lines.split(";")]
    items += [item(one.strip(), "B") for one in other.split(";") if one]
    return run_late(items, items[0].code, timedelta(minutes=minutes), has_begun=has_begun, everywhere=everywhere)


def told(delay: Delay) -> str:
    return "; ".join(
        f"{one.item.code} {one.starts_at:%H:%M}-{one.ends_at:%H:%M}" + ("" if one.fits else " off")
        for one in delay.outcomes
    )


AFTERNOON = "S5 13:30-14:45 60; S7 14:45-15:45 50; TEA 15:45-16:00 10; S9! 16:00-17:15 75; S10 17:15-17:45 30"


@pytest.mark.parametrize(
    ("planned", "minutes", "then"),
    [
        # the mock-up's afternoon: the break gives five minutes, then the session, and the minister speaks at four
        (AFTERNOON, 10, "S5 13:30-14:55; S7 14:55-15:50; TEA 15:50-16:00; S9 16:00-17:15; S10 17:15-17:45"),
        (AFTERNOON, 5, "S5 13:30-14:50; S7 14:50-15:50; TEA 15:50-16:00; S9 16:00-17:15; S10 17:15-17:45"),
        (AFTERNOON, 15, "S5 13:30-15:00; S7 15:00-15:50; TEA 15:50-16:00; S9 16:00-17:15; S10 17:15-17:45"),
        # one minute more than there is: the break goes, as the last thing before what is fixed
        (AFTERNOON, 16, "S5 13:30-15:01; S7 15:01-16:00; TEA 15:45-16:00 off; S9 16:00-17:15; S10 17:15-17:45"),
        # a gap is used up, and nothing moves
        ("S1 09:00-10:00 50; S2 10:15-11:00 30", 15, "S1 09:00-10:15; S2 10:15-11:00"),
        ("S1 09:00-10:00 50; S2 10:15-11:00 30", 20, "S1 09:00-10:20; S2 10:20-11:05"),
        # nothing is fixed: sessions keep their length and the day ends later; a break gives what it may
        ("S1 09:00-10:00 50; S2 10:00-11:00 30; S3 11:00-12:00 30", 10, "S1 09:00-10:10; S2 10:10-11:10; S3 11:10-12:10"),
        ("S1 09:00-10:00 50; TEA 10:00-10:30 20; S3 10:30-12:00 30", 10, "S1 09:00-10:10; TEA 10:10-10:30; S3 10:30-12:00"),
        ("S1 09:00-10:00 50; TEA 10:00-10:30 20; S3 10:30-12:00 30", 15, "S1 09:00-10:15; TEA 10:15-10:35; S3 10:35-12:05"),
        # the last session must end on time, and shrinks for it
        ("S1 09:00-10:00 50; S2< 10:00-11:00 30", 20, "S1 09:00-10:20; S2 10:20-11:00"),
        ("S1 09:00-10:00 50; S2 10:00-11:00 50; S3< 11:00-12:00 50", 15, "S1 09:00-10:15; S2 10:15-11:05; S3 11:05-12:00"),
        # what comes before it goes first
        ("S1 09:00-10:00 50; S2 10:00-11:00 60; S3< 11:00-12:00 60", 5, "S1 09:00-10:05; S2 10:00-11:00 off; S3 11:00-12:00"),
        # two that do not fit
        ("S1 09:00-10:00 50; S2 10:00-10:30 30; S3 10:30-11:00 30; S4! 11:00-12:00 60", 40, "S1 09:00-10:40; S2 10:00-10:30 off; S3 10:30-11:00 off; S4 11:00-12:00"),
        # nothing follows
        ("S1 09:00-10:00 50", 10, "S1 09:00-10:10"),
    ],
)  # fmt: skip
def test_what_follows_in_the_room(planned: str, minutes: int, then: str) -> None:
    assert told(late(planned, minutes)) == then


def test_what_has_not_begun_begins_later_and_keeps_its_length() -> None:
    delay = late("S1 09:00-10:00 50; S2 10:00-11:00 30", 10, has_begun=False)
    assert told(delay) == "S1 09:10-10:10; S2 10:10-11:10"


def test_what_is_fixed_next_leaves_no_time() -> None:
    delay = late("S1 09:00-10:00 50; S2! 10:05-11:00 55", 15)
    assert (delay.missing, delay.blocked_by) == (timedelta(minutes=10), "S2")
    assert late("S1 09:00-10:00 50; S2! 10:05-11:00 55", 5).missing == timedelta()


OTHER = "P1 10:00-11:00 50; P2 11:30-12:00 20"
ROOM = "S1 09:00-10:00 50; TEA 11:00-11:30 20; S2 10:00-11:00 60; S3 11:30-12:00 30"


def test_other_rooms_stay_and_take_their_break_as_planned() -> None:
    delay = late(ROOM, 10, other=OTHER)
    assert told(delay) == "S1 09:00-10:10; S2 10:10-11:10; TEA 11:10-11:30; S3 11:30-12:00"
    assert [one.item.code for one in delay.changed] == ["S1", "S2"]
    assert [one.item.code for one in delay.outcomes if one.only_here] == ["TEA"]


def test_in_every_room_nothing_begins_before_it_is_over_and_the_break_is_one() -> None:
    delay = late(ROOM, 10, other=OTHER, everywhere=True)
    assert told(delay) == (
        "S1 09:00-10:10; S2 10:10-11:10; TEA 11:10-11:30; S3 11:30-12:00; P1 10:10-11:10; P2 11:30-12:00"
    )
    assert [one.item.code for one in delay.changed] == ["S1", "S2", "TEA", "P1"]


def test_a_room_that_lacks_the_time_is_named() -> None:
    delay = late("S1 09:00-10:00 50; S2 10:00-11:00 60", 10, other="P1! 10:05-11:00 55", everywhere=True)
    assert (delay.missing, delay.blocked_by) == (timedelta(minutes=5), "P1")


@st.composite
def days(draw: st.DrawFn) -> list[Planned]:
    """A day of one room without overlaps."""
    now, items = DAY, []
    for number in range(draw(st.integers(1, 8))):
        now += timedelta(minutes=draw(st.integers(0, 30)))
        length = draw(st.integers(1, 120))
        least, is_break = draw(st.integers(1, length)), draw(st.booleans())
        hold = draw(st.sampled_from((FREE, FREE, FREE, END, FIXED)))
        end = now + timedelta(minutes=length)
        items.append(Planned(f"S{number}", now, end, "A", timedelta(minutes=least), hold, is_break, is_break))
        now = end
    return items


@given(days(), st.integers(1, 240))
def test_whatever_the_day_nothing_overlaps_shrinks_too_far_or_moves_where_it_holds(
    items: list[Planned], by: int
) -> None:
    delay = run_late(items, "S0", timedelta(minutes=by), has_begun=True)
    placed = [one for one in delay.outcomes if one.fits]
    assert {one.item.code for one in delay.outcomes} == {one.code for one in items}
    for one in placed[1:]:
        assert one.starts_at >= one.item.starts_at
        assert one.ends_at - one.starts_at >= min(one.item.least, one.item.length)
        assert not (one.item.hold == FIXED and one.moves)
        assert not (one.item.hold == END and one.ends_at > one.item.ends_at)
    if not delay.missing:
        assert all(one.ends_at <= other.starts_at for one, other in pairwise(placed))
