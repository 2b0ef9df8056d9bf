"""A row inserted past the unit of work is a row like any other."""

import pytest
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.pool import QueuePool

from eventapp.db import db, transaction
from eventapp.mail.models import WAITING, Letter
from eventapp.rows import in_a_crowd, insert_now
from tests import make
from tests.counting import counted


def letter(**facts: object) -> Letter:
    words = {"to": "ada@example.org", "subject": "Hello", "text": "Hello", "html": "Hello", "kind": "test"}
    return Letter(**{**words, "message_id": "<1@localhost>", "posted_at": make.TODAY, "due_at": make.TODAY, **facts})


def test_it_has_its_number_and_what_nobody_said_at_once(app: Flask) -> None:
    with transaction():
        row = letter()
        insert_now(row)
        with counted() as seen:
            told = (row.id, row.state, row.attempts, row.language, row.sent_at, row.posted_at)
    assert (told, seen) == ((1, WAITING, 0, "en", None, make.TODAY), [])
    assert inspect(row).persistent


def test_it_can_be_changed_and_comes_back_as_the_same(app: Flask) -> None:
    with transaction():
        row = letter()
        insert_now(row)
        row.subject = "Good evening"
    assert db.session.scalars(select(Letter)).all() == [row]
    assert row.subject == "Good evening"


def test_it_goes_with_its_transaction(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError):
        insert_and_fail()
    assert db.session.scalars(select(Letter)).all() == []


def insert_and_fail() -> None:
    with transaction():
        insert_now(letter())
        insert_now(letter(attempts=1 // 0))


def test_a_crowd_holds_one_connection_each(app: Flask) -> None:
    """Whoever has read something before gives that connection back: else a full pool would wait for itself."""
    db.session.scalars(select(Letter)).all()
    pool = db.engine.pool
    assert isinstance(pool, QueuePool)

    assert in_a_crowd(pool.checkedout) == 1
    assert pool.checkedout() == 0
