"""What is asked of a request before it is a reading: who sent it, from where, and whether it is whole."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.badges.actions import issue
from eventapp.badges.queries import code_of
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db, transaction
from eventapp.ground.web.headers import LINES
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.people.models import SignIn
from tests import make
from tests.browserless import PageClient
from tests.make_checkin import gate


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def door(meeting: Meeting) -> Gate:
    return gate(meeting, "Main entrance")


@pytest.fixture
def sent(meeting: Meeting, door: Gate) -> dict[str, str]:
    """A usual reading."""
    registration = make.registration(meeting)
    with transaction():
        issue(registration, by=None, at=make.TODAY)
    return {"code": code_of(registration), "key": "a-key-of-its-own", "method": "camera"}


@pytest.fixture
def path(meeting: Meeting, door: Gate) -> str:
    return f"/meetings/{meeting.slug}/door/{door.code}/scans"


@pytest.fixture
def steward(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, STEWARD))


def post(client: PageClient, path: str, data: Any, **more: Any) -> tuple[int, int]:
    """The status, and how many readings there are now."""
    headers = {"Accept": "application/json", **more.pop("headers", {})}
    status = client.post(path, data=data, headers=headers, **more).status_code
    db.session.rollback()
    return status, db.session.scalar(select(func.count()).select_from(Scan)) or 0


def test_a_verdict_has_every_header(steward: PageClient, path: str, sent: dict[str, str]) -> None:
    headers = steward.post(path, data=sent, headers={"Accept": "application/json"}).headers

    assert (headers["Content-Type"], headers["Cache-Control"]) == ("application/json", "no-store, private")
    assert {name: headers.get(name) for name, _value in LINES} == dict(LINES)
    assert "Cookie" in headers["Vary"]


@pytest.mark.parametrize("role", [RAPPORTEUR, None])
def test_who_may_not_gets_404(
    client: PageClient, meeting: Meeting, path: str, sent: dict[str, str], role: str | None
) -> None:
    client.sign_in(make.staff(meeting, role) if role else make.staff(make.meeting(), STEWARD))

    assert post(client, path, sent) == (404, 0)


def test_a_visitor_gets_404(client: PageClient, path: str, sent: dict[str, str]) -> None:
    assert post(client, path, sent) == (404, 0)


def test_without_a_token_or_with_another_session_s_nothing_is_read(
    app: Flask, steward: PageClient, meeting: Meeting, path: str, sent: dict[str, str]
) -> None:
    other = app.test_client()
    assert isinstance(other, PageClient)
    with other.session_transaction() as session:
        session["csrf_token"] = "b" * 40
    stolen = {"data": dict(sent)}
    other.put_token(stolen)

    assert post(steward, path, sent, csrf=False) == (400, 0)
    assert post(steward, path, sent | {"csrf_token": "made-up"}, csrf=False) == (400, 0)
    assert post(steward, path, stolen["data"], csrf=False) == (400, 0)


def test_a_forged_cookie_is_nobody_s(steward: PageClient, path: str, sent: dict[str, str]) -> None:
    cookie = steward.get_cookie("session")
    assert cookie
    steward.put_token(posted := {"data": dict(sent)})
    steward.set_cookie("session", cookie.value[:-2] + ("AA" if cookie.value[-2:] != "AA" else "BB"))

    assert post(steward, path, posted["data"], csrf=False) == (400, 0)


def test_over_https_the_token_is_proof_enough_as_it_is_for_every_form(
    app: Flask, steward: PageClient, path: str, sent: dict[str, str]
) -> None:
    app.config["BASE_URL"] = "https://localhost"
    assert post(steward, path, sent, base_url="https://localhost") == (200, 1)
    assert post(steward, path, sent | {"csrf_token": "made-up"}, csrf=False, base_url="https://localhost")[0] == 400


@pytest.mark.parametrize(
    "odd",
    [
        {"method": ["camera", "typed"]},
        {"at": "x" * 5000},
        {"at": "é"},
    ],
)
def test_what_is_not_plain_gets_the_same_answer(
    steward: PageClient, path: str, sent: dict[str, str], odd: dict[str, Any]
) -> None:
    assert post(steward, path, sent | odd) == (200, 1)


def test_a_body_that_cannot_be_read_is_refused(steward: PageClient, path: str, sent: dict[str, str]) -> None:
    steward.put_token(posted := {"data": dict(sent)})
    body = "&".join(f"{name}={value}" for name, value in posted["data"].items()) + "&at=%ff"

    assert post(steward, path, body, csrf=False, content_type="application/x-www-form-urlencoded") == (400, 0)


def test_a_reading_whose_line_was_cut_is_refused(steward: PageClient, path: str, sent: dict[str, str]) -> None:
    steward.put_token(posted := {"data": dict(sent)})
    body = urlencode(posted["data"])
    told = {"wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(body) + 9)}  # as the web server has it

    kind = "application/x-www-form-urlencoded"
    assert post(steward, path, body, csrf=False, content_type=kind, environ_overrides=told) == (400, 0)


def test_a_reading_moves_the_idle_clock_and_a_closed_gate_takes_none(
    steward: PageClient, door: Gate, path: str, sent: dict[str, str]
) -> None:
    with transaction():
        db.session.query(SignIn).one().last_seen_at -= timedelta(minutes=6)
    before = db.session.query(SignIn).one().last_seen_at

    assert post(steward, path, sent) == (200, 1)
    assert db.session.query(SignIn).one().last_seen_at > before
    with transaction():
        door.closed_at = make.TODAY
    assert post(steward, path, sent | {"key": "another-key"}) == (409, 1)


def test_an_organizer_is_shown_the_way_to_a_new_badge_for_the_same_reading(
    client: PageClient, meeting: Meeting, path: str, sent: dict[str, str]
) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert post(client, path, sent) == (200, 1)

    again = client.post(path, data=sent | {"key": "another-key"}, headers={"Accept": "application/json"}).get_json()
    db.session.rollback()
    assert (again["verdict"], "/door/badges/" in again["issue"], db.session.query(Scan).count()) == (
        "already",
        True,
        2,
    )
