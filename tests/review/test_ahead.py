"""A large report is written ahead in chapters of no report; one short transaction makes it current."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.db import OPEN, db, transaction
from eventapp.ground.db.in_runs import plain
from eventapp.ground.jobs.scheduler import work_through
from eventapp.history import chain
from eventapp.history.models import Entry
from eventapp.record.notes.models import APPROVED, PUBLISHED, Note
from eventapp.review.compilation import actions, ahead, drafting
from eventapp.review.jobs import JOBS
from eventapp.review.publishing import actions as publishing
from eventapp.review.reports.models import Chapter, Edition, Evidence, Paragraph, Report
from eventapp.review.versions.snapshots import Line, draft_lines, read, snapshots_of
from eventapp.review.versions.snapshots import written as in_json
from tests import make, make_review

NEW = ("Ports wait for ships.", "Schools lack electricity.", "Nurses learn to code.", "Farmers ask for weather data.")
LATER = make.TODAY + timedelta(hours=2)


class Killed(BaseException):
    """What nobody catches."""


@pytest.fixture
def report(app: Flask) -> Report:
    session = make.session(make.meeting())
    for place in range(6):
        make_review.note(session, text=f"Trend {place} grows.", goals=[place + 1])
    return make_review.report(session.meeting)


@pytest.fixture
def _ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LARGE", 1)
    monkeypatch.setattr(ahead, "AT_ONCE", 1)


def more_notes(report: Report) -> None:
    session = make.session(report.meeting, code="PORTS")
    for place, words in enumerate(NEW):
        make_review.note(session, text=words, goals=[place + 9], action_lines=[f"C{place + 3}"])


def compiled(report: Report, at: datetime = make.TODAY) -> None:
    actions.compile_report(report, by=None, at=at)
    db.session.rollback()


def rows(name: str) -> list[tuple[object, ...]]:
    """Every paragraph of a report with its chapter, its place and what it rests on."""
    query = select(
        Chapter.title, Paragraph.position, Paragraph.text, Paragraph.heading, Paragraph.version, Evidence.note_id
    )
    query = query.join(Paragraph.chapter).outerjoin(Paragraph.evidence).join(Chapter.report).where(Report.name == name)
    return [
        tuple(row)
        for row in db.session.execute(query.order_by(Chapter.position, Paragraph.position, Evidence.position))
    ]


def held() -> int:
    """How many chapters are of no report."""
    db.session.rollback()
    return db.session.scalars(select(func.count()).where(Chapter.report_id.is_(None))).one()


def kill_half_way(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies when it has written its rows ahead: nobody takes them back."""
    with monkeypatch.context() as patch:
        patch.setattr(actions, "make_current", killed)
        patch.setattr(ahead, "take_away", lambda _holders: None)
        with pytest.raises(Killed):
            actions.compile_report(report, by=None, at=make.TODAY)
    db.session.rollback()


