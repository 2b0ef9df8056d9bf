"""When the database is held by somebody else, the answer is 503 and a way on, never 500."""

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from eventapp.ground.db import db, sqlite
from tests.browserless import PageClient
from tests.conftest import ON_POSTGRESQL


def test_a_held_database_is_a_503(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 1)
    holder = create_engine(db.engine.url, **({} if ON_POSTGRESQL else {"module": sqlite.driver()}))
    with holder.connect() as connection:
        statement = "LOCK TABLE rate_hit IN ACCESS EXCLUSIVE MODE" if ON_POSTGRESQL else "BEGIN EXCLUSIVE"
        connection.execute(text(statement))
        db.engine.dispose()
        if ON_POSTGRESQL:
            monkeypatch.setattr(db.engine.dialect, "connect", short_waits(db.engine.dialect.connect))
        answer = client.post("/sign-in", data={"email": "ada@example.org"})
    holder.dispose()

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Nothing was saved" in answer.text
    assert client.post("/sign-in", data={"email": "ada@example.org"}).status_code == 303


def short_waits(connect: object) -> object:
    def with_options(*args: object, **kwargs: object) -> object:
        return connect(*args, **{**kwargs, "options": "-c lock_timeout=1s"})  # type: ignore[operator]

    return with_options
