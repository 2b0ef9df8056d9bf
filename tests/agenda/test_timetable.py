from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.agenda.planning.timetable import Row, Timetable, timetable
from tests.make_agenda import NINE


@dataclass(frozen=True)
class Slot:
    """A session as bare as the table needs it."""

    code: str
    start: int  # minutes after nine
    end: int
    room: str | None = "A"
    kind: str = "trends"

    @property
    def starts_at(self) -> datetime:
        return NINE + timedelta(minutes=self.start)

    @property
    def ends_at(self) -> datetime:
        return NINE + timedelta(minutes=self.end)


def table(*slots: Slot, raster: int = 0) -> Timetable[Slot]:
    return timetable(slots, lambda one: one.room, ["A", "B", "C"], raster=raster)


def drawn(rows: list[Row[Slot]]) -> list[tuple[int, int, list[str]]]:
    """Each row as (minutes after nine, minutes, its cells as room, codes and rows)."""
    return [
        (
            int((row.at - NINE).total_seconds() // 60),
            row.minutes,
            [
                "=".join(one.code for one in cell.sessions) + f"@{'*' if cell.is_band else cell.room}x{cell.rows}"
                for cell in row.cells
            ],
        )
        for row in rows
    ]


def test_a_session_spans_the_rows_it_lasts() -> None:
    made = table(Slot("S1", 0, 60), Slot("S2", 30, 90, "B"))
    assert made.rooms == ["A", "B"]
    assert drawn(made.rows) == [
        (0, 30, ["S1@Ax2", "@Bx1"]),
        (30, 30, ["S2@Bx2"]),
        (60, 30, ["@Ax1"]),
    ]


def test_a_break_goes_across_all_rooms() -> None:
    made = table(Slot("S1", 0, 30), Slot("TEA", 30, 45, None, "break"), Slot("S2", 45, 60, "B"))
    assert drawn(made.rows) == [(0, 30, ["S1@Ax1", "@Bx1"]), (30, 15, ["TEA@*x1"]), (45, 15, ["@Ax1", "S2@Bx1"])]


def test_a_break_beside_a_session_hides_nothing() -> None:
    made = table(Slot("S1", 0, 60), Slot("TEA", 30, 45, None, "break"))
    assert made.rooms == ["A", None]
    assert drawn(made.rows) == [(0, 30, ["S1@Ax3", "@Nonex1"]), (30, 15, ["TEA@Nonex1"]), (45, 15, ["@Nonex1"])]


def test_sessions_that_overlap_in_a_room_share_a_cell() -> None:
    made = table(Slot("S1", 0, 60), Slot("S2", 30, 90), Slot("S3", 80, 120), Slot("S4", 120, 150))
    assert [row[2] for row in drawn(made.rows)] == [["S1=S2=S3@Ax5"], [], [], [], [], ["S4@Ax1"]]


def test_a_raster_gives_every_row_so_many_minutes() -> None:
    made = table(Slot("S1", 0, 40), Slot("S2", 40, 60), raster=15)
    assert drawn(made.rows) == [(0, 15, ["S1=S2@Ax4"]), (15, 15, []), (30, 15, []), (45, 15, [])]


def test_every_session_is_in_the_table_once() -> None:
    slots = [
        Slot(f"S{n}", n * 7 % 300, n * 7 % 300 + 20 + n % 50, "ABC"[n % 3], "break" if n % 9 == 0 else "trends")
        for n in range(60)
    ]
    for raster in (0, 5, 15):
        rows = table(*slots, raster=raster).rows
        codes = [one.code for row in rows for cell in row.cells for one in cell.sessions]
        assert sorted(codes) == sorted(slot.code for slot in slots)
        assert {sum(cell.rows for row in rows for cell in row.cells if cell.room == room) for room in "ABC"} == {
            len(rows)
        }


def test_nothing_makes_an_empty_table() -> None:
    assert table().rows == []