def test_it_is_the_same_as_what_is_written_at_once(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    more_notes(report)
    compiled(make_review.report(report.meeting, name="at-once"))
    at_once = rows("at-once")
    monkeypatch.setattr(ahead, "LARGE", 1)
    monkeypatch.setattr(ahead, "AT_ONCE", 1)
    make_review.report(report.meeting, name="from-nothing")
    assert rows("from-nothing") == at_once
    compiled(report)  # some of its paragraphs are new
    assert {row[5] for row in rows(report.name)} == {row[5] for row in at_once}
    assert held() == 0


@pytest.mark.usefixtures("_ahead")
def test_who_dies_half_way_leaves_the_text_as_it_was_and_the_next_one_goes_through(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, name = rows(report.name), report.name
    more_notes(report)
    kill_half_way(report, monkeypatch)
    assert held() == 1
    assert rows(name) == before

    compiled(report)
    after = rows(name)
    assert len(after) == len(before) + len(NEW)
    assert {one[5] for one in before} < {one[5] for one in after}
    assert held() == 1  # perhaps somebody is still at it

    compiled(report, LATER)
    assert held() == 0
    assert rows(name) == after


@pytest.mark.usefixtures("_ahead")
def test_who_fails_takes_back_what_was_written(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(report.name)
    more_notes(report)
    many = counted()
    monkeypatch.setattr(actions, "make_current", broken)
    with pytest.raises(ZeroDivisionError):
        actions.compile_report(report, by=None, at=make.TODAY)
    assert held() == 0
    assert counted() == many
    assert rows(report.name) == before


def killed(_drafted: object) -> None:
    raise Killed


def broken(_drafted: object) -> None:
    raise ZeroDivisionError


def counted() -> list[int]:
    db.session.rollback()
    return [db.session.scalars(select(func.count()).select_from(one)).one() for one in (Chapter, Paragraph, Evidence)]


def published_half(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies when the edition is out, and two of its six notes are before the world."""
    put = publishing.publish_notes

    def put_once(*values: object) -> None:
        if states()[PUBLISHED]:
            raise Killed
        put(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "AT_ONCE", 2)
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "publish_notes", put_once)
        with pytest.raises(Killed):
            publishing.publish(report, by=None, at=make.TODAY)
    db.session.rollback()


def states() -> Counter[str]:
    db.session.rollback()
    return Counter(db.session.scalars(select(Note.state)))


def test_the_notes_of_a_large_edition_follow_some_at_a_time(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "AT_ONCE", 2)
    publishing.publish(report, by=None, at=make.TODAY)
    assert states() == {PUBLISHED: 6}
    verbs = list(db.session.scalars(select(Entry.verb).order_by(Entry.number)))
    assert verbs[-7:] == ["publish report", *["published"] * 6]
    assert chain.verify() == []


def test_where_who_publishes_dies_the_worker_goes_on(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    published_half(report, monkeypatch)
    assert states() == {PUBLISHED: 2, APPROVED: 4}
    assert db.session.scalar(select(Edition.version)) == 1

    work_through(JOBS, at=LATER)

    assert states() == {PUBLISHED: 6}
    assert not JOBS[0].is_due(LATER)


def test_what_is_put_off_the_record_meanwhile_stays_back(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    published_half(report, monkeypatch)
    note = db.session.scalars(select(Note).where(Note.state == APPROVED).order_by(Note.id.desc())).first()
    assert note is not None
    make_review.revise(note, off_record=True)
    work_through(JOBS, at=LATER)
    assert states() == {PUBLISHED: 5, APPROVED: 1}


@pytest.mark.usefixtures("_ahead")
def test_a_chapter_that_a_report_gets_later_is_of_the_report(report: Report) -> None:
    before = rows(report.name)
    chapter = next(one for one in report.chapters if any(row.evidence for row in one.paragraphs))
    title = chapter.title
    with transaction():  # as if the meeting had this chapter only now
        for row in chapter.paragraphs:
            for one in row.evidence:
                db.session.delete(one)
            db.session.delete(row)
        db.session.delete(chapter)
    assert {row[0] for row in before} - {row[0] for row in rows(report.name)} == {title}
    compiled(report)
    assert (rows(report.name), held()) == (before, 0)
    made = db.session.scalars(select(Chapter).where(Chapter.report_id == report.id, Chapter.title == title)).one()
    assert (made.ahead_at, made.section_of, made.position) == (None, chapter.section_of, chapter.position)


def lines_written(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Report]) -> tuple[Report, list[bool]]:
    """Make a report. Returns it, and for each line of its version that became JSON whether that was under the lock."""
    held_then = list[bool]()

    def look(line: Line) -> str:
        held_then.append(OPEN.get() is not None)
        return in_json(line)

    with monkeypatch.context() as patch:
        patch.setattr(drafting, "written", look)
        made = act()
    return made, held_then


@pytest.mark.usefixtures("_ahead")
def test_a_first_version_is_json_before_anything_is_held(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    made, held_then = lines_written(monkeypatch, lambda: make_review.report(report.meeting, name="first"))
    assert set(held_then) == {False}
    (kept,) = snapshots_of(made)
    lines = draft_lines(made)
    assert (read(kept), kept.digest) == (lines, plain([in_json(line) for line in lines]).digest)
    assert (held(), {chapter.ahead_at for chapter in made.chapters}) == (0, {None})


def test_what_is_written_at_once_has_no_numbers_before(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the test above would see it."""
    _made, held_then = lines_written(monkeypatch, lambda: make_review.report(report.meeting, name="first"))
    assert set(held_then) == {True}
