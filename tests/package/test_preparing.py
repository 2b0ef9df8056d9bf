"""The package of a large meeting is made by the worker: in parts, once, and kept for a day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, MOST, REFUSED, STOPPED, WORKING, watched
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.meetings.prepared import actions
from eventapp.meetings.prepared.actions import Lease, Made, Tell, order, take, work
from eventapp.meetings.prepared.jobs import JOBS, making
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.package import preparing
from eventapp.package.export.meeting import Filled, filled
from eventapp.package.jobs import LONG_JOBS
from eventapp.package.preparing import PACKAGE
from eventapp.people.models import Person
from eventapp.review.tasks import queries
from tests import make, make_package
from tests.browserless import PageClient
from tests.make_package import package

PAGE = "/meetings/spring/review/package"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(queries, "LARGE", 1)
    return make_package.held()


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def only() -> PreparedFile:
    db.session.rollback()
    return db.session.scalars(select(PreparedFile).execution_options(populate_existing=True)).one()


def parts() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(PreparedPart)).one()


def ordered(meeting: Meeting) -> int:
    by = db.session.scalars(select(Person)).first() or make.person("Grace")
    with transaction():
        return order(db.session.get_one(Meeting, meeting.id), PACKAGE, "public", by=by, at=now()).id


def test_who_asks_looks_on_and_gets_what_was_made_at_once_before(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "A_PART", 1000)
    assert "Make the package" in organizer.get(PAGE).text
    assert organizer.get(f"{PAGE}/public.zip").status_code == 302
    where = organizer.post(f"{PAGE}/files", data={"level": "public"}).headers["Location"]
    assert "The file is being made." in organizer.get(where).text and f"{where}/stop" in organizer.get(where).text
    assert organizer.get(f"{where}/package.zip").status_code == 404
    assert organizer.post(f"{PAGE}/files", data={"level": "public"}).headers["Location"] == where  # two presses are one

    assert work_long(LONG_JOBS, at=now()) == {"make packages": 1}
    assert "Download the file" in organizer.get(where).text and parts() > 2
    answer = organizer.get(f"{where}/package.zip")
    assert (answer.mimetype, answer.data) == ("application/zip", package(meeting))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-public.zip"'
    line = db.session.scalars(select(Entry).where(Entry.verb == "took the package along")).one()
    assert line.detail == {"level": "public", "bytes": len(answer.data)}


def test_only_organizers_of_its_meeting_find_it(organizer: PageClient, meeting: Meeting) -> None:
    where = organizer.post(f"{PAGE}/files", data={"level": "archive"}).headers["Location"]
    work_long(LONG_JOBS, at=now())
    assert organizer.get(f"{where}/package.zip").status_code == 200
    other, elsewhere = make.staff(db.session.merge(meeting), RAPPORTEUR), make.meeting(slug="autumn")
    assert organizer.get(where.replace("spring", "autumn")).status_code == 404
    organizer.sign_in(make.staff(elsewhere, ORGANIZER))
    assert organizer.get(where.replace("spring", "autumn")).status_code == 404
    organizer.sign_in(other)
    for tail in ("", "/package.zip"):
        assert organizer.get(f"{where}{tail}").status_code == 404
    assert organizer.post(f"{where}/stop").status_code == 404


def test_that_of_a_closed_meeting_is_made_too(organizer: PageClient, meeting: Meeting) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).closed_at = make.TODAY
    where = organizer.post(f"{PAGE}/files", data={"level": "archive"}).headers["Location"]
    assert organizer.post(f"{where}/stop").location == where
    assert organizer.post(f"{PAGE}/files", data={"level": "archive"}).status_code == 303
    assert work_long(LONG_JOBS, at=now()) == {"make packages": 1}


def test_stopped_while_it_is_made_nothing_is_kept(organizer: PageClient, meeting: Meeting) -> None:
    where = organizer.post(f"{PAGE}/files", data={"level": "public"}).headers["Location"]

    def make_and_stop(_meeting: Meeting, _lease: Lease, _tell: Tell) -> Made:
        db.session.rollback()
        assert organizer.post(f"{where}/stop").status_code == 303
        return Made(b"x")

    assert work_long([making("make packages", PACKAGE, make_and_stop)], at=now()) == {"make packages": 1}
    assert (only().state, parts()) == (STOPPED, 0)
    assert "No file was made." in organizer.get(where).text
    assert work_long(LONG_JOBS, at=now()) == {}


def test_without_looking_whose_it_is_it_would_be_written(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    where = organizer.post(f"{PAGE}/files", data={"level": "public"}).headers["Location"]
    monkeypatch.setattr(actions, "_ours", lambda lease: db.session.get_one(PreparedFile, lease.file_id))

    def make_and_stop(_meeting: Meeting, _lease: Lease, _tell: Tell) -> Made:
        db.session.rollback()
        organizer.post(f"{where}/stop")
        return Made(b"x")

    work_long([making("make packages", PACKAGE, make_and_stop)], at=now())
    assert (only().state, parts()) == (DONE, 1)


def test_what_a_dead_worker_left_is_made_anew_when_its_lease_is_over(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "A_PART", 1000)
    ordered(meeting)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_finish", dies)
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    assert only().state == WORKING and parts() > 2
    assert work_long(LONG_JOBS, at=now()) == {}

    assert work_long(LONG_JOBS, at=now() + LEASE + timedelta(minutes=1)) == {"make packages": 1}
    made = b"".join(db.session.scalars(select(PreparedPart.content).order_by(PreparedPart.number)))
    assert (only().state, made) == (DONE, package(meeting))


def dies(*_what: object) -> None:
    raise KeyboardInterrupt


def test_one_that_workers_die_of_has_failed(meeting: Meeting) -> None:
    ordered(meeting)
    for number in range(MOST):
        with transaction():
            assert take(PACKAGE, now() + timedelta(hours=number))
    with transaction():
        assert take(PACKAGE, now() + timedelta(hours=MOST)) is None
    assert only().state == FAILED and only().sentence


def refused(*_what: object) -> Made:
    raise Refused("No.")


def broken(*_what: object) -> Made:
    raise ValueError


@pytest.mark.parametrize(("act", "state"), [(refused, REFUSED), (broken, FAILED)])
def test_what_cannot_be_made_says_why(meeting: Meeting, act: Callable[..., Made], state: str) -> None:
    ordered(meeting)
    work_long([making("make packages", PACKAGE, act)], at=now())
    assert only().state == state and only().sentence


def test_it_is_forgotten_after_a_day(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "A_PART", 1000)
    ordered(meeting)
    work_long(LONG_JOBS, at=now())
    many = parts()
    assert work_through(JOBS, at=now() + timedelta(hours=23)) == {}
    assert work_through(JOBS, at=now() + timedelta(hours=25)) == {"forget prepared files": many + 1}
    assert parts() == 0 and db.session.scalar(select(PreparedFile)) is None


def test_who_reads_a_large_meeting_keeps_its_file(
    app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_slowly(app, meeting, monkeypatch, is_watched=True) == [False] * 6


def test_without_being_looked_for_another_would_begin_it_again(
    app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    assert any(read_slowly(app, meeting, monkeypatch, is_watched=False))


def read_slowly(app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, *, is_watched: bool) -> list[bool]:
    """Make a package of a meeting that takes six minutes to read. Returns whether another could have had it then."""
    minutes, free, looked = [0], list[bool](), Event()

    def clock() -> datetime:
        return make.TODAY + timedelta(minutes=minutes[0])

    def looking(write: Callable[[], object], watch: Callable[[], None]) -> object:
        def look() -> None:
            watch()
            looked.set()

        return watched(write, look, look=0.01) if is_watched else write()

    def slow(meeting: Meeting, level: str) -> Filled:
        found = filled(meeting, level)
        for _minute in range(6):
            minutes[0] += 1
            for _look in range(2 * is_watched):  # the first may have begun a minute ago
                looked.clear()
                looked.wait()
            with app.app_context():
                until = db.session.scalars(select(PreparedFile.until)).one()
            free.append(until is None or until <= clock())
        return found

    monkeypatch.setattr(preparing, "watched", looking)
    monkeypatch.setattr(preparing, "filled", slow)
    ordered(meeting)
    with transaction():
        lease = take(PACKAGE, clock())
    assert lease is not None
    assert work(lease, preparing.make, clock) is None
    assert only().state == DONE
    return free
