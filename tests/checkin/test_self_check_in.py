"""Participants check themselves in: by the link of their registration and the code of the day, as the door would."""

import threading
from collections import Counter
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from eventapp.badges.actions import issue
from eventapp.badges.queries import badges_of
from eventapp.checkin import actions, labels, manage
from eventapp.checkin import views as door_views
from eventapp.checkin.actions import change_gate, close_gate, undo
from eventapp.checkin.admission import NOT_HERE, Admission
from eventapp.checkin.labels import first_arrival
from eventapp.checkin.models import ALREADY, LEFT, REFUSED, SELF, WELCOME, Gate, Scan
from eventapp.checkin.queries import gate_at
from eventapp.checkin.self_check_in import views
from eventapp.checkin.self_check_in.actions import check_in
from eventapp.checkin.self_check_in.queries import code_of_day, is_code_of_day
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.home.registration import views as mine
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.registration.entry import own_token
from eventapp.registration.models import PENDING, Registration
from tests import make, make_checkin
from tests.browserless import PageClient
from tests.checkin.test_race import together
from tests.conftest import ON_POSTGRESQL

NOW = make.TODAY
pytestmark = pytest.mark.usefixtures("app")


class Clock:
    """What the pages take for now."""

    at = NOW


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock()
    for room in (views, mine, manage, door_views):
        monkeypatch.setattr(room, "now", lambda: held.at)
    return held


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=1))


@pytest.fixture
def door(meeting: Meeting) -> Gate:
    gate = make_checkin.gate(meeting, "North")
    with transaction():
        gate.self_check_in = True
    return gate


@pytest.fixture
def somebody(meeting: Meeting) -> Registration:
    return make.registration(meeting, number=158, record_name="Anong Suksawat")


def token_of(registration: Registration) -> str:
    with transaction():
        return own_token(registration)


def sent(client: PageClient, token: str, code: str, key: str = "key-000001", gate: str = "") -> str:
    """The page that answers."""
    data = {"code": code, "key": key, "gate": gate}
    answer = client.post(f"/registrations/{token}/check-in", data=data)
    return client.get(answer.headers["Location"]).text if answer.status_code == 303 else answer.text


def readings() -> list[Scan]:
    return list(db.session.scalars(select(Scan).order_by(Scan.id)))


def test_one_press_on_my_registration_lets_somebody_in_as_read_by_themselves(
    client: PageClient, clock: Clock, door: Gate, somebody: Registration
) -> None:
    token = token_of(somebody)
    page = client.get(f"/registrations/{token}").text
    assert "Check in by yourself" in page

    answer = sent(client, token, code_of_day(door, NOW).replace(" ", ""), gate=door.code)

    assert "Welcome, you are checked in" in answer
    assert "North" in answer
    [row] = readings()
    assert (row.verdict, row.method, row.by_id) == (WELCOME, SELF, somebody.person_id)
    assert row.badge_id == badges_of(somebody)[0].id, "phones without a connection know people by their badges"


def test_it_is_off_until_an_organizer_turns_it_on(client: PageClient, clock: Clock, meeting: Meeting) -> None:
    token, gate = token_of(make.registration(meeting)), make_checkin.gate(meeting, "North")
    assert "Check in by yourself" not in client.get(f"/registrations/{token}").text
    assert "Nobody checks in by themselves here now" in client.get(f"/meetings/spring/check-in/{gate.code}").text
    assert "Choose the entrance where you stand" in sent(client, token, code_of_day(gate, NOW), gate=gate.code)

    client.sign_in(make.staff(meeting, ORGANIZER))
    form = {"name": "North", "self_check_in": "y"}
    assert client.post(f"/meetings/spring/manage/gates/{gate.code}", data=form).status_code == 303
    assert db.session.get_one(Gate, gate.id).self_check_in
    assert code_of_day(gate, NOW) in client.get(f"/meetings/spring/manage/gates/{gate.code}").text


