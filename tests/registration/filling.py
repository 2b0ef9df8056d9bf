"""What the tests of the form do over and over: the day it is, what somebody types, what came of it."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from eventapp.ground.db import db
from eventapp.home.registration import views as mine
from eventapp.links import access as gate
from eventapp.meetings.models import Category, Meeting
from eventapp.registration import views
from eventapp.registration.models import Registration
from eventapp.registration.own import views as own
from tests.browserless import PageClient

PDF = b"%PDF-1.7\n%%EOF\n"


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    for room in (views, own, gate, mine):
        monkeypatch.setattr(room, "now", lambda: moment)


def typed(category: Category, **more: Any) -> dict[str, Any]:
    """What somebody fills into the form."""
    answers = {
        "key": "the-key-of-this-form",
        "given_name": "Anong",
        "family_name": "Suksawat",
        "own_name": "อนงค์ สุขสวัสดิ์",
        "record_name": "Ms. Anong Suksawat",
        "email": "anong@example.org",
        "category": category.code,
        "state": "",
        "delegation": "Telecommunication Union",
        "job_title": "Director, Digital Policy",
        "lists_name": "y",
    }
    return {**answers, **more}


def send(client: PageClient, meeting: Meeting, answers: dict[str, Any]) -> TestResponse:
    return client.post(f"/meetings/{meeting.slug}/registration", data=answers, content_type="multipart/form-data")


def only() -> Registration:
    return db.session.scalars(select(Registration)).one()


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
