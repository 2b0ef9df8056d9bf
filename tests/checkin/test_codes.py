"""What opens the door: the secret code however it is read; the number only by somebody who looked at the person."""

from typing import Any

import pytest
from flask import Flask

from eventapp.badges.queries import code_of
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db
from eventapp.meetings.models import STEWARD, Meeting
from eventapp.registration.models import PENDING, Registration
from tests import make
from tests.browserless import PageClient
from tests.make_checkin import gate

NUMBERS = ("R-0246", "r-246", "R0246", "0246", "246", " 246 ", "R-٢٤٦", "２４６", "000246")
METHODS = ("camera", "typed", "search", "CAMERA", "camera ", "", None)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def door(meeting: Meeting) -> Gate:
    return gate(meeting, "Main entrance")


@pytest.fixture
def somebody(meeting: Meeting) -> Registration:
    return make.registration(meeting, number=246, record_name="Anong Suksawat")


@pytest.fixture
def steward(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, STEWARD))


def send(client: PageClient, door: Gate, code: str, method: str | None = "camera", **more: Any) -> Any:
    data = {"code": code, "key": "a-key-of-its-own", "method": method, **more}
    data = {name: value for name, value in data.items() if value is not None}
    path = f"/meetings/{door.meeting.slug}/door/{door.code}/scans"
    return client.post(path, data=data, headers={"Accept": "application/json"}).get_json()


@pytest.mark.parametrize("method", METHODS)
def test_the_secret_code_lets_its_bearer_in_however_it_came(
    steward: PageClient, door: Gate, somebody: Registration, method: str | None
) -> None:
    code = code_of(somebody)
    written = (code, code.lower(), f"{code[:5]}-{code[5:]}")
    said = [send(steward, door, one, method, key=f"reading-{place}") for place, one in enumerate(written)]

    assert [(one["verdict"], one["name"]["text"]) for one in said] == [
        ("welcome", "Anong Suksawat"),
        ("already", "Anong Suksawat"),
        ("already", "Anong Suksawat"),
    ]


@pytest.mark.parametrize("method", METHODS)
def test_the_number_lets_nobody_in_unless_a_person_chose_them(
    steward: PageClient, door: Gate, somebody: Registration, method: str | None
) -> None:
    said = [send(steward, door, one, method, key=f"reading-{place}") for place, one in enumerate(NUMBERS)]

    known = {"camera": ["refused"] * 9, "search": ["welcome", *["already"] * 8]}
    assert [one["verdict"] for one in said] == known.get(method or "", ["identify"] * 9)
    assert {"name" in one for one in said} == {method != "camera"}
    kept = {"camera": {"refused"}, "search": {"welcome"}}
    assert {scan.verdict for scan in db.session.query(Scan)} == kept.get(method or "", set())


MADE_AT_HOME = (
    "R-0246&method=search",
    "search:R-0246",
    "\u200bR-0246",
    "R-0246\u00ad",
    "https://localhost/door/G1/scans?code=R-0246&method=search",
    "Anong Suksawat",
    "246",
    "R-0246 method=typed",
)


def test_a_code_made_at_home_is_a_strange_badge(steward: PageClient, door: Gate, somebody: Registration) -> None:
    said = [send(steward, door, one, key=f"reading-{place}") for place, one in enumerate(MADE_AT_HOME)]

    assert [(one["verdict"], one["why"], "name" in one) for one in said] == [
        ("refused", "No badge of this meeting has this code", False)
    ] * len(MADE_AT_HOME)


def test_a_typed_number_of_somebody_without_a_place_says_why(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(meeting, number=7, state=PENDING)

    assert send(steward, door, "R-0007", "typed")["why"] == "Registration is not approved"


def test_without_scripts_a_typed_number_leads_to_the_person(
    steward: PageClient, door: Gate, somebody: Registration
) -> None:
    path = f"/meetings/{door.meeting.slug}/door/{door.code}/scans"
    answer = steward.post(path, data={"code": "R-0246", "key": "a-key-of-its-own", "method": "typed"})

    page = steward.get(answer.location).text
    assert ("/door/people?" in answer.location, "Anong Suksawat" in page, db.session.query(Scan).count()) == (
        True,
        True,
        0,
    )


def test_a_number_typed_without_a_connection_counts_for_the_steward_who_let_them_in(
    steward: PageClient, door: Gate, somebody: Registration
) -> None:
    said = send(steward, door, "R-0246", "typed", at="2026-03-16T02:00:00.000Z", offset="0")

    assert said["verdict"] == "welcome"
    assert send(steward, door, "R-0246", "camera", at="2026-03-16T02:00:00Z", offset="0", key="kept-key")[
        "verdict"
    ] == ("refused")
