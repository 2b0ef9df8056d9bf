"""The editor's buttons for the order of a report, as a browser without scripts presses them."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs, texts

pytestmark = pytest.mark.usefixtures("_apart")


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(mandate=[], objectives=[])


@pytest.fixture
def report(meeting: Meeting) -> Report:
    session = make.session(meeting, kind="trends")
    for text in ("A.", "B.", "C."):
        make_review.note(session, text=text)
    return make_review.report(meeting)


@pytest.fixture
def editor(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def letters(report: Report) -> str:
    return "".join(text.removesuffix(".")[-1] for text in texts(report)).upper()


def test_a_paragraph_moves_by_button_by_place_and_back_again(report: Report, editor: PageClient) -> None:
    first, _second, third = paragraphs(report)[-3:]
    assert editor.post(address(report, f"/paragraphs/{first.id}/down")).status_code == 303
    assert letters(report) == "BAC"
    typed = {"before": str(first.id), "chapter": str(first.chapter_id)}
    assert editor.post(address(report, f"/paragraphs/{third.id}/place"), data=typed).status_code == 303
    assert letters(report) == "BCA"
    assert "Undo" in editor.get(address(report)).text
    for expected in ("BAC", "ABC"):
        assert editor.post(address(report, "/undo")).status_code == 303
        assert letters(report) == expected
    assert editor.post(address(report, "/undo")).status_code == 409


def test_a_paragraph_goes_to_the_end_of_a_chosen_chapter(report: Report, editor: PageClient) -> None:
    moved = paragraphs(report)[-1]
    closing = chapters_of(report)[-1]
    place = address(report, f"/paragraphs/{moved.id}/place")
    assert editor.post(place, data={"chapter": str(closing.id)}).status_code == 303
    assert paragraphs(report)[-1].chapter.title == "Way forward"
    assert editor.post(place, data={"chapter": "9999999"}).status_code == 422


def test_a_paragraph_is_split_where_the_editor_left_an_empty_line(report: Report, editor: PageClient) -> None:
    first = paragraphs(report)[-3]
    parts = address(report, f"/paragraphs/{first.id}/parts")
    refused = editor.post(parts, data={"text": "One. Two.", "version": str(first.version)})
    assert refused.status_code == 409
    assert "Put an empty line where" in refused.text
    assert "One. Two." in refused.text
    stale = editor.post(parts, data={"text": "X.\r\n\r\nA.", "version": "99"})
    assert stale.status_code == 409
    assert "Saved by somebody else" in stale.text

    editor.post(parts, data={"text": "X.\r\n\r\nA.", "version": str(first.version)})
    assert letters(report) == "XABC"


def test_paragraphs_are_joined_and_indented(report: Report, editor: PageClient) -> None:
    _first, second, third = paragraphs(report)[-3:]
    assert editor.post(address(report, f"/paragraphs/{second.id}/joining")).status_code == 303
    assert letters(report) == "BC"
    editor.post(address(report, f"/paragraphs/{third.id}/indent"))
    assert '<p class="pn"><bdi dir="ltr">(a)</bdi></p>' in editor.get(address(report)).text
    editor.post(address(report, f"/paragraphs/{third.id}/number"))
    assert '<p class="pn"><bdi dir="ltr">(a)</bdi></p>' not in editor.get(address(report)).text


def test_chapters_are_begun_named_moved_and_written_in(report: Report, editor: PageClient) -> None:
    refused = editor.post(address(report, "/chapters"), data={"title": " "})
    assert refused.status_code == 422
    assert "Enter a title, such as Way forward" in refused.text
    editor.post(address(report, "/chapters"), data={"title": "Adoption"})
    own = chapters_of(report)[-1]
    chapter = address(report, f"/chapters/{own.id}")
    assert editor.post(chapter, data={"title": ""}).status_code == 422
    assert editor.post(chapter, data={"title": "Adoption of the report"}).status_code == 303
    assert editor.post(f"{chapter}/paragraphs", data={"text": ""}).status_code == 422
    assert editor.post(f"{chapter}/paragraphs", data={"text": "It was adopted."}).status_code == 303
    assert editor.post(f"{chapter}/up").status_code == 303

    assert chapters_of(report)[-2].title == "Adoption of the report"
    assert texts(report, own.block) == ["It was adopted."]
    assert editor.post(address(report, "/chapters/999999/up")).status_code == 404


def test_title_and_symbol_are_given_when_they_are_known(report: Report, editor: PageClient) -> None:
    typed = {"report-title": "Regional review", "report-symbol": "ESCAP/CICTSTI/2018/5"}
    for _time in range(2):
        assert editor.post(address(report, "/title"), data=typed).status_code == 303
    page = editor.get(address(report)).text
    assert "<h1>Regional review</h1>" in page
    assert "ESCAP/CICTSTI/2018/5" in page
    told = [one.detail for one in db.session.scalars(select(Entry).where(Entry.verb == "name report"))]
    assert [(one["title"], one["before"]) for one in told] == [("Regional review", ["Summary report", "RP.1"])]

    answer = editor.post(address(report, "/title"), data={"report-title": " ", "report-symbol": "ESCAP/6"})
    assert (answer.status_code, 'value="ESCAP/6"' in answer.text) == (422, True)
    assert 'href="#report-title"' in answer.text
    assert db.session.get_one(Report, report.id).title == "Regional review"
