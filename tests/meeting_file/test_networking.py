"""Networking in a meeting file: its rules and open slots are brought to a meeting and written back, and nobody's words."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import read
from eventapp.meeting_file.writer import write
from eventapp.meetings.arriving.coming import Objected
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import Rules, choose_audience, set_networking
from eventapp.networking.bilaterals.actions import ask
from eventapp.networking.bilaterals.models import Bilateral, BilateralSlot
from eventapp.networking.models import PARTICIPANTS, NetworkingRules
from eventapp.networking.queries import rules_of
from eventapp.networking.slots.actions import Opening, open_slots, set_open
from tests import make
from tests.meeting_file.test_actions import loaded, the_meeting
from tests.meeting_file.test_reader import SMALL, faults_in

NETWORKING = """\
networking: yes
networking_requests: 5
networking_hours: 12
networking_session: S1
networking_slots:
  - {where: Table 1, starts: 2016-10-04 12:00, ends: 2016-10-04 13:00, minutes: 20}
  - {where: Table 2, starts: 2016-10-04 12:00, ends: 2016-10-04 13:00, minutes: 30}
  - {where: Table 1, starts: 2016-10-05 08:00, ends: 2016-10-05 08:15, minutes: 15}
"""
CATEGORIES = """\
categories:
  - {code: MEM, name: Member State, stakeholder_type: government, represents: member, colour: "#123f7a",
     ink: "#ffffff", letter: M, shape: square, protocol_order: 1}
