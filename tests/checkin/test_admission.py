"""Who may enter at a gate, and when; and what organizers noted for the door."""

import re
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from eventapp.checkin import manage, views
from eventapp.checkin.admission import NOT_HERE, OUT_OF_HOURS, Admission
from eventapp.checkin.models import IDENTIFY, REFUSED, WELCOME, Gate
from eventapp.delegations.actions import merge
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.registration import manage as people
from eventapp.registration.models import Registration
from eventapp.registration.tags.actions import add_note, make_tag, put_tags
from tests import make, make_checkin
from tests.browserless import PageClient, in_one_line

pytestmark = pytest.mark.usefixtures("app")
GATES = "/meetings/spring/manage/gates"


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (manage, views, people):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", zone="Asia/Bangkok")


def gate_for(meeting: Meeting, rule: Admission, **where: object) -> Gate:
    gate = make_checkin.gate(meeting, "Main entrance", **where)  # type: ignore[arg-type]
    with transaction():
        gate.admission = rule.as_record()
    return gate


def answer(gate: Gate, one: Registration, **how: object) -> tuple[str, str]:
    found = make_checkin.scanned(gate, one.reference, **how)  # type: ignore[arg-type]
    return found.verdict, found.reason


@pytest.mark.parametrize(
    ("opens", "shuts", "clock", "is_open"),
    [
        ("", "", "03:00", True),
        ("08:30", "", "08:29", False),
        ("08:30", "", "08:30", True),
        ("08:30", "18:00", "18:00", False),
        ("20:00", "02:00", "23:59", True),
        ("20:00", "02:00", "01:59", True),
        ("20:00", "02:00", "12:00", False),
    ],
)
def test_hours_hold_over_midnight_too(opens: str, shuts: str, clock: str, is_open: bool) -> None:
    assert Admission(opens=opens, shuts=shuts).is_open(time.fromisoformat(clock)) is is_open


def test_a_rule_is_stored_and_read_back() -> None:
    rule = Admission(categories=(3,), delegations=(7, 8), parts=True, shuts="18:00")
    assert Admission.of(rule.as_record()) == rule
    assert Admission().as_record() == {}


def test_a_gate_for_some_categories_refuses_the_others(meeting: Meeting) -> None:
    one, other = make.registration(meeting), make.registration(meeting)
    gate = gate_for(meeting, Admission(categories=(one.category_id,)))
    assert answer(gate, one) == (WELCOME, "")
    assert answer(gate, other) == (REFUSED, NOT_HERE)


def test_so_does_one_for_a_delegation_or_a_tag(meeting: Meeting) -> None:
    sent, tagged, other = (make.registration(meeting) for _each in range(3))
    organizer = make.staff(meeting, "organizer")
    with transaction():
        tag = make_tag(meeting, "Press pool", "blue", by=organizer, at=make.TODAY)
        put_tags([tagged], [tag], by=organizer, at=make.TODAY)
    gate = gate_for(meeting, Admission(delegations=(sent.delegation_id,), tags=(tag.id,)))
    assert [answer(gate, one)[0] for one in (sent, tagged, other)] == [WELCOME, WELCOME, REFUSED]


def test_a_delegation_that_was_merged_into_another_still_counts(meeting: Meeting) -> None:
    before, after = make.delegation(meeting, "UNDP"), make.delegation(meeting, "United Nations Development Programme")
    one = make.registration(meeting, delegation=before)
    gate = gate_for(meeting, Admission(delegations=(before.id,)))
    organizer = make.staff(meeting, "organizer")
    with transaction():
        merge(before, after.id, by=organizer, at=make.TODAY)
    assert answer(gate, one) == (WELCOME, "")


def test_one_for_those_with_a_role_asks_for_that_session(meeting: Meeting) -> None:
    here, elsewhere = make.session(meeting, code="S1"), make.session(meeting, code="S2")
    one, other = make.registration(meeting), make.registration(meeting)
    make.role(here, "chair", person_id=one.person_id)
    make.role(elsewhere, "speaker", person_id=other.person_id)
    of_session = gate_for(meeting, Admission(parts=True), session=here)
    assert [answer(of_session, each)[0] for each in (one, other)] == [WELCOME, REFUSED]
    of_building = make_checkin.gate(meeting, "Speakers")
    with transaction():
        of_building.admission = Admission(parts=True).as_record()
    without = make.registration(meeting)
    assert [answer(of_building, each)[0] for each in (one, other, without)] == [WELCOME, WELCOME, REFUSED]


def test_the_gate_of_a_closed_session_is_for_those_with_a_role_until_more_is_said(meeting: Meeting) -> None:
    session = make.session(meeting, rule="closed")
    one, other = make.registration(meeting), make.registration(meeting)
    make.role(session, "chair", person_id=one.person_id)
    gate = make_checkin.gate(meeting, "Bilateral room", session)
    assert [answer(gate, each) for each in (one, other)] == [(WELCOME, ""), (REFUSED, NOT_HERE)]
    open_to_all = make_checkin.gate(meeting, "Hall", make.session(meeting))
    assert answer(open_to_all, other) == (WELCOME, "")


