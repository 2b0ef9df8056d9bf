"""Who came to a session, beside the balance of the meeting: together they tell of no small group either."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from eventapp.agenda.models import Session
from eventapp.balance.actions import open_balance
from eventapp.balance.suppression import Covered, covered
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.record.clearing.actions import submit_session
from eventapp.record.sessions.queries import record_of
from eventapp.record.summaries.actions import approve_summary, write_summary
from eventapp.record.summaries.attendance import Attendance, for_the_world, groups
from eventapp.record.summaries.content import Summary
from eventapp.registration.models import Registration
from tests import make
from tests.balance.test_balance import crowd
from tests.balance.test_suppression import told_of
from tests.browserless import PageClient
from tests.make_agenda import published
from tests.make_checkin import gate, scanned
from tests.make_record import note

STAGES = ("approved", "present")
LATER = make.TODAY + timedelta(hours=3)
SIZES = {"a": 8, "b": 8, "c": 2}
Table = dict[str, dict[str, int]]
Publish = Callable[[Mapping[str, int], Record], Record | None]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Three groups of a meeting: how many had a place, came, and were in the one room."""
    table = {}
    for group in "abc":
        people, row = draw(st.integers(0, 14)), {}
        for stage in (*STAGES, "room"):
            people = people - draw(st.integers(0, min(people, 7)))
            row[stage] = people
        table[group] = row
    return table


def balance_of(table: Table) -> Record:
    """What the public balance says of these people."""
    totals = {stage: sum(row[stage] for row in table.values()) for stage in STAGES}
    shown = covered(table, totals, STAGES, first="present")
    blocks = {stage: [[list(block), people] for block, people in rows] for stage, rows in shown.blocks.items()}
    return {"totals": dict(shown.totals), "breakdowns": {"gender": blocks}}


def together(table: Table, publish: Publish) -> Covered:
    """The balance and the attendance as one table: the room is a stage after the meeting."""
    balance = balance_of(table)
    said = publish({group: row["room"] for group, row in table.items()}, balance)
    totals = dict(balance["totals"])
    rows = {
        stage: tuple((tuple(block), people) for block, people in each)
        for stage, each in balance["breakdowns"]["gender"].items()
    }
    if said:
        totals["room"] = said["people"]
        if said["genders"]:
            rows["room"] = tuple((tuple(block), people) for block, people in said["genders"])
    return Covered(totals, rows)


def held(counts: Mapping[str, int], balance: Record) -> Record | None:
    return for_the_world(Attendance(sum(counts.values()), {}, counts), balance)


def alone(counts: Mapping[str, int], _balance: Record) -> Record | None:
    """The twin: the session by itself, its small groups counted together, as if there were no balance."""
    people = sum(counts.values())
    by_itself = [([group], 10 * count) for group, count in counts.items() if count]
    return {"people": people, "genders": groups(counts, by_itself)} if people >= 5 else None


@settings(max_examples=150, deadline=None)
@given(tables())
def test_nobody_can_work_out_a_small_group_from_both(table: Table) -> None:
    assert told_of(together(table, held)) == []


def test_a_session_counted_by_itself_would_let_it_be_worked_out() -> None:
    """The twin: all but one came to the room, and its groups are put together otherwise than those of the meeting."""
    table = {group: {"approved": people, "present": people, "room": people} for group, people in SIZES.items()}
    table["b"]["room"] = 7
    assert {"b lost after present", "c at room"} <= set(told_of(together(table, alone)))
    assert told_of(together(table, held)) == []


def test_who_was_at_the_meeting_and_not_in_the_room_is_no_small_group() -> None:
    """The same people at the meeting; more and more of them go into the room."""
    balance = balance_of({group: {"approved": 20, "present": 20} for group in "ab"})
    shown = {here: held({"a": 20, "b": here}, balance) for here in (20, 19, 16, 15, 4, 0)}
    assert {here: (said or {}).get("genders") for here, said in shown.items()} == {
        20: [(["a"], 20), (["b"], 20)],
        19: None,
        16: None,
        15: [(["a"], 20), (["b"], 15)],
        4: [],
        0: [],
    }


@pytest.mark.parametrize("seen", [0, 4])
def test_fewer_than_five_are_told_nowhere(seen: int) -> None:
    balance = balance_of({group: {"approved": 20, "present": 20} for group in "ab"})
    assert held({"a": seen, "b": 0}, balance) is None
    assert for_the_world(None, balance) is None


