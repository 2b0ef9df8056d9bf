"""A second, empty database beside that of the tests, to restore to; and PostgreSQL's programs, which a wheel brings."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, make_url

from eventapp.ground.db import db, transaction
from eventapp.history.actions import record
from eventapp.operations.backups.making import back_up
from tests import make
from tests.postgres import installed
from tests.shared import run_sql

EMPTY = "restored_here"


@pytest.fixture
def elsewhere(app: Flask, server: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[URL]:
    """The address of an empty place of the kind the tests run on."""
    if not server:
        yield make_url(f"sqlite:///{tmp_path / 'restored.db'}")
        return
    monkeypatch.setenv("PATH", f"{installed()}{os.pathsep}{os.environ['PATH']}")
    run_sql(server, f"CREATE DATABASE {EMPTY}")
    yield make_url(server.replace("/postgres?", f"/{EMPTY}?"))
    run_sql(server, f"DROP DATABASE {EMPTY} WITH (FORCE)")


@pytest.fixture
def folder(app: Flask, elsewhere: URL, tmp_path: Path) -> Path:
    """A backup of a database with a meeting, its history, and somebody's words."""
    meeting = make.meeting(title="Spring review")
    with transaction():
        record("asked", db.session.merge(meeting), by=None, at=make.TODAY)
    return back_up(tmp_path, at=make.TODAY + timedelta(hours=1))[0]
