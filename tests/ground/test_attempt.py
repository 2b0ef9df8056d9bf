"""Do it, or say no on the same page."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.models import Room
from tests import make


def rooms() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Room)) or 0


def test_what_is_done_is_saved_and_handed_on(app: Flask) -> None:
    form, meeting_id = Form(), make.meeting().id

    def act() -> str:
        db.session.add(Room(meeting_id=meeting_id, code="CR1", name="Room 1", seats=10))
        return "done"

    assert attempt(form, act) == "done"
    assert (form.refused, form.refusal, rooms()) == (None, "", 1)


def test_what_is_refused_is_undone_and_stands_above_the_form(app: Flask) -> None:
    form, meeting_id, refusal = Form(), make.meeting().id, Refused("Somebody was faster.")

    def act() -> str:
        db.session.add(Room(meeting_id=meeting_id, code="CR1", name="Room 1", seats=10))
        db.session.flush()
        raise refusal

    assert attempt(form, act) is None
    assert (form.refused, form.refusal, rooms()) == (refusal, "Somebody was faster.", 0)


def test_a_fault_is_no_refusal(app: Flask) -> None:
    def act() -> None:
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        attempt(Form(), act)
