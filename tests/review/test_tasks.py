"""A large report is compiled and published by the worker, once for any number of presses, while its editors look on."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from eventapp.clearance.jobs import LONG_JOBS as PUBLISHING
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, MOST, REFUSED, WORKING
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import ORGANIZER
from eventapp.review import jobs
from eventapp.review.compilation import drafting
from eventapp.review.compiling.actions import merge
from eventapp.review.jobs import LONG_JOBS as COMPILING
from eventapp.review.jobs import compile_next
from eventapp.review.reports.models import Edition, Report
from eventapp.review.tasks import queries
from eventapp.review.tasks.actions import Lease, ask, take
from eventapp.review.tasks.models import COMPILE, PUBLISH, Task
from eventapp.review.tasks.queries import task_of
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import texts

LATER = make.TODAY + timedelta(hours=1)
ALL = (*COMPILING, *PUBLISHING)


@pytest.fixture
def report(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr(queries, "LARGE", 1)
    session = make.session(make.meeting())
    make_review.note(session, text="Trend 0 grows.")
    return make_review.report(session.meeting)


@pytest.fixture
def editor(client: PageClient, report: Report) -> PageClient:
    return client.sign_in(make.staff(report.meeting, ORGANIZER))


@pytest.fixture
def _new_note(report: Report) -> None:
    make_review.note(make.session(report.meeting, code="S99"), text="Ports wait for ships.", goals=[14])


def address(report: Report, tail: str) -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def task(report: Report) -> Task:
    db.session.rollback()
    found = task_of(report)
    assert found is not None
    return found


def asked(report: Report) -> None:
    with transaction():
        ask(report, COMPILE, by=None, at=make.TODAY)


@pytest.mark.usefixtures("_new_note")
def test_two_presses_are_one_task_and_the_page_leads_to_what_came_of_it(editor: PageClient, report: Report) -> None:
    for _press in range(2):
        assert editor.post(address(report, "/compilation")).location == address(report, "/task")
    page = editor.get(address(report, "/task"))
    assert "The report is being compiled." in page.text and "Look again" in page.text
    assert "ships" not in " ".join(texts(report))

    assert work_long(ALL, at=LATER) == {"compile reports": 1}
    assert work_long(ALL, at=LATER) == {}

    assert (task(report).state, task(report).share) == (DONE, 100)
    assert editor.get(address(report, "/task")).location == address(report, "")
    assert "Paragraphs compiled:" in editor.get(address(report, "")).text
    assert "ships" in " ".join(texts(report))


def test_the_worker_writes_it_anew_under_another_policy(editor: PageClient, report: Report) -> None:
    answer = editor.post(address(report, "/policy"), data={"policy": "nobody"})
    assert answer.location == address(report, "/task")
    db.session.rollback()
    assert report.policy == "organization"

    assert work_long(ALL, at=LATER) == {"compile reports": 1}
    db.session.rollback()
    assert report.policy == "nobody"
    assert task(report).state == DONE


def test_the_worker_compiles_a_report_that_is_begun(editor: PageClient, report: Report) -> None:
    data = {"name": "second", "title": "Second report", "symbol": "", "policy": "organization"}
    data = {**data, "body": "", "outline": "blocks", "language": ""}
    began = f"/meetings/{report.meeting.slug}/review"
    answer = editor.post(began, data=data)
    assert answer.location == f"{began}/reports/second/task"
    assert editor.post(began, data=data).status_code == 409  # its name is taken
    second = db.session.scalars(select(Report).where(Report.name == "second")).one()
    assert texts(second) == []
    assert editor.get(address(second, "")).status_code == 200

    assert work_long(ALL, at=LATER) == {"compile reports": 1}
    db.session.rollback()
    assert texts(second) == texts(report)


def test_the_worker_publishes_as_what_was_said(editor: PageClient, report: Report) -> None:
    assert editor.post(address(report, "/publication"), data={"said": "draft"}).location == address(report, "/task")
    assert "The report is being published." in editor.get(address(report, "/task")).text
    assert work_long(ALL, at=LATER) == {"publish reports": 1}

    editor.get(address(report, "/task"))
    assert "Version 1 is published." in editor.get(address(report, "")).text
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 1


def test_what_is_refused_is_a_sentence_in_the_language_of_who_asked(editor: PageClient, report: Report) -> None:
    with force_locale("fr"), transaction():
        ask(report, PUBLISH, by=None, at=make.TODAY, wanted="adopted")
    work_long(ALL, at=LATER)

    assert task(report).state == REFUSED
    assert "Relisez" in task(report).sentence
    assert 'role="alert"' in editor.get(address(report, "/task")).text
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 0


@pytest.mark.usefixtures("_new_note")
def test_what_fails_is_a_sentence_and_nothing_is_half_written(
    editor: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(report)
    with monkeypatch.context() as patch:
        patch.setattr(drafting, "merge", broken)
        editor.post(address(report, "/compilation"))
        work_long(ALL, at=LATER)

    assert task(report).state == FAILED and texts(report) == before
    assert "could not be finished, and nothing was changed" in editor.get(address(report, "/task")).text
    editor.post(address(report, "/compilation"))  # once more
    work_long(ALL, at=LATER)
    assert task(report).state == DONE and texts(report) != before


def broken(*_what: object) -> None:
    raise ZeroDivisionError


@pytest.mark.usefixtures("_new_note")
def test_how_far_it_is_is_said_in_between(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    shares: list[int] = []
    real = merge

    def look(*what: object) -> object:
        with db.engine.connect() as connection:
            shares.append(connection.scalar(select(Task.share)) or 0)
        return real(*what)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(drafting, "merge", look)
    asked(report)
    work_long(ALL, at=LATER)
    assert shares == [100]


def test_who_comes_back_too_late_changes_nothing(report: Report) -> None:
    asked(report)
    first = taken(LATER)
    assert not COMPILING[0].is_due(LATER)
    make_review.note(make.session(report.meeting, code="S99"), text="Ports wait for ships.", goals=[14])
    second = taken(LATER + LEASE)
    before = texts(report)

    assert compile_next(first) is None
    assert texts(report) == before and task(report).state == WORKING
    assert compile_next(second) is None
    assert "ships" in " ".join(texts(report)) and task(report).state == DONE


def test_without_its_lease_the_late_one_writes(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    asked(report)
    first = taken(LATER)
    make_review.note(make.session(report.meeting, code="S99"), text="Ports wait for ships.", goals=[14])
    taken(LATER + LEASE)
    monkeypatch.setattr(jobs, "finish", lambda *_what: None)
    monkeypatch.setattr(jobs, "progress_of", lambda *_what: lambda _done, _many: None)

    compile_next(first)
    assert "ships" in " ".join(texts(report))


def test_a_task_that_workers_die_of_fails(report: Report) -> None:
    asked(report)
    for attempt in range(MOST):
        taken(LATER + attempt * LEASE)
    assert work_long(ALL, at=LATER + MOST * LEASE) == {}
    assert task(report).state == FAILED
    assert work_long(ALL, at=LATER + 9 * LEASE) == {}


def taken(at: datetime) -> Lease:
    with transaction():
        found = take(COMPILE, at)
    assert found is not None
    db.session.rollback()
    return found


def test_a_small_report_is_there_at_once(client: PageClient, app: Flask) -> None:
    session = make.session(make.meeting())
    make_review.note(session)
    report = make_review.report(session.meeting)
    editor = client.sign_in(make.staff(session.meeting, ORGANIZER))
    make_review.note(session, text="Ports wait for ships.", goals=[14])

    assert editor.post(address(report, "/compilation")).location == address(report, "")
    assert "ships" in " ".join(texts(report))
    assert task_of(report) is None
