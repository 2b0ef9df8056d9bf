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


def shape(table: Grid) -> list[tuple[str, list[tuple[int, int, str]]]]:
    """The rows that begin something: when, and of each session its rows, its columns and its code."""
    told = []
    for row in table.rows:
        cells = [(cell.rows, cell.columns, cell.session.code) for cell in row.cells if cell.session]
        if cells:
            told.append((f"{row.starts:%H:%M}", cells))
    return told


def filled(table: Grid) -> set[int]:
    """How many columns the rows have, each cell counted in every row that it spans."""
    columns = [0] * len(table.rows)
    for place, row in enumerate(table.rows):
        for cell in row.cells:
            for line in range(place, place + cell.rows):
                columns[line] += cell.columns
    return set(columns)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


def test_an_empty_day_is_shown_from_eight_to_eight_with_every_room(meeting: Meeting) -> None:
    make.room(meeting, name="Hall")
    make.room(meeting, name="Attic", closed_at=make.TODAY)

    table = grid(meeting, [], DAY)
    assert ([room.name for room in table.rooms], len(table.rows)) == (["Hall"], 48)
    assert (table.rows[0].starts.hour, table.rows[-1].starts.hour, table.rows[-1].starts.minute) == (8, 19, 45)
    assert {len(row.cells) for row in table.rows} == {1}


def test_sessions_span_the_rows_they_last(meeting: Meeting) -> None:
    hall, attic = make.room(meeting), make.room(meeting)
    session(meeting, hall, at(9), 90, code="S1")
    session(meeting, attic, at(9, 30), 30, code="S2")

    assert shape(grid(meeting, programme(meeting), DAY)) == [("09:00", [(6, 1, "S1")]), ("09:30", [(2, 1, "S2")])]


def test_a_session_that_fits_no_quarter_takes_every_row_it_touches(meeting: Meeting) -> None:
    session(meeting, make.room(meeting), at(9, 5), 20, code="S1")

    assert shape(grid(meeting, programme(meeting), DAY)) == [("09:00", [(2, 1, "S1")])]


def test_sessions_that_share_room_and_time_stand_side_by_side(meeting: Meeting) -> None:
    hall = make.room(meeting)
    session(meeting, hall, at(9), 60, code="S1")
    session(meeting, hall, at(9, 45), 60, code="S2")
    session(meeting, hall, at(10, 30), 30, code="S3")
    session(meeting, hall, at(11), 30, code="S4")

    table = grid(meeting, programme(meeting), DAY)
    assert shape(table) == [
        ("09:00", [(4, 1, "S1")]),
        ("09:45", [(4, 1, "S2")]),
        ("10:30", [(2, 1, "S3")]),
        ("11:00", [(2, 2, "S4")]),
    ]
    assert ([one.lanes for one in table.columns], filled(table)) == ([2], {2})
    clashing = {cell.session.code for row in table.rows for cell in row.cells if cell.session and cell.is_clash}
    assert clashing == {"S1", "S2", "S3"}


def test_one_after_another_within_a_quarter_is_no_clash(meeting: Meeting) -> None:
    hall = make.room(meeting)
    session(meeting, hall, at(9), 20, code="S1")
    session(meeting, hall, at(9, 20), 20, code="S2")

    table = grid(meeting, programme(meeting), DAY)
    assert not any(cell.is_clash for row in table.rows for cell in row.cells)
    assert filled(table) == {2}


def test_a_break_is_a_band_out_of_which_a_session_takes_its_room(meeting: Meeting) -> None:
    rooms = [make.room(meeting) for _ in range(3)]
    session(meeting, rooms[1], at(9), 75, code="S1")
    session(meeting, None, at(10), 30, code="TEA", kind="break")
    session(meeting, None, at(12), 60, code="LUNCH", kind="break")

    table = grid(meeting, programme(meeting), DAY)
    assert shape(table) == [
        ("09:00", [(5, 1, "S1")]),
        ("10:00", [(2, 1, "TEA"), (2, 1, "TEA")]),
        ("12:00", [(4, 3, "LUNCH")]),
    ]
    pieces = [cell for row in table.rows for cell in row.cells if cell.session and cell.session.code == "TEA"]
    assert ([one.is_again for one in pieces], filled(table)) == ([False, True], {3})


def test_a_break_that_finds_no_room_stands_beside_the_session_that_took_it(meeting: Meeting) -> None:
    hall = make.room(meeting)
    session(meeting, hall, at(9), 75, code="S1")
    session(meeting, None, at(10), 30, code="TEA", kind="break")

    table = grid(meeting, programme(meeting), DAY)
    assert shape(table) == [("09:00", [(5, 1, "S1")]), ("10:00", [(2, 1, "TEA")])]
    assert filled(table) == {2}


def test_rooms_that_only_breaks_are_in_have_no_column(meeting: Meeting) -> None:
    hall, foyer = make.room(meeting), make.room(meeting)
    session(meeting, hall, at(9), 60, code="S1")
    session(meeting, foyer, at(10), 15, code="TEA", kind="break")

    table = grid(meeting, programme(meeting), DAY, idle={foyer.id})
    assert (table.rooms, shape(table)[1]) == ((hall,), ("10:00", [(1, 1, "TEA")]))


def test_of_many_rooms_those_that_are_asked_for_are_wide_and_the_others_folded(meeting: Meeting) -> None:
    rooms = [make.room(meeting, position=place) for place in range(10)]
    session(meeting, rooms[9], at(9), code="S1")

    table = grid(meeting, programme(meeting), DAY)
    assert table.rooms == (*rooms[:7], rooms[9])
    table = grid(meeting, programme(meeting), DAY, [rooms[2].code])
    assert table.rooms == (rooms[2],)
    assert [(one.room, one.sessions) for one in table.folded if one.sessions] == [(rooms[9], 1)]


def test_every_row_of_the_table_has_every_column_once(meeting: Meeting) -> None:
    rooms = [make.room(meeting) for _ in range(3)]
    session(meeting, rooms[0], at(9), 75)
    session(meeting, rooms[0], at(9, 30), 75)
    session(meeting, rooms[1], at(10), 45)
    session(meeting, rooms[2], at(11), 15, kind="break")
    session(meeting, rooms[2], at(13), 240)

    assert filled(grid(meeting, programme(meeting), DAY)) == {4}


def test_there_are_rows_before_and_after_what_is_early_and_late(meeting: Meeting) -> None:
    hall = make.room(meeting)
    session(meeting, hall, at(6, 50), 30, code="S1")
    session(meeting, hall, at(19), 70, code="S2")

    table = grid(meeting, programme(meeting), DAY)
    assert (f"{table.rows[0].starts:%H:%M}", f"{table.rows[-1].starts:%H:%M}") == ("06:45", "22:00")
    session(meeting, hall, at(23), 90, code="S3")
    assert f"{grid(meeting, programme(meeting), DAY).rows[-1].starts:%d %H:%M}" == "17 00:15"


def test_a_day_outside_the_meeting_is_offered_when_a_session_is_on_it(meeting: Meeting) -> None:
    assert days_of(meeting, [at(9) + timedelta(days=2)]) == [DAY, date(2026, 3, 18)]
