"""A package that the worker reads in: by and by, hidden until it is whole, once, and not at all where it is stopped."""

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.jobs.lanes import FORKED
from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, MOST, REFUSED, STOPPED, WAITING, WORKING, watched
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.ground.refusal import Refused
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.home.queries import briefs
from eventapp.meetings.arriving import actions, working
from eventapp.meetings.arriving.actions import receive, stop, take
from eventapp.meetings.arriving.jobs import JOBS
from eventapp.meetings.arriving.models import MeetingImport, MeetingImportPart
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.actions import bring_in
from eventapp.package.arriving import coming
from eventapp.package.arriving.coming import PACKAGE_FILE
from eventapp.package.arriving.jobs import LONG_JOBS
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import ARCHIVE
from eventapp.package.restore.reading import unpack
from eventapp.people.models import Person
from tests import make
from tests.arriving import after, only, rows_beside
from tests.browserless import PageClient
from tests.package.conftest import Elsewhere

BESIDE = ("entry", "chain_end", "package_import", "package_import_part", "package_import_lines")


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each act in a transaction of its own, and a file in many parts."""
    monkeypatch.setattr(working, "SHORT", 0)
    monkeypatch.setattr(actions, "A_PART", 2000)


def sent(elsewhere: Elsewhere, slug: str = "wild", level: str = ARCHIVE) -> int:
    by = db.session.scalars(select(Person)).first() or make.administrator()
    content = elsewhere.packages[slug, level]
    return receive(PACKAGE_FILE.name, slug, content, by=by, contact="a@example.org", at=now())


def rows() -> dict[str, int]:
    """How many rows each table has, but for those of the import and of history."""
    return rows_beside(BESIDE)


def worked(later: timedelta = timedelta()) -> None:
    """All that the worker does at this moment."""
    while work_long(LONG_JOBS, at=now() + later):
        pass


def dies(*_what: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("slug", ["spring", "wild", "corrected"])
def test_the_worker_makes_the_same_meeting(app: Flask, elsewhere: Elsewhere, slug: str) -> None:
    sent(elsewhere, slug)
    assert db.session.scalar(select(func.count()).select_from(MeetingImportPart)) > 2  # type: ignore[operator]
    worked()
    meeting = meeting_at(slug)
    assert meeting is not None and not meeting.is_published
    assert (only().state, only().share) == (DONE, 100)
    assert to_zip(filled(meeting, ARCHIVE).package) == elsewhere.packages[slug, ARCHIVE]
    assert verify() == []
    verbs = list(db.session.scalars(select(Entry.verb).where(Entry.meeting_id == meeting.id).order_by(Entry.number)))
    assert (verbs[0], verbs[-1]) == ("made meeting", "imported package")


def test_nobody_sees_it_before_it_is_whole(app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(elsewhere)
    monkeypatch.setattr(working, "_some_of", after(12, dies))
    with pytest.raises(KeyboardInterrupt):
        work_long(LONG_JOBS, at=now())
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 1
    assert (meeting_at("wild"), briefs(), only().state) == (None, [], WORKING)
    assert not db.session.scalars(select(Entry).where(Entry.meeting_id.is_not(None))).all()


def test_what_a_killed_worker_left_is_taken_out_and_made_anew(
    app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(elsewhere)
    with monkeypatch.context() as patch:
        patch.setattr(working, "_some_of", after(12, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        db.session.remove()
        db.engine.dispose()
        process = FORKED.Process(target=work_long, args=(LONG_JOBS,), kwargs={"at": now()})
        process.start()
        process.join()
    assert process.exitcode == -signal.SIGKILL
    assert only().state == WORKING and rows()["session"] > 0
    assert work_long(LONG_JOBS, at=now()) == {}  # its lease is not over

    worked(LEASE + timedelta(minutes=1))
    meeting = meeting_at("wild")
    assert meeting is not None and only().state == DONE
    assert to_zip(filled(meeting, ARCHIVE).package) == elsewhere.packages["wild", ARCHIVE]


def test_stopped_it_leaves_nothing(app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(elsewhere)
    before = rows()
    by = db.session.scalars(select(Person.id)).one()

    with monkeypatch.context() as patch:
        patch.setattr(working, "_some_of", after(12, dies))
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    assert rows() != before
    with transaction():
        stop(row(), by=db.session.get_one(Person, by), at=now())
    worked()
    assert (only().state, only().made_id, rows()) == (STOPPED, None, before)
    assert db.session.scalars(select(Entry.verb).order_by(Entry.number)).all()[-1:] == [
        "stopped an import of a package"
    ]


def taken() -> actions.Lease:
    with transaction():
        lease = take(PACKAGE_FILE.name, now())
    assert lease is not None
    return lease


def row() -> MeetingImport:
    return db.session.scalars(select(MeetingImport)).one()


def test_a_worker_writes_nothing_once_it_was_stopped(app: Flask, elsewhere: Elsewhere) -> None:
    sent(elsewhere)
    lease, before = taken(), rows()
    with transaction():
        stop(row(), by=db.session.scalars(select(Person)).one(), at=now())
    assert working.work(PACKAGE_FILE, lease, now) is None
    assert (only().state, rows()) == (STOPPED, before)


def test_without_looking_whose_it_is_it_would_be_made(
    app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    sent(elsewhere)
    lease = taken()
    with transaction():
        stop(row(), by=db.session.scalars(select(Person)).one(), at=now())
    monkeypatch.setattr(working, "ours", lambda lease: db.session.get_one(MeetingImport, lease.import_id))
    working.work(PACKAGE_FILE, lease, now)
    assert meeting_at("wild") is not None


def test_what_would_not_leave_again_as_it_came_is_taken_out(
    app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(elsewhere)
    before = rows()

    def other(*_what: object) -> None:
        raise Refused("notes.json would not be exported again as it was.")

    monkeypatch.setattr(coming, "refuse_other", other)
    worked()
    assert (only().state, only().made_id, rows()) == (REFUSED, None, before)
    assert only().sentence.startswith("notes.json")


def test_one_that_workers_die_of_has_failed_and_leaves_nothing(
    app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(elsewhere)
    before = rows()
    with monkeypatch.context() as patch:
        patch.setattr(working, "_finish", lambda *_what: dies())
        for number in range(MOST):
            with pytest.raises(KeyboardInterrupt):
                work_long(LONG_JOBS, at=now() + timedelta(hours=number))
    for _look in range(3):
        work_long(LONG_JOBS, at=now() + timedelta(hours=MOST))
    assert (only().state, only().made_id, rows()) == (FAILED, None, before)


def test_who_comes_too_late_to_clear_takes_nothing_of_another_out(
    app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers clear one: when the first is done, the number of its meeting may be that of the next."""
    number = sent(elsewhere)
    worked()
    meeting, before = db.session.scalars(select(Meeting.id)).one(), rows()
    with transaction():
        row().state, row().made_id = STOPPED, None
    monkeypatch.setattr(working, "half_made", lambda _number: meeting)
    assert working.work(PACKAGE_FILE, actions.Lease(number, 0, "en"), now) is None
    assert rows() == before

    monkeypatch.setattr(working, "_still", lambda _number, _meeting, hold: hold())  # the control
    working.work(PACKAGE_FILE, actions.Lease(number, 0, "en"), now)
    assert rows() != before


