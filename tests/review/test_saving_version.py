"""A version is read with nothing held: what an editor writes meanwhile is in it."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.ground.db import db
from eventapp.ground.db.apart import TRIES
from eventapp.ground.refusal import Refused
from eventapp.review.reports.models import Evidence, Paragraph, Report, Snapshot
from eventapp.review.versions import snapshots as keeping
from eventapp.review.versions.snapshots import Line, draft_lines, lines_at, save_version
from tests import make, make_review
from tests.slowly import slowly

pytestmark = pytest.mark.usefixtures("_apart")

Act = Callable[[], None]


@pytest.fixture
def report(app: Flask) -> Report:
    meeting = make.meeting(mandate=[], objectives=[])
    for number in (1, 2):
        make_review.note(make.session(meeting, code=f"S{number}", kind="trends"), text=f"Prices fall {number}.")
    return make_review.report(meeting)


def read_slowly(monkeypatch: pytest.MonkeyPatch, act: Act, times: int = 1) -> list[list[Line]]:
    """Let an editor do this after the draft was read. Returns what was read each time."""
    return slowly(monkeypatch, keeping, "draft_lines", act, times)


def the() -> Paragraph:
    """A paragraph that cites a note."""
    return db.session.query(Paragraph).join(Evidence).order_by(Paragraph.id).limit(1).one()


def rewrite() -> None:
    the().text += " Again."


def remove() -> None:
    the().removed_at = make.TODAY


def cite_no_more() -> None:
    db.session.delete(the().evidence[0])


def rename() -> None:
    the().chapter.title += ", again"


ACTS = [rewrite, remove, cite_no_more, rename]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_is_written_meanwhile_is_in_the_version(report: Report, monkeypatch: pytest.MonkeyPatch, act: Act) -> None:
    read = read_slowly(monkeypatch, act)
    number = save_version(report, "Mine", by=None, at=make.TODAY)
    assert len(read) == 2
    assert lines_at(report, number) == draft_lines(report)
    assert db.session.query(Snapshot).filter_by(number=number).one().remark == "Mine"


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_without_the_proof_it_is_not(report: Report, monkeypatch: pytest.MonkeyPatch, act: Act) -> None:
    """The control."""
    read_slowly(monkeypatch, act)
    monkeypatch.setattr(keeping, "_stand_of", lambda _number: None)
    number = save_version(report, "", by=None, at=make.TODAY)
    assert lines_at(report, number) != draft_lines(report)


def test_it_is_refused_where_the_report_changes_each_time(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = db.session.query(Snapshot).count()
    read = read_slowly(monkeypatch, rewrite, times=TRIES)
    with pytest.raises(Refused, match="again and again while it was saved"):
        save_version(report, "", by=None, at=make.TODAY)
    assert (len(read), db.session.query(Snapshot).count()) == (TRIES, before)
    save_version(report, "", by=None, at=make.TODAY)
    with pytest.raises(Refused, match="Nothing has changed"):
        save_version(report, "", by=None, at=make.TODAY)
    assert db.session.query(Snapshot).count() == before + 1