def test_the_code_changes_each_day_of_the_meetings_zone(door: Gate) -> None:
    before_midnight = datetime.fromisoformat("2026-03-02T23:59:00+07:00")
    code = code_of_day(door, before_midnight)
    assert is_code_of_day(door, code, NOW)
    assert not is_code_of_day(door, code, before_midnight + timedelta(minutes=1))
    assert is_code_of_day(door, code.replace(" ", "-"), NOW)
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert is_code_of_day(door, arabic, NOW), "as a telephone in Arabic writes it"
    for wrong in ("", "12345", "1234567", "²²²²²²", "abcdef"):
        assert not is_code_of_day(door, wrong, NOW)


def test_another_gate_has_another_code(meeting: Meeting, door: Gate) -> None:
    assert code_of_day(make_checkin.gate(meeting), NOW) != code_of_day(door, NOW)


def test_a_wrong_code_is_said_beside_it_and_ten_tries_are_all(
    client: PageClient, clock: Clock, door: Gate, somebody: Registration
) -> None:
    token, right = token_of(somebody), code_of_day(door, NOW)
    wrong = "000000" if right != "000 000" else "000001"
    page = sent(client, token, wrong, gate=door.code)
    assert "This is not the code of today at North" in page
    assert f'value="{wrong}"' in page
    for _ in range(views.TRIES - 1):
        sent(client, token, wrong, gate=door.code)
    assert "There were too many tries" in sent(client, token, right, gate=door.code)
    assert readings() == []
    clock.at = NOW + views.HOUR
    assert "Welcome, you are checked in" in sent(client, token, right, gate=door.code)


def test_sent_twice_it_is_one_reading_and_pressed_again_they_are_in_already(
    client: PageClient, clock: Clock, door: Gate, somebody: Registration
) -> None:
    token, code = token_of(somebody), code_of_day(door, NOW)
    for _ in range(2):
        assert "Welcome, you are checked in" in sent(client, token, code, gate=door.code)
    assert len(readings()) == 1
    clock.at = NOW + timedelta(minutes=1)
    assert "You are checked in already" in sent(client, token, code, "key-000002", gate=door.code)


def test_the_rule_of_the_gate_holds_and_its_sentence_is_said(
    client: PageClient, clock: Clock, meeting: Meeting, door: Gate, somebody: Registration
) -> None:
    others = make.category(meeting, code="press")
    with transaction():
        change_gate(door, "North", Admission(categories=(others.id,)), self_check_in=True, by=None, at=NOW)
    page = sent(client, token_of(somebody), code_of_day(door, NOW), gate=door.code)
    assert "You are not checked in" in page
    assert "Not among those who may enter here." in page
    assert [(row.verdict, row.reason) for row in readings()] == [(REFUSED, NOT_HERE)]


def test_who_has_no_place_is_refused_as_at_the_door(client: PageClient, clock: Clock, door: Gate) -> None:
    waits = make.registration(door.meeting, state=PENDING)
    token = token_of(waits)
    assert "Check in by yourself" not in client.get(f"/registrations/{token}").text
    assert "Registration is not approved." in sent(client, token, code_of_day(door, NOW), gate=door.code)
    assert badges_of(waits) == []


def test_on_no_day_of_the_meeting_and_at_no_closed_gate(door: Gate, somebody: Registration) -> None:
    with pytest.raises(Refused, match="days of the meeting"), transaction():
        check_in(somebody, door, key="k", at=NOW - timedelta(days=1))
    with transaction():
        close_gate(door, by=None, at=NOW)
    with pytest.raises(Refused, match="closed"), transaction():
        check_in(somebody, door, key="k", at=NOW)
    assert readings() == []


def test_nobody_reads_the_answer_to_somebody_else(client: PageClient, clock: Clock, door: Gate) -> None:
    one, other = (make.registration(door.meeting) for _ in range(2))
    with transaction():
        scan = check_in(one, door, key="key-000001", at=NOW).scan_id
    path = f"check-in/{scan}"
    assert client.get(f"/registrations/{token_of(one)}/{path}").status_code == 200
    assert client.get(f"/registrations/{token_of(other)}/{path}").status_code == 404
    with transaction():
        assert check_in(other, door, key="key-000001", at=NOW).scan_id != scan, "the same key of another is another"


