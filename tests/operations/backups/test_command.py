"""The command that restores, of an installation whose own database is the empty one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import flask_migrate
from click.testing import Result
from flask import Flask
from sqlalchemy import URL, text

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db, transaction
from eventapp.operations.backups.making import back_up
from tests import make
from tests.operations.backups.test_restoring import titles

OLDER = "0127"  # the next one adds to the lines of history


def restored(folder: Path, to: URL) -> Result:
    """In a thread of its own: in ours the application of the tests is the current one."""
    app = create_app(TestConfig(to.render_as_string(hide_password=False)))
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(app.test_cli_runner().invoke, args=["operations", "restore", str(folder)]).result()
    with app.app_context():
        db.engine.dispose()
    return done


def test_what_is_whole_is_said_to_be(folder: Path, elsewhere: URL) -> None:
    done = restored(folder, elsewhere)

    assert (done.exit_code, done.stderr) == (0, ""), done
    assert "Every line of history is in its place." in done.output


def test_a_history_that_was_changed_is_said(folder: Path, elsewhere: URL, tmp_path: Path) -> None:
    with transaction():
        db.session.execute(text("UPDATE entry SET by_name = 'Somebody else'"))
    made, _facts = back_up(tmp_path, at=make.TODAY)
    done = restored(made, elsewhere)

    assert done.exit_code == 1
    assert "Line 1 was changed" in done.stderr
    assert "in its place" not in done.output


def test_older_tables_are_restored_and_their_history_walked_later(app: Flask, elsewhere: URL, tmp_path: Path) -> None:
    make.meeting(title="Spring review")
    db.session.remove()
    flask_migrate.downgrade(directory=str(ROOT / "migrations"), revision=OLDER)
    made, _facts = back_up(tmp_path, at=make.TODAY)
    done = restored(made, elsewhere)

    assert (done.exit_code, done.stderr) == (0, ""), done
    assert f"version {OLDER}" in done.output
    assert "./run flask history verify" in done.output
    assert "in its place" not in done.output
    assert titles(elsewhere) == ["Spring review"]