def test_sent_twice_it_is_one_import(app: Flask, elsewhere: Elsewhere) -> None:
    assert sent(elsewhere) == sent(elsewhere)
    worked()
    with pytest.raises(Refused, match="There is a meeting at “wild” already"):
        sent(elsewhere)


def test_what_is_killed_while_it_is_sent_is_nowhere_and_goes(
    client: PageClient, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator = client.sign_in(make.administrator())
    with monkeypatch.context() as patch:
        patch.setattr(actions, "hand_over", dies)
        with pytest.raises(KeyboardInterrupt):
            sent(elsewhere)
    left = only().id
    assert parts_of(left) > 2 and work_long(LONG_JOBS, at=now()) == {}
    assert administrator.get(f"/manage/meetings/package/{left}").status_code == 404
    assert f"/manage/meetings/package/{left}" not in administrator.get("/manage/meetings/package").text

    again = sent(elsewhere)  # it is in nobody's way
    assert again != left
    worked()
    assert meeting_at("wild") is not None
    work_through(JOBS, at=now())
    assert parts_of(left) > 2  # somebody may be at it
    work_through(JOBS, at=now() + timedelta(hours=2))
    assert parts_of(left) == 0


def parts_of(number: int) -> int:
    db.session.rollback()
    parts = select(func.count()).select_from(MeetingImportPart).where(MeetingImportPart.import_id == number)
    return db.session.scalars(parts).one()


def test_two_that_are_sent_at_once_are_one_import(
    app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have written all parts when the first is handed over."""
    make.administrator()
    start, found = Barrier(2, timeout=60), list[int]()

    def together(act: "partial[int]") -> int:
        if act.func is actions.hand_over:
            start.wait()
        return meanwhile(act)

    monkeypatch.setattr(actions, "meanwhile", together)
    number = db.session.scalars(select(Person.id)).first()
    content = elsewhere.packages["wild", ARCHIVE]
    db.session.remove()

    def send() -> None:
        with app.app_context():
            by = db.session.get_one(Person, number)
            found.append(receive(PACKAGE_FILE.name, "wild", content, by=by, contact="a@example.org", at=now()))

    hands = [Thread(target=send) for _each in range(2)]
    for act in (Thread.start, Thread.join):
        for hand in hands:
            act(hand)
    assert len(found) == 2 and len(set(found)) == 1
    waiting = select(MeetingImport.id).where(MeetingImport.state == WAITING)
    assert list(db.session.scalars(waiting)) == found[:1]


def test_its_file_goes_when_it_is_over_and_its_line_after_thirty_days(app: Flask, elsewhere: Elsewhere) -> None:
    sent(elsewhere)
    assert work_through(JOBS, at=now()) == {}
    worked()
    assert work_through(JOBS, at=now())["forget files of meetings"] > 2
    assert db.session.scalar(select(func.count()).select_from(MeetingImportPart)) == 0 and only().state == DONE
    assert work_through(JOBS, at=now() + timedelta(days=29)) == {}
    assert work_through(JOBS, at=now() + timedelta(days=31)) == {"forget files of meetings": 1}
    assert db.session.scalar(select(MeetingImport)) is None and meeting_at("wild") is not None


def test_no_worker_in_a_day_it_is_given_up(app: Flask, elsewhere: Elsewhere) -> None:
    sent(elsewhere)
    assert work_through(JOBS, at=now() + timedelta(hours=25))["forget files of meetings"] > 2
    assert only().state == STOPPED
    assert db.session.scalar(select(func.count()).select_from(MeetingImportPart)) == 0


def test_it_writes_the_same_rows_as_all_at_once(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    sent(elsewhere)
    worked()
    by_and_by = rows()
    with transaction():
        db.session.scalars(select(Meeting)).one().is_arriving = True
        row().state = STOPPED
    worked()
    file = elsewhere.file(tmp_path, "wild", ARCHIVE)
    with transaction():
        bring_in(unpack(file), contact="a@example.org", by=None, at=make.TODAY)
    assert rows() == by_and_by


@pytest.mark.parametrize("is_watched", [True, False], ids=["", "the control"])
def test_who_reads_it_in_and_compares_it_keeps_it(
    app: Flask, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch, *, is_watched: bool
) -> None:
    """Each takes longer than a lease lasts."""
    minutes, free, looked = [0], list[bool](), Event()

    def clock() -> datetime:
        return now() + timedelta(minutes=minutes[0])

    def looking(write: Callable[[], object], watch: Callable[[], None]) -> object:
        def look() -> None:
            watch()
            looked.set()

        return watched(write, look, look=0.01) if is_watched else write()

    def slowed(act: Callable[..., object]) -> Callable[..., object]:
        def slow(*what: object) -> object:
            minutes[0] += 3
            for _look in range(2 * is_watched):  # the first may have begun before
                looked.clear()
                looked.wait()
            with app.app_context():
                until = db.session.scalars(select(MeetingImport.until)).one()
            free.append(until is None or until <= clock())
            return act(*what)

        return slow

    sent(elsewhere)
    lease = taken()
    monkeypatch.setattr(working, "watched", looking)
    for name in ("unpack", "refuse_other"):
        monkeypatch.setattr(coming, name, slowed(getattr(coming, name)))
    assert working.work(PACKAGE_FILE, lease, clock) is None
    assert (only().state, free) == (DONE, [not is_watched] * 2)
