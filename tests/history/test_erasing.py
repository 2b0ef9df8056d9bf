"""Names are taken out of history, the chain holds, and nothing else can be changed under that pretext."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventapp.ground.db import db, transaction
from eventapp.history.actions import record
from eventapp.history.chain import ERASING, seal_of, verify
from eventapp.history.erasing import seal_anew
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from tests import make
from tests.history.test_chain import KEY

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def thing() -> Meeting:
    """A meeting with four lines of history, two of which name somebody."""
    thing = make.meeting()
    for name in ("Ada Byron", "Grace Hopper", "Ada Byron", "Alan Turing"):
        with transaction():
            record("changed", thing, by=None, at=make.TODAY, name=name)
    return thing


def without_ada(thing: Meeting) -> list[Entry]:
    with transaction():
        lines = [
            one
            for one in db.session.scalars(select(Entry).order_by(Entry.number))
            if one.detail.get("name") == "Ada Byron"
        ]
        for one in lines:
            one.detail = {"name": "a participant"}
        seal_anew(lines, thing, by=None, at=make.TODAY)
    return lines


def test_the_chain_holds_and_says_in_a_line_that_names_were_taken_out(thing: Meeting) -> None:
    assert len(without_ada(thing)) == 2
    assert verify() == []
    last = db.session.scalars(select(Entry).order_by(Entry.number.desc())).first()
    assert last is not None and last.verb == ERASING
    assert [number for number, _seal in last.detail["seals"]] == [1, 3]
    assert "Ada" not in str([one.detail for one in db.session.scalars(select(Entry))])


def test_the_seals_are_named_in_the_order_of_the_lines(thing: Meeting) -> None:
    """PostgreSQL gives rows as they lie, and one that was changed lies elsewhere."""
    lines = [db.session.get_one(Entry, number) for number in (3, 1)]
    with transaction():
        seal_anew(lines, thing, by=None, at=make.TODAY)
    line = db.session.scalars(select(Entry).where(Entry.verb == ERASING)).one()
    assert [number for number, _seal in line.detail["seals"]] == [1, 3]


def test_names_are_taken_out_of_one_line_twice(thing: Meeting) -> None:
    line = without_ada(thing)[0]
    with transaction():
        line.detail = {"name": "…"}
        seal_anew([line], thing, by=None, at=make.TODAY)
    assert verify() == []


def test_nothing_to_take_out_leaves_no_line(thing: Meeting) -> None:
    with transaction():
        seal_anew([], thing, by=None, at=make.TODAY)
    assert db.session.query(Entry).count() == 4


@pytest.mark.parametrize("values", [{"verb": "deleted"}, {"detail": {"name": "Eve"}}, {"by_name": "Eve"}], ids=str)
def test_a_line_without_names_that_is_changed_again_is_named(thing: Meeting, values: dict[str, Any]) -> None:
    without_ada(thing)
    with transaction():
        db.session.execute(update(Entry).where(Entry.number == 1).values(**values))
    assert verify() == ["Line 1 was changed after it was written."]


def test_who_seals_a_line_anew_without_saying_so_is_seen(thing: Meeting) -> None:
    with transaction():
        line = db.session.scalars(select(Entry).where(Entry.number == 2)).one()
        line.detail, line.resealed = {"name": "Eve"}, ""
        line.resealed = seal_of(line)
    assert verify() == ["Line 2 was changed after it was written."]


def test_the_seal_it_was_written_with_cannot_be_changed_either(thing: Meeting) -> None:
    without_ada(thing)
    with transaction():
        db.session.execute(update(Entry).where(Entry.number == 3).values(hash="0" * 64))
    faults = verify()
    assert "Line 3 was changed after it was written." in faults
    assert "Line 4 does not hang on the line before it." in faults


@pytest.mark.parametrize("detail", [{}, [1], {"seals": 7}, {"seals": [1]}, {"seals": [[1]]}], ids=str)
def test_the_line_that_names_the_seals_cannot_be_changed(thing: Meeting, detail: Any) -> None:
    without_ada(thing)
    with transaction():
        db.session.execute(update(Entry).where(Entry.verb == ERASING).values(detail=detail))
    assert "Line 5 was changed after it was written." in verify()


def test_with_a_key_that_came_later(app: Flask, thing: Meeting) -> None:
    app.config.update(HISTORY_KEYS=[KEY], HISTORY_KEYED_FROM=5)
    with transaction():
        record("changed", thing, by=None, at=make.TODAY)
    without_ada(thing)
    assert verify() == []
