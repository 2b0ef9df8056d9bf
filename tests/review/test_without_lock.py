"""Compiling and publishing are worked out while nothing is held, and written only where all is as it was read."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import OPEN, Open, apart, db, sqlite, transaction
from eventapp.ground.db.in_runs import plain
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.record.notes.models import PUBLISHED, Note
from eventapp.review.actions import name_report
from eventapp.review.compilation import actions, ahead, drafting
from eventapp.review.publishing import actions as publishing
from eventapp.review.reports.models import Edition, Paragraph, Report, Snapshot
from eventapp.review.versions.snapshots import COMPILED, EDITED, Line, draft_lines, last_unlike, read, snapshots_of
from eventapp.review.versions.snapshots import written as in_json
from tests import make, make_review
from tests.make_review import texts

PATIENCE = 120  # seconds
Act = Callable[[Report], object]

WORKED_OUT = {"compile": (drafting, "planned"), "publish": (publishing, "fit_to_publish")}
ACTS: dict[str, Act] = {
    "compile": lambda report: actions.compile_report(report, by=None, at=make.TODAY),
    "publish": lambda report: publishing.publish(report, by=None, at=make.TODAY),
}


@pytest.fixture(autouse=True, params=["at once", "ahead"])
def _how_it_is_written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LARGE", 1 if request.param == "ahead" else 500)


@pytest.fixture
def report(app: Flask) -> Report:
    session = make.session(make.meeting())
    for place in range(3):
        make_review.note(session, text=f"Trend {place} grows.", goals=[place + 1])
    return make_review.report(session.meeting)


class Held:
    """A long work in another thread that has thought, and waits before it writes; the first time only."""

    def __init__(self, work: Future[object], thought: Event, goes_on: Event) -> None:
        self.work, self.thought, self.goes_on = work, thought, goes_on

    def result(self) -> object:
        self.goes_on.set()
        return self.work.result(PATIENCE)


@contextmanager
def held(app: Flask, report: Report, what: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    room, name = WORKED_OUT[what]
    real, number = getattr(room, name), report.id
    thought, goes_on = Event(), Event()

    def slow(*values: Any, **more: Any) -> Any:
        found = real(*values, **more)
        thought.set()
        assert goes_on.wait(PATIENCE)
        return found

    def run() -> object:
        with app.app_context():
            return ACTS[what](db.session.get_one(Report, number))

    db.session.rollback()
    with monkeypatch.context() as patch, ThreadPoolExecutor(1) as pool:
        patch.setattr(room, name, slow)
        work = Held(pool.submit(run), thought, goes_on)
        try:
            assert thought.wait(PATIENCE)
            yield work
        finally:
            goes_on.set()


def write_beside(report: Report) -> None:
    """What an editor does, in a transaction that waits for nobody long."""
    with transaction():
        if db.engine.dialect.name != "sqlite":
            db.session.execute(text("SET LOCAL lock_timeout = '200ms'"))
        name_report(report, "Renamed meanwhile", "RP.2", by=None, at=make.TODAY)


@pytest.fixture
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)


@pytest.mark.usefixtures("_in_a_hurry")
@pytest.mark.parametrize("what", list(ACTS))
def test_nothing_is_held_while_it_is_worked_out(
    app: Flask, report: Report, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held(app, report, what, monkeypatch) as work:
        write_beside(report)
        work.result()
    db.session.rollback()
    assert report.title == "Renamed meanwhile"
    assert report.version == (what == "publish")


@pytest.mark.usefixtures("_in_a_hurry")
@pytest.mark.parametrize("what", list(ACTS))
def test_in_a_transaction_the_other_would_wait(
    app: Flask, report: Report, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same, thought out in a transaction that writes."""
    monkeypatch.setattr(apart, "only_asking", lambda _dialect: {"writes": True})
    with held(app, report, what, monkeypatch) as work:
        with pytest.raises(OperationalError):
            write_beside(report)
        work.result()


def revise_first(report: Report) -> None:
    note = db.session.scalars(select(Note).order_by(Note.id)).first()
    assert note is not None
    make_review.revise(note, text="Trend 0 falls by now.", goals=[1])
    db.session.rollback()


