"""Gates that read people on the way out too: who is inside now, when they left, and that they may come back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.badges.queries import code_of
from eventapp.checkin import manage, views
from eventapp.checkin.actions import ROLE_ENDED, UNKNOWN, hold
from eventapp.checkin.admission import Admission
from eventapp.checkin.attendance import manage as attendance
from eventapp.checkin.labels import Spot
from eventapp.checkin.models import ALREADY, LEFT, REFUSED, WELCOME, Gate, Scan
from eventapp.checkin.offline.contradictions import contradictions
from eventapp.checkin.offline.held import decide
from eventapp.checkin.queries import answer_to, came_and_inside, inside
from eventapp.checkin.reading import Reading
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting
from eventapp.registration.models import WITHDRAWN, Registration
from tests import make, make_checkin
from tests.browserless import PageClient

NOW = make.TODAY
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (views, manage, attendance):
        monkeypatch.setattr(room, "now", lambda: NOW)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", starts_on=NOW.date(), ends_on=NOW.date())


@pytest.fixture
def door(meeting: Meeting) -> Gate:
    gate = make_checkin.gate(meeting, "North")
    with transaction():
        gate.reads_out = True
    return gate


@pytest.fixture
def somebody(meeting: Meeting) -> Registration:
    return make.registration(meeting, record_name="Anong Suksawat")


def read(client: PageClient, door: Gate, code: str, key: str, way: str = "in", **more: str) -> Any:
    data = {"code": code, "key": f"key-{key:0>6}", "method": "camera", "way": way, **more}
    path = f"/meetings/spring/door/{door.code}/scans"
    return client.post(path, data=data, headers={"Accept": "application/json"}).get_json()["verdict"]


def kept(minutes: int, answered: str) -> dict[str, str]:
    """What a phone says of a reading that it made so many minutes ago."""
    return {"at": (NOW - timedelta(minutes=minutes)).isoformat(), "offset": "0", "answered": answered}


def test_who_left_is_not_inside_and_is_welcome_again(client: PageClient, door: Gate, somebody: Registration) -> None:
    client.sign_in(make.staff(door.meeting, STEWARD))
    code = code_of(somebody)
    said = [
        read(client, door, code, str(number), way, **kept(10 - number, ""))
        for number, way in enumerate(("in", "out", "in", "in"))
    ]
    assert said == [WELCOME, LEFT, WELCOME, ALREADY]
    assert came_and_inside(door, NOW) == (1, 1)
    read(client, door, code, "9", "out")
    assert came_and_inside(door, NOW) == (1, 0)
    counts = client.get(f"/meetings/spring/door/{door.code}/counts").get_json()
    assert (counts["here"], counts["to_come"]) == (0, 0)


def test_who_is_found_by_number_or_name_goes_the_way_that_was_chosen(
    client: PageClient, door: Gate, somebody: Registration
) -> None:
    client.sign_in(make.staff(door.meeting, STEWARD))
    read(client, door, code_of(somebody), "1", "in")
    typed = {"code": somebody.reference, "key": "a" * 8, "method": "typed", "way": "out"}
    found = client.post(f"/meetings/spring/door/{door.code}/scans", data=typed).location
    page = client.get(found).text
    assert 'name="way" value="out"' in page and "Check out" in page and "Check in" not in page
    assert "Check out" not in client.get(found.replace("way=out", "way=in")).text
    with transaction():
        door.reads_out = False
    assert "Check out" not in client.get(found).text


def test_nobody_is_kept_inside_by_a_rule(client: PageClient, door: Gate, somebody: Registration) -> None:
    client.sign_in(make.staff(door.meeting, STEWARD))
    others = Admission(categories=(make.category(door.meeting).id,)).as_record()
    with transaction():
        somebody.state, door.admission = WITHDRAWN, others
    assert read(client, door, code_of(somebody), "1", "out") == LEFT
    assert read(client, door, "nobody-7", "2", "out") == REFUSED
    assert [scan.reason for scan in db.session.scalars(select(Scan).order_by(Scan.id))] == ["", UNKNOWN]


def test_a_gate_that_does_not_read_people_out_reads_them_in(
    client: PageClient, meeting: Meeting, somebody: Registration
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    assert read(client, make_checkin.gate(meeting), code_of(somebody), "1", "out") == WELCOME


def test_another_place_does_not_know_of_it(client: PageClient, door: Gate, somebody: Registration) -> None:
    client.sign_in(make.staff(door.meeting, STEWARD))
    room = make_checkin.gate(door.meeting, "Room", make.session(door.meeting))
    for gate in (door, room):
        read(client, gate, code_of(somebody), gate.code, **kept(5, ""))
    read(client, door, code_of(somebody), "out", "out")
    assert (inside(door, NOW), inside(room, NOW)) == (0, 1)
    assert read(client, room, code_of(somebody), "again") == ALREADY


def test_readings_sent_in_any_order_end_in_the_same_answers(
    client: PageClient, door: Gate, somebody: Registration
) -> None:
    client.sign_in(make.staff(door.meeting, STEWARD))
    made = [("1", "in", 9), ("2", "out", 8), ("3", "in", 7), ("4", "in", 6)]
    for key, way, minutes in reversed(made):
        read(client, door, code_of(somebody), key, way, **kept(minutes, ""))
    rows = db.session.scalars(select(Scan).order_by(Scan.scanned_at))
    assert [answer_to(row).verdict for row in rows] == [WELCOME, LEFT, WELCOME, ALREADY]


def test_who_went_out_between_two_welcomes_is_no_contradiction(
    client: PageClient, door: Gate, somebody: Registration
) -> None:
    client.sign_in(make.staff(door.meeting, STEWARD))
    code = code_of(somebody)
    read(client, door, code, "1", **kept(9, WELCOME))
    read(client, door, code, "3", **kept(7, WELCOME))
    assert [one.scan.client_key for one in contradictions(door.meeting)] == ["key-000003"]
    read(client, door, code, "2", "out", **kept(8, LEFT))
    assert contradictions(door.meeting) == []


def test_a_reading_on_the_way_out_may_be_undone(client: PageClient, door: Gate, somebody: Registration) -> None:
    client.sign_in(make.staff(door.meeting, STEWARD))
    read(client, door, code_of(somebody), "1", **kept(9, ""))
    read(client, door, code_of(somebody), "2", "out")
    number = db.session.scalars(select(Scan.id).where(Scan.verdict == LEFT)).one()
    page = client.get(f"/meetings/spring/door/scans/{number}").text
    assert ("Goes out" in page, "Undo, wrong person" in page) == (True, True)
    client.post(f"/meetings/spring/door/scans/{number}/undo")
    assert inside(door, NOW) == 1


def test_one_that_was_held_counts_as_leaving(door: Gate, somebody: Registration) -> None:
    make_checkin.scanned(door, code_of(somebody), method="camera", at=NOW - timedelta(minutes=9))
    reading = Reading(code_of(somebody), "key-held-1", "camera", NOW - timedelta(minutes=5), LEFT, goes_out=True)
    with transaction():
        hold(Spot.of(door), reading, ROLE_ENDED, by=None, at=NOW)
        decide(db.session.scalars(select(Scan).where(Scan.answered == LEFT)).one(), counts=True, by=None, at=NOW)
    assert inside(door, NOW) == 0


def test_an_organizer_has_a_gate_read_people_out_and_sees_when_they_left(
    client: PageClient, meeting: Meeting, somebody: Registration
) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    gate = make_checkin.gate(meeting, "North")
    assert 'name="way"' not in client.get("/meetings/spring/door").text
    client.post(f"/meetings/spring/manage/gates/{gate.code}", data={"name": "North", "reads_out": "y"})
    assert 'name="way"' in client.get("/meetings/spring/door").text
    assert "checked" in client.get(f"/meetings/spring/manage/gates/{gate.code}").text
    other = make.registration(meeting)
    for key, one, way, minutes in (("1", somebody, "in", 9), ("2", other, "in", 8), ("3", somebody, "out", 0)):
        read(client, gate, code_of(one), key, way, **kept(minutes, ""))
    where = f"/meetings/spring/manage/gates/{gate.code}/attendance"
    left = f"{NOW.astimezone(meeting.tz):%H:%M}"
    page = client.get(where).text
    assert (f">{left}" in page or left in page, "2 people" in page) == (True, True)
    lines = client.get(f"{where}.csv").text.splitlines()
    assert [line.count(f"{NOW.astimezone(meeting.tz):%Y-%m-%d %H:%M}") for line in lines[1:]] == [1, 0]
    assert "Left (" in lines[0]
