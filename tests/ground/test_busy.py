"""When the database is held by somebody else, or goes, the answer is 503 and a way on, never 500."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from config import TestConfig
from eventapp import create_app
from eventapp.ground.db import db, sqlite
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from tests import make
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


def test_a_database_that_only_reads_is_a_503(app: Flask, client: PageClient) -> None:
    def reads_only(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("SET default_transaction_read_only = on" if ON_POSTGRESQL else "PRAGMA query_only = ON")
        cursor.close()
        if ON_POSTGRESQL:
            connection.commit()

    engine = db.engine
    db.session.remove()
    engine.dispose()
    event.listen(engine, "connect", reads_only)
    try:
        answer = client.post("/sign-in", data={"email": "ada@example.org"})
    finally:
        event.remove(engine, "connect", reads_only)
        db.session.remove()
        engine.dispose()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Nothing was saved" in answer.text
    assert client.post("/sign-in", data={"email": "ada@example.org"}).status_code == 303


def test_a_full_pool_is_a_503(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection of this process is at work for longer than one waits for a free one."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 1)
    config = TestConfig(database)
    config.DATABASE_CONNECTIONS = 2
    app = create_app(config)
    with app.app_context():
        engine = db.engine
    with ExitStack() as held:
        for _one in range(2 if ON_POSTGRESQL else 32):
            held.enter_context(engine.connect())
        answers = [app.test_client().get(path) for path in ("/meetings", "/meetings/spring/agenda")]
    for answer in answers:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Nothing was saved" in answer.text
    assert app.test_client().get("/meetings").status_code == 200
    engine.dispose()


def short_waits(connect: object) -> object:
    def with_options(*args: object, **kwargs: object) -> object:
        return connect(*args, **{**kwargs, "options": "-c lock_timeout=1s"})  # type: ignore[operator]

    return with_options


def end(connection: Connection) -> None:
    """The database ends this connection, as a restart of PostgreSQL does; SQLite has nobody who could, so we do."""
    if not ON_POSTGRESQL:
        connection.connection.driver_connection.close()  # type: ignore[union-attr]
        return
    another = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    with another.connect() as there:
        process = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
        there.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
    another.dispose()


@contextmanager
def ended_before(number: int) -> Iterator[list[str]]:
    """The database goes as this statement (the first is 1) is sent to it. Gives that statement, once it came."""
    sent, statements = count(1), list[str]()

    def listen(connection: Connection, _cursor: object, statement: str, *_given: object) -> None:
        if next(sent) == number:
            statements.append(statement)
            end(connection)

    event.listen(db.engine, "before_cursor_execute", listen)
    yield statements
    event.remove(db.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize(
    ("method", "address", "fewest"), [("GET", "/", 2), ("GET", "/readyz", 2), ("POST", "/sign-in", 4)]
)
def test_a_database_that_goes_between_is_a_503(fresh_app: Flask, method: str, address: str, fewest: int) -> None:
    fresh_app.config["PROPAGATE_EXCEPTIONS"] = False
    make.person(email="ada@example.org")
    db.session.remove()
    for number in count(1):
        with ended_before(number) as came:
            answer = fresh_app.test_client().open(address, method=method, data={"email": "ada@example.org"})
        if not came:
            break
        assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "5"), came
    assert number > fewest
    assert answer.status_code in (200, 303)


def test_a_database_that_goes_after_the_last_question_takes_no_answer_away(fresh_app: Flask) -> None:
    ended = list[bool]()

    def end_now(answer: Response) -> Response:
        ended.append(db.session().in_transaction())
        end(db.session.connection())
        return answer

    fresh_app.after_request_funcs.setdefault(None, []).append(end_now)
    answer = fresh_app.test_client().get("/")

    assert (answer.status_code, ended) == (200, [True])
    assert "Upcoming" in answer.text or "meetings" in answer.text


def test_a_file_in_parts_is_a_503_or_is_known_to_be_cut(fresh_app: Flask) -> None:
    """The first part is read before the answer begins. Of one that ends later the length says that it did."""
    fresh_app.config["PROPAGATE_EXCEPTIONS"] = False
    meeting = make.meeting()
    facts = {"act": "package", "wanted": "public", "language": "en", "state": "done", "size": 6, "details": {}}
    row = make.kept(PreparedFile(meeting_id=meeting.id, at=make.TODAY, **facts))
    for number, content in enumerate((b"abc", b"def")):
        make.kept(PreparedPart(file_id=row.id, number=number, content=content))
    client = PageClient(fresh_app)
    client.sign_in(make.staff(meeting, "organizer"))
    address, cut = f"/meetings/{meeting.slug}/review/package/files/{row.id}/package.zip", 0
    db.session.remove()
    for number in count(1):
        with ended_before(number) as came:
            answer = client.get(address)
            if answer.status_code == 200:
                assert answer.content_length == 6
                if came:
                    pytest.fail("The answer began before its first part was there.")
                try:
                    assert answer.data == b"abcdef"
                except DBAPIError:
                    cut += 1
        if not came:
            break
        if answer.status_code != 200:
            assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "5"), came
    assert cut == 2  # in the second part, and where it is asked whether there is a third
