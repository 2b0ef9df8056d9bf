"""The form handed out in front of the application: the same answer, to the letter, and only where it is everybody's."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_compress.compat import compression
from sqlalchemy import select

from eventapp.db import db, transaction
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.registration import front, intake, views
from eventapp.registration.asking import register
from eventapp.registration.fresh import forms_of
from eventapp.registration.models import Registration
from eventapp.rows import has_session
from tests import make
from tests.make import TODAY
from tests.registration.filling import set_clock, typed
from tests.registration.test_fresh import but_for_them, two_values, visitor


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    monkeypatch.setattr(front, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Iterator[Meeting]:
    """A meeting whose form was drawn for somebody already."""
    meeting = make.meeting()
    make.category(meeting)
    visitor(app).get(path(meeting))
    yield meeting
    forms_of(app).kept.clear()


def browser_of(app: Flask) -> FlaskClient:
    """A client that takes pages as they come, compressed too."""
    return FlaskClient(app, app.response_class)


def path(meeting: Meeting) -> str:
    return f"/meetings/{meeting.slug}/registration/new"


def test_it_answers_as_the_application_does(app: Flask, meeting: Meeting, requests: list[str]) -> None:
    browser = {"Accept-Language": "en", "Accept-Encoding": "gzip, deflate, br, zstd"}
    for headers in ({}, browser):
        here = browser_of(app).get(path(meeting), headers=headers)
        assert requests == []
        forms_of(app).kept.clear()
        g.pop("csrf_token", None)  # the test's own context is the one of every request
        there = browser_of(app).get(path(meeting), headers=headers)
        assert requests.pop() == "request"
        assert ["Set-Cookie" in answer.headers for answer in (here, there)] == [True, True], headers
        told = [
            {name: value for name, value in answer.headers if name not in ("Set-Cookie", "Content-Length", "Date")}
            for answer in (here, there)
        ]
        cookies = [answer.headers["Set-Cookie"].partition(";")[2] for answer in (here, there)]
        pages = [but_for_them(text_of(answer)) for answer in (here, there)]
        assert (told[0], cookies[0], pages[0]) == (told[1], cookies[1], pages[1])
        assert int(here.headers["Content-Length"]) == len(here.data)


def text_of(answer: Any) -> str:
    coded = answer.headers.get("Content-Encoding") == "zstd"
    page: bytes = compression.zstd.decompress(answer.data) if coded else answer.data
    return page.decode()


def test_who_got_it_there_can_register(app: Flask, meeting: Meeting, requests: list[str]) -> None:
    client = visitor(app)
    key, token = two_values(client.get(path(meeting)).text)
    assert requests == []

    answers = typed(meeting.categories[0], key=key, csrf_token=token)
    sent = client.post(f"/meetings/{meeting.slug}/registration", data=answers, csrf=False)
    again = two_values(client.get(path(meeting)).text)

    assert sent.status_code == 303
    assert (again[0] != key, requests) == (True, [])  # what was sent, and the second page, were answered in front too
    assert client.post(f"/meetings/{meeting.slug}/registration", data=answers, csrf=False).status_code == 303


def test_a_forged_session_gains_nothing(app: Flask, meeting: Meeting, requests: list[str]) -> None:
    client = visitor(app)
    client.set_cookie("session", "eyJjc3JmX3Rva2VuIjoieCJ9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")

    answer = client.get(path(meeting))

    assert (answer.status_code, "session=" in answer.headers["Set-Cookie"], requests) == (200, True, [])


def asks(client: FlaskClient, address: str, **more: Any) -> int:
    return client.get(address, **more).status_code


def test_what_is_not_usual_goes_on_to_the_application(app: Flask, meeting: Meeting, requests: list[str]) -> None:
    signed_in = visitor(app).sign_in(make.person("Grace Hopper"))
    requests.clear()
    other = {"Accept-Encoding": "gzip"}
    signed = asks(signed_in, path(meeting))
    query = asks(visitor(app), f"{path(meeting)}?language=ar")
    coding = asks(browser_of(app), path(meeting), headers=other)
    head = visitor(app).head(path(meeting)).status_code
    nowhere = asks(visitor(app), "/meetings/nowhere/registration/new")

    assert ([signed, query, coding, head, nowhere], len(requests)) == ([200, 200, 200, 200, 404], 5)


def test_a_hidden_or_a_closed_meeting_is_not_handed_out(
    app: Flask, meeting: Meeting, requests: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = TODAY + timedelta(days=4000)
    for module in (front, views):
        monkeypatch.setattr(module, "now", lambda: later)
    closed = visitor(app).get(path(meeting)).text
    set_clock(monkeypatch, TODAY)
    monkeypatch.setattr(front, "now", lambda: TODAY)
    with transaction():
        db.session.get_one(Meeting, meeting.id).published_at = None
    hidden = asks(visitor(app), path(meeting))

    assert ('name="key"' in closed, hidden, len(requests)) == (False, 404, 2)


def test_a_newcomer_is_taken_down_without_a_session_and_anybody_else_with_it(
    app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends the form again, or is known at the address, goes the ordinary way, and nothing is done twice."""
    tries: list[bool] = []
    ordinary = register

    def watched(*values: Any, **more: Any) -> Any:
        tries.append(has_session())
        return ordinary(*values, **more)

    monkeypatch.setattr(intake, "register", watched)
    answers = typed(meeting.categories[0], key="k" * 32)
    for said in (answers, answers, {**answers, "job_title": "Engineer"}):
        assert visitor(app).post(f"/meetings/{meeting.slug}/registration", data=said).status_code == 303

    assert tries == [False, False, True, False, True]
    rows = [len(db.session.scalars(select(table)).all()) for table in (Registration, Letter, Entry)]
    assert rows == [1, 2, 2]  # asked, and asked anew with another answer
