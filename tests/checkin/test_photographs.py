"""The photograph stands beside the verdict, for whoever keeps this door, and nowhere else."""

import pytest
from flask import Flask

from eventapp.badges.queries import code_of
from eventapp.meetings.models import STEWARD, Meeting
from eventapp.registration.uploads.reading import portrait_of
from tests import make
from tests.badges.test_photographs import RED, picture, sent
from tests.browserless import PageClient
from tests.make_checkin import gate

JSON = {"Accept": "application/json"}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def steward(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, STEWARD))


def read(steward: PageClient, meeting: Meeting, code: str) -> dict[str, object]:
    door = gate(meeting, f"Gate {code[:3]}")
    sent_by_page = {"code": code, "key": f"key-{code}", "method": "camera"}
    values = steward.post(f"/meetings/{meeting.slug}/door/{door.code}/scans", data=sent_by_page, headers=JSON).json
    assert isinstance(values, dict)
    return values


def test_the_photograph_stands_beside_the_verdict(steward: PageClient, meeting: Meeting) -> None:
    one = make.registration(meeting)
    sent(one, RED)
    address = str(read(steward, meeting, code_of(one))["photo"])
    answer = steward.get(address)
    assert answer.data == portrait_of(picture(RED))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_without_one_there_is_no_place_for_it(steward: PageClient, meeting: Meeting) -> None:
    one = make.registration(meeting)
    assert "photo" not in read(steward, meeting, code_of(one))
    assert steward.get(f"/meetings/{meeting.slug}/door/photos/{one.reference}").status_code == 404


def test_nobody_is_shown_whose_badge_is_for_another_meeting(steward: PageClient, meeting: Meeting) -> None:
    other = make.registration(make.meeting())
    sent(other, RED)
    assert "photo" not in read(steward, meeting, code_of(other))
    assert steward.get(f"/meetings/{other.meeting.slug}/door/photos/{other.reference}").status_code == 404


def test_only_the_door_opens_it(client: PageClient, meeting: Meeting) -> None:
    one = make.registration(meeting)
    sent(one, RED)
    client.sign_in(one.person)
    assert client.get(f"/meetings/{meeting.slug}/door/photos/{one.reference}").status_code == 404
