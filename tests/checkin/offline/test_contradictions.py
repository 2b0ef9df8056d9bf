"""What two phones without a connection welcomed both, and what they refused: marked for an organizer."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.badges.queries import code_of
from eventapp.checkin import manage, views
from eventapp.checkin.actions import OLD_LIST
from eventapp.checkin.models import ALREADY, REFUSED, WELCOME, Gate, Scan
from eventapp.checkin.offline.contradictions import contradictions, how_many_contradictions
from eventapp.checkin.queries import inside
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting
from eventapp.registration.models import WITHDRAWN, Registration
from tests import make, make_checkin
from tests.browserless import PageClient

NOW = make.TODAY
HELD_AT = "/meetings/spring/manage/gates/readings"


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (views, manage):
        monkeypatch.setattr(room, "now", lambda: NOW)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", starts_on=NOW.date(), ends_on=NOW.date())


@pytest.fixture
def gates(meeting: Meeting) -> list[Gate]:
    return [make_checkin.gate(meeting, name) for name in ("North", "South")]


@pytest.fixture
def somebody(meeting: Meeting) -> Registration:
    return make.registration(meeting, record_name="Anong Suksawat")


def read(client: PageClient, gate: Gate, code: str, answered: str = "", *, minutes: int = 0) -> Any:
    """What the server says to a reading; one with an answer was made so many minutes ago without a connection."""
    at = NOW - timedelta(minutes=minutes)
    alone = {"at": at.isoformat(), "offset": "0", "answered": answered} if answered else {}
    data = {"code": code, "key": f"key-{gate.code}-{minutes:04d}-{answered}", "method": "camera", **alone}
    path = f"/meetings/spring/door/{gate.code}/scans"
    return client.post(path, data=data, headers={"Accept": "application/json"}).get_json()["verdict"]


def listed(meeting: Meeting) -> list[tuple[str, str]]:
    """Where each of them was welcomed, and where before."""
    db.session.rollback()
    found = [(one.scan.gate.name, one.first.gate.name if one.first else "") for one in contradictions(meeting)]
    assert how_many_contradictions(meeting) == len(found)
    return found


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whom_two_phones_welcomed_is_listed_once_in_whatever_order_they_send(
    client: PageClient, meeting: Meeting, gates: list[Gate], somebody: Registration, order: tuple[int, int]
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    code = code_of(somebody)
    minutes = (20, 10)  # North was first
    for which in order:
        read(client, gates[which], code, WELCOME, minutes=minutes[which])
    assert listed(meeting) == [("South", "North")]


def test_one_who_was_welcomed_without_a_connection_after_a_gate_that_had_one_is_listed(
    client: PageClient, meeting: Meeting, gates: list[Gate], somebody: Registration
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    assert read(client, gates[0], code_of(somebody)) == WELCOME
    assert read(client, gates[1], code_of(somebody), WELCOME) == ALREADY
    assert [where for where, _first in listed(meeting)] in (["South"], ["North"])


def test_who_was_welcomed_once_or_told_to_be_in_already_is_not(
    client: PageClient, meeting: Meeting, gates: list[Gate], somebody: Registration
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    assert read(client, gates[0], code_of(somebody)) == WELCOME
    assert read(client, gates[1], code_of(somebody)) == ALREADY
    assert read(client, gates[1], code_of(somebody), ALREADY) == ALREADY
    of_session = make_checkin.gate(meeting, "Room", make.session(meeting))
    assert read(client, of_session, code_of(somebody), WELCOME) == WELCOME
    assert listed(meeting) == []


def test_another_day_is_another_arrival(meeting: Meeting, gates: list[Gate], somebody: Registration) -> None:
    make_checkin.scanned(gates[0], code_of(somebody), method="camera", at=NOW - timedelta(days=1))
    make_checkin.scanned(gates[1], code_of(somebody), method="camera", at=NOW)
    assert [scan.answered for scan in db.session.scalars(select(Scan).order_by(Scan.id))] == [WELCOME, WELCOME]
    assert listed(meeting) == []


def test_who_was_welcomed_by_an_old_list_and_is_refused_now_is_listed(
    client: PageClient, meeting: Meeting, gates: list[Gate], somebody: Registration
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    with transaction():
        somebody.state = WITHDRAWN
    assert read(client, gates[0], code_of(somebody), WELCOME) == REFUSED
    assert listed(meeting) == [("North", "")]


def test_whom_a_phone_sent_away_by_its_list_is_not_in(
    client: PageClient, meeting: Meeting, gates: list[Gate], somebody: Registration
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    assert read(client, gates[0], code_of(somebody), REFUSED, minutes=5) == REFUSED
    assert [(scan.verdict, scan.reason) for scan in db.session.scalars(select(Scan))] == [(REFUSED, OLD_LIST)]
    assert inside(gates[0], NOW) == 0
    assert listed(meeting) == []
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "Refused without a connection by an older list" in client.get(HELD_AT).text


def test_what_a_phone_says_it_answered_counts_only_for_what_it_kept(
    client: PageClient, meeting: Meeting, gates: list[Gate], somebody: Registration
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    data = {"code": code_of(somebody), "key": "key-0001", "method": "camera", "answered": REFUSED}
    client.post(f"/meetings/spring/door/{gates[0].code}/scans", data=data)
    assert [(scan.verdict, scan.answered) for scan in db.session.scalars(select(Scan))] == [(WELCOME, WELCOME)]


@pytest.mark.parametrize("decision", ["settle", "take-back"])
def test_an_organizer_leaves_it_or_takes_the_reading_back(
    client: PageClient, meeting: Meeting, gates: list[Gate], somebody: Registration, decision: str
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    for which, gate in enumerate(gates):
        read(client, gate, code_of(somebody), WELCOME, minutes=20 - which * 10)
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get(HELD_AT).text
    assert ("Was let in before" in page, "at North" in page, "Take this reading back" in page) == (True, True, True)
    assert "1 to decide about" in client.get("/meetings/spring/manage/gates").text
    later = contradictions(meeting)[0].scan.id
    for _twice in range(2):
        assert client.post(f"{HELD_AT}/{later}", data={"decision": decision}).status_code == 303
    assert listed(meeting) == []
    verbs = [entry.verb for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
    assert verbs[-1] == ("contradiction looked at" if decision == "settle" else "scan undone")
    assert inside(gates[0], NOW) == 1
