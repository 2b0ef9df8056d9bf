"""Two editors of one report: each is told where the other is and writes, and when the report is another."""

import pytest
from flask import Flask

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.people.models import Person
from eventapp.presence.actions import arrive
from eventapp.review.editor.comments.actions import comment, settle
from eventapp.review.editor.together.queries import mark_of
from eventapp.review.paragraphs import several
from eventapp.review.paragraphs.steps import undo
from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.browserless import PageClient

pytestmark = pytest.mark.usefixtures("_apart")

AT = make.TODAY


@pytest.fixture
def report(app: Flask) -> Report:
    meeting: Meeting = make.meeting()
    session = make.session(meeting, kind="trends")
    for text in ("Prices fall.", "Radio is heard."):
        make_review.note(session, text=text)
    return make_review.report(meeting)


def test_the_page_learns_who_else_is_there(report: Report, client: PageClient) -> None:
    other: Person = make.staff(report.meeting, RAPPORTEUR, make.person("Arjun Prasad"))
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    chapter = report.chapters[2].id
    address = f"/meetings/{report.meeting.slug}/review/reports/{report.name}/presence"
    assert client.get(address).get_json()["people"] == []

    with transaction():
        arrive("report", report.id, chapter, by=other, at=now())
    first = client.get(address)
    assert first.get_json()["people"] == [{"name": "Arjun Prasad", "part": chapter, "writes": []}]
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304

    assert client.post(address, data={"part": chapter}).status_code == 204
    assert client.post(address, data={"part": 999}).status_code == 204  # of another report


def test_the_mark_is_another_after_each_change(report: Report) -> None:
    marks = [mark_of(report)]
    one, other = make_review.paragraphs(report)[-2:]

    def did(act: object) -> None:
        marks.append(mark_of(report))

    with transaction():
        several.join_all([one, other], by=None, at=AT)
    did("join")
    with transaction():
        undo(report, by=None, at=AT)
    did("undo")
    with transaction():
        thread = comment(one, "Why?", by=None, at=AT)
    did("comment")
    with transaction():
        settle(thread, by=None, at=AT)
    did("settle")
    assert len(set(marks)) == 5
