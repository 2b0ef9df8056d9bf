"""Who came in at the building or in one session: the page, the files, and whose role nobody was read for."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from eventapp.checkin.actions import undo
from eventapp.checkin.attendance import queries
from eventapp.checkin.attendance.jobs import LONG_JOBS
from eventapp.checkin.attendance.queries import Attendance, attendance_of, attendance_page, missing_roles, numbers_at
from eventapp.checkin.models import Gate
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared import tables
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_checkin import gate, row, scanned

pytestmark = pytest.mark.usefixtures("app")
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", zone="Asia/Bangkok", starts_on=make.TODAY.date())


def all_at(door: Gate, day: date | None) -> list[Attendance]:
    return attendance_of(door, day, numbers_at(door, day))


def page_at(door: str) -> str:
    return f"/meetings/spring/manage/gates/{door}/attendance"


def test_each_person_once_with_the_first_and_the_last_time(meeting: Meeting) -> None:
    first, second = (make.registration(meeting) for _each in range(2))
    north, south = gate(meeting), gate(meeting)
    scanned(north, second.reference, at=make.TODAY + HOUR)
    scanned(north, first.reference, at=make.TODAY)
    scanned(south, first.reference, at=make.TODAY + 3 * HOUR)
    found = all_at(north, None)
    assert [(one.registration, one.first, one.last, one.readings) for one in found] == [
        (first, make.TODAY, make.TODAY + 3 * HOUR, 2),
        (second, make.TODAY + HOUR, make.TODAY + HOUR, 1),
    ]


def test_refused_and_undone_readings_do_not_count_nor_those_of_another_place(meeting: Meeting) -> None:
    one, declined = make.registration(meeting), make.registration(meeting, state="declined")
    door, session = gate(meeting), gate(meeting, session=make.session(meeting))
    scanned(session, one.reference)
    scanned(door, declined.reference)
    steward = make.staff(meeting, "organizer")
    reading = row(scanned(door, one.reference))
    with transaction():
        undo(reading, by=steward, at=make.TODAY)
    assert all_at(door, None) == []
    assert [each.registration for each in all_at(session, None)] == [one]


def test_a_day_is_of_the_zone_of_the_meeting(meeting: Meeting) -> None:
    one = make.registration(meeting)
    door = gate(meeting)
    late = make.TODAY + 15 * HOUR  # midnight in Bangkok
    scanned(door, one.reference, at=late)
    day = make.TODAY.date()
    assert all_at(door, day) == []
    assert [each.first for each in all_at(door, day + timedelta(days=1))] == [late]


def test_the_page_tells_who_and_whose_role_is_missing(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    session = make.session(meeting, code="S2")
    came = make.registration(meeting, record_name="Ms. Anong Suksawat")
    make.role(session, "speaker", person_id=came.person_id, name="Anong Suksawat")
    make.role(session, "chair", name="Farida Noor")
    make.role(session, "speaker", name="Lucia Fong", state="declined")
    door = gate(meeting, "Hall 2", session)
    scanned(door, came.reference)
    assert [one.name for one in missing_roles(door)] == ["Farida Noor"]
    page = client.get(page_at(door.code)).text
    assert "Ms. Anong Suksawat" in page
    assert "Farida Noor" in page
    assert "Lucia Fong" not in page
    assert "1 person" in page
    assert page_at(door.code) in client.get("/meetings/spring/manage/gates").text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
@pytest.mark.parametrize("ending", ["", ".csv", ".xlsx"])
def test_a_day_that_no_clock_has_is_no_day(client: PageClient, meeting: Meeting, day: str, ending: str) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    door = gate(meeting)
    scanned(door, make.registration(meeting).reference)
    assert client.get(f"{page_at(door.code)}{ending}?day={day}").status_code == 200


def test_an_empty_place_says_so(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    assert "Nobody came in yet" in client.get(f"{page_at(gate(meeting).code)}?day=nonsense").text
    assert client.get(page_at("G99")).status_code == 404


def test_the_files_say_the_same_with_the_zone_and_history_who_took_them(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    door = gate(meeting, "Main entrance")
    one = make.registration(meeting, record_name="=Anong", delegation=make.delegation(meeting, "Kisan Sabha"))
    scanned(door, one.reference)
    file = client.get(f"{page_at(door.code)}.csv")
    lines = list(csv.reader(StringIO(file.get_data().decode("utf-8-sig"))))
    assert lines[0][6] == "First in (Bangkok, UTC+7)"
    assert lines[1][0:4:3] == [one.reference, "Kisan Sabha"]
    assert lines[1][1] == "'=Anong"
    assert lines[1][6:] == ["2026-03-02 09:00", "2026-03-02 09:00", "", "1", ""]
    sheet = load_workbook(BytesIO(client.get(f"{page_at(door.code)}.xlsx").get_data())).worksheets[0]
    assert sheet.cell(2, 7).value == "2026-03-02 09:00"
    taken = db.session.scalars(select(Entry).where(Entry.verb == "took the attendance along"))
    assert [entry.detail["lines"] for entry in taken] == [1, 1]


def test_a_page_costs_what_it_shows(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    door = gate(meeting)
    for minutes in range(5):
        scanned(door, make.registration(meeting).reference, at=make.TODAY + timedelta(minutes=minutes))
    everybody = [one.registration.id for one in all_at(door, None)]
    with counted() as statements:
        page = attendance_page(door, None, "2")
    assert [one.registration.id for one in page.rows] == everybody[2:4]
    assert (page.pages, page.count) == (3, 5)
    assert len(statements) <= 3


def test_a_long_list_is_written_by_the_worker_for_who_asked(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    door = gate(meeting, "Main entrance")
    for minutes in range(5):
        scanned(door, make.registration(meeting).reference, at=make.TODAY + timedelta(minutes=minutes))
    page, code = page_at(door.code), door.code
    for tail, name in ((".csv?day=2026-03-02", "attendance"), ("/expected.csv", "expected")):
        short = client.get(page + tail).data
        with monkeypatch.context() as patch:
            patch.setattr(tables, "LONG", 2)
            patch.setattr(tables, "SLICE", 2)
            asks = client.get(page + tail).location
            assert "5 lines." in client.get(asks).text
            where = client.post(asks).location
            assert work_long(LONG_JOBS, at=now()) == {"write lists of who came in": 1}
        answer = client.get(f"{where}/file")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="spring-{code}-{name}.csv"'
        assert answer.data == short and short.count(b"\r\n") == 6
        assert page in client.get(where).text
    taken = db.session.scalars(select(Entry).where(Entry.verb == "took the attendance along"))
    assert [(entry.thing, entry.detail["lines"]) for entry in taken] == [("gate", 5)] * 4
    client.sign_in(make.staff(db.session.merge(meeting), "organizer", make.person("Second organizer")))
    assert client.get(f"{where}/file").status_code == 404
