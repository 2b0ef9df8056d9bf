"""A large meeting file that the worker loads: by and by, hidden until it is whole, once, and not at all if stopped."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.lanes import FORKED
from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, MOST, REFUSED, STOPPED, WAITING, WORKING
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.ground.refusal import Refused
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.home.queries import briefs
from eventapp.meeting_file.actions import is_small, load
from eventapp.meeting_file.arriving.coming import MEETING_FILE
from eventapp.meeting_file.arriving.jobs import LONG_JOBS
from eventapp.meeting_file.changes import changes
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import read
from eventapp.meetings.arriving import actions, working
from eventapp.meetings.arriving.actions import receive, stop
from eventapp.meetings.arriving.jobs import JOBS
from eventapp.meetings.arriving.models import LinesToCome, MeetingImport
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.people.models import Person
from tests import make
from tests.arriving import only, rows_beside
from tests.meeting_file.large import SESSIONS, large

BESIDE = ("entry", "chain_end", "package_import", "package_import_part", "package_import_lines")
Line = tuple[str, str, str]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each act in a transaction of its own, and a file in many parts."""
    monkeypatch.setattr(working, "SHORT", 0)
    monkeypatch.setattr(actions, "A_PART", 2000)


def sent(text: str | None = None, slug: str = "spring-review") -> int:
    by = db.session.scalars(select(Person).order_by(Person.id)).first() or make.administrator()
    content = (large(slug) if text is None else text).encode()
    return receive(MEETING_FILE.name, slug, content, by=by, at=now())


def rows() -> dict[str, int]:
    """How many rows each table has, but for those of the import and of history."""
    return rows_beside(BESIDE)


def worked(later: timedelta = timedelta()) -> None:
    """All that the worker does at this moment."""
    while work_long(LONG_JOBS, at=now() + later):
        pass


def lines() -> list[Line]:
    """What history says of meetings, without the numbers of rows."""
    db.session.rollback()
    query = select(Entry).where(Entry.meeting_id.is_not(None)).order_by(Entry.number)
    return [(one.verb, one.thing, str(sorted(one.detail.items()))) for one in db.session.scalars(query)]


