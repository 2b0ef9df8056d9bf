"""A large report is looked through by the worker; what it found counts until anything that it rests on is another."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from eventapp.clearance.actions import adopt
from eventapp.clearance.checking.models import ReportCheck
from eventapp.clearance.checking.queries import check_of
from eventapp.clearance.jobs import JOBS, LONG_JOBS, check_next
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import STOPPED
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.record.clearing.actions import send_back
from eventapp.record.notes.models import Note
from eventapp.review.paragraphs.actions import rewrite
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.tasks import queries
from eventapp.review.tasks.actions import Lease, ask, stop, take
from eventapp.review.tasks.models import CHECK
from eventapp.review.tasks.queries import task_of
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs


@pytest.fixture
def report(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr(queries, "LARGE", 1)
    session = make.session(make.meeting())
    make_review.note(session, text="Trend 0 grows.", speaker="Ada Byron", organization="Analytical Society")
    return make_review.report(session.meeting)


@pytest.fixture
def editor(client: PageClient, report: Report) -> PageClient:
    return client.sign_in(make.staff(report.meeting, ORGANIZER))


def address(report: Report, tail: str) -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def checked(report: Report) -> ReportCheck | None:
    db.session.rollback()
    return check_of(report, now())


def test_the_worker_looks_and_the_page_shows_what_it_found(editor: PageClient, report: Report) -> None:
    page = editor.get(address(report, "/publication")).text
    assert "Look through the report before it is published" in page
    assert "Publish version 1 as a draft" not in page

    assert editor.post(address(report, "/check")).location == address(report, "/task")
    assert "The report is being checked." in editor.get(address(report, "/task")).text
    assert work_long(LONG_JOBS, at=now()) == {"check reports": 1}

    assert editor.get(address(report, "/task")).location == address(report, "/publication")
    page = editor.get(address(report, "/publication")).text
    assert "Publish version 1 as a draft" in page and "nothing changed since" in page
    assert "Every paragraph has support" in page


def test_names_are_shown_where_the_draft_is_sent(editor: PageClient, report: Report) -> None:
    assert "Names were not looked for" in editor.get(address(report, "/clearance")).text
    written(report, "Ada Byron said that trend 0 grows.")
    editor.post(address(report, "/check"), data={"page": "clearance"})
    work_long(LONG_JOBS, at=now())

    assert editor.get(address(report, "/task")).location == address(report, "/clearance")
    page = editor.get(address(report, "/clearance")).text
    assert "names above their ceiling (Ada Byron)" in page and "Names were not looked for" not in page
    page = editor.get(address(report, "/publication")).text
    assert "Not published: the report says a name above its ceiling (Ada Byron)." in page
    assert "1 name above its attribution ceiling" in page


def test_the_sentence_is_in_the_language_of_who_reads(editor: PageClient, report: Report) -> None:
    editor.post(address(report, "/check"))
    work_long(LONG_JOBS, at=now())
    db.session.execute(update(ReportCheck).values(language="fr"))
    db.session.commit()
    assert "Look through the report before it is published" in editor.get(address(report, "/publication")).text


def adopted(report: Report) -> None:
    with transaction():
        adopt(last(report), last(report).version, by=None, at=now())


CHANGES: dict[str, Callable[[Report], object]] = {
    "a paragraph is written": lambda report: written(report, "Trend 0 grows by the day."),
    "words are taken out by a statement": lambda _report: db.session.execute(update(Paragraph).values(text="Nothing.")),
    "a paragraph is adopted": adopted,
    "a note is withdrawn": lambda _report: withdraw_one(),
    "a note comes": lambda report: make_review.note(make.session(report.meeting, code="S99"), text="Ports wait."),
    "the meeting is called otherwise": lambda report: called(report.meeting),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_found_counts_no_more_when(report: Report, change: str) -> None:
    with transaction():
        ask(report, CHECK, by=None, at=now())
    work_long(LONG_JOBS, at=now())
    assert checked(report) is not None

    CHANGES[change](report)
    db.session.commit()
    assert checked(report) is None


def test_it_counts_for_a_day_and_is_forgotten_then(report: Report) -> None:
    with transaction():
        ask(report, CHECK, by=None, at=now())
    work_long(LONG_JOBS, at=now())
    db.session.rollback()
    tomorrow = now() + timedelta(days=1, minutes=1)
    assert check_of(report, tomorrow) is None
    assert work_through(JOBS, at=tomorrow)["forget old checks of reports"] == 1
    assert db.session.scalar(select(func.count()).select_from(ReportCheck)) == 0


def test_who_stops_it_gets_nothing_of_what_the_worker_had_begun(editor: PageClient, report: Report) -> None:
    with transaction():
        ask(report, CHECK, by=None, at=now())
    lease = begun()
    assert editor.post(address(report, "/task/stop")).location == address(report, "/task")
    page = editor.get(address(report, "/task")).text
    assert "Stopped" in page and "The report is as it was." in page

    assert check_next(lease) is None
    task = task_of(report)
    assert task is not None and task.state == STOPPED
    assert db.session.scalar(select(func.count()).select_from(ReportCheck)) == 0


def test_what_is_done_is_not_stopped(report: Report) -> None:
    with transaction():
        ask(report, CHECK, by=None, at=now())
    work_long(LONG_JOBS, at=now())
    with transaction():
        stop(report, by=None, at=now())
    assert checked(report) is not None


def begun() -> Lease:
    with transaction():
        lease = take(CHECK, now())
    assert lease is not None
    return lease


def last(report: Report) -> Paragraph:
    return paragraphs(report)[-1]


def written(report: Report, text: str) -> None:
    with transaction():
        rewrite(last(report), text, version=last(report).version, by=None, at=now())


def withdraw_one() -> None:
    with transaction():
        send_back(db.session.scalars(select(Note)).one(), "Said otherwise", by=None, at=now())


def called(meeting: Meeting) -> None:
    with transaction():
        meeting.title = "Called otherwise"