def test_hours_are_of_the_meetings_zone_and_of_the_moment_of_the_reading(meeting: Meeting) -> None:
    one = make.registration(meeting)
    here = make.TODAY.astimezone(meeting.tz)
    gate = gate_for(meeting, Admission(opens=f"{here:%H:%M}"))
    assert answer(gate, one, at=make.TODAY - timedelta(minutes=1)) == (REFUSED, OUT_OF_HOURS)
    kept = {"at": make.TODAY + timedelta(hours=1), "offline_at": make.TODAY - timedelta(minutes=2)}
    assert answer(gate, one, **kept) == (REFUSED, OUT_OF_HOURS)
    assert answer(gate, one, at=make.TODAY) == (WELCOME, "")


def test_a_typed_number_is_refused_before_the_person_is_looked_at(meeting: Meeting) -> None:
    one = make.registration(meeting)
    category = make.category(meeting)
    gate = gate_for(meeting, Admission(categories=(category.id,)))
    assert answer(gate, one, method="typed") == (REFUSED, NOT_HERE)


def test_an_organizer_says_who_may_enter_and_the_door_tells(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    gate = make_checkin.gate(meeting, "Bilateral room")
    category = make.category(meeting, name="Heads of delegation")
    sender = make.delegation(meeting, "Telecommunication Union")
    here = f"{GATES}/{gate.code}"
    sent = {"name": "Room 4", "categories": category.id, "delegations": "telecommunication union", "opens": "9am"}
    assert client.post(here, data=sent).status_code == 303
    assert Admission.of(gate.admission) == Admission((category.id,), (), (sender.id,), False, "09:00", "")
    told = "Heads of delegation, Telecommunication Union, from 09:00 (Bangkok, UTC+7)"
    for page in (GATES, "/meetings/spring/door"):
        assert told in in_one_line(re.sub("<[^>]*>", "", client.get(page).text))
    assert 'value="09:00"' in client.get(here).text
    entry = db.session.scalars(select(Entry).where(Entry.verb == "gate changed")).one()
    assert entry.detail["lets_in"] == ["Heads of delegation", "Telecommunication Union", "from 09:00 (Bangkok, UTC+7)"]


def test_what_is_wrong_is_said_beside_the_field_and_changes_nothing(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    gate = make_checkin.gate(meeting, "Bilateral room")
    make_checkin.gate(meeting, "Main entrance")
    here = f"{GATES}/{gate.code}"
    page = client.post(here, data={"name": "Room 4", "delegations": "Nobody", "opens": "late"})
    assert page.status_code == 422
    assert "No delegation of this meeting is called Nobody." in page.text
    assert "Write a time of the day" in page.text
    taken = client.post(here, data={"name": "Main entrance"})
    assert taken.status_code == 409
    assert "There is an open gate called Main entrance." in taken.text
    assert (gate.name, gate.admission) == ("Bilateral room", {})


def test_a_closed_gate_cannot_be_changed(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    gate = make_checkin.gate(meeting)
    client.post(f"{GATES}/{gate.code}/close")
    assert client.post(f"{GATES}/{gate.code}", data={"name": "Room 4"}).status_code == 404


def test_a_note_for_the_door_is_told_to_the_steward_and_no_other_note(client: PageClient, meeting: Meeting) -> None:
    organizer = make.staff(meeting, "organizer")
    one = make.registration(meeting)
    gate = make_checkin.gate(meeting)
    client.sign_in(organizer)
    where = f"/meetings/spring/manage/registrations/{one.reference}/notes"
    client.post(where, data={"text": "Call protocol, extension 1234.", "at_door": "y"})
    with transaction():
        add_note(one, "Asked twice for a visa.", by=organizer, at=make.TODAY)
    found = make_checkin.scanned(gate, one.reference)
    assert (found.verdict, found.notes) == (WELCOME, ("Call protocol, extension 1234.",))
    assert make_checkin.scanned(gate, one.reference, method="typed").notes == found.notes
    page = client.get(f"/meetings/spring/door/scans/{found.scan_id}").text
    assert "Call protocol, extension 1234." in page
    assert "Asked twice" not in page


def test_a_note_for_the_door_is_short(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    one = make.registration(meeting)
    where = f"/meetings/spring/manage/registrations/{one.reference}/notes"
    page = client.post(where, data={"text": "x" * 201, "at_door": "y"})
    assert page.status_code == 422
    assert "Write at most 200 characters for the door." in page.text


def test_nobody_is_identified_where_they_may_not_enter(meeting: Meeting) -> None:
    one = make.registration(meeting)
    gate = gate_for(meeting, Admission(categories=(one.category_id,)))
    assert answer(gate, one, method="typed") == (IDENTIFY, "")
