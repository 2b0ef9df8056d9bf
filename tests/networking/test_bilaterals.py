"""Bilateral meetings: asked, answered, another time, called off; what holds a slot; limits; and a race for one slot."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from eventapp.agenda.models import DECLINED as PART_DECLINED
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import Rules, choose_audience, set_networking
from eventapp.networking.bilaterals import actions
from eventapp.networking.bilaterals.actions import accept, ask, call_off, decline, part_ways, propose
from eventapp.networking.bilaterals.jobs import JOBS
from eventapp.networking.bilaterals.models import AGREED, ASKED, CANCELLED, DECLINED, LAPSED, Bilateral, BilateralSlot
from eventapp.networking.bilaterals.queries import days_with, free_slots, is_taken, slots_on
from eventapp.networking.models import NOBODY
from eventapp.networking.slots.actions import Opening, open_slots, set_open
from eventapp.registration.actions import withdraw
from eventapp.registration.models import Registration
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.make import TODAY
from tests.make_agenda import NINE
from tests.networking.conftest import found

RIVALS = 4


@pytest.fixture
def slots(meeting: Meeting) -> list[BilateralSlot]:
    """Nine to ten at two tables, half an hour each."""
    with transaction():
        wanted = Opening(("Table 1", "Table 2"), date(2026, 3, 16), time(9), time(10), 30)
        assert open_slots(meeting, wanted, by=None, at=TODAY) == 4
        assert open_slots(meeting, wanted, by=None, at=TODAY) == 0, "what is there stays"
    return db.session.query(BilateralSlot).order_by(BilateralSlot.starts_at, BilateralSlot.place).all()


def asked(one: Registration, other: Registration, slot: BilateralSlot | None = None, at: datetime = TODAY) -> Bilateral:
    with transaction():
        return ask(one, other, "A joint note on tele-education", slot, at=at)


def letters(words: str) -> list[str]:
    return [one.to for one in db.session.query(Letter).filter(Letter.subject.contains(words)).order_by(Letter.id)]


def free_for(meeting: Meeting, *people: Registration) -> list[str]:
    found = db.session.scalars(free_slots(meeting, people, TODAY))
    return [f"{one.wall_starts[11:]} {one.place}" for one in found]


def test_slots_have_wall_time_zone_and_utc_and_what_cannot_be_is_refused(
    meeting: Meeting, slots: list[BilateralSlot]
) -> None:
    first = slots[0]
    assert (first.wall_starts, first.wall_ends, first.wall_zone) == ("2026-03-16T09:00", "2026-03-16T09:30", make.ZONE)
    assert first.starts_at == NINE
    for wanted, words in (
        (Opening(("T",), date(2026, 3, 16), time(9), time(9, 10), 15), "leaves time"),
        (Opening(("T",), date(2026, 3, 16), time(9), time(10), 4), "from 5 to 240"),
        (Opening(("T",), date(2026, 3, 1), time(9), time(10), 15), "still to come"),
        (Opening(tuple(map(str, range(50))), date(2026, 3, 16), time(9), time(20), 15), "more than 500"),
    ):
        with pytest.raises(Refused, match=words), transaction():
            open_slots(meeting, wanted, by=None, at=TODAY)


def test_who_is_asked_accepts_and_only_then_both_are_told_the_rest(
    meeting: Meeting, ada: Registration, grace: Registration, slots: list[BilateralSlot]
) -> None:
    one = asked(ada, grace, slots[0])
    assert one.state == ASKED and one.waits_for_id == grace.id
    (letter,) = db.session.query(Letter).filter(Letter.to == grace.person.email).all()
    assert "tele-education" in letter.text and "09:00" in letter.text and "Table 1" in letter.text
    assert ada.person.email not in letter.text and ada.person.email not in (letter.html or "")
    assert asked(ada, grace, slots[2]).id == one.id, "twice is once"
    with pytest.raises(Refused, match="does not wait for your answer"), transaction():
        accept(one, ada, at=TODAY)
    with transaction():
        accept(one, grace, at=TODAY)
        accept(one, grace, at=TODAY)
    assert one.state == AGREED and one.agreed_at == TODAY
    assert letters("You meet") == [ada.person.email, grace.person.email]
    with pytest.raises(Refused, match="has asked you already"):
        asked(grace, ada)
    assert free_for(meeting, ada) == ["09:30 Table 1", "09:30 Table 2"], "nobody meets two at once"


def test_a_slot_asked_for_is_held_and_given_back_when_it_ends(
    meeting: Meeting, ada: Registration, grace: Registration, slots: list[BilateralSlot]
) -> None:
    third, fourth = found(meeting, "Third"), found(meeting, "Fourth")
    one = asked(ada, grace, slots[0])
    with pytest.raises(Refused, match="took this place") as refused, transaction():
        ask(third, fourth, "Us too", slots[0], at=TODAY)
    assert refused.value.beside == "slot"
    with transaction():
        decline(one, grace, "Another day", at=TODAY)
        decline(one, grace, "", at=TODAY)
    assert one.state == DECLINED and letters("No meeting") == [ada.person.email]
    with pytest.raises(Refused, match="has declined before"):
        asked(ada, grace, slots[0])
    assert asked(grace, ada, slots[0]).state == ASKED, "who declined may ask"
    late = asked(third, fourth, slots[1])
    after = TODAY + timedelta(hours=24)
    assert late.state_now(after) == LAPSED and not is_taken(slots[1], after)
    with pytest.raises(Refused, match="time to answer"), transaction():
        accept(late, fourth, at=after)
    work_through(JOBS, at=after)
    db.session.expire_all()
    assert late.state == LAPSED and not work_through(JOBS, at=after)


def test_no_slot_lies_over_a_session_that_one_has_a_part_in(
    meeting: Meeting, ada: Registration, grace: Registration, slots: list[BilateralSlot]
) -> None:
    session = make.session(meeting, starts_at=NINE + timedelta(minutes=40), ends_at=NINE + timedelta(minutes=50))
    role = make.role(session, person_id=grace.person_id)
    assert free_for(meeting, ada, grace) == ["09:00 Table 1", "09:00 Table 2"]
    assert len(free_for(meeting, ada)) == 4
    with pytest.raises(Refused, match="role in a session"):
        asked(ada, grace, slots[2])
    one = asked(ada, grace, slots[0])
    with transaction():
        session.starts_at, session.ends_at = NINE, NINE + timedelta(minutes=10)
    with pytest.raises(Refused, match="role in a session"), transaction():
        accept(one, grace, at=TODAY)
    with transaction():
        role.state = PART_DECLINED
    with transaction():
        accept(one, grace, at=TODAY)


def test_another_time_gives_the_old_one_back_and_asks_the_other(
    meeting: Meeting, ada: Registration, grace: Registration, slots: list[BilateralSlot]
) -> None:
    one = asked(ada, grace, slots[0])
    with transaction():
        propose(one, grace, slots[2], at=TODAY)
    assert (one.state, one.waits_for_id, one.slot_id, one.sequence) == (ASKED, ada.id, slots[2].id, 1)
    assert letters("Another time") == [ada.person.email] and not is_taken(slots[0], TODAY)
    with pytest.raises(Refused, match="does not wait"), transaction():
        propose(one, grace, slots[0], at=TODAY)
    with transaction():
        accept(one, ada, at=TODAY)
    with transaction():
        propose(one, ada, slots[1], at=TODAY)
    assert (one.state, one.waits_for_id, one.sequence) == (ASKED, grace.id, 2)
    with transaction():
        set_open(slots[3], is_open=False, by=None, at=TODAY)
    with pytest.raises(Refused, match="not open any more"), transaction():
        propose(one, grace, slots[3], at=TODAY)


def test_a_meeting_is_called_off_until_it_begins_and_by_who_withdraws(
    meeting: Meeting, ada: Registration, grace: Registration, slots: list[BilateralSlot]
) -> None:
    one = asked(ada, grace, slots[0])
    with pytest.raises(Refused, match="nothing to call off"), transaction():
        call_off(one, grace, "", at=TODAY)
    with transaction():
        accept(one, grace, at=TODAY)
    with pytest.raises(Refused, match="has begun"), transaction():
        call_off(one, grace, "", at=NINE)
    with transaction():
        call_off(one, grace, "The train", at=TODAY)
        call_off(one, grace, "The train", at=TODAY)
    (letter,) = db.session.query(Letter).filter(Letter.subject.contains("Called off")).all()
    assert letter.to == ada.person.email and "The train" in letter.text and one.sequence == 1
    other = asked(ada, grace, slots[1])
    with transaction():
        withdraw(ada, by=ada.person, at=TODAY)
    work_through(JOBS, at=TODAY)
    db.session.expire_all()
    assert other.state == CANCELLED and letters("Called off") == [ada.person.email, grace.person.email]


def test_a_block_ends_what_stands_without_saying_so_and_nobody_asks_again(
    ada: Registration, grace: Registration, slots: list[BilateralSlot]
) -> None:
    one = asked(ada, grace, slots[0])
    with transaction():
        part_ways(grace, ada, at=TODAY)
    assert one.state == DECLINED and letters("No meeting") == [ada.person.email]
    with pytest.raises(Refused, match="do not find this person"):
        asked(ada, grace, slots[0])


def test_who_is_found_by_nobody_asks_nobody_and_a_day_has_so_many_requests(
    meeting: Meeting, ada: Registration, grace: Registration
) -> None:
    with transaction():
        set_networking(meeting, Rules(is_open=True, requests_a_day=2), by=None, at=TODAY)
    asked(ada, grace)
    asked(ada, found(meeting, "Third"), at=TODAY + timedelta(hours=1))
    fourth = found(meeting, "Fourth")
    with pytest.raises(Refused, match=r"2 people in 24 hours\. Ask the next one after 3 March 2026, 09:00"):
        asked(ada, fourth, at=TODAY + timedelta(hours=2))
    assert asked(ada, fourth, at=TODAY + timedelta(hours=24)).state == ASKED
    with transaction():
        choose_audience(fourth, NOBODY, at=TODAY)
    with pytest.raises(Refused, match="first who may find you"):
        asked(fourth, grace)
    with pytest.raises(Refused, match="do not find this person"):
        asked(grace, fourth)


def test_without_a_time_both_agree_first_and_find_one_after(
    meeting: Meeting, ada: Registration, grace: Registration, slots: list[BilateralSlot]
) -> None:
    one = asked(ada, grace)
    with transaction():
        accept(one, grace, at=TODAY)
    with transaction():
        propose(one, ada, slots[0], at=TODAY)
    assert one.state == ASKED and one.waits_for_id == grace.id
    free = free_slots(meeting, (ada, grace), TODAY)
    assert days_with(free) == [date(2026, 3, 16)]
    assert [one.place for one in slots_on(free, meeting, date(2026, 3, 16))] == ["Table 1"]


def rush(app: Flask, slot: BilateralSlot, pairs: list[tuple[int, int]]) -> Counter[str]:
    """What became of pairs that ask for one slot in the same moment."""
    number, start, outcomes = slot.id, threading.Barrier(len(pairs)), []
    db.session.rollback()

    def press(one: int, other: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    two = [db.session.get_one(Registration, each) for each in (one, other)]
                    outcomes.append(
                        ask(two[0], two[1], "Us", db.session.get_one(BilateralSlot, number), at=TODAY).state
                    )
            except Exception as fault:  # noqa: BLE001 -- without the guard a database may refuse one of them
                outcomes.append(type(fault).__name__)

    threads = [threading.Thread(target=press, args=pair) for pair in pairs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return Counter(outcomes)


def pairs_of(meeting: Meeting) -> list[tuple[int, int]]:
    return [(found(meeting, f"Asks {n}").id, found(meeting, f"Asked {n}").id) for n in range(RIVALS)]


def test_of_pairs_that_ask_for_one_slot_at_once_one_gets_it(
    app: Flask, meeting: Meeting, slots: list[BilateralSlot]
) -> None:
    assert rush(app, slots[0], pairs_of(meeting)) == {ASKED: 1, "Refused": RIVALS - 1}
    assert db.session.query(Bilateral).filter_by(slot_id=slots[0].id).count() == 1


@pytest.mark.usefixtures("fresh_app")
def test_without_the_lock_two_pairs_have_one_slot(
    app: Flask, meeting: Meeting, slots: list[BilateralSlot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the test above can fail. Without the lock all look before anybody is written down."""
    everybody = threading.Barrier(RIVALS, timeout=30)
    pairs = pairs_of(meeting)

    def together(look: Callable[..., bool]) -> Callable[..., bool]:
        def wait(*given: object) -> bool:
            with suppress(threading.BrokenBarrierError):
                everybody.wait()
            return look(*given)

        return wait

    monkeypatch.setattr(actions, "lock", lambda row: None)
    monkeypatch.setattr(actions, "is_taken", together(is_taken))
    if not ON_POSTGRESQL:  # there the one pen of BEGIN IMMEDIATE is the guard
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    assert rush(app, slots[0], pairs) != {ASKED: 1, "Refused": RIVALS - 1}


@pytest.mark.parametrize(("day", "starts", "says"), [(25, time(2), "comes twice"), (25, time(2, 30), "comes twice")])
def test_slots_do_not_begin_in_an_hour_that_comes_twice(meeting: Meeting, day: int, starts: time, says: str) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).zone = "Europe/Berlin"
    with pytest.raises(Refused, match=says), transaction():
        open_slots(meeting, Opening(("Table 1",), date(2026, 10, day), starts, time(5), 30), by=None, at=TODAY)