def test_more_in_the_room_than_at_the_meeting_is_not_told() -> None:
    """Where somebody's door was put right after the balance was counted."""
    balance = balance_of({group: {"approved": 20, "present": 20} for group in "ab"})
    assert held({"a": 21, "b": 20}, balance) is None
    assert held({"a": 21, "b": 9}, balance) == {"people": 30, "categories": [], "genders": []}


def small_groups_of_two_rooms(people: int, first: int, second: int) -> list[str]:
    """Which of the four parts of a meeting, in this room or that, both or none, must be of one to four people."""
    parts: dict[str, set[int]] = {}
    for both in range(min(first, second) + 1):
        cells = {"both": both, "first": first - both, "second": second - both, "none": people - first - second + both}
        if min(cells.values()) >= 0:
            for name, count in cells.items():
                parts.setdefault(name, set()).add(count)
    return [name for name, counts in parts.items() if 0 < max(counts) < 5]


def test_two_rooms_beside_the_same_balance_tell_no_more() -> None:
    fits = {
        (people, first, second)
        for people, first, second in product(range(24), repeat=3)
        if all(here >= 5 and here <= people and not 0 < people - here < 5 for here in (first, second))
    }
    assert len(fits) > 1000
    assert [rooms for rooms in fits if small_groups_of_two_rooms(*rooms)] == []
    assert small_groups_of_two_rooms(20, 18, 18) == ["first", "second", "none"]  # the control


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", capacity=400)


def session_of(meeting: Meeting, *people: Registration, approved: bool = True) -> Session:
    """A session with a door that let these in, whose summary was handed in."""
    session = make.session(meeting, code=f"S{db.session.query(Session).count()}")
    note(session)
    door = gate(meeting, session=session)
    for row in people:
        scanned(door, row.reference)
    with transaction():
        write_summary(session, Summary(key_issues=("One.",)), base=0, by=None, at=make.TODAY)
        submit_session(session, by=None, at=make.TODAY)
    if approved:
        approve(session)
    return session


def approve(session: Session) -> None:
    with transaction():
        approve_summary(session, 1, by=None, at=make.TODAY)


def told(session: Session) -> Record | None:
    record = record_of(session)
    assert record is not None
    return record.attendance


def opened(meeting: Meeting) -> None:
    with transaction():
        open_balance(meeting, by=None, at=make.TODAY)


def test_it_is_told_when_the_balance_is_counted_and_never_again(client: PageClient, meeting: Meeting) -> None:
    women = crowd(meeting, "government", 12, here=12, gender="woman")
    men = crowd(meeting, "civil-society", 13, here=13, gender="man")
    session = session_of(meeting, *women[:6], *men[:7])
    published(meeting)
    world = f"/meetings/{meeting.slug}/sessions/{session.code}/notes"
    assert told(session) is None
    assert "people came" not in client.get(world).text

    opened(meeting)
    page = client.get(world).text
    for words in ("13 people came.", "Government", "Civil society", "Women"):
        assert words in page
    scanned(gate(meeting, session=session), men[8].reference)
    approve(session)
    assert told(session) == {
        "people": 13,
        "categories": [[["civil-society"], 7], [["government"], 6]],
        "genders": [[["man"], 7], [["woman"], 6]],
    }


def test_a_summary_approved_later_tells_of_those_whom_the_balance_counted(meeting: Meeting) -> None:
    rows = crowd(meeting, "government", 12, here=12)
    session = session_of(meeting, *rows[:7], approved=False)
    silent = session_of(meeting, *rows[:11], approved=False)
    opened(meeting)
    scanned(gate(meeting, session=session), rows[8].reference, at=LATER)
    approve(session)
    approve(silent)
    assert told(session) == {"people": 7, "categories": [], "genders": []}
    assert told(silent) is None  # one person of the meeting was elsewhere


def test_a_session_of_another_meeting_is_left_alone(meeting: Meeting) -> None:
    other = make.meeting(slug="autumn", capacity=400)
    rows = crowd(other, "government", 12, here=12)
    session = session_of(other, *rows)
    crowd(meeting, "government", 12, here=12)
    opened(meeting)
    assert told(session) is None
