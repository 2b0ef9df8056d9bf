"""The annex of an edition that says where the history stood."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history import chain
from eventapp.history.actions import record
from eventapp.history.models import ChainEnd
from eventapp.review.annexes.anchor import ANCHOR
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Report
from eventapp.review.versions.comparison import compare
from tests import make, make_review

pytestmark = pytest.mark.usefixtures("_apart")


@pytest.fixture
def report(app: Flask) -> Report:
    """A report with a note, in an installation with a line of history."""
    session = make.session(make.meeting())
    make_review.note(session)
    report = make_review.report(session.meeting)
    go_on(report)
    return report


def go_on(report: Report) -> None:
    """A line more of history."""
    with transaction():
        record("changed", report.meeting, by=None, at=make.TODAY, meeting_id=report.meeting_id)


def test_an_edition_prints_the_last_line_its_seal_and_the_moment_in_utc(report: Report) -> None:
    end = db.session.scalars(select(ChainEnd)).one()
    number, seal = end.number, end.hash
    text = from_dict(publish(report, by=None, at=make.TODAY).content)
    annex = text.annexes[-1]

    assert (annex.code, annex.title, annex.number) == (ANCHOR, "Anchor of the history", len(text.annexes))
    [(line, printed, moment)] = annex.parts[0].rows
    assert (int(line), printed, moment) == (number, seal, make.TODAY.strftime("%Y-%m-%d %H:%M:%S UTC"))
    assert chain.against(int(line), printed) == ""


def test_it_says_nothing_of_the_meeting(report: Report) -> None:
    """A report that says what it said is not published again because the history went on; nor do two versions differ."""
    text = from_dict(publish(report, by=None, at=make.TODAY).content)
    go_on(report)

    with pytest.raises(Refused, match="Nothing has changed"):
        publish(report, by=None, at=make.TODAY)
    assert compare(text, replace(text, annexes=text.annexes[:-1])).annexes == ()
