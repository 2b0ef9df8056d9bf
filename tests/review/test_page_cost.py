"""What the editor's page reads of a report of 2,400 paragraphs: what it shows, and counts of the rest."""

import re

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.notes.models import DRAFT, Note, Revision
from eventapp.review.editor.chapters import AT_ONCE
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.noted import number_of_notes
from eventapp.review.reports.queries import chapters_of
from tests import make, make_review
from tests.browserless import PageClient
from tests.counting import counted, loaded

CHAPTERS, EACH, VOICES = 24, 100, 20


@pytest.fixture
def report(app: Flask) -> Report:
    """A report of 24 chapters of 100 paragraphs, each of which tells a note of its own, said by one of twenty."""
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    report = make_review.report(session.meeting)
    report_id, session_id = report.id, session.id
    with transaction():
        for place in range(CHAPTERS):
            chapter = Chapter(report_id=report_id, position=50 + place, title=f"Part {place}", block=f"own-{place}")
            chapter.paragraphs = [told(session_id, place * EACH + one) for one in range(EACH)]
            db.session.add(chapter)
    return report


def told(session_id: int, number: int) -> Paragraph:
    """A paragraph with its note."""
    words = f"Prices of good number {number} fell."
    note = Note(session_id=session_id, number=number + 1, state="approved", state_at=make.TODAY, head=1)
    note.created_at = make.TODAY
    revision = Revision(
        number=1, at=make.TODAY, kind="trend", title="Prices", text=words, action_lines=["C2"], goals=[], countries=[],
        speaker=f"Speaker{number % VOICES} Family{number % VOICES}", organization="ITU", ceiling="organization", figures=[],
        sources=[], note=note,
    )  # fmt: skip
    text = f"{words}^[A source.]" if number == 0 else words
    row = Paragraph(position=number % EACH, origin="hand", text=text, generated="", edited_at=make.TODAY)
    row.evidence = [Evidence(note=note, revision=revision, position=0)]
    return row


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def test_a_page_of_a_long_report_reads_the_chapter_it_shows_and_one_note_of_each_voice(
    report: Report, client: PageClient
) -> None:
    editor = client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    last, before = chapters_of(report)[-1].id, chapters_of(report)[-2].paragraphs[5].id
    where = address(report, f"?chapter={last}")
    name = report.title
    db.session.remove()
    with loaded(Paragraph, Note, Revision) as rows, counted() as sent:
        page = editor.get(where).text
    assert name in page
    assert len(re.findall(r'data-paragraph="\d+"', page)) == AT_ONCE
    assert rows["Paragraph"] == AT_ONCE
    assert rows["Note"] <= AT_ONCE + 100 + VOICES  # for names, and some for the annex of speakers
    assert rows["Revision"] <= AT_ONCE + 100 + VOICES
    assert len(sent) < 60
    assert str(before) in page  # the closed chapter says which paragraphs it holds
    assert "2,400 cleared notes" in page or "2400 cleared notes" in page


def test_numbers_footnotes_and_findings_are_as_if_all_of_it_were_read(report: Report, client: PageClient) -> None:
    editor = client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    chapters = [one for one in chapters_of(report) if one.paragraphs]
    last = chapters[-1].paragraphs[-1]
    with transaction():
        last.text = "Speaker7 Family7 said that prices fell.^[The last source.]"
        last.evidence[0].note.state = DRAFT
    page = editor.get(address(report, f"?paragraph={last.id}")).text
    number = len(make_review.paragraphs(report))
    assert f">{number}.<" in page
    assert "<sup>2</sup> The last source." in page
    assert "Above the ceiling of its source: Speaker7 Family7" in page
    assert number_of_notes(report) == CHAPTERS * EACH - 1