def test_the_steward_and_the_organizer_see_that_it_was_by_themselves(
    client: PageClient, clock: Clock, meeting: Meeting, door: Gate, somebody: Registration
) -> None:
    with transaction():
        check_in(somebody, door, key="key-000001", at=NOW)
    client.sign_in(make.staff(meeting, STEWARD))
    data = {"code": somebody.reference, "key": "key-000009", "method": "search"}
    headers = {"Accept": "application/json"}
    told = client.post(f"/meetings/spring/door/{door.code}/scans", data=data, headers=headers).get_json()
    assert (told["verdict"], told["by"]) == (ALREADY, "by themselves")
    assert code_of_day(door, NOW) in client.get(f"/meetings/spring/door?gate={door.code}").text
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "by themselves" in client.get(f"/meetings/spring/manage/gates/{door.code}/attendance").text
    assert client.get(f"/meetings/spring/manage/gates/{door.code}/attendance.csv").text.splitlines()[1].endswith("yes")


def test_an_organizer_takes_it_back_and_the_page_says_so(
    client: PageClient, clock: Clock, meeting: Meeting, door: Gate, somebody: Registration
) -> None:
    with transaction():
        scan = check_in(somebody, door, key="key-000001", at=NOW).scan_id
    organizer = make.staff(meeting, ORGANIZER)
    with transaction():
        undo(db.session.get_one(Scan, scan), by=organizer, at=NOW)
    assert "Taken back" in client.get(f"/registrations/{token_of(somebody)}/check-in/{scan}").text


def test_the_address_on_the_wall_leads_who_is_signed_in_to_their_own_form(
    client: PageClient, clock: Clock, door: Gate, somebody: Registration
) -> None:
    path = f"/meetings/spring/check-in/{door.code}"
    assert "On this phone, open the link" in client.get(path).text
    token = token_of(somebody)
    client.sign_in(somebody.person)
    assert client.get(path).headers["Location"].endswith(f"/registrations/{token}/check-in?gate={door.code}")


def test_the_sign_has_the_address_and_only_the_screen_has_the_code(
    client: PageClient, clock: Clock, meeting: Meeting, door: Gate
) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    sign = client.get(f"/meetings/spring/manage/gates/{door.code}/sign").text
    assert f"/meetings/spring/check-in/{door.code}" in sign
    assert code_of_day(door, NOW) not in sign
    client.sign_in(make.staff(meeting, STEWARD))
    assert code_of_day(door, NOW) in client.get(f"/meetings/spring/door/{door.code}/code").text


def test_who_pressed_by_mistake_takes_it_back_for_five_minutes(
    client: PageClient, clock: Clock, door: Gate, somebody: Registration
) -> None:
    token, code = token_of(somebody), code_of_day(door, NOW)
    page = sent(client, token, code, gate=door.code)
    assert "Was this a mistake?" in page and "I am leaving" not in page
    here = f"/registrations/{token}/check-in/{readings()[0].id}"
    assert client.post(f"{here}/undo").status_code == 303
    again = client.get(here).text
    assert "Taken back" in again and "Was this a mistake?" not in again
    assert readings()[0].undone_by_id == somebody.person_id
    assert client.post(f"{here}/undo").status_code == 303, "twice is once"
    assert "Welcome, you are checked in" in sent(client, token, code, "key-000002", gate=door.code)
    clock.at = NOW + actions.TIME_TO_UNDO + timedelta(seconds=1)
    late = f"/registrations/{token}/check-in/{readings()[1].id}"
    assert "Was this a mistake?" not in client.get(late).text
    refused = client.post(f"{late}/undo")
    assert refused.status_code == 409 and "Ask an organizer to undo it" in refused.text
    assert readings()[1].undone_at is None
    other = token_of(make.registration(door.meeting))
    assert client.post(f"/registrations/{other}/check-in/{readings()[1].id}/undo").status_code == 404


def test_who_is_in_goes_out_by_a_button_where_the_gate_reads_people_out(
    client: PageClient, clock: Clock, door: Gate, somebody: Registration
) -> None:
    token, code = token_of(somebody), code_of_day(door, NOW)
    sent(client, token, code, gate=door.code)
    here = f"/registrations/{token}/check-in/{readings()[0].id}"
    assert client.post(f"{here}/leave").status_code == 409
    with transaction():
        db.session.get_one(Gate, door.id).reads_out = True
    clock.at = NOW + timedelta(hours=1)
    assert "I am leaving" in client.get(here).text
    for _ in range(2):
        assert client.post(f"{here}/leave").status_code == 303
    assert [row.verdict for row in readings()] == [WELCOME, LEFT]
    assert "I am leaving" not in client.get(here).text
    gone = client.get(f"/registrations/{token}/check-in/{readings()[1].id}").text
    assert "You have left" in gone and "I am leaving" not in gone
    clock.at += timedelta(minutes=1)
    assert "Welcome, you are checked in" in sent(client, token, code, "key-000003", gate=door.code)


