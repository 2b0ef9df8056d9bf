from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.agenda.planning.grid import Grid, days_of, grid
from eventapp.agenda.queries import programme
from eventapp.meetings.models import Meeting, Room
from tests import make

DAY = date(2026, 3, 16)


def at(hour: int, minute: int = 0) -> datetime:
    """This time of the meeting's day, on a clock in Bangkok."""
    return datetime(2026, 3, 16, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def session(meeting: Meeting, room: Room | None, start: datetime, minutes: int = 60, **facts: Any) -> Session:
    made = {"room_id": room.id if room else None, "starts_at": start, "ends_at": start + timedelta(minutes=minutes)}
    return make.session(meeting, **{**made, **facts})


def shape(table: Grid) -> list[tuple[str, list[tuple[int, str]]]]:
    """The rows that begin something: when, and of each cell how many rows it spans and what is in it."""
    told = []
    for row in table.rows:
        cells = [(cell.rows, "+".join(one.code for one in cell.sessions)) for cell in row.cells if cell.sessions]
        if cells:
            told.append((f"{row.starts:%H:%M}", cells))
    return told


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


def test_an_empty_day_is_shown_from_eight_to_six_with_every_room(meeting: Meeting) -> None:
    make.room(meeting, name="Hall")
    make.room(meeting, name="Attic", closed_at=make.TODAY)

    table = grid(meeting, [], DAY)
    assert ([room.name for room in table.rooms], len(table.rows)) == (["Hall"], 40)
    assert (table.rows[0].starts.hour, table.rows[-1].starts.hour, table.rows[-1].starts.minute) == (8, 17, 45)
    assert {len(row.cells) for row in table.rows} == {1}


def test_sessions_span_the_rows_they_last(meeting: Meeting) -> None:
    hall, attic = make.room(meeting), make.room(meeting)
    session(meeting, hall, at(9), 90, code="S1")
    session(meeting, attic, at(9, 30), 30, code="S2")

    assert shape(grid(meeting, programme(meeting), DAY)) == [("09:00", [(6, "S1")]), ("09:30", [(2, "S2")])]


def test_a_session_that_fits_no_quarter_takes_every_row_it_touches(meeting: Meeting) -> None:
    session(meeting, make.room(meeting), at(9, 5), 20, code="S1")

    assert shape(grid(meeting, programme(meeting), DAY)) == [("09:00", [(2, "S1")])]


def test_sessions_that_share_room_and_time_share_a_cell(meeting: Meeting) -> None:
    hall = make.room(meeting)
    session(meeting, hall, at(9), 60, code="S1")
    session(meeting, hall, at(9, 45), 60, code="S2")
    session(meeting, hall, at(10, 30), 30, code="S3")
    session(meeting, hall, at(11), 30, code="S4")

    table = grid(meeting, programme(meeting), DAY)
    assert shape(table) == [("09:00", [(8, "S1+S2+S3")]), ("11:00", [(2, "S4")])]
    assert [cell.is_clash for row in table.rows for cell in row.cells if cell.sessions] == [True, False]


def test_a_break_is_a_band_unless_something_runs_beside_it(meeting: Meeting) -> None:
    hall, foyer = make.room(meeting), make.room(meeting)
    session(meeting, hall, at(9), 60, code="S1")
    session(meeting, foyer, at(10), 15, code="TEA", kind="break")
    session(meeting, foyer, at(12), 60, code="LUNCH", kind="break")
    session(meeting, hall, at(12, 30), 60, code="S2")

    table = grid(meeting, programme(meeting), DAY)
    bands = [cell.sessions[0].code for row in table.rows for cell in row.cells if cell.is_band]
    assert bands == ["TEA"]
    assert shape(table) == [
        ("09:00", [(4, "S1")]),
        ("10:00", [(1, "TEA")]),
        ("12:00", [(4, "LUNCH")]),
        ("12:30", [(4, "S2")]),
    ]


def test_every_row_of_the_table_has_every_column_once(meeting: Meeting) -> None:
    rooms = [make.room(meeting) for _ in range(3)]
    session(meeting, rooms[0], at(9), 75)
    session(meeting, rooms[0], at(9, 30), 75)
    session(meeting, rooms[1], at(10), 45)
    session(meeting, rooms[2], at(11), 15, kind="break")
    session(meeting, rooms[2], at(13), 240)

    table = grid(meeting, programme(meeting), DAY)
    filled = [0] * len(table.rows)
    for place, row in enumerate(table.rows):
        for cell in row.cells:
            for line in range(place, place + cell.rows):
                filled[line] += cell.columns
    assert set(filled) == {3}


def test_early_late_and_unplaced_sessions_are_shown(meeting: Meeting) -> None:
    hall = make.room(meeting)
    session(meeting, hall, at(6, 50), 30, code="S1")
    session(meeting, hall, at(19), 70, code="S2")
    session(meeting, None, at(9), 60, code="S3")

    table = grid(meeting, programme(meeting), DAY)
    assert (f"{table.rows[0].starts:%H:%M}", f"{table.rows[-1].starts:%H:%M}") == ("06:45", "20:00")
    assert [one.code for one in table.unplaced] == ["S3"]


def test_a_day_outside_the_meeting_is_offered_when_a_session_is_on_it(meeting: Meeting) -> None:
    session(meeting, make.room(meeting), at(9) + timedelta(days=2))

    assert days_of(meeting, programme(meeting)) == [DAY, date(2026, 3, 18)]
