"""SQLite's safe opening: which journal, how durable, and that nobody counts on an old reading."""

import threading
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from eventapp.ground.db import before_commit, db, lock, transaction
from eventapp.ground.db.sqlite import driver, journal_for
from eventapp.meetings.models import Meeting, Staff
from tests import make
from tests.conftest import ON_POSTGRESQL

PLACES, RIVALS = 5, 16


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 46, 1), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 4), "WAL"),
        ((3, 50, 7), "WAL"),
        ((3, 50, 6), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 9), "DELETE"),
    ],
)
def test_the_write_ahead_log_only_where_it_cannot_corrupt(version: tuple[int, ...], journal: str) -> None:
    assert journal_for(version) == journal


def test_what_is_acknowledged_is_on_the_disk(app: Flask) -> None:
    """SQLite: synchronous FULL is 2, foreign keys are on. PostgreSQL: our connections do not lower what the server does."""
    if ON_POSTGRESQL:
        who_set_it = "SELECT source FROM pg_settings WHERE name IN ('synchronous_commit', 'fsync')"
        assert "client" not in db.session.scalars(text(who_set_it)).all()
        return
    pragmas = ("synchronous", "foreign_keys", "journal_mode")
    values = [db.session.execute(text(f"PRAGMA {pragma}")).scalar() for pragma in pragmas]
    assert values == [2, 1, journal_for(driver().sqlite_version_info).lower()]


def test_nothing_is_changed_outside_a_transaction(app: Flask) -> None:
    meeting = make.meeting()
    meeting.capacity = 99
    with pytest.raises(RuntimeError, match="outside a transaction"), transaction():
        pass


def one_more() -> int:
    with transaction():
        return 4


def test_no_transaction_stands_in_another(app: Flask) -> None:
    meeting = make.meeting(capacity=3)
    with pytest.raises(RuntimeError, match="open already"), transaction():
        meeting.capacity = one_more()
    assert meeting.capacity == 3


def test_what_everybody_waits_for_is_done_last_and_may_be_brought_until_then(app: Flask) -> None:
    done, meeting = list[tuple[str, int]](), make.meeting()

    def early(rows: list[Meeting]) -> None:
        done.append(("early", len(rows)))
        before_commit("last", last, *rows, is_last=True)

    def last(rows: list[Meeting]) -> None:
        done.append(("last", len(rows)))

    with transaction():
        before_commit("last", last, meeting, is_last=True)
        before_commit("early", early, meeting)
    assert done == [("early", 1), ("last", 2)]


def test_a_failure_inside_leaves_nothing(app: Flask) -> None:
    meeting = make.meeting(capacity=3)
    with pytest.raises(ZeroDivisionError), transaction():
        meeting.capacity = 1 // 0
    assert meeting.capacity == 3


def rivals(app: Flask, *, guarded: bool) -> tuple[int, list[str]]:
    """So many rivals at once give somebody a role while fewer than PLACES hold one. Returns the count and the errors."""
    meeting_id = make.meeting().id
    people = [make.person().id for _ in range(RIVALS)]
    start, counted = threading.Barrier(RIVALS), threading.Barrier(RIVALS, timeout=60)
    errors = list[str]()

    def take(person_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                take_place(meeting_id, person_id, None if guarded else counted)
            except Exception as error:  # noqa: BLE001 -- the test counts them
                errors.append(repr(error))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=take, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()  # to see what they did
    return count_staff(meeting_id), errors


def take_place(meeting_id: int, person_id: int, counted: threading.Barrier | None) -> None:
    """Take a place as the house does; or, with a barrier, without a guard: whoever counts waits there for the others."""
    if counted is None:
        with transaction():
            meeting = db.session.get_one(Meeting, meeting_id)
            lock(meeting)
            if count_staff(meeting_id) < PLACES:
                db.session.add(Staff(meeting_id=meeting_id, person_id=person_id, role="steward", granted_at=make.TODAY))
        return
    engine = create_engine(
        db.engine.url, isolation_level="AUTOCOMMIT", **({} if ON_POSTGRESQL else {"module": driver()})
    )  # the guard removed: count, then write
    with engine.connect() as connection:
        taken = connection.execute(select(func.count()).select_from(Staff.__table__)).scalar() or 0
        with suppress(threading.BrokenBarrierError):
            counted.wait()
        if taken < PLACES:
            row = {"meeting_id": meeting_id, "person_id": person_id, "role": "steward", "granted_at": make.TODAY}
            connection.execute(Staff.__table__.insert().values(**row))  # type: ignore[attr-defined]
    engine.dispose()


def count_staff(meeting_id: int) -> int:
    query = select(func.count()).select_from(Staff).where(Staff.meeting_id == meeting_id)
    return db.session.scalar(query) or 0


def test_a_counted_place_is_taken_once(app: Flask) -> None:
    assert rivals(app, guarded=True) == (PLACES, [])


def test_without_the_guard_it_is_taken_too_often(app: Flask) -> None:
    taken, _errors = rivals(app, guarded=False)
    assert taken > PLACES
