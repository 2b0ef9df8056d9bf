"""A published day of which two sessions name Grace Hopper, who is registered; and a third that names another."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import SpeakingRole
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.profiles import views
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.make import TODAY
from tests.make_agenda import NINE, published

PUBLIC = "/meetings/spring/people/grace-hopper"


@pytest.fixture(autouse=True)
def _today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: TODAY)


@pytest.fixture
def grace(app: Flask) -> Registration:
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    return make.registration(meeting, person=make.person("Grace Hopper", "grace@example.org"), phone="+66 2 000")


@pytest.fixture
def meeting(grace: Registration) -> Meeting:
    sessions = [
        make.session(grace.meeting, code=f"S{hour}", title=f"Title {hour}", starts_at=NINE + timedelta(hours=hour))
        for hour in range(3)
    ]
    facts: dict[str, Any] = {"position_held": "Rear admiral", "organization": "Navy", "person_id": grace.person_id}
    make.role(sessions[0], **facts)
    make.role(sessions[1], "moderator", **facts)
    make.role(sessions[2], name="Ada Byron")
    published(grace.meeting)
    return grace.meeting


@pytest.fixture
def part(meeting: Meeting, grace: Registration) -> SpeakingRole:
    session = make.session(meeting, code="S9", title="Only in the draft", starts_at=NINE + timedelta(hours=9))
    return make.role(session, person_id=grace.person_id)


@pytest.fixture
def mine(meeting: Meeting, grace: Registration) -> str:
    """The address of the page on which Grace edits hers."""
    with transaction():
        return f"/registrations/{own_token(grace)}/public-page"
