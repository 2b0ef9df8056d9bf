"""A long report shows one chapter at a time, and costs what it shows."""

import re
from functools import partial

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.record.notes.models import DRAFT, Note
from eventapp.review.editor.chapters import AT_ONCE, SHORT, counted
from eventapp.review.editor.comments.actions import comment, settle
from eventapp.review.editor.comments.queries import threads_of
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import chapters_of
from tests import make, make_review
from tests.browserless import PageClient


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def report(meeting: Meeting) -> Report:
    """Prices, as a trend of the region, and two chapters of many paragraphs before and behind it."""
    make_review.note(make.session(meeting, kind="trends"), text="Prices fall.")
    report = make_review.report(meeting)
    make_review.fill(report, chapters=2, paragraphs=SHORT)
    return report


@pytest.fixture
def editor(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, RAPPORTEUR))


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def drawn(page: str) -> int:
    return len(re.findall(r'data-paragraph="\d+"', page))


def test_a_long_report_shows_the_first_chapter_and_how_much_is_in_the_others(
    report: Report, editor: PageClient
) -> None:
    page = editor.get(address(report)).text
    last = chapters_of(report)[-1]

    assert drawn(page) == len([one for one in chapters_of(report)[0].paragraphs if one.removed_at is None])
    assert f"?chapter={last.id}#ch{last.id}" in page
    assert f"{SHORT} paragraphs" in page


def test_a_chapter_that_is_asked_for_is_shown_with_the_numbers_of_the_whole(report: Report, editor: PageClient) -> None:
    last = chapters_of(report)[-1]
    page = editor.get(address(report, f"?chapter={last.id}")).text

    assert drawn(page) == AT_ONCE
    everything = len(make_review.paragraphs(report))
    assert f">{everything - SHORT + 1}.<" in page
    assert f"Paragraphs {everything - AT_ONCE + 1} to {everything}</a>" in page


