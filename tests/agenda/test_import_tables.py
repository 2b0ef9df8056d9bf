"""Sessions from tables: their columns are proposed, put right, and remembered; days are read in one order."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import select

from eventapp.agenda.imports.models import AgendaImport, AgendaImportRow
from eventapp.agenda.imports.tables.days import day_of, length_in, moment_in, order_in
from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_import import IMPORTS, pressed, sessions, tally, worked
from tests.browserless import PageClient

HEAD = ("ID", "Session title", "Date", "Begin", "Finish", "Where it is", "Type", "Speakers", "Abstract")
ROWS = (
    (
        "A-1",
        "Opening, with all",
        "16/03/2026",
        "09:00",
        "10:30",
        "Hall",
        "trends",
        "Ada Byron; Grace Hopper",
        "First\nand more",
    ),
    ("A-2", "Late talk", "16/03/2026", "23:30", "00:30", "Hall", "trends", "", ""),
    ("A-3", "Closing", "17/03/2026", "2 pm", "3.15pm", "Hall", "trends", "Ada Byron", "Last"),
)
BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    one = make.meeting(slug="spring")
    make.room(one, code="A", name="Hall")
    return one


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def csv_with(*rows: tuple[str, ...], mark: str = ",") -> bytes:
    return "\r\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows).encode()


def sent(desk: PageClient, content: bytes, name: str = "agenda.csv") -> str:
    """The address of the page of this table, which asks for its columns."""
    answer = desk.post(IMPORTS, data={"file": (BytesIO(content), name)})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def columns_of(page: str) -> list[str]:
    db.session.rollback()
    return list(db.session.get_one(AgendaImport, int(page.rpartition("/")[2])).columns)


def compared(desk: PageClient, page: str, *columns: str, order: str = "") -> dict[str, int]:
    """What the rows would do with these columns, '' where all of them are left as they were proposed."""
    said = columns or columns_of(page)
    data = {f"column-{place}": code for place, code in enumerate(said)}
    answer = desk.post(f"{page}/columns", data={**data, "order": order})
    assert answer.status_code == 303, answer.text
    return dict(worked(page))


def imported(desk: PageClient, content: bytes) -> dict[str, int]:
    page = sent(desk, content)
    columns = [code or "room" for code in columns_of(page)]
    compared(desk, page, *columns)
    return dict(pressed(desk, page, "start"))


def test_columns_are_proposed_put_right_and_kept_for_the_next_file(desk: PageClient, meeting: Meeting) -> None:
    page = sent(desk, csv_with(HEAD, *ROWS))
    assert columns_of(page) == ["guid", "title", "day", "starts", "ends", "", "kind", "people", "summary"]
    shown = desk.get(page).text
    assert "Where it is" in shown
    assert "Opening, with all" in shown
    assert compared(desk, page, *("guid", "title", "day", "starts", "ends", "room", "kind", "people", "summary")) == {
        "new": 3
    }
    assert pressed(desk, page, "start") == {"added": 3}
    found = sessions()
    one, late = found["A-1"], found["A-2"]
    assert (one.title, one.room and one.room.name, one.kind) == ("Opening, with all", "Hall", "trends")
    assert one.summary == "First\nand more"
    assert [role.name for role in one.roles] == ["Ada Byron", "Grace Hopper"]
    assert (one.starts_at, one.ends_at - one.starts_at) == (datetime(2026, 3, 16, 2, tzinfo=UTC), timedelta(minutes=90))
    assert late.ends_at - late.starts_at == timedelta(hours=1)
    assert found["A-3"].starts_at == datetime(2026, 3, 17, 7, tzinfo=UTC)

    again = sent(desk, csv_with(HEAD, ("A-1", "Opened", *ROWS[0][2:]), ROWS[1]))
    assert columns_of(again)[5] == "room"
    assert compared(desk, again) == {"changed": 1, "same": 1, "gone": 1}
    uid = one.uid
    assert pressed(desk, again, "start", cancels="1") == {"updated": 1, "same": 1, "cancelled": 1}
    assert (sessions()["A-1"].title, sessions()["A-1"].uid) == ("Opened", uid)


@pytest.mark.parametrize(
    "content",
    [
        csv_with(HEAD, *ROWS).decode().encode("utf-16"),
        csv_with(HEAD, *ROWS, mark=";"),
        csv_with(HEAD, *ROWS, mark="\t"),
        b"\xef\xbb\xbf" + csv_with(HEAD, *ROWS),
    ],
)
def test_a_table_is_read_however_it_was_saved(desk: PageClient, meeting: Meeting, content: bytes) -> None:
    assert imported(desk, content) == {"added": 3}


def test_a_workbook_has_days_and_times_and_no_formulas(desk: PageClient, meeting: Meeting) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Title", "Day", "Start", "Duration", "Kind", "Code"))
    sheet.append(("Dates", date(2026, 3, 16), time(9), 90, "trends", "D1"))
    sheet.append(("Moments", "", datetime.fromisoformat("2026-03-17 14:30"), timedelta(minutes=45), "trends", "D2"))
    sheet.append(("=1+1", "2026-03-16", "10:00", "1 h 30", "trends", "D3"))
    out = BytesIO()
    book.save(out)
    page = sent(desk, out.getvalue(), "agenda.xlsx")
    assert compared(desk, page) == {"new": 2, "faulty": 1}
    assert "A4: This is a formula." in desk.get(page).text
    pressed(desk, page, "start")
    found = {one.code: one for one in db.session.scalars(select(Session))}
    assert (found["D1"].starts_at, found["D1"].ends_at) == (
        datetime(2026, 3, 16, 2, tzinfo=UTC),
        datetime(2026, 3, 16, 3, 30, tzinfo=UTC),
    )
    assert found["D2"].starts_at == datetime(2026, 3, 17, 7, 30, tzinfo=UTC)
    assert found["D2"].ends_at - found["D2"].starts_at == timedelta(minutes=45)


def test_by_code_a_session_of_ours_is_changed_and_by_title_one_without_any(desk: PageClient, meeting: Meeting) -> None:
    own = make.session(meeting, code="S1", title="By hand", kind="trends")
    head = ("Code", "Title", "Start", "End", "Kind")
    page = sent(desk, csv_with(head, ("S1", "By file", "2026-03-16 09:00", "10:30", "trends")))
    assert compared(desk, page) == {"changed": 1}
    pressed(desk, page, "start")
    assert db.session.get_one(Session, own.id).title == "By file"

    tea = [("Coffee", f"2026-03-16 {hour}:00", f"{hour}:30", "break") for hour in (10, 15)]
    talks = [("Talk", "2026-03-16 11:00", "12:00", "trends"), *tea]
    assert imported(desk, csv_with(head[1:], *talks)) == {"added": 3}
    moved = [("Talk", "2026-03-17 11:00", "12:00", "trends"), *tea]
    page = sent(desk, csv_with(head[1:], *moved))
    assert compared(desk, page) == {"changed": 1, "same": 2}


def test_days_that_can_be_read_in_several_orders_are_asked_about(desk: PageClient, meeting: Meeting) -> None:
    head = ("Title", "Date", "Start", "End", "Kind")
    page = sent(desk, csv_with(head, ("Talk", "04/05/2026", "9:00", "10:00", "trends")))
    data = {f"column-{place}": code for place, code in enumerate(columns_of(page))}
    answer = desk.post(f"{page}/columns", data={**data, "order": ""})
    assert answer.status_code == 409
    assert "can be read in several orders" in answer.text
    assert compared(desk, page, order="mdy") == {"new": 1}
    row = db.session.scalars(select(AgendaImportRow)).one()
    assert row.content["starts_at"] == "2026-04-05T09:00:00+07:00"
    assert desk.post(f"{page}/columns/again").status_code == 303
    assert compared(desk, page, order="dmy") == {"new": 1}
    db.session.rollback()
    assert db.session.scalars(select(AgendaImportRow)).one().content["starts_at"] == "2026-05-04T09:00:00+07:00"


def test_every_fault_has_its_row_and_its_cell(desk: PageClient, meeting: Meeting) -> None:
    head = ("ID", "Title", "Date", "Start", "End", "Kind", "Not recorded", "Links")
    rows = [
        ("1", "", "2026-03-16", "9:00", "10:00", "trends", "", ""),
        ("2", "Soon", "2026-03-16", "soon", "10:00", "trends", "", ""),
        ("3", "Backwards", "2026-03-16", "2026-03-16 9:00", "2026-03-16 8:00", "trends", "", ""),
        ("4", "Perhaps", "2026-03-16", "9:00", "10:00", "trends", "perhaps", ""),
        ("5", "Five", "2026-03-16", "9:00", "10:00", "trends", "yes", "https://example.org/a Paper"),
        ("5", "Five again", "2026-03-16", "9:00", "10:00", "trends", "", ""),
        ("7", "No end", "2026-03-16", "9:00", "later", "trends", "", ""),
    ]
    page = sent(desk, csv_with(head, *rows))
    assert compared(desk, page) == {"faulty": 6, "new": 1}
    shown = desk.get(page).text
    for sentence in (
        "It has no title.",
        "D3: “soon” cannot be read as a day or a time.",
        "It ends before it begins.",
        "“perhaps” is neither yes nor no.",
        "It has the same number as the session at 6 of the file.",
        "E8: “later” cannot be read as a day or a time.",
    ):
        assert sentence in shown
    pressed(desk, page, "start")
    assert (sessions()["5"].no_recording, sessions()["5"].links) == (True, ["https://example.org/a Paper"])


def test_columns_that_cannot_be_are_refused_and_stay_as_chosen(desk: PageClient, meeting: Meeting) -> None:
    page = sent(desk, csv_with(HEAD, *ROWS))
    answer = desk.post(f"{page}/columns", data={"column-0": "title", "column-1": "title", "column-2": "nonsense"})
    assert answer.status_code == 422
    assert "Say which column has: Start, End or how long it takes." in answer.text
    data = {"column-0": "title", "column-1": "title", "column-3": "starts", "column-4": "ends"}
    answer = desk.post(f"{page}/columns", data=data)
    assert "Two columns cannot be the same: Title." in answer.text
    assert tally(page) == {"gone": 3}
    assert desk.post(f"{page}/start").status_code == 303
    assert sessions() == {}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Title,Start\n", "In a table, the first row names the columns."),
        (b"only one\nline\n", "In a table, the first row names the columns."),
        (b'Title,Start\n"open', "a quotation mark is not closed"),
        ("Titel,Anfang\nMärz,1\n".encode("latin-1"), "This file is not in UTF-8."),
        (b"Title,Start\n" + b"a,b\n" * 3001, "more than 3,000 sessions"),
        (b"PK\x03\x04 something", "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    desk: PageClient, meeting: Meeting, content: bytes, sentence: str
) -> None:
    answer = desk.post(IMPORTS, data={"file": (BytesIO(content), "x.csv")})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalars(select(AgendaImport)).all() == []


def test_a_command_reads_a_table(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    file = tmp_path / "agenda.csv"
    file.write_bytes(csv_with(HEAD, *ROWS))
    run = app.test_cli_runner()
    assert (
        "is no HEADING=CODE" in run.invoke(args=["agenda", "import", "spring", str(file), "--column", "X=room"]).output
    )
    command = ["agenda", "import", "spring", str(file), "--column", "Where it is=room", "--days", "dmy", "--do"]
    assert "added: 3" in run.invoke(args=command).output
    assert "same: 3" in run.invoke(args=["agenda", "import", "spring", str(file)]).output


def test_figures_of_a_day_are_read_in_one_order() -> None:
    first, last = date(2026, 3, 16), date(2026, 3, 19)
    assert order_in(["16/03/2026", "03/04/2026"], first, last) == "dmy"
    assert order_in(["03/16/2026", "03/04/2026"], first, last) == "mdy"
    assert order_in(["26/03/16"], first, last) == "ymd"
    assert order_in(["٠٣/١٦/٢٠٢٦"], first, last) == "mdy"
    assert order_in(["2026-03-16", "16 March 2026", ""], first, last) == ""
    assert order_in(["16/03/2026", "03/16/2026"], first, last) is None
    assert order_in(["04/05/2026"], first, last) is None
    assert day_of("03/16/2026", "dmy") is None
    assert day_of("16.03.26", "dmy") == date(2026, 3, 16)
    assert day_of("2026/03/16", "dmy") == date(2026, 3, 16)
    assert day_of("2026-03-16 00:00:00", "") == date(2026, 3, 16)
    assert day_of("16 mars 2026", "") == date(2026, 3, 16)
    assert moment_in("9 h 30", date(2026, 3, 16), "", BANGKOK) == datetime(2026, 3, 16, 9, 30, tzinfo=BANGKOK)
    assert moment_in("2026-03-16T09:00:00+01:00", None, "", BANGKOK) == datetime(2026, 3, 16, 8, tzinfo=UTC)
    assert [length_in(one) for one in ("90", "1:30", "1 h 30", "90 min", "90.0", "")] == [timedelta(minutes=90)] * 5 + [
        None
    ]