"""
WHOLE = SMALL + NETWORKING + CATEGORIES
NOON = datetime(2016, 10, 4, 5, 0, tzinfo=UTC)


def slots(*, closed: bool = False) -> list[tuple[str, datetime, datetime]]:
    """The slots that are open, or those that are closed, by place and time."""
    db.session.expire_all()
    rows = db.session.scalars(select(BilateralSlot).order_by(BilateralSlot.place, BilateralSlot.starts_at))
    return [(one.place, one.starts_at, one.ends_at) for one in rows if (one.closed_at is not None) == closed]


def test_a_file_makes_them_and_they_are_written_back(app: Flask) -> None:
    changed = loaded(WHOLE)
    assert "slots Table 1, 2016-10-04 05:00 UTC: added" in changed
    rules = rules_of(the_meeting())
    assert rules is not None and rules.session is not None
    assert (rules.is_open, rules.requests_a_day, rules.answer_hours, rules.session.code) == (True, 5, 12, "S1")
    third, half = timedelta(minutes=20), timedelta(minutes=30)
    first = [("Table 1", NOON + third * number, NOON + third * (number + 1)) for number in range(3)]
    assert slots()[:3] == first and len(slots()) == 6
    assert slots()[4:] == [("Table 2", NOON, NOON + half), ("Table 2", NOON + half, NOON + 2 * half)]
    walls = db.session.execute(
        select(BilateralSlot.wall_starts, BilateralSlot.wall_zone).order_by(BilateralSlot.id)
    ).all()
    assert walls[0] == ("2016-10-04T12:00", "Asia/Bangkok")
    assert content_of(the_meeting()) == read(WHOLE)
    assert loaded(WHOLE, minutes=5) == [], "the same file changes nothing"


def test_what_is_dumped_makes_the_same_in_a_new_meeting(app: Flask) -> None:
    """Slots of a form, of unlike lengths, one closed in between: only the open ones leave, and come back as they were."""
    loaded(SMALL)
    meeting = the_meeting()
    with transaction():
        set_networking(meeting, Rules(is_open=True), by=None, at=make.TODAY)
        opening = Opening(["Table 1", "Table 2"], meeting.starts_on, NOON.time(), NOON.replace(hour=7).time(), 15)
        open_slots(meeting, opening, by=None, at=datetime(2016, 1, 1, tzinfo=UTC))
    with transaction():
        second = db.session.scalars(select(BilateralSlot).where(BilateralSlot.place == "Table 1")).all()[1]
        set_open(second, is_open=False, by=None, at=make.TODAY)
    before, text = slots(), write(content_of(the_meeting()))
    assert text.count("minutes:") == 3
    loaded(text.replace("spring-review", "autumn-review"))
    other = the_meeting("autumn-review")
    mine = select(BilateralSlot).where(BilateralSlot.meeting_id == other.id)
    rows = db.session.scalars(mine.order_by(BilateralSlot.place, BilateralSlot.starts_at))
    assert [(one.place, one.starts_at, one.ends_at) for one in rows] == before
    assert write(content_of(other)) == text.replace("spring-review", "autumn-review")


def test_a_meeting_without_networking_says_nothing_of_it_and_gets_no_row(app: Flask) -> None:
    loaded(SMALL)
    assert "networking" not in write(content_of(the_meeting()))
    assert db.session.scalars(select(NetworkingRules)).all() == []


def asked(meeting: Meeting) -> BilateralSlot:
    """The first slot, for which one participant has asked another."""
    at, names = datetime(2016, 10, 1, tzinfo=UTC), ("Ada Byron", "Grace Hopper")
    [kind] = meeting.categories
    ada, grace = (make.registration(meeting, category=kind, person=make.person(one), record_name=one) for one in names)
    with transaction():
        for one in (ada, grace):
            choose_audience(one, PARTICIPANTS, at=at)
        slot = db.session.scalars(select(BilateralSlot).order_by(BilateralSlot.id)).first()
        assert slot is not None
        ask(ada, grace, "About ports.", slot, at=at)
    return slot


def test_a_slot_that_is_left_out_is_closed_and_who_has_it_keeps_it(app: Flask) -> None:
    loaded(WHOLE)
    slot = asked(the_meeting())
    line = "  - {where: Table 1, starts: 2016-10-04 12:00, ends: 2016-10-04 13:00, minutes: 20}\n"
    said = loaded(WHOLE.replace(line, ""), minutes=5)
    assert said == ["slots Table 1, 2016-10-04 05:00 UTC: ended"]
    assert len(slots(closed=True)) == 3 and len(slots()) == 3
    [bilateral] = db.session.scalars(select(Bilateral))
    assert (bilateral.slot_id, bilateral.state) == (slot.id, "asked")
    loaded(WHOLE, minutes=9)
    assert len(slots()) == 6, "a file that names them again opens them again, and makes no second ones"


def test_a_slot_that_somebody_has_keeps_its_length(app: Flask) -> None:
    loaded(WHOLE)
    asked(the_meeting())
    longer = WHOLE.replace("13:00, minutes: 20", "13:00, minutes: 60")
    with pytest.raises(Objected, match="Two people have the slot at Table 1"):
        loaded(longer, minutes=5)
    assert len(slots()) == 6
    free = WHOLE.replace("08:15, minutes: 15", "08:45, minutes: 45")
    loaded(free, minutes=9)
    assert content_of(the_meeting()) == read(free)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("networking: yes", "networking: perhaps", 26, "Write yes or no"),
        ("requests: 5", "requests: 101", 27, "Write a whole number from 1 to 100"),
        ("hours: 12", "hours: 0", 28, "Write a whole number from 1 to 336"),
        ("session: S1", "session: S9", 29, "Networking names “S9”, which is not there."),
        ("13:00, minutes: 20", "13:05, minutes: 20", 31, "slots of 20 minutes leave some over"),
        ("13:00, minutes: 20", "11:00, minutes: 20", 31, "end before they start"),
        ("13:00, minutes: 20", "13:00, minutes: 0", 31, "Write a whole number from 1 to 1440"),
        ("ends: 2016-10-04 13:00, minutes: 20", "ends: 2026-10-04 13:00, minutes: 20", 30, "5,000 slots at most"),
        ("2016-10-05 08:00, ends: 2016-10-05 08:15", "2016-10-04 12:20, ends: 2016-10-04 12:35", 33, "on line 31 too"),
        ("{where: Table 1, starts: 2016-10-04", '{where: "", starts: 2016-10-04', 31, "where"),
    ],
)  # fmt: skip
def test_each_fault_is_at_its_line(right: str, wrong: str, line: int, says: str) -> None:
    assert right in WHOLE
    faults = faults_in(WHOLE.replace(right, wrong, 1))
    assert any(says in each.says for each in faults), faults
    assert {each.line for each in faults} == {line}, faults
