"""A meeting with networking, and three who may be found: each by another audience."""

from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.networking import manage, views
from eventapp.networking.actions import Rules, choose_audience, set_networking
from eventapp.networking.bilaterals import views as bilaterals
from eventapp.networking.models import PARTICIPANTS
from eventapp.networking.offers import views as offers
from eventapp.networking.offers.actions import Wanted, add_line
from eventapp.networking.slots import manage as slots
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.make import TODAY


@pytest.fixture(autouse=True)
def _today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (views, manage, offers, bilaterals, slots):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    with transaction():
        set_networking(meeting, Rules(is_open=True), by=None, at=TODAY)
    return meeting


@pytest.fixture
def ada(meeting: Meeting) -> Registration:
    return found(meeting, "Ada Byron")


@pytest.fixture
def grace(meeting: Meeting) -> Registration:
    return found(meeting, "Grace Hopper")


def found(meeting: Meeting, name: str, audience: str = PARTICIPANTS, **facts: Any) -> Registration:
    """Somebody with a place whom these may find."""
    one = make.registration(meeting, person=make.person(name), record_name=name, **facts)
    with transaction():
        choose_audience(one, audience, at=TODAY)
    return one


def line(one: Registration, kind: str, text: str, themes: Sequence[str] = (), goals: Sequence[int] = ()) -> int:
    """The number of a line that this participant writes."""
    with transaction():
        return add_line(one, Wanted(kind, text, themes, goals), at=TODAY).id


def there(one: Registration) -> str:
    """The address of this participant's page of networking."""
    with transaction():
        return f"/registrations/{own_token(one)}/networking"
