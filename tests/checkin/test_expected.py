"""Who was expected at a place: present, excused or absent, with excuses set by hand."""

import csv
from io import StringIO

import pytest
from sqlalchemy import select

from eventapp.checkin.admission import Admission
from eventapp.checkin.attendance.expected import ABSENT, EXCUSED, PRESENT, expected_of, how_many, numbers_expected
from eventapp.checkin.attendance.models import Excuse
from eventapp.checkin.models import Gate
from eventapp.delegations.actions import merge
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.registration.models import Registration
from eventapp.registration.tags.actions import make_tag, put_tags
from tests import make
from tests.browserless import PageClient, in_one_line
from tests.counting import counted
from tests.make_checkin import gate, scanned

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


def found(door: Gate) -> dict[Registration, str]:
    db.session.rollback()
    return {one.registration: one.state for one in expected_of(door, numbers_expected(door))}


def with_role(door: Gate, one: Registration, role: str = "chair", state: str = "confirmed") -> None:
    """Somebody has a role in the session of this gate."""
    assert door.session
    make.role(door.session, role, person_id=one.person_id, state=state)


def of_session(meeting: Meeting, rule: Admission | None = None) -> Gate:
    door = gate(meeting, "Room", make.session(meeting, code="S7"))
    with transaction():
        door.admission = (rule or Admission()).as_record()
    return door


def page_at(door: Gate) -> str:
    return f"/meetings/spring/manage/gates/{door.code}/attendance/expected"


def test_those_with_a_role_are_expected_in_a_session(meeting: Meeting) -> None:
    door = of_session(meeting)
    here, absent, declined, other = (make.registration(meeting) for _each in range(4))
    for one, state in ((here, "confirmed"), (absent, "asked"), (declined, "declined")):
        with_role(door, one, "speaker", state)
    for one in (here, other):
        scanned(door, one.reference)
    assert found(door) == {here: PRESENT, absent: ABSENT}
    assert how_many(door) == {PRESENT: 1, EXCUSED: 0, ABSENT: 1}


def test_so_are_those_for_whom_its_gate_was_made(meeting: Meeting) -> None:
    people = [make.registration(meeting) for _each in range(5)]
    by_category, by_delegation, by_tag, by_merged, _other = people
    before = make.delegation(meeting, "UNDP")
    organizer = make.staff(meeting, ORGANIZER)
    with transaction():
        tag = make_tag(meeting, "Drafting group", "blue", by=organizer, at=make.TODAY)
        put_tags([by_tag], [tag], by=organizer, at=make.TODAY)
        merge(before, by_merged.delegation_id, by=organizer, at=make.TODAY)
    rule = Admission((by_category.category_id,), (tag.id,), (by_delegation.delegation_id, before.id))
    pending = make.registration(meeting, state="pending", category=by_category.category)
    assert set(found(of_session(meeting, rule))) == {by_category, by_delegation, by_tag, by_merged}
    assert pending.state == "pending"


def test_at_the_building_everybody_with_a_place_is(meeting: Meeting) -> None:
    here, absent = make.registration(meeting), make.registration(meeting)
    make.registration(meeting, state="waiting")
    door = gate(meeting)
    scanned(door, here.reference)
    assert found(door) == {here: PRESENT, absent: ABSENT}


def test_an_organizer_excuses_somebody_and_takes_it_back(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    door, one = of_session(meeting), make.registration(meeting, record_name="Anong Suksawat")
    with_role(door, one)
    for excused, state in (("yes", EXCUSED), ("yes", EXCUSED), ("no", ABSENT), ("yes", EXCUSED)):
        answer = client.post(f"{page_at(door)}?state=absent", data={"reference": one.reference, "excused": excused})
        assert answer.headers["Location"].endswith("/expected?state=absent")
        assert found(door) == {one: state}
    verbs = [entry.verb for entry in db.session.scalars(select(Entry).order_by(Entry.id)) if "excuse" in entry.verb]
    page = client.get(f"{page_at(door)}?state=absent").text
    assert page.index("Anong Suksawat is not excused any more.") < page.rindex("Anong Suksawat is excused.")
    assert verbs == ["excused somebody", "took an excuse back", "excused somebody"]
    assert "Anong Suksawat" in client.get(f"{page_at(door)}?state=excused").text
    assert "Anong Suksawat" not in client.get(f"{page_at(door)}?state=absent").text
    scanned(door, one.reference)
    assert found(door) == {one: PRESENT}  # who comes after all was there


def test_an_excuse_is_of_one_place(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    door, building, one = of_session(meeting), gate(meeting), make.registration(meeting)
    with_role(door, one)
    client.post(page_at(building), data={"reference": one.reference, "excused": "yes"})
    assert (found(door), found(building)) == ({one: ABSENT}, {one: EXCUSED})


def test_only_organizers_and_only_of_their_own_meeting(client: PageClient, meeting: Meeting) -> None:
    door, one = of_session(meeting), make.registration(make.meeting())
    client.sign_in(make.staff(meeting, STEWARD))
    assert client.get(page_at(door)).status_code == 404
    client.sign_in(make.staff(meeting, ORGANIZER))
    sent = {"reference": f"R-{one.number + 900_000}", "excused": "yes"}
    assert client.post(page_at(door), data=sent).status_code == 404
    assert db.session.scalars(select(Excuse)).all() == []


def test_the_file_and_the_record_say_it_too(client: PageClient, meeting: Meeting) -> None:
    door, one = of_session(meeting), make.registration(meeting, record_name="Anong Suksawat")
    with_role(door, one)
    client.sign_in(make.staff(meeting, ORGANIZER))
    lines = list(csv.reader(StringIO(client.get(f"{page_at(door)}.csv").get_data().decode("utf-8-sig"))))
    assert (lines[1][1], lines[1][-1]) == ("Anong Suksawat", "Absent")
    attendance = in_one_line(client.get(page_at(door).removesuffix("/expected")).text)
    assert 'state=absent">Absent <b>1</b>' in attendance
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    page = in_one_line(client.get("/meetings/spring/record/S7/summary").text)
    assert "Of those expected: Present 0 · Excused 0 · Absent 1" in page


def test_the_page_asks_as_much_of_many_as_of_few(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    door = gate(meeting)
    make.registration(meeting)
    client.get(page_at(door))
    with counted() as few:
        client.get(page_at(door))
    for _each in range(5):
        make.registration(meeting)
    with counted() as many:
        client.get(page_at(door))
    assert len(many) == len(few)
