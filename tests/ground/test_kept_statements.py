"""What is asked often is read by PostgreSQL once: it stays with the connection over the end of a reading."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from config import TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db
from eventapp.ground.db.postgresql import OFTEN, keep_statements
from tests.conftest import ON_POSTGRESQL

ASKED = text("SELECT hits FROM rate_hit WHERE key = :key")
KEPT = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM rate_hit%'")


def asked_often() -> int:
    """How many statements the server has kept, when one was asked again and again on one connection."""
    for _time in range(OFTEN + 2):
        db.session.execute(ASKED, {"key": "nobody"})
        db.session.rollback()
    kept: int = db.session.execute(KEPT).scalar_one()
    db.session.rollback()
    return kept


@contextmanager
def forgetting(engine: Engine) -> Iterator[None]:
    """End what was read as the driver does by itself."""
    event.remove(engine, "rollback", keep_statements)
    try:
        yield
    finally:
        event.listen(engine, "rollback", keep_statements)


def test_a_statement_stays_over_the_end_of_a_reading(fresh_app: Flask) -> None:
    if not ON_POSTGRESQL:
        assert db.engine.dialect.name == "sqlite"  # which reads a statement in no time
        return
    assert asked_often() == 1
    db.engine.dispose()
    with forgetting(db.engine):  # the control
        assert asked_often() == 0


def test_what_fails_leaves_the_connection_fit_for_use(fresh_app: Flask) -> None:
    for _time in range(OFTEN + 2):
        with pytest.raises(Exception, match="nowhere"):
            db.session.execute(text("SELECT * FROM nowhere"))
        db.session.rollback()
    assert db.session.execute(ASKED, {"key": "nobody"}).all() == []


def test_behind_a_pooler_nothing_is_kept(database: str) -> None:
    if not ON_POSTGRESQL:
        assert TestConfig(database).SQLALCHEMY_DATABASE_URI.startswith("sqlite")
        return
    config = TestConfig(database)
    config.BEHIND_POOLER = True
    app = create_app(config)
    with app.app_context():
        assert asked_often() == 0
        db.session.remove()
        db.engine.dispose()


def test_a_table_that_a_migration_changed_is_asked_anew(fresh_app: Flask) -> None:
    if not ON_POSTGRESQL:
        assert db.engine.dialect.name == "sqlite"
        return
    asked_often()
    migrating = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    with migrating.connect() as connection:
        connection.execute(text("ALTER TABLE rate_hit ALTER hits TYPE bigint"))
    migrating.dispose()
    with pytest.raises(OperationalError) as caught:  # 503, and another machine answers
        db.session.execute(ASKED, {"key": "nobody"})
    assert caught.value.connection_invalidated
    db.session.rollback()
    assert db.session.execute(ASKED, {"key": "nobody"}).all() == []
