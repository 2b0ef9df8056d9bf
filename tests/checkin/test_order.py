"""Uploads in any order, split and repeated in any way, end in the same state."""

from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from eventapp.checkin.actions import scan
from eventapp.checkin.models import ALREADY, WELCOME, Gate, Scan
from eventapp.checkin.queries import answer_to
from eventapp.checkin.reading import Reading
from eventapp.ground.db import db, transaction
from eventapp.registration.models import WITHDRAWN
from tests import make
from tests.make import TODAY
from tests.make_checkin import gate

NOW = TODAY + timedelta(hours=31)  # every device sends what it read before; a clock ahead of the server is held to it
READINGS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["R-0001", "R-0002", "R-0003", "nobody"]), st.integers(0, 1800)),
    min_size=1,
    max_size=14,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings=READINGS, chance=st.randoms(use_true_random=False))
def test_any_order_split_and_repeat_ends_in_the_same_state(app: Flask, readings: list[Any], chance: Any) -> None:
    gates = doors()
    sent = [
        (gates[where], Reading(code, f"scan-{n:04d}", offline_at=TODAY + timedelta(minutes=minutes)))
        for n, (where, code, minutes) in enumerate(readings)
    ]
    again = sent + chance.choices(sent, k=chance.randint(0, len(sent)))
    chance.shuffle(again)

    once = state_after([sent])
    shuffled = state_after(split(again, chance))

    assert shuffled == once
    assert first_of_each_is_welcome(once)


def doors() -> list[Gate]:
    """Two gates of the building and one of a session, with two people who may come in and one who may not."""
    found = list(db.session.scalars(select(Gate).order_by(Gate.id)))
    if found:
        return found
    meeting = make.meeting()
    for number in (1, 2):
        make.registration(meeting, number=number)
    make.registration(meeting, number=3, state=WITHDRAWN)
    return [gate(meeting), gate(meeting), gate(meeting, session=make.session(meeting))]


def split(readings: list[Any], chance: Any) -> list[list[Any]]:
    cut = chance.randint(0, len(readings))
    return [readings[:cut], readings[cut:]]


def state_after(batches: list[list[Any]]) -> list[tuple[Any, ...]]:
    """Every reading that is kept and what the door says to it, by key; then the table is emptied."""
    for hour, batch in enumerate(batches):
        with transaction():
            for door, reading in batch:
                scan(door, reading, by=None, at=NOW + timedelta(hours=hour))
    with transaction():
        rows = db.session.scalars(select(Scan).order_by(Scan.client_key)).all()
        state = [
            (row.client_key, row.registration_id, row.gate_id, row.scanned_at, row.reason, answer_to(row).verdict)
            for row in rows
        ]
        db.session.execute(delete(Scan))
    return state


def first_of_each_is_welcome(state: list[tuple[Any, ...]]) -> bool:
    """Whether each person was welcomed once a day and a place, by the earliest reading."""
    admitted: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    building = sorted(row.id for row in db.session.scalars(select(Gate).where(Gate.session_id.is_(None))))
    for key, person, door, at, _reason, verdict in state:
        if verdict in (WELCOME, ALREADY):
            day = (at + timedelta(hours=7)).date()
            admitted.setdefault((person, door in building, day), []).append((at, key, verdict))
    return all(
        [verdict for _at, _key, verdict in sorted(group)] == [WELCOME] + [ALREADY] * (len(group) - 1)
        for group in admitted.values()
    )
