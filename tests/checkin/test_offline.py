"""The server's time decides; only what a phone kept without a connection says when it was made, and none of it is lost."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.badges.queries import code_of
from eventapp.checkin.actions import GATE_CLOSED, ROLE_ENDED, close_gate
from eventapp.checkin.models import HELD, REFUSED, WELCOME, Gate, Scan
from eventapp.checkin.queries import inside
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting, Staff
from eventapp.registration.models import WITHDRAWN, Registration
from tests import make
from tests.browserless import PageClient
from tests.make_checkin import gate

DAY = timedelta(days=1)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def door(meeting: Meeting) -> Gate:
    return gate(meeting, "North")


@pytest.fixture
def somebody(meeting: Meeting) -> Registration:
    return make.registration(meeting, number=246, record_name="Anong Suksawat")


@pytest.fixture
def steward(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, STEWARD))


def send(client: PageClient, door: Gate, code: str, key: str, *, to: str = "scans", **more: Any) -> Any:
    data = {"code": code, "key": key, "method": "camera", **more}
    path = f"/meetings/{door.meeting.slug}/door/{door.code}/{to}"
    return client.post(path, data=data, headers={"Accept": "application/json"})


def kept(at: datetime, ahead: timedelta = timedelta()) -> dict[str, str]:
    """What a phone whose clock is so far behind says of a reading that it made at this time."""
    return {"at": (at - ahead).isoformat(), "offset": str(int(ahead.total_seconds() * 1000))}


def end_roles() -> None:
    with transaction():
        for staff in db.session.scalars(select(Staff).where(Staff.role == STEWARD)):
            staff.ended_at = now()


def scans() -> list[Scan]:
    db.session.rollback()
    return list(db.session.scalars(select(Scan).order_by(Scan.id)))


@pytest.mark.parametrize("slow", [timedelta(), DAY, -DAY, timedelta(hours=47), timedelta(days=900)])
def test_one_badge_at_two_gates_is_welcomed_once_whatever_a_phone_s_clock_says(
    steward: PageClient, meeting: Meeting, door: Gate, somebody: Registration, slow: timedelta
) -> None:
    south, code, clock = gate(meeting, "South"), code_of(somebody), {"at": (now() - slow).isoformat()}

    said = [send(steward, door, code, "key-north", **clock), send(steward, south, code, "key-south")]

    assert [answer.get_json()["verdict"] for answer in said] == ["welcome", "already"]
    assert [scan.scanned_at for scan in scans()] == [scan.received_at for scan in scans()]
    assert inside(door, now()) == 1


@pytest.mark.parametrize("behind", [timedelta(), DAY, -DAY])
def test_a_reading_kept_offline_is_put_right_by_what_the_phone_s_clock_is_behind(
    steward: PageClient, door: Gate, somebody: Registration, behind: timedelta
) -> None:
    made = now() - timedelta(minutes=20)

    send(steward, door, code_of(somebody), "key-north", **kept(made, behind))

    assert abs(scans()[0].scanned_at - made) < timedelta(milliseconds=2)


@pytest.mark.parametrize("nonsense", [{"offset": "x"}, {"offset": "NaN"}, {"at": "yesterday"}, {"offset": "9" * 40}])
def test_of_a_clock_that_says_nonsense_the_server_s_time_is_taken(
    steward: PageClient, door: Gate, somebody: Registration, nonsense: dict[str, str]
) -> None:
    send(steward, door, code_of(somebody), "key-north", **{**kept(now() - DAY), **nonsense})

    assert [scan.scanned_at for scan in scans()] == [scan.received_at for scan in scans()]


def test_what_a_steward_kept_whose_role_has_ended_goes_to_the_organizers(
    steward: PageClient, meeting: Meeting, door: Gate, somebody: Registration
) -> None:
    sent = {"code": code_of(somebody), "key": "key-north", **kept(now() - timedelta(minutes=20))}
    end_roles()

    assert send(steward, door, **sent).status_code == 404
    page = steward.get(f"/meetings/{meeting.slug}/door")
    answers = [send(steward, door, to="held", **sent) for _twice in range(2)]

    assert (page.status_code, "hand-over.js" in page.text, "check-in.js" in page.text) == (200, True, False)
    assert [(answer.status_code, answer.get_json()) for answer in answers] == [(200, {"verdict": "held"})] * 2
    assert [(scan.verdict, scan.reason, inside(door, now())) for scan in scans()] == [(HELD, ROLE_ENDED, 0)]


def test_somebody_who_never_kept_the_door_hands_nothing_over(
    client: PageClient, meeting: Meeting, door: Gate, somebody: Registration
) -> None:
    client.sign_in(make.staff(make.meeting(), STEWARD))
    path = f"/meetings/{meeting.slug}/door"

    assert send(client, door, "R-0246", "key-north", to="held", **kept(now())).status_code == 404
    assert (client.get(path).status_code, scans()) == (404, [])


def test_who_has_a_connection_hands_nothing_over(steward: PageClient, door: Gate, somebody: Registration) -> None:
    end_roles()

    assert (send(steward, door, code_of(somebody), "key-north", to="held").status_code, scans()) == (422, [])


def test_what_was_read_offline_after_the_gate_was_closed_goes_to_the_organizers(
    steward: PageClient, door: Gate, somebody: Registration
) -> None:
    with transaction():
        close_gate(door, by=None, at=now() - timedelta(hours=1))
    code, late, early = code_of(somebody), now() - timedelta(minutes=20), now() - timedelta(hours=2)

    assert send(steward, door, code, "key-live").status_code == 409
    held = send(steward, door, code, "key-late", **kept(late)).get_json()
    assert (held["verdict"], held["why"]) == ("held", "Read without a connection after the gate was closed")
    assert send(steward, door, code, "key-early", **kept(early)).get_json()["verdict"] == "welcome"
    assert [(scan.client_key, scan.verdict, scan.reason) for scan in scans()] == [
        ("key-late", HELD, GATE_CLOSED),
        ("key-early", WELCOME, ""),
    ]


@pytest.mark.parametrize(
    ("decision", "state", "verdict", "reason", "come"),
    [
        ("count", None, WELCOME, "", 1),
        ("count", WITHDRAWN, REFUSED, WITHDRAWN, 0),
        ("leave-out", None, REFUSED, ROLE_ENDED, 0),
    ],
)
def test_an_organizer_decides_once(
    client: PageClient, meeting: Meeting, door: Gate, somebody: Registration,
    decision: str, state: str | None, verdict: str, reason: str, come: int,
) -> None:  # fmt: skip
    client.sign_in(make.staff(meeting, STEWARD))
    end_roles()
    send(client, door, code_of(somebody), "key-north", to="held", **kept(now() - timedelta(seconds=5)))
    if state:
        with transaction():
            somebody.state = state
    client.sign_in(make.staff(meeting, ORGANIZER))
    pages = f"/meetings/{meeting.slug}/manage/gates"

    assert "1 to decide about" in client.get(pages).text
    listed, number = client.get(f"{pages}/readings").text, scans()[0].id
    assert ("Read without a connection by somebody whose role had ended" in listed, "Count it" in listed) == (
        True,
        True,
    )
    answers = [client.post(f"{pages}/readings/{number}", data={"decision": one}) for one in (decision, "leave-out")]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [(scan.verdict, scan.reason) for scan in scans()] == [(verdict, reason)]
    assert inside(door, now()) == come
    verbs = [entry.verb for entry in db.session.scalars(select(Entry)) if entry.verb.startswith("held reading")]
    assert verbs == ["held reading counted" if decision == "count" else "held reading left out"]
    assert "Count it" not in client.get(f"{pages}/readings").text


def test_only_organizers_decide_and_only_about_their_own_meeting(
    client: PageClient, steward: PageClient, meeting: Meeting, door: Gate, somebody: Registration
) -> None:
    send(steward, door, code_of(somebody), "key-north")
    number, data = scans()[0].id, {"decision": "count"}
    path = f"/meetings/{meeting.slug}/manage/gates/readings"

    assert [steward.get(path).status_code, steward.post(f"{path}/{number}", data=data).status_code] == [404, 404]
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert client.post(f"{path}/{number}", data={"decision": "perhaps"}).status_code == 422
    client.sign_in(make.staff(other := make.meeting(), ORGANIZER))
    assert client.post(f"/meetings/{other.slug}/manage/gates/readings/{number}", data=data).status_code == 404


def test_refused_readings_are_listed(client: PageClient, meeting: Meeting, door: Gate) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    send(client, door, "https://example.org/somebody", "key-north")

    listed = client.get(f"/meetings/{meeting.slug}/manage/gates/readings").text
    assert [words in listed for words in ("https://example.org/somebody", "No badge of this meeting", "Organizer")] == [
        True
    ] * 3
