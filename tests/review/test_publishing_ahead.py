"""A large edition is written ahead, as a version that the report has not yet; one short transaction lets it come out."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER
from eventapp.package.queries import every_edition
from eventapp.review.compilation.actions import compile_report
from eventapp.review.jobs import JOBS
from eventapp.review.publishing import actions, ahead
from eventapp.review.publishing.fitted import Fitted
from eventapp.review.reports.editions import edition_of, editions_of, last_published
from eventapp.review.reports.models import Edition, Report
from eventapp.review.searched.models import PublishedParagraph
from eventapp.review.searched.queries import published_with
from eventapp.review.versions.editions import versions_of
from tests import make, make_review
from tests.browserless import PageClient

LATER = make.TODAY + timedelta(hours=2)


class Killed(BaseException):
    """What nobody catches."""


@pytest.fixture(autouse=True)
def _ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LARGE", 1)
    monkeypatch.setattr(ahead, "AT_ONCE", 1)
    monkeypatch.setattr(actions, "LINES_AT_ONCE", 1)


@pytest.fixture
def report(app: Flask) -> Report:
    """Published once; since then a note came, which the second version tells."""
    session = make.session(make.meeting())
    make_review.note(session, text="Trend 0 grows.")
    report = make_review.report(session.meeting)
    actions.publish(report, by=None, at=make.TODAY)
    make_review.note(make.session(report.meeting, code="S99"), text="Ports wait for ships.", goals=[14])
    compile_report(report, by=None, at=make.TODAY)
    db.session.rollback()
    return report


def seen(report: Report) -> tuple[object, ...]:
    """What anybody may find out of what is published."""
    db.session.rollback()
    edition = edition_of(report)
    return (
        edition.version if edition else None,
        [one.number for one in versions_of(report)],
        [one.version for one in every_edition(report.meeting)],
        [one.version for one in editions_of(report.meeting)],
        last_published(report),
        edition_of(report, 2) is not None,
        len(found("ports", report)),
        len(found("trend", report)),
    )


def found(word: str, report: Report) -> list[PublishedParagraph]:
    return list(db.session.scalars(published_with(report.meeting, [word])))


def written() -> tuple[int, int]:
    """How many editions and lines there are, found or not."""
    db.session.rollback()
    editions = db.session.scalars(select(func.count()).select_from(Edition)).one()
    return editions, db.session.scalars(select(func.count()).select_from(PublishedParagraph)).one()


def kill_half_way(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies when it has written its rows ahead: nobody takes them back."""
    with monkeypatch.context() as patch:
        patch.setattr(actions, "refuse_taken_away", killed)
        patch.setattr(ahead, "take_away", lambda _report: None)
        with pytest.raises(Killed):
            actions.publish(report, by=None, at=make.TODAY)
    db.session.rollback()


def killed(*_what: object) -> None:
    raise Killed


def test_it_comes_out_as_what_is_written_at_once(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = written()
    edition = actions.publish(report, by=None, at=make.TODAY)
    monkeypatch.setattr(ahead, "LARGE", 500)
    lines = [(one.anchor, one.place, one.text) for one in found("", report)]

    assert seen(report)[:4] == (2, [2, 1], [1, 2], [2])
    assert len(found("ports", report)) == 1
    assert written()[0] == before[0] + 1 and written()[1] == len(lines)  # those of the first went
    assert edition.content["report"]["version"] == 2


def test_a_kill_in_between_leaves_nothing_half_seen(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rows = seen(report), written()
    kill_half_way(report, monkeypatch)
    assert written()[0] == rows[0] + 1 and written()[1] > rows[1]
    assert seen(report) == before

    work_through(JOBS, at=make.TODAY)
    assert written()[0] == rows[0] + 1  # somebody may be at it
    work_through(JOBS, at=LATER)
    assert written() == rows and seen(report) == before


def test_without_the_version_it_would_be_seen(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    before = seen(report)
    kill_half_way(report, monkeypatch)
    row = db.session.get_one(Report, report.id)
    row.version = 2
    db.session.commit()
    assert seen(report) != before and len(found("ports", report)) == 1


def test_what_a_dead_one_left_is_in_nobodys_way(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_half_way(report, monkeypatch)
    actions.publish(report, by=None, at=make.TODAY)
    assert seen(report)[:4] == (2, [2, 1], [1, 2], [2]) and len(found("ports", report)) == 1


def test_who_finds_it_taken_away_works_it_out_again(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    times, real = [0], ahead.refuse_taken_away

    def taken_away_once(fitted: Fitted) -> None:
        times[0] += 1
        if times[0] == 1:
            fitted.ahead[:] = [0]
        real(fitted)

    monkeypatch.setattr(actions, "refuse_taken_away", taken_away_once)
    actions.publish(report, by=None, at=make.TODAY)
    assert times == [2] and seen(report)[0] == 2


def test_what_is_refused_leaves_nothing(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rows = seen(report), written()

    def refused(*_what: object) -> None:
        raise Refused("No.")

    monkeypatch.setattr(actions, "refuse_taken_away", refused)
    with pytest.raises(Refused):
        actions.publish(report, by=None, at=make.TODAY)
    assert written() == rows and seen(report) == before


def test_the_page_of_the_next_version_is_not_there(
    client: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_half_way(report, monkeypatch)
    client.sign_in(make.staff(report.meeting, ORGANIZER))
    address = f"/meetings/{report.meeting.slug}/reports/{report.name}"
    page = client.get(address).text.lower()
    assert "trend 0" in page and "ports wait" not in page
    assert client.get(f"{address}?version=2").status_code == 404
