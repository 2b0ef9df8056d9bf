"""What the module of the door is answered, and in how few statements."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.badges.actions import issue, reissue
from eventapp.badges.queries import code_of
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import STEWARD, Meeting, Staff
from eventapp.people.models import Person, SignIn
from eventapp.registration.models import PENDING, WITHDRAWN, Registration
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_checkin import gate

KEY = "a-key-of-its-own"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def door(meeting: Meeting) -> Gate:
    return gate(meeting, "Main entrance")


@pytest.fixture
def keeper(meeting: Meeting) -> Person:
    return make.staff(meeting, STEWARD)


@pytest.fixture
def steward(client: PageClient, keeper: Person) -> PageClient:
    return client.sign_in(keeper)


def bearer(meeting: Meeting, **more: Any) -> Registration:
    """Somebody whose badge was issued."""
    registration = make.registration(meeting, **more)
    with transaction():
        issue(registration, by=None, at=make.TODAY)
    return registration


def path_of(door: Gate) -> str:
    return f"/meetings/{door.meeting.slug}/door/{door.code}/scans"


def send(client: PageClient, door: Gate | str, code: str, key: str = KEY, **more: Any) -> Any:
    path = door if isinstance(door, str) else path_of(door)
    headers = {"Accept": "application/json"}
    return client.post(path, data={"code": code, "key": key, "method": "camera"}, headers=headers, **more)


def rows() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Scan)) or 0


def test_a_welcome_is_five_questions_and_one_row(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    code, path = code_of(bearer(meeting)), path_of(door)
    with counted() as sent:
        answer = send(steward, path, code)

    assert answer.get_json()["verdict"] == "welcome"
    assert [words.split()[0] for words in sent if words != "BEGIN IMMEDIATE"] == ["SELECT"] * 5 + ["INSERT"]


def test_a_steward_reads_a_state_in_their_own_language(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    state = make.delegation(meeting, "Thailand", country="THA", is_state=True)
    data = {"code": code_of(bearer(meeting, delegation=state)), "key": KEY, "method": "camera"}
    read = {}
    for language in ("en", "fr", "ar"):
        headers = {"Accept": "application/json", "Accept-Language": language}
        read[language] = steward.post(path_of(door), data=data, headers=headers).get_json()["delegation"]
    assert read == {"en": "Thailand", "fr": "Thaïlande", "ar": "تايلند"}


def test_the_second_time_it_says_when_where_and_by_whom(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    code = code_of(bearer(meeting))
    first, second = (send(steward, door, code, key).get_json() for key in ("the-first-key", "the-other-key"))

    assert [second[word] for word in ("verdict", "when", "gate", "by")] == [
        "already",
        first["when"],
        "Main entrance",
        "Steward",
    ]


def test_the_same_key_gets_the_same_answer_and_one_row(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    code = code_of(bearer(meeting))
    answers = [send(steward, door, code).get_json() for _ in range(3)]

    assert answers[0]["verdict"] == "welcome"
    assert (answers[1:], rows()) == ([answers[0]] * 2, 1)


def test_the_code_of_the_letter_is_welcome_before_any_badge_was_printed(
    steward: PageClient, meeting: Meeting, door: Gate
) -> None:
    registration = make.registration(meeting)

    assert send(steward, door, code_of(registration)).get_json()["verdict"] == "welcome"
    assert [entry.verb for entry in db.session.scalars(select(Entry).order_by(Entry.number))][-1] == "badge issued"


@pytest.mark.parametrize("state", [PENDING, WITHDRAWN])
def test_who_has_no_place_is_told_why_and_what_to_say(
    steward: PageClient, meeting: Meeting, door: Gate, state: str
) -> None:
    registration = bearer(meeting, record_name="Mele Kalsakau")
    code = code_of(registration)
    with transaction():
        registration.state = state

    said = send(steward, door, code).get_json()
    assert (said["verdict"], said["name"]["text"], bool(said["why"]), said["say"][0]) == (
        "refused",
        "Mele Kalsakau",
        True,
        "“",
    )


def test_an_old_badge_is_refused_at_once_and_the_way_to_a_new_one_is_shown(
    steward: PageClient, meeting: Meeting, door: Gate
) -> None:
    registration = bearer(meeting)
    old = code_of(registration)
    with transaction():
        reissue(registration, "lost", by=None, at=make.TODAY)

    said = send(steward, door, old).get_json()
    assert (said["verdict"], said["why"]) == ("refused", "This badge was replaced by a newer one")
    assert f"/door/badges/{registration.reference}?gate={door.code}" in said["issue"]


def test_a_stranger_s_badge_tells_nothing_of_its_bearer(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    said = send(steward, door, code_of(bearer(make.meeting(), record_name="Anong"))).get_json()

    assert (said["verdict"], "name" in said, db.session.query(Scan).one().registration_id) == ("refused", False, None)


def test_an_ended_sign_in_is_closed_at_once(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    code = code_of(bearer(meeting))
    assert send(steward, door, code).status_code == 200
    with transaction():
        db.session.query(SignIn).one().ended_at = make.TODAY

    assert (send(steward, door, code, "another-key").status_code, rows()) == (404, 1)


def test_an_ended_role_is_closed_at_once(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    code = code_of(bearer(meeting))
    assert send(steward, door, code).status_code == 200
    with transaction():
        db.session.query(Staff).one().ended_at = make.TODAY

    assert (send(steward, door, code, "another-key").status_code, rows()) == (404, 1)


def test_an_administrator_keeps_every_door(client: PageClient, meeting: Meeting, door: Gate) -> None:
    client.sign_in(make.administrator())

    assert send(client, door, code_of(bearer(meeting))).status_code == 200


def test_without_its_token_nothing_is_read(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    assert (send(steward, door, code_of(bearer(meeting)), csrf=False).status_code, rows()) == (400, 0)


def test_a_gate_of_another_meeting_is_not_there(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    elsewhere = gate(make.meeting(), "Elsewhere")
    with transaction():
        elsewhere.code = "other"
    path = f"/meetings/{meeting.slug}/door/other/scans"

    assert (steward.post(path, data={"code": "R-0001", "key": KEY}).status_code, rows()) == (404, 0)


def test_a_part_in_a_session_is_told(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    registration = bearer(meeting)
    make.role(make.session(meeting, code="S5"), person_id=registration.person_id)

    said = send(steward, door, code_of(registration)).get_json()
    assert [part["code"] for part in said["parts"]] == ["S5"]
