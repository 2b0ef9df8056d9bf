"""Whatever a test leaves behind, the next one on the same app finds nothing of it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.test import TestResponse

from eventapp.ground.db import db, sqlite, transaction
from eventapp.mail.compose import compose
from eventapp.meetings.models import Meeting
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.make_agenda import published
from tests.shared import SharedApp, listening

AGENDA = "/meetings/spring/agenda"
OPEN: list[Connection] = []
GO_ON: list[Event] = []
CHANGE = text("UPDATE chain_end SET id = id")


def a_page_of_one_session(app: Flask, title: str) -> TestResponse:
    """The first release of the same agenda: by its mark alone nobody could tell it from the one of another test."""
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title=title)
    published(meeting)
    return app.test_client().get(AGENDA)


def rows(app: Flask) -> None:
    assert "Left behind" in a_page_of_one_session(app, "Left behind").text
    compose("people/mail/sign_in.txt", to="ada@example.org", own={"name": "Ada"}, link="", minutes=1, purpose="")


def a_failure_in_a_transaction(app: Flask) -> None:
    with suppress(ZeroDivisionError), transaction():
        db.session.execute(CHANGE)
        raise ZeroDivisionError


def a_session_that_writes(app: Flask) -> None:
    db.session.connection(execution_options={"writes": True})
    db.session.execute(CHANGE)


def a_connection_that_writes(app: Flask) -> None:
    OPEN.append(db.engine.execution_options(writes=True).connect())
    OPEN[-1].execute(CHANGE)


def a_thread_that_writes(app: Flask) -> None:
    started, go_on = Event(), Event()

    def write() -> None:
        with app.app_context(), suppress(TimeoutError, SQLAlchemyError), transaction():
            db.session.execute(CHANGE)
            started.set()
            go_on.wait(60)
            raise TimeoutError

    Thread(target=write, daemon=True).start()
    assert started.wait(60)
    GO_ON.append(go_on)


def a_listener(app: Flask) -> None:
    event.listen(db.engine, "before_cursor_execute", lambda *_told: 1 // 0)


def a_guard_taken_away(app: Flask) -> None:
    if not ON_POSTGRESQL:
        event.remove(db.engine, "begin", sqlite.begin)


def other_connections(app: Flask) -> None:
    db.engine.update_execution_options(isolation_level="AUTOCOMMIT")


def settings(app: Flask) -> None:
    app.config.update(CLOCK_OFFSET=timedelta(days=9), REGISTRATIONS_PER_HOUR=1, BASE_URL="https://elsewhere.example")
    app.extensions["mail"].port = 1


def a_route(app: Flask) -> None:
    app.add_url_rule("/left-behind", "left_behind", lambda: request.path)


def another_schema(app: Flask) -> None:
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("ALTER TABLE meeting ADD COLUMN left_behind INTEGER"))


LEFT = [
    rows, a_failure_in_a_transaction, a_session_that_writes, a_connection_that_writes, a_thread_that_writes, a_listener,
    a_guard_taken_away, other_connections, settings, a_route, another_schema,
]  # fmt: skip


@pytest.mark.parametrize("leave", LEFT)
def test_nothing_is_left_for_the_next_test(leave: Callable[[Flask], None], shared: SharedApp, tmp_path: Path) -> None:
    own = SharedApp(shared.database)  # one that has answered nothing yet: Flask lets it have one more route
    with own.lent(tmp_path) as app:
        before = state_of(app)
        leave(app)

    with own.lent(tmp_path / "second") as app:
        assert state_of(app) == {**before, "folder": tmp_path / "second"}
        assert "Found anew" in a_page_of_one_session(app, "Found anew").text
        assert db.session.query(Meeting).one().id == 1
    for go_on in GO_ON:
        go_on.set()


def state_of(app: Flask) -> dict[str, Any]:
    """What a test could notice of an app."""
    config = dict(app.config)
    columns = "SELECT * FROM meeting WHERE id = 0", "SELECT version_num FROM alembic_version"
    with db.engine.connect() as connection:
        names = [(tuple(found.keys()), found.all()) for found in map(connection.execute, map(text, columns))]
    return {
        "folder": config.pop("DATA_DIR"), "config": config, "extensions": sorted(app.extensions), "schema": names,
        "port": app.extensions["mail"].port, "listening": [name_of(one) for one in listening(db.engine)],
        "rules": len(list(app.url_map.iter_rules())),
    }  # fmt: skip


def name_of(listeners: Any) -> Any:
    """Another engine has other functions, of the same names."""
    return [one.__qualname__ for one in listeners] if isinstance(listeners, tuple) else listeners


def test_the_app_is_the_same_one_as_long_as_nobody_alters_it(shared: SharedApp, tmp_path: Path) -> None:
    """What this is for: the templates and statements it has compiled."""
    with shared.lent(tmp_path) as first:
        rows(first)
    with shared.lent(tmp_path) as second:
        assert second is first
