"""A published day of three sessions: two at once, one of them for two who sign up; and people with a place."""

from datetime import timedelta

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.my_agenda import views
from eventapp.my_agenda.sign_up import manage
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.make import TODAY
from tests.make_agenda import NINE, published


@pytest.fixture(autouse=True)
def _today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (views, manage):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    hall = make.room(meeting, name="Hall", seats=10)
    for number, hours in enumerate((0, 0, 2)):
        starts_at = NINE + timedelta(hours=hours)
        make.session(
            meeting,
            code=f"S{number}",
            title=f"Title {number}",
            room_id=hall.id,
            starts_at=starts_at,
            sign_up_places=2 if number == 1 else None,
        )
    published(meeting)
    return meeting


def token_of(registration: Registration) -> str:
    with transaction():
        return own_token(registration)
