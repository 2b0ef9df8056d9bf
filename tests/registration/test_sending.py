"""The form as visitors get it and send it: their own key and token, the same answer for everybody, nothing of a bad one."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from config import TestConfig
from eventapp import create_app
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.people.models import RateHit
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed
from tests.registration.filling import count, only, set_clock, typed

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
KEY = re.compile(r'name="key"[^>]* value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def category(app: Flask) -> Category:
    del app
    return make.category(make.meeting())


def visitor(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def place(category: Category) -> str:
    return f"/meetings/{category.meeting.slug}/registration"


def sent(client: PageClient, category: Category, kind: str = URLENCODED, **more: Any) -> TestResponse:
    return client.post(place(category), data=typed(category, **more), content_type=kind)


def page(client: PageClient, meeting: Meeting, **more: Any) -> str:
    answer = client.get(f"/meetings/{meeting.slug}/registration/new", **more)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
    assert (answer.mimetype, "Cookie" in answer.vary) == ("text/html", True)
    return answer.text


def two_values(text: str) -> tuple[str, str]:
    (key,), (token,) = KEY.findall(text), TOKEN.findall(text)
    return key, token


def test_two_visitors_get_values_of_their_own_and_both_can_register(app: Flask, category: Category) -> None:
    clients = [visitor(app), visitor(app)]

    values = [two_values(page(one, category.meeting)) for one in clients]

    (key, token), (other_key, other_token) = values
    assert (key != other_key, token != other_token) == (True, True)
    for number, (client, (own_key, own_token)) in enumerate(zip(clients, values, strict=True)):
        answers = typed(category, key=own_key, csrf_token=own_token, email=f"visitor{number}@example.org")
        answer = client.post(place(category), data=answers, csrf=False)
        assert (answer.status_code, answer.location) == (303, f"{place(category)}/done")
    assert count(Registration) == 2


def test_every_language_has_its_own_page(app: Flask, category: Category) -> None:
    headers = {"Accept-Language": "fr"}

    pages = [page(visitor(app), category.meeting, **more) for more in ({}, {"headers": headers}, {"headers": headers})]

    assert [re.findall(r'<html lang="(\w+)"', text) for text in pages] == [["en"], ["fr"], ["fr"]]
    assert ["Family name" in text for text in pages] == [True, False, False]


def test_a_change_shows_within_a_minute(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting, name="Civil society")
    pages = [page(visitor(app), meeting)]
    with transaction():
        db.session.get_one(Category, category.id).name = "Friends of the review"
    set_clock(monkeypatch, TODAY + timedelta(minutes=1))
    pages.append(page(visitor(app), meeting))
    with transaction():
        changed = db.session.get_one(Meeting, meeting.id)
        changed.short_title, changed.version = "Autumn review", changed.version + 1  # as its action does
    pages.append(page(visitor(app), meeting))
    confirmed(meeting, category, delegation="Guild of Cartographers")
    set_clock(monkeypatch, TODAY + timedelta(minutes=2))
    pages.append(page(visitor(app), meeting))

    told = [
        [words in text for words in ("Friends of the review", "Autumn review", "Cartographers", "Every place is taken")]
        for text in pages
    ]
    assert told == [
        [False, False, False, False],
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, True],
    ]


def test_the_page_of_somebody_signed_in_is_nobody_elses(app: Flask, category: Category) -> None:
    own = page(visitor(app).sign_in(make.person("Grace Hopper")), category.meeting)

    assert ["Grace Hopper" in text for text in (own, page(visitor(app), category.meeting))] == [True, False]


def test_the_letter_is_in_the_language_of_the_page(app: Flask, category: Category) -> None:
    answer = visitor(app).post(place(category), data=typed(category), headers={"Accept-Language": "fr"})

    assert (answer.status_code, db.session.scalars(select(Letter)).one().language) == (303, "fr")


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART])
def test_both_ways_a_browser_sends_the_form_are_read(app: Flask, category: Category, kind: str) -> None:
    many = {"languages": ["fr", "ar"], "shares_email": "y", "country": "THA", "gender": "woman"}

    assert sent(visitor(app), category, kind, **many).status_code == 303

    row = only()
    assert (row.languages, row.shares_email, row.country, row.gender) == (["ar", "fr"], True, "THA", "woman")
    assert (count(Letter), count(Entry)) == (1, 1)


def test_what_has_a_fault_comes_back_with_what_was_typed_and_nothing_is_kept(app: Flask, category: Category) -> None:
    answer = sent(visitor(app), category, job_title="", given_name="Ada\0")

    assert (answer.status_code, count(Registration), count(RateHit)) == (422, 0, 0)
    assert "Enter your job title." in answer.text


def test_a_token_of_another_session_or_none_registers_nobody(app: Flask, category: Category) -> None:
    bare, forged = visitor(app), visitor(app)
    _key, token = two_values(page(visitor(app), category.meeting))
    page(forged, category.meeting)
    answers = typed(category, csrf_token=token)

    codes = [one.post(place(category), data=answers, csrf=False).status_code for one in (bare, forged)]

    assert (codes, count(Registration), count(Letter)) == ([400, 400], 0, 0)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"photo": (BytesIO(b"no picture"), "photo.png")}, 422),
        ({"access_needs": "a" * 70_000}, 422),
        ({"job_title": "a\0b"}, 422),
    ],
)
def test_what_is_not_as_it_should_be_is_said_on_the_page(
    app: Flask, category: Category, more: dict[str, Any], status: int
) -> None:
    answer = visitor(app).post(place(category), data={**typed(category), **more})

    assert (answer.status_code, count(Registration)) == (status, 0)


@pytest.mark.parametrize("broken", [b"given_name=%ff&", b"given_name=\xff&"])
def test_a_broken_body_is_refused_as_everywhere(app: Flask, category: Category, broken: bytes) -> None:
    client = visitor(app)
    _key, token = two_values(page(client, category.meeting))

    body = broken + b"csrf_token=" + token.encode()
    answer = client.post(place(category), data=body, content_type=URLENCODED, csrf=False)

    assert (answer.status_code, count(Registration)) == (400, 0)


def test_a_multipart_body_that_was_cut_off_is_refused(app: Flask, category: Category) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="given_name"\r\n\r\nAda\r\n'

    kind = f"{MULTIPART}; boundary=x"
    answer = visitor(app).post(place(category), data=part, content_type=kind, csrf=False)

    assert (answer.status_code, count(Registration)) == (400, 0)


def test_whoever_is_known_at_the_address_is_answered_in_the_same_way(app: Flask, category: Category) -> None:
    first = sent(visitor(app), category)
    second = sent(visitor(app), category, key="another", job_title="Engineer")

    for answer in (first, second):
        del answer.headers["X-Request-Id"]
    assert (second.status, sorted(second.headers), second.data) == (first.status, sorted(first.headers), first.data)
    assert (only().job_title, count(Letter)) == ("Engineer", 2)


def test_a_closed_meeting_and_a_hidden_one_register_nobody(
    app: Flask, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, TODAY + timedelta(days=4000))
    closed = sent(visitor(app), category).status_code
    form = page(visitor(app), category.meeting)
    set_clock(monkeypatch, TODAY)
    with transaction():
        db.session.get_one(Meeting, category.meeting_id).published_at = None
    hidden = sent(visitor(app), category).status_code

    assert (closed, hidden, 'name="key"' in form, count(Registration)) == (409, 404, False, 0)


def test_behind_a_proxy_the_host_is_the_one_it_tells(database: str, tmp_path: Path) -> None:
    config = TestConfig(database, tmp_path)
    config.TRUSTED_PROXIES = 1
    app = create_app(config)
    app.test_client_class = PageClient
    with app.app_context():
        category, came_from = make.category(make.meeting()), {"X-Forwarded-For": "192.0.2.7, 198.51.100.9"}
        answer = visitor(app).post(place(category), data=typed(category), headers=came_from)
        keys = {hit.key for hit in db.session.scalars(select(RateHit))}
        db.session.remove()
        db.engine.dispose()

    assert (answer.status_code, "register from 198.51.100.9" in keys) == (303, True)