def test_a_long_chapter_is_drawn_in_parts_that_lead_to_one_another(report: Report, editor: PageClient) -> None:
    last = chapters_of(report)[-1]
    seen, following = list[str](), address(report, f"?chapter={last.id}")
    for _part in range(SHORT // AT_ONCE):
        page = editor.get(following).text
        seen += re.findall(r'data-paragraph="(\d+)"', page)
        behind = [one for one in re.findall(r'href="[^"]*\?paragraph=(\d+)#para-', page) if one not in seen]
        following = address(report, f"?paragraph={behind[0]}") if behind else ""
    assert seen == [str(one.id) for one in last.paragraphs]
    assert not following


def test_a_paragraph_far_down_is_edited_among_those_beside_it(report: Report, editor: PageClient) -> None:
    far = chapters_of(report)[-1].paragraphs[60]
    page = editor.get(address(report, f"?edit={far.id}")).text
    assert drawn(page) == AT_ONCE
    assert f'id="para-{far.id}"' in page
    assert "Words 60 of" in page
    assert "Words 49 of" not in page
    gone = editor.post(address(report, f"/paragraphs/{far.id}/up"))
    assert f'data-paragraph="{far.id}"' in editor.get(gone.location).text


def test_several_parts_stay_open_together(report: Report, editor: PageClient) -> None:
    rows = chapters_of(report)[-1].paragraphs
    page = editor.get(address(report, f"?paragraph={rows[5].id}&paragraph={rows[80].id}")).text
    assert drawn(page) == 2 * AT_ONCE
    assert f'data-parts="{rows[0].id} {rows[75].id}"' in page


def test_the_address_of_a_paragraph_opens_its_chapter(report: Report, editor: PageClient) -> None:
    one = chapters_of(report)[-1].paragraphs[5]
    for asked in ("paragraph", "edit", "comment", "add"):
        assert f'data-paragraph="{one.id}"' in editor.get(address(report, f"?{asked}={one.id}")).text


def test_what_is_done_to_a_paragraph_leads_back_to_its_chapter(report: Report, editor: PageClient) -> None:
    first, *_rest, last = chapters_of(report)
    one = last.paragraphs[5]
    gone = editor.post(address(report, f"/paragraphs/{one.id}/up?chapter={first.id}"))

    assert gone.status_code == 303
    assert f"chapter={first.id}&chapter={last.id}&paragraph={one.id}#para-{one.id}" in gone.location


def test_what_closed_chapters_have_to_look_at_is_counted(report: Report, editor: PageClient) -> None:
    trends = next(one for one in chapters_of(report) if one.block == "trends")
    [cited] = [one for one in trends.paragraphs if one.evidence]
    make_review.revise(cited.evidence[0].note, text="Prices rise.")
    assert counted(report).get(trends.id, (0, 0)) == (0, 1)
    set_state(cited.evidence[0].note, DRAFT)
    assert counted(report).get(trends.id, (0, 0)) == (1, 0)
    assert counted(report)[chapters_of(report)[-1].id] == (SHORT, 0)  # written by hand, without a source


def set_state(note: Note, state: str) -> None:
    with transaction():
        note.state = state


def test_a_page_asks_as_often_for_any_number_of_closed_chapters(
    app: Flask, report: Report, meeting: Meeting, editor: PageClient
) -> None:
    other = make_review.report(meeting, name="other")
    make_review.fill(other, chapters=6, paragraphs=SHORT)
    for one in (report, other):
        editor.get(address(one))  # who may be named is known from then on
    few, many = (make_review.questions(app, partial(editor.get, address(one))) for one in (report, other))
    assert few == many


def test_a_short_report_is_open_at_once(meeting: Meeting, editor: PageClient) -> None:
    short = make_review.report(meeting)
    make_review.fill(short, chapters=2, paragraphs=3)
    assert drawn(editor.get(address(short)).text) == len(make_review.paragraphs(short))


def test_what_is_settled_in_a_closed_chapter_is_not_read(report: Report, editor: PageClient) -> None:
    first, *_rest, last = chapters_of(report)
    with transaction():
        for chapter in (first, last):
            settled = comment(chapter.paragraphs[1], f"Settled in {chapter.title}.", by=None, at=make.TODAY)
            settle(settled, by=None, at=make.TODAY)
            comment(chapter.paragraphs[1], f"Waits in {chapter.title}.", by=None, at=make.TODAY)
    of_first = [one.text for rows in threads_of(report, [first.id]).values() for one in rows]
    assert of_first == [f"Settled in {first.title}.", f"Waits in {first.title}.", f"Waits in {last.title}."]
    assert sum(len(rows) for rows in threads_of(report).values()) == 4

    page = editor.get(address(report)).text
    assert f"Waits in {last.title}." in page
    assert f"Settled in {last.title}." not in page
    assert f"Settled in {last.title}." in editor.get(address(report, f"?chapter={last.id}")).text


def test_what_is_in_the_words_of_a_closed_chapter_is_found_when_the_script_asks(
    report: Report, meeting: Meeting, editor: PageClient
) -> None:
    trends = next(one for one in chapters_of(report) if one.block == "trends")
    [cited] = [one for one in trends.paragraphs if one.evidence]
    with transaction():
        row = db.session.get_one(Paragraph, cited.id)
        row.text, row.edited_at = "It was noted that prices fell by 12 per cent.", make.TODAY  # no note says so
    assert counted(report).get(trends.id, (0, 0)) == (0, 0)  # the evidence alone does not tell
    page = editor.get(address(report, f"/chapters/{trends.id}/findings")).text
    assert "A figure stands in none of its sources" in page and f"#para-{cited.id}" in page
    assert '<p data-count><span class="talk-count found stop">' in " ".join(page.split()).replace("> <", "><")
    assert f'data-findings="{address(report, f"/chapters/{trends.id}/findings")}"' in editor.get(address(report)).text


def test_the_findings_of_a_chapter_cost_that_chapter_and_are_for_editors_alone(
    app: Flask, report: Report, meeting: Meeting, editor: PageClient, client: PageClient
) -> None:
    other = make_review.report(meeting, name="other")
    make_review.fill(other, chapters=6, paragraphs=SHORT)
    few, many = (
        make_review.questions(app, partial(editor.get, address(one, f"/chapters/{chapters_of(one)[-1].id}/findings")))
        for one in (report, other)
    )
    assert few == many
    assert editor.get(address(report, f"/chapters/{chapters_of(other)[-1].id}/findings")).status_code == 404
    last = chapters_of(report)[-1].id
    client.post("/sign-out")
    assert client.get(address(report, f"/chapters/{last}/findings")).status_code in (302, 303, 404)