def test_a_note_that_is_revised_meanwhile_is_not_lost(
    app: Flask, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held(app, report, "compile", monkeypatch) as work:
        revise_first(report)
        work.result()
    assert "fell by now" in " ".join(texts(report))


def test_without_the_stand_it_is(app: Flask, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "held_stand", lambda *_asked: "")
    with held(app, report, "compile", monkeypatch) as work:
        revise_first(report)
        work.result()
    assert "fell by now" not in " ".join(texts(report))


def test_what_is_put_off_the_record_meanwhile_is_not_published(
    app: Flask, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held(app, report, "publish", monkeypatch) as work:
        note = db.session.scalars(select(Note).order_by(Note.id)).first()
        assert note is not None
        make_review.revise(note, off_record=True)
        with pytest.raises(Refused, match="withdrawn or is off the record"):
            work.result()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 0


def test_two_who_compile_at_once_make_each_paragraph_once(
    app: Flask, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_review.note(make.session(report.meeting, code="S9"), text="Ports wait for ships.", goals=[9])
    with held(app, report, "compile", monkeypatch) as work:
        work_beside = ThreadPoolExecutor(1).submit(compiled_beside, app, report.id)
        work.result()
        work_beside.result(PATIENCE)
    db.session.rollback()
    keys = list(db.session.scalars(select(Paragraph.source_key)))
    assert len(keys) == len(set(keys))
    assert sum("ships" in one for one in texts(report)) == 1


def compiled_beside(app: Flask, number: int) -> None:
    with app.app_context():
        actions.compile_report(db.session.get_one(Report, number), by=None, at=make.TODAY)


@pytest.mark.parametrize("what", list(ACTS))
def test_who_is_overtaken_each_time_is_refused_and_nothing_is_written(
    report: Report, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = iter(range(100))
    for room in (actions, publishing):
        monkeypatch.setattr(room, "held_stand", lambda *_asked: next(stands))
    before = written()

    with pytest.raises(Refused, match="changed again and again"):
        ACTS[what](report)

    assert written() == before
    assert next(stands) == 2 * apart.TRIES


def written() -> list[int | None]:
    return [db.session.scalar(select(func.count()).select_from(one)) for one in (Entry, Edition, Snapshot, Paragraph)]


def test_what_a_report_cites_is_published_with_it_and_each_is_a_line_of_history(report: Report) -> None:
    publishing.publish(report, by=None, at=make.TODAY)

    assert set(db.session.scalars(select(Note.state))) == {PUBLISHED}
    verbs = list(db.session.scalars(select(Entry.verb).order_by(Entry.number)))
    assert verbs[-4:] == ["published", "published", "published", "publish report"]


def test_inside_a_transaction_it_is_refused(report: Report) -> None:
    """It would hold the lock of that one all the time."""
    with pytest.raises(RuntimeError, match="open already"), transaction():
        actions.compile_report(report, by=None, at=make.TODAY)


def test_the_versions_that_are_kept_are_the_report_as_it_stands(report: Report) -> None:
    """Both: what an editor wrote before, and what is compiled, with the numbers of rows that are new. In JSON as any."""
    with transaction():
        the = make_review.paragraphs(report)[-1]
        the.text += " Again."
        edited = draft_lines(report)
    session = db.session.scalars(select(Note).order_by(Note.id)).first()
    assert session
    make_review.note(session.session, text="Trend 4 grows.", goals=[4])
    actions.compile_report(report, by=None, at=make.TODAY)
    compiled, before, *_older = snapshots_of(report)
    assert ((before.why, read(before)), compiled.why) == ((EDITED, edited), COMPILED)
    assert read(compiled) == draft_lines(report) != edited
    mine = plain([in_json(line) for line in draft_lines(report)]).digest
    assert compiled.digest == mine and last_unlike(report, mine, compiled.number + 1, 1) is None
    actions.compile_report(report, by=None, at=make.TODAY)
    assert snapshots_of(report)[0].number == compiled.number


def test_what_is_compiled_is_not_written_as_json_under_the_lock(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what has its number only then: here nothing is new."""
    opened: list[Open | None] = []

    def look(line: Line) -> str:
        opened.append(OPEN.get())
        return in_json(line)

    monkeypatch.setattr(drafting, "written", look)
    actions.choose_policy(report, "nobody", by=None, at=make.TODAY)
    assert set(opened) == {None}