def killed(monkeypatch: pytest.MonkeyPatch, where: str, many: int) -> None:
    """A worker that is killed when it does this for the so manieth time and one."""
    with monkeypatch.context() as patch:
        patch.setattr(working, where, after(where, many, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        db.session.remove()
        db.engine.dispose()
        process = FORKED.Process(target=work_long, args=(LONG_JOBS,), kwargs={"at": now()})
        process.start()
        process.join()
    assert process.exitcode == -signal.SIGKILL


def after(where: str, many: int, act: Callable[[], object]) -> Callable[..., object]:
    """Do this so many times as ever, and the next time as ever and then that, before anything is written for good."""
    as_ever, done = getattr(working, where), 0

    def counted(*given: object) -> object:
        nonlocal done
        found = as_ever(*given)
        done += 1
        if done > many:
            act()
        return found

    return counted


def dies() -> None:
    raise KeyboardInterrupt


def test_the_worker_makes_what_one_transaction_makes(app: Flask) -> None:
    assert not is_small(read(large()))
    sent()
    worked()
    meeting = meeting_at("spring-review")
    assert meeting is not None and not meeting.is_published
    assert (only().state, only().share) == (DONE, 100)
    assert changes(content_of(meeting), read(large())) == []
    assert verify() == []
    by_and_by, of_worker = rows(), lines()
    with transaction():
        db.session.scalars(select(Meeting)).one().is_arriving = True
        only_in_session().state = STOPPED
    before = len(of_worker) + 1  # one says that it was taken out
    worked()
    with transaction():
        load(read(large()), by=db.session.scalars(select(Person).order_by(Person.id)).first(), at=now())
    assert (rows(), lines()[before:]) == (by_and_by, of_worker)
    assert verify() == []


def only_in_session() -> MeetingImport:
    return db.session.scalars(select(MeetingImport)).one()


def test_nobody_sees_it_before_it_is_whole(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sent()
    monkeypatch.setattr(working, "_some_of", after("_some_of", 12, dies))
    with pytest.raises(KeyboardInterrupt):
        work_long(LONG_JOBS, at=now())
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 1
    assert (meeting_at("spring-review"), briefs(), only().state) == (None, [], WORKING)
    assert lines() == []


@pytest.mark.parametrize(
    ("where", "many"),
    [("_begin", 0), ("_some_of", 3), ("_some_of", 20), ("_whole", 0), ("_write_lines", 5), ("_finish", 0)],
)
def test_killed_anywhere_it_is_made_once(app: Flask, monkeypatch: pytest.MonkeyPatch, where: str, many: int) -> None:
    sent()
    killed(monkeypatch, where, many)
    assert only().state == WORKING and meeting_at("spring-review") is None
    assert work_long(LONG_JOBS, at=now()) == {}  # its lease is not over

    worked(LEASE + timedelta(minutes=1))
    meeting = meeting_at("spring-review")
    assert meeting is not None and (only().state, only().attempts) == (DONE, 2)
    assert changes(content_of(meeting), read(large())) == []
    assert verify() == []
    made = [detail for verb, _thing, detail in lines() if verb == "made session"]
    assert len(made) == len(set(made)) == SESSIONS + 1
    assert db.session.scalar(select(func.count()).select_from(LinesToCome)) == 0
    assert db.session.scalar(select(func.count()).select_from(Person)) == SESSIONS + 3


def test_without_taking_out_what_was_left_it_would_not_be_made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what a killed worker has written is there, and stands in the way."""
    sent()
    killed(monkeypatch, "_some_of", 20)
    assert rows()["session"] > 0
    monkeypatch.setattr(working, "clear", lambda *_what: None)
    work_long(LONG_JOBS, at=now() + LEASE + timedelta(minutes=1))
    assert only().state == REFUSED and meeting_at("spring-review") is None


def test_without_putting_its_lines_off_history_would_have_them_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    sent()
    monkeypatch.setattr(working, "_put_off", lambda *_what: None)
    killed(monkeypatch, "_some_of", 20)
    worked(LEASE + timedelta(minutes=1))
    made = [detail for verb, _thing, detail in lines() if verb == "made session"]
    assert len(made) > len(set(made))


def test_stopped_it_leaves_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sent()
    make.person("Mo 3", "mo3@example.org")  # known before
    before = rows()
    with monkeypatch.context() as patch:
        patch.setattr(working, "_some_of", after("_some_of", 20, dies))
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    assert rows()["person"] > before["person"]
    with transaction():
        stop(only_in_session(), by=db.session.scalars(select(Person)).first(), at=now())  # type: ignore[arg-type]
    worked()
    assert (only().state, only().made_id, rows()) == (STOPPED, None, before)
    assert db.session.scalar(select(func.count()).select_from(LinesToCome)) == 0
    assert list(db.session.scalars(select(Entry.verb))) == ["stopped an import of a meeting file"]


def test_whom_something_else_names_by_now_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sent()
    with monkeypatch.context() as patch:
        patch.setattr(working, "_some_of", after("_some_of", 20, dies))
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    moderator = db.session.scalars(select(Person).where(Person.email == "mo0@example.org")).one()
    make.registration(make.meeting(slug="autumn"), person=moderator)
    with transaction():
        stop(only_in_session(), by=db.session.scalars(select(Person)).first(), at=now())  # type: ignore[arg-type]
    worked()
    kept = set(db.session.scalars(select(Person.email)))
    assert "mo0@example.org" in kept and "mo1@example.org" not in kept


def test_once_all_is_there_it_is_not_stopped(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sent()
    with monkeypatch.context() as patch:
        patch.setattr(working, "_write_lines", after("_write_lines", 5, dies))
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    with pytest.raises(Refused, match="All of the meeting is there already"), transaction():
        stop(only_in_session(), by=db.session.scalars(select(Person)).first(), at=now())  # type: ignore[arg-type]
    worked(LEASE + timedelta(minutes=1))
    assert only().state == DONE and meeting_at("spring-review") is not None


def test_one_that_workers_die_of_has_failed_and_leaves_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sent()
    before = rows()
    with monkeypatch.context() as patch:
        patch.setattr(working, "_whole", lambda *_what: dies())
        for number in range(MOST):
            with pytest.raises(KeyboardInterrupt):
                work_long(LONG_JOBS, at=now() + timedelta(hours=number))
    for _look in range(3):
        work_long(LONG_JOBS, at=now() + timedelta(hours=MOST))
    assert (only().state, only().made_id, rows()) == (FAILED, None, before)


def test_one_that_workers_die_of_while_history_is_written_is_said_to_be_deleted(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent()
    before = rows()
    with monkeypatch.context() as patch:
        for number in range(MOST):
            patch.setattr(working, "_write_lines", after("_write_lines", 2, dies))
            with pytest.raises(KeyboardInterrupt):
                work_long(LONG_JOBS, at=now() + timedelta(hours=number))
            patch.undo()
            patch.setattr(working, "SHORT", 0)
    for _look in range(3):
        work_long(LONG_JOBS, at=now() + timedelta(hours=MOST))
    assert (only().state, only().made_id, rows()) == (FAILED, None, before)
    assert [(verb, thing) for verb, thing, _detail in lines()][:: len(lines()) - 1] == [
        ("made meeting", "meeting"),
        ("deleted meeting", "meeting"),
    ]
    assert len(lines()) > MOST and verify() == []


def test_every_fault_of_a_large_file_is_said_on_its_line(app: Flask) -> None:
    text = large().replace("seats: 120", "seats: 0").replace("title: Session 7\n", "titel: Session 7\n")
    sent(text)
    before = rows()
    worked()
    assert (only().state, rows()) == (REFUSED, before)
    listed = text.splitlines()
    assert [listed[one["line"] - 1].strip() for one in only().faults] == ["seats: 0", "- code: L7", "titel: Session 7"]
    assert work_through(JOBS, at=now())["forget files of meetings"] > 2


def test_sent_twice_it_is_one_and_another_file_waits(app: Flask) -> None:
    assert sent() == sent()
    with pytest.raises(Refused, match="Another file for “spring-review” is being read in"):
        sent(large(sessions=SESSIONS + 1))
    worked()
    with pytest.raises(Refused, match="There is a meeting at “spring-review” already"):
        sent()


def test_of_two_at_the_same_moment_one_is_kept(app: Flask) -> None:
    number, together, found = make.administrator().id, threading.Barrier(4), list[int]()
    db.session.rollback()

    def act() -> None:
        with app.app_context():
            together.wait()
            by = db.session.get_one(Person, number)
            found.append(receive(MEETING_FILE.name, "spring-review", large().encode(), by=by, at=now()))
            db.session.remove()

    threads = [threading.Thread(target=act) for _hand in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    waiting = select(MeetingImport.id).where(MeetingImport.state == WAITING)
    assert found == list(db.session.scalars(waiting)) * 4
    worked()
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 1