def test_the_gate_is_remembered_until_the_link_is_opened(
    client: PageClient, clock: Clock, meeting: Meeting, door: Gate, somebody: Registration
) -> None:
    other = make_checkin.gate(meeting, "South")
    with transaction():
        db.session.get_one(Gate, other.id).self_check_in = True
    token = token_of(somebody)

    def chosen(page: str) -> list[str]:
        return [part.split('value="')[1].split('"')[0] for part in page.split("<input")[1:] if "checked" in part]

    assert chosen(client.get(f"/registrations/{token}").text) == []
    client.get(f"/meetings/spring/check-in/{other.code}")
    assert chosen(client.get(f"/registrations/{token}").text) == [other.code]
    assert chosen(client.get(f"/registrations/{token}/check-in").text) == [other.code]
    elsewhere = make.meeting(slug="autumn", starts_on=NOW.date(), ends_on=NOW.date())
    gates = [make_checkin.gate(elsewhere, name) for name in ("One", "Two")]
    with transaction():
        for gate in gates:
            db.session.get_one(Gate, gate.id).self_check_in = True
    guest = token_of(make.registration(elsewhere))
    assert chosen(client.get(f"/registrations/{guest}/check-in").text) == []


def test_the_sign_and_the_screen_are_in_every_language_of_the_meeting(
    client: PageClient, clock: Clock, meeting: Meeting, door: Gate
) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).languages = ["fr", "ar", "th"]
    client.sign_in(make.staff(meeting, ORGANIZER))
    for page in (f"manage/gates/{door.code}/sign", f"door/{door.code}/code"):
        text = client.get(f"/meetings/spring/{page}").text
        assert 'lang="fr" dir="ltr"' in text and 'lang="ar" dir="rtl"' in text and 'lang="th"' not in text
        assert text.count('<ol class="lead"') == 2


RIVALS = 8


@pytest.mark.usefixtures("fresh_app")
@pytest.mark.parametrize("guarded", [True, False])
def test_two_presses_at_once_let_in_once(app: Flask, monkeypatch: pytest.MonkeyPatch, guarded: bool) -> None:
    """The control, without the lock on who is read: all look before anybody is written down."""
    if not guarded:
        everybody = threading.Barrier(RIVALS, timeout=60)
        monkeypatch.setattr(labels, "locked", lambda query: query)
        monkeypatch.setattr(actions, "first_arrival", together(everybody, first_arrival))
        if not ON_POSTGRESQL:  # there the one pen of BEGIN IMMEDIATE is the guard
            event.remove(db.engine, "begin", sqlite.begin)
            event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    assert (pressed(app) == {WELCOME: 1, ALREADY: RIVALS - 1}) is guarded


def test_one_press_sent_eight_times_at_once_is_one_reading(app: Flask) -> None:
    assert pressed(app, key="the-same-key") == {WELCOME: RIVALS}
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1


def pressed(app: Flask, key: str = "") -> Counter[str]:
    """What so many presses of one person are answered, all at once."""
    meeting = make.meeting(slug="rush", starts_on=NOW.date(), ends_on=NOW.date())
    somebody, door = make.registration(meeting).id, make_checkin.gate(meeting)
    with transaction():
        door.self_check_in = True
        issue(db.session.get_one(Registration, somebody), by=None, at=NOW)
    code, start, said = door.code, threading.Barrier(RIVALS), []
    db.session.rollback()

    def press(number: int) -> None:
        with app.test_request_context():
            found = meeting_at("rush")
            gate, one = gate_at(found, code) if found else None, db.session.get_one(Registration, somebody)
            assert gate is not None
            start.wait()
            try:
                with transaction():
                    said.append(check_in(one, gate, key=key or f"key-{number:06d}", at=NOW).verdict)
            except OperationalError:
                said.append("busy")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return Counter(said)
