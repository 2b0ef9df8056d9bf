"""A table of sessions is read while nothing is held, and written some rows at a time, as long as it is as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from eventapp.agenda.imports import actions, comparing
from eventapp.agenda.imports.models import CHECKED, COMPARING, AgendaImport, AgendaImportRow
from eventapp.agenda.imports.tables import choosing, parsing
from eventapp.ground.clock import now
from eventapp.ground.db import OPEN, db, transaction
from eventapp.ground.jobs import slices
from eventapp.meetings.models import Meeting
from tests.agenda.test_import import pressed, tally, worked
from tests.agenda.test_import_tables import columns_of, compared, csv_with, desk, meeting, sent
from tests.browserless import PageClient

__all__ = ["desk", "meeting"]  # fixtures

HEAD = ("ID", "Title", "Date", "Start", "End", "Kind", "Abstract")
TALKS = [(f"A-{n}", f"Talk {n}", "2026-03-16", f"{9 + n}:00", f"{9 + n}:30", "trends", "About") for n in range(5)]


@pytest.fixture
def page(desk: PageClient, meeting: Meeting) -> str:
    return sent(desk, csv_with(HEAD, *TALKS))


def one_of(page: str) -> AgendaImport:
    return db.session.get_one(AgendaImport, int(page.rpartition("/")[2]), populate_existing=True)


def watched(monkeypatch: pytest.MonkeyPatch, room: object, name: str) -> list[bool]:
    """Whether something was held, for each time that this was done."""
    real, held = getattr(room, name), list[bool]()

    def act(*values: Any, **more: Any) -> Any:
        held.append(OPEN.get() is not None)
        return real(*values, **more)

    monkeypatch.setattr(room, name, act)
    return held


@contextmanager
def rows_changed() -> Iterator[list[int]]:
    """How many rows of files each statement changes, while this runs."""
    many = list[int]()

    def see(_connection: object, _cursor: object, statement: str, values: Any, _how: object, is_many: bool) -> None:
        if statement.startswith("UPDATE agenda_import_row"):
            many.append(len(values) if is_many else 1)

    event.listen(db.engine, "before_cursor_execute", see)
    try:
        yield many
    finally:
        event.remove(db.engine, "before_cursor_execute", see)


def test_cells_are_read_while_nothing_is_held(desk: PageClient, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    in_request, by_worker = watched(monkeypatch, choosing, "order_in"), watched(monkeypatch, parsing, "session_of")
    asked = {f"column-{place}": code for place, code in enumerate(columns_of(page))}
    assert desk.post(f"{page}/columns", data=asked).status_code == 303
    assert (in_request, by_worker, one_of(page).state) == ([False], [], COMPARING)
    worked(page)
    assert (by_worker, one_of(page).state, tally(page)) == ([False] * 5, CHECKED, {"new": 5})


def test_few_rows_are_written_at_a_time_and_none_where_nothing_is_asked(
    fresh_app: Flask, desk: PageClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "AT_ONCE", 2)
    with rows_changed() as many:
        assert compared(desk, page) == {"new": 5}
    assert many == [2, 2, 1] * 2, "what they say, then what becomes of them"
    with rows_changed() as many:
        assert desk.post(f"{page}/columns/again").status_code == 303
    assert many == []
    with rows_changed() as many:
        assert compared(desk, page) == {"new": 5}
    assert many == [2, 2, 1], "they say the same"


def test_other_columns_say_something_else_and_who_is_missing_is_found_anew(desk: PageClient, page: str) -> None:
    compared(desk, page)
    assert pressed(desk, page, "start") == {"added": 5}
    again = sent(desk, csv_with(HEAD, *TALKS[:4]))
    by_id, by_nothing = columns_of(again), ["", *columns_of(again)[1:]]
    assert compared(desk, again, *by_id) == {"same": 4, "gone": 1}
    desk.post(f"{again}/columns/again")
    assert compared(desk, again, *by_nothing) == {"new": 4, "gone": 5}
    desk.post(f"{again}/columns/again")
    assert compared(desk, again, *by_id) == {"same": 4, "gone": 1}


def stale(page: str, monkeypatch: pytest.MonkeyPatch, *, compared_already: bool) -> list[str]:
    """What the rows say after a worker that has read a table, and writes when its columns are others by now."""
    real, went = parsing.table_rows, list[bool]()
    first = [code if code != "summary" else "description" for code in columns_of(page)]

    def held_up(one: AgendaImport) -> parsing.TableRows | None:
        found = real(one)
        if not went:
            went.append(True)
            db.session.rollback()
            with transaction():
                actions.stop(one_of(page), by=None, at=now())
            with transaction():
                choosing.choose_columns(one_of(page), columns_of_now, "")
            if compared_already:
                worked(page)
        return found

    columns_of_now = columns_of(page)
    monkeypatch.setattr(comparing, "table_rows", held_up)
    with transaction():
        choosing.choose_columns(one_of(page), first, "")
    worked(page)
    assert went and one_of(page).state == CHECKED
    rows = select(AgendaImportRow.content).where(AgendaImportRow.import_id == one_of(page).id)
    return [name for content in db.session.scalars(rows) for name in ("summary", "description") if content[name]]


@pytest.mark.parametrize("compared_already", [True, False])
def test_a_worker_that_comes_late_writes_nothing(
    page: str, monkeypatch: pytest.MonkeyPatch, *, compared_already: bool
) -> None:
    assert stale(page, monkeypatch, compared_already=compared_already) == ["summary"] * 5


@pytest.mark.parametrize("compared_already", [True, False])
def test_unless_it_does_not_look(page: str, monkeypatch: pytest.MonkeyPatch, *, compared_already: bool) -> None:
    """The control."""
    monkeypatch.setattr(slices, "refuse_lost", lambda _lease, _one: None)
    assert stale(page, monkeypatch, compared_already=compared_already) == ["description"] * 5
