import pytest
from flask import Flask

from eventapp.badges.queries import code_of
from eventapp.checkin.models import Gate, Scan
from eventapp.checkin.queries import gates_of
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.registration.models import PENDING
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_checkin import gate, scanned

KEY = "a-key-of-its-own"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def door(meeting: Meeting) -> Gate:
    return gate(meeting, "Main entrance")


@pytest.fixture
def steward(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, STEWARD))


def test_with_one_gate_the_door_is_ready(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    answer = steward.get(f"/meetings/{meeting.slug}/door")

    assert "Or type the number under the code" in answer.text
    assert "<b>0</b> in" in answer.text.replace(' data-count="here"', "")
    assert answer.headers["Content-Security-Policy"].count("'wasm-unsafe-eval'") == 1


def test_with_several_gates_one_is_chosen_first(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    gate(meeting, "South")

    page = steward.get(f"/meetings/{meeting.slug}/door").text

    assert ("Which gate?" in page, "Main entrance" in page, "South" in page) == (True, True, True)
    assert "Hold the code" in steward.get(f"/meetings/{meeting.slug}/door?gate={door.code}").text


def test_without_a_gate_the_page_says_who_opens_one(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    assert f"/meetings/{meeting.slug}/manage/gates" not in client.get(f"/meetings/{meeting.slug}/door").text

    client.sign_in(make.staff(meeting, ORGANIZER))
    assert f"/meetings/{meeting.slug}/manage/gates" in client.get(f"/meetings/{meeting.slug}/door").text


def test_a_typed_number_is_answered_with_the_person(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(meeting, number=158, record_name="Anong Suksawat", own_name="อนงค์", own_language="th")

    page = typed(steward, meeting, door, "R-0158")

    assert [words in page for words in ("Welcome", "Anong Suksawat", "อนงค์", "Next person", "Undo, wrong person")] == [
        True
    ] * 5
    assert "<b>1</b> in" in page


def test_the_second_time_the_page_says_when_and_where(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(meeting, number=158)
    typed(steward, meeting, door, "R-0158")

    page = typed(steward, meeting, door, "R-0158", key="another-key")

    assert [words in page for words in ("Already in", "Main entrance", "Steward", "UTC+7")] == [True] * 4


def test_a_refusal_says_why_and_what_to_say(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(meeting, number=158, state=PENDING, record_name="Mele Kalsakau")

    page = typed(steward, meeting, door, "R-0158")

    assert "Do not let in yet" in page
    assert "Registration is not approved" in page
    assert "“Your registration needs one more check. My colleague at the registration desk will help you.”" in page


def test_the_same_form_sent_twice_counts_once(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(meeting, number=158)

    pages = [typed(steward, meeting, door, "R-0158") for _ in range(2)]

    assert ["Welcome" in page for page in pages] == [True, True]
    assert db.session.query(Scan).count() == 1


@pytest.mark.parametrize("fields", [{"code": "", "key": KEY}, {"code": "R-0158", "key": "x"}, {"code": "R-0158"}])
def test_a_reading_that_says_nothing_is_bad_input(
    steward: PageClient, meeting: Meeting, door: Gate, fields: dict[str, str]
) -> None:
    answer = steward.post(f"/meetings/{meeting.slug}/door/{door.code}/scans", data=fields)

    assert (answer.status_code, db.session.query(Scan).count()) == (422, 0)


def test_the_module_gets_the_verdict_alone(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    registration = make.registration(meeting, record_name="Anong Suksawat")

    answer = steward.post(
        f"/meetings/{meeting.slug}/door/{door.code}/scans",
        data={"code": code_of(registration), "key": KEY, "method": "camera", "at": "2026-03-16T02:00:00.000Z"},
        headers={"Accept": "application/json"},
    )

    said = answer.get_json()
    assert (answer.status_code, said["verdict"], said["when"][5:]) == (200, "welcome", " (Bangkok, UTC+7)")
    assert said["name"] == {"text": "Anong Suksawat", "lang": "", "dir": "ltr"}
    assert db.session.query(Scan).one().method == "camera"


def test_undo_leads_back_to_the_door(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(meeting, number=158, record_name="Anong Suksawat")
    typed(steward, meeting, door, "R-0158")
    number = db.session.query(Scan).one().id

    answer = steward.post(f"/meetings/{meeting.slug}/door/scans/{number}/undo")

    page = steward.get(answer.location).text
    assert ("Undone:" in page, "Anong Suksawat" in page) == (True, True)
    assert "This reading counts no more." in steward.get(f"/meetings/{meeting.slug}/door/scans/{number}").text


def test_undoing_somebody_else_s_is_refused(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    number = scanned(door, code_of(make.registration(meeting)), by=make.staff(meeting, STEWARD)).scan_id

    assert steward.post(f"/meetings/{meeting.slug}/door/scans/{number}/undo").status_code == 409


def test_people_are_found_with_few_words_about_them(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(
        meeting,
        record_name="Anong Suksawat",
        phone="+66 2 288 1234",
        dietary_needs="halal",
        person=make.person(email="anong@example.org"),
    )

    page = steward.get(f"/meetings/{meeting.slug}/door/people?gate={door.code}&name=suks").text

    assert [words in page for words in ("Anong Suksawat", "+66", "halal", "anong@example.org")] == [
        True,
        False,
        False,
        False,
    ]


def test_a_closed_gate_refuses_on_its_page(client: PageClient, meeting: Meeting, door: Gate) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    client.post(f"/meetings/{meeting.slug}/manage/gates/{door.code}/close")

    answer = client.post(f"/meetings/{meeting.slug}/door/{door.code}/scans", data={"code": "R-0158", "key": KEY})

    assert (answer.status_code, "Choose another gate." in answer.text) == (409, True)


def test_organizers_open_gates_of_the_building_and_of_sessions(client: PageClient, meeting: Meeting) -> None:
    session = make.session(meeting, code="S5")
    client.sign_in(make.staff(meeting, ORGANIZER))
    path = f"/meetings/{meeting.slug}/manage/gates"

    answers = [
        client.post(path, data={"name": name, "session": where}).status_code
        for name, where in [("North", ""), ("Room 4", "S5"), ("North", ""), ("", ""), ("West", "S6")]
    ]

    assert answers == [303, 303, 409, 422, 422]
    assert [(gate.name, gate.session_id) for gate in gates_of(meeting)] == [("North", None), ("Room 4", session.id)]
    assert "Room 4" in client.get(path).text


@pytest.mark.parametrize("role", [RAPPORTEUR, None])
def test_the_door_is_for_its_stewards(client: PageClient, meeting: Meeting, door: Gate, role: str | None) -> None:
    number = scanned(door, code_of(make.registration(meeting))).scan_id
    client.sign_in(make.staff(meeting, role) if role else make.staff(make.meeting(), STEWARD))
    root = f"/meetings/{meeting.slug}/door"

    pages = [client.get(path).status_code for path in (root, f"{root}/people", f"{root}/scans/{number}")]
    posts = [client.post(path).status_code for path in (f"{root}/{door.code}/scans", f"{root}/scans/{number}/undo")]
    assert pages + posts == [404] * 5


def test_a_steward_opens_no_gates(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    path = f"/meetings/{meeting.slug}/manage/gates"

    answers = [steward.get(path), steward.post(path), steward.post(f"{path}/{door.code}/close")]
    assert [answer.status_code for answer in answers] == [404] * 3


def test_a_reading_of_another_meeting_is_not_there(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    other = make.meeting()
    number = scanned(gate(other), code_of(make.registration(other))).scan_id
    root = f"/meetings/{meeting.slug}/door"

    assert [
        steward.get(f"{root}/scans/{number}").status_code,
        steward.get(f"{root}/scans/0").status_code,
        steward.post(f"{root}/scans/{number}/undo").status_code,
    ] == [404] * 3


def test_the_door_costs_the_same_for_one_and_for_three(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(meeting, record_name="Ada One")
    with counted() as one:
        steward.get(f"/meetings/{meeting.slug}/door/people?gate={door.code}&name=ada")
    make.registration(meeting, record_name="Ada Two")
    make.registration(meeting, record_name="Ada Three")
    with counted() as three:
        steward.get(f"/meetings/{meeting.slug}/door/people?gate={door.code}&name=ada")

    assert len(one) == len(three)


def typed(client: PageClient, meeting: Meeting, door: Gate, code: str, *, key: str = KEY) -> str:
    path = f"/meetings/{meeting.slug}/door/{door.code}/scans"
    answer = client.post(path, data={"code": code, "key": key, "method": "search"})  # as the button beside a name does
    assert answer.status_code == 303
    return client.get(answer.location).text
