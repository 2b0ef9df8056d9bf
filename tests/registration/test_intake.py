"""A request taken down in front of the application: the same answer and the same rows, and no more than is usual."""

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
from eventapp.db import db, transaction
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.people.models import RateHit
from eventapp.registration import intake
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.registration.filling import count, only, set_clock, typed
from tests.registration.test_fresh import visitor

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def category() -> Category:
    return make.category(make.meeting())


def place(category: Category) -> str:
    return f"/meetings/{category.meeting.slug}/registration"


def sent(client: PageClient, category: Category, kind: str = URLENCODED, **more: Any) -> TestResponse:
    """A form without files, as a browser sends it: this page's form comes as multipart."""
    return client.post(place(category), data=typed(category, **more), content_type=kind)


def without_intake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "is_usual", lambda _environ: False)


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART])
def test_it_answers_and_keeps_what_the_application_does(
    app: Flask, category: Category, requests: list[str], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    many = {"languages": ["fr", "ar"], "shares_email": "y", "country": "THA", "gender": "woman"}
    here = sent(visitor(app), category, kind, **many)
    assert requests == []
    without_intake(monkeypatch)
    there = sent(visitor(app), category, kind, **many, email="else@example.org")
    assert requests == ["request"]

    told = [(answer.status, sorted(answer.headers), answer.data) for answer in (here, there)]
    assert told[0] == told[1]
    one, other = db.session.scalars(select(Registration).order_by(Registration.id))
    assert one.languages == ["ar", "fr"]
    own = {"id", "person_id", "number", "client_key", "search_text"}
    differs = [
        column.key
        for column in Registration.__table__.columns
        if column.key not in own and getattr(one, column.key) != getattr(other, column.key)
    ]
    assert differs == []
    assert (count(Letter), count(Entry)) == (2, 2)


def test_the_letter_is_in_the_language_of_the_page(app: Flask, category: Category, requests: list[str]) -> None:
    answer = visitor(app).post(place(category), data=typed(category), headers={"Accept-Language": "fr"})

    assert (answer.status_code, requests) == (303, [])
    assert db.session.scalars(select(Letter)).one().language == "fr"


def test_what_has_a_fault_is_said_by_the_application_with_what_was_typed(
    app: Flask, category: Category, requests: list[str]
) -> None:
    answer = sent(visitor(app), category, job_title="", given_name="Ada\0")

    assert (answer.status_code, requests, count(Registration), count(RateHit)) == (422, ["request"], 0, 0)
    assert "Enter your job title." in answer.text


def test_a_token_of_another_session_or_of_nobody_takes_nothing_down(
    app: Flask, category: Category, requests: list[str]
) -> None:
    bare, forged = visitor(app), visitor(app)
    assert bare.post(place(category), data=typed(category), csrf=False).status_code == 400
    with forged.session_transaction() as session:
        session["csrf_token"] = "b" * 40
    said = {"data": typed(category)}
    visitor(app).put_token(said)
    assert forged.post(place(category), **said, csrf=False).status_code == 400

    assert (len(requests), count(Registration), count(Letter)) == (2, 0, 0)


def bodies(category: Category) -> dict[str, tuple[dict[str, Any], int]]:
    """What is not usual, and what the application answers."""
    form = typed(category)
    return {
        "a query": ({"data": form, "query_string": {"language": "fr"}}, 303),
        "a file": ({"data": {**form, "photo": (BytesIO(b"no picture"), "photo.png")}}, 422),
        "a long text": ({"data": {**form, "access_needs": "a" * intake.LONGEST}}, 422),
        "another kind": ({"data": form, "headers": {"Content-Type": "text/plain"}}, 400),
    }


@pytest.mark.parametrize("what", ["a query", "a file", "a long text", "another kind"])
def test_what_is_not_usual_goes_on_whole(app: Flask, category: Category, requests: list[str], what: str) -> None:
    said, expected = bodies(category)[what]

    answer = visitor(app).post(place(category), **said)

    assert (answer.status_code, requests) == (expected, ["request"])


@pytest.mark.parametrize("broken", [b"given_name=%ff&", b"given_name=\xff&", b"job_title=a%00b&"])
def test_a_broken_body_is_refused_as_everywhere(
    app: Flask, category: Category, requests: list[str], broken: bytes
) -> None:
    said: dict[str, Any] = {"data": {}}
    client = visitor(app)
    client.put_token(said)
    token = said["data"]["csrf_token"]

    body = broken + b"csrf_token=" + token.encode()
    answer = client.post(place(category), data=body, content_type=URLENCODED, csrf=False)

    assert (answer.status_code, requests, count(Registration)) == (422 if b"%00" in broken else 400, ["request"], 0)


def test_a_multipart_body_that_was_cut_off_is_refused(app: Flask, category: Category, requests: list[str]) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="given_name"\r\n\r\nAda\r\n'

    kind = f"{MULTIPART}; boundary=x"
    answer = visitor(app).post(place(category), data=part, content_type=kind, csrf=False)

    assert (answer.status_code, requests, count(Registration)) == (400, ["request"], 0)


def test_somebody_signed_in_goes_the_ordinary_way(app: Flask, category: Category, requests: list[str]) -> None:
    person = make.person("Grace Hopper")
    assert sent(visitor(app).sign_in(person), category).status_code == 303

    assert (len(requests), count(Registration)) == (1, 1)


def test_whoever_is_known_at_the_address_is_answered_in_the_same_way(
    app: Flask, category: Category, requests: list[str]
) -> None:
    first = sent(visitor(app), category)
    second = sent(visitor(app), category, key="another", job_title="Engineer")

    assert (second.status, sorted(second.headers), second.data) == (first.status, sorted(first.headers), first.data)
    assert (requests, only().job_title, count(Letter)) == ([], "Engineer", 2)


def test_the_same_form_sent_twice_is_one_registration(app: Flask, category: Category, requests: list[str]) -> None:
    client = visitor(app)
    answers = [sent(client, category).status_code for _time in range(2)]

    assert (answers, requests) == ([303, 303], [])
    assert (count(Registration), count(Letter), count(Entry)) == (1, 1, 1)


def test_tries_are_counted_together_whichever_way_they_go(app: Flask, category: Category, requests: list[str]) -> None:
    """The seventh from one address is refused by the application, and the intake has counted the six before."""
    answers = [sent(visitor(app), category, key=f"form {n}").status_code for n in range(7)]

    assert answers == [303] * 6 + [429]
    assert (count(Registration), len(requests)) == (1, 1)
    assert {hit.hits for hit in db.session.scalars(select(RateHit))} == {7}


def test_a_host_that_sends_too_many_is_refused(app: Flask, category: Category, requests: list[str]) -> None:
    app.config["REGISTRATIONS_PER_HOUR"] = 2
    answers = [sent(visitor(app), category, email=f"a{n}@example.org").status_code for n in range(3)]

    assert (answers, count(Registration), len(requests)) == ([303, 303, 429], 2, 1)


def test_a_closed_meeting_and_a_hidden_one_take_nothing_down(
    app: Flask, category: Category, requests: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, TODAY + timedelta(days=4000))
    closed = sent(visitor(app), category).status_code
    set_clock(monkeypatch, TODAY)
    with transaction():
        db.session.get_one(Meeting, category.meeting_id).published_at = None
    hidden = sent(visitor(app), category).status_code

    assert ([closed, hidden], len(requests), count(Registration)) == ([409, 404], 2, 0)


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
