"""Trials: a backup is restored beside what is served, and nothing of it stays."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, text
from sqlalchemy.exc import ProgrammingError

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.actions import record
from eventapp.operations.backups import drill
from eventapp.operations.backups.making import back_up
from tests import make


@pytest.fixture
def leftovers(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What there is of a drill: files in the folder for temporary ones, and databases."""
    number = str(int.from_bytes(os.urandom(4), "big"))
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(drill, "digits", lambda _length: number)

    def found() -> list[str]:
        files = [path.name for path in folder.iterdir()]
        if db.engine.dialect.name == "sqlite":
            return files
        with db.engine.connect() as connection:
            databases = text("SELECT datname FROM pg_database WHERE datname = :name")
            return [*files, *connection.scalars(databases, {"name": f"drill_{number}"})]

    return found


def test_a_drill_restores_and_starts_a_copy_and_leaves_nothing(
    folder: Path, app: Flask, leftovers: Callable[[], list[str]]
) -> None:
    answer = app.test_cli_runner().invoke(args=["operations", "drill", str(folder)])

    assert answer.exit_code == 0, answer.output
    assert "can be restored: " in answer.output
    assert "1 meetings" in answer.output
    assert leftovers() == []


def test_a_drill_says_where_the_copy_does_not_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch, leftovers: Callable[[], list[str]]
) -> None:
    monkeypatch.setattr(drill, "PAGES", ("/no-such-page",))

    with pytest.raises(Refused, match="answers 404 to /no-such-page"):
        drill.drill(folder)
    assert leftovers() == []


def test_a_drill_finds_a_history_that_was_changed(app: Flask, elsewhere: URL, tmp_path: Path) -> None:
    meeting = make.meeting()
    with transaction():
        record("asked", db.session.merge(meeting), by=None, at=make.TODAY)
    with transaction():
        db.session.execute(text("UPDATE entry SET by_name = 'Somebody else'"))
    made, _facts = back_up(tmp_path, at=make.TODAY)

    with pytest.raises(Refused, match="Line 1 was changed"):
        drill.drill(made)


def test_a_fault_of_the_database_in_a_drill_is_not_said_to_be_of_its_making(
    app: Flask, elsewhere: URL, tmp_path: Path, leftovers: Callable[[], list[str]]
) -> None:
    fault = ProgrammingError("SELECT", {}, Exception("no such column"))

    with pytest.raises(ProgrammingError), drill.scratch(db.engine.dialect.name, tmp_path):
        raise fault
    assert leftovers() == []


def test_who_may_make_no_database_is_told_so(app: Flask, elsewhere: URL, tmp_path: Path, leftovers: object) -> None:
    if db.engine.dialect.name == "sqlite":
        return  # where a database is a file
    place = drill.scratch("postgresql", tmp_path)
    with drill.scratch("postgresql", tmp_path), pytest.raises(Refused, match="CREATEDB"):
        place.__enter__()  # its name is taken, which PostgreSQL refuses in the same way
