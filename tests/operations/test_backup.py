import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.actions import record
from eventapp.operations import backup
from tests import make


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Flask]:
    """The application on a SQLite file, whatever the other tests run on."""
    app = create_app(TestConfig(f"sqlite:///{tmp_path / 'eventapp.db'}", tmp_path))
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        yield app
        db.session.remove()
        db.engine.dispose()


def test_a_copy_is_whole_while_somebody_writes_and_only_its_owner_reads_it(on_sqlite: Flask, tmp_path: Path) -> None:
    meeting, file = make.meeting(title="Spring review"), tmp_path / "copy.db"
    with transaction():
        record("asked", meeting, by=None, at=make.TODAY)
        db.session.flush()
        answer = on_sqlite.test_cli_runner().invoke(args=["operations", "backup", str(file)])

    assert (answer.exit_code, answer.output) == (0, f"{file}: {file.stat().st_size:,} bytes, checked.\n")
    assert file.stat().st_mode & 0o077 == 0
    assert not Path(f"{file}.part").exists()
    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("SELECT title FROM meeting").fetchall() == [("Spring review",)]
        assert copy.execute("SELECT count(*) FROM entry").fetchall() == [(0,)]  # not committed, so not there


def test_postgresql_is_sent_to_its_own_tool(on_sqlite: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(db.engine.dialect, "name", "postgresql")

    with pytest.raises(Refused, match="pg_dump"):
        backup.back_up(tmp_path / "copy.db")
