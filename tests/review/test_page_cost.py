"""What the editor's page reads of a report of 2,400 paragraphs: what it shows, and counts of the rest."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Select, func, select, text, update

from eventapp.clearance import actions
from eventapp.clearance.models import Reader
from eventapp.clearance.own import Draft, draft_for
from eventapp.ground.db import OPEN, db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.notes.models import DRAFT, Note, Revision
from eventapp.record.notes.queries import OFF_RECORD
from eventapp.review.actions import leave_out
from eventapp.review.editor.chapters import AT_ONCE
from eventapp.review.reports.models import HAS_MARK, IS_MARKED, Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.noted import notes_off_record, number_of_notes
from eventapp.review.reports.queries import chapters_of, rows_of, sizes_in
from eventapp.review.versions.snapshots import draft_lines, lines_of
from eventapp.review.versions.tracking import tracked
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


def test_versions_are_compared_by_their_words_alone(report: Report, client: PageClient) -> None:
    editor = client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    editor.post(address(report, "/versions"), data={"remark": "The first"})
    chapters = [one for one in chapters_of(report) if one.paragraphs]
    changed, removed = chapters[-1].paragraphs[3:5]
    with transaction():
        changed.text, removed.removed_at, chapters[2].paragraphs[1].level = "Prices rose.", make.TODAY, 1
    assert draft_lines(report) == lines_of(chapters_of(report))
    where = address(report, "/versions")
    db.session.remove()
    with loaded(Paragraph, Evidence, Note, Revision) as rows, counted() as sent:
        page = editor.get(where).text
    assert rows == {}
    assert len(sent) < 20
    assert "2 paragraphs differ" in page
    assert "rose" in page
    whole = editor.get(f"{where}?all=1").text
    assert whole.count('<article class="changed-paragraph') == 50
    assert "Page 1 of 49" in whole
    assert "all=1&amp;page=2#ch" in whole


def test_what_a_long_version_keeps_is_compared_without_a_look_at_every_pair(report: Report) -> None:
    lines = draft_lines(report)
    assert not any(one.is_changed for one in tracked(lines, lines))
    renumbered = [replace(one, key=one.key + 100_000) for one in lines]  # rows are others, and words the same
    assert not any(one.is_changed for one in tracked(lines, renumbered))
    strange = [replace(one, key=one.key + 100_000, text=f"{one.key} altogether other") for one in lines]
    assert [one.before for one in tracked(lines, strange) if one.before] == [one.place for one in lines]


def test_what_is_off_the_record_is_found_by_an_index_of_it_alone(report: Report) -> None:
    last = chapters_of(report)[-1].paragraphs[-1].evidence[0]
    number = last.note_id
    with transaction():
        last.revision.off_record = True
    assert notes_off_record(report.meeting) == {number}
    assert number_of_notes(report) == CHAPTERS * EACH - 1
    if db.engine.dialect.name == "sqlite":  # the other kind reads a table this small from end to end
        asked = str(OFF_RECORD.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = [row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
        assert any("ix_revision_off_record" in step for step in plan)


def test_words_that_others_are_numbered_by_are_found_by_an_index_of_them_alone(report: Report) -> None:
    marked = {
        "a footnote": "Prices fell.^[A source.]",
        "a reference": "As {annex:programme} says.",
        "points": "One\ntwo",
    }
    rows = chapters_of(report)[-1].paragraphs
    with transaction():
        for row, words in zip(rows, [*marked.values(), "Nothing of these ^ [ ."], strict=False):
            row.text = words
    found = [row.text for row in rows_of(report, marked=True) if row.text]
    assert found == [row.text for row in rows_of(report) if {"^", "{", "\n"} & set(row.text) and row.id != rows[3].id]
    assert found[-3:] == list(marked.values())
    assert len(found) < 10
    assert [row._replace(text="") for row in rows_of(report)] == [
        row._replace(text="") for row in rows_of(report, marked=True)
    ]
    assert sizes_in({rows[0].chapter_id}) == {row.id: len(row.text) for row in rows}
    if db.engine.dialect.name == "sqlite":  # the other kind reads a table this small from end to end
        with counted() as sent:
            rows_of(report, marked=True)
        asked = sent[-1].replace("?", str(report.id))
        plan = [row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
        assert any("ix_paragraph_numbering" in step for step in plan)
    else:  # and reads long texts by the index where it takes few to be marked; the control: any may have a letter in it
        db.session.execute(update(Paragraph).values(text="a" * 1200))
        db.session.execute(text("ANALYZE paragraph"))
        count = db.session.scalars(select(func.count()).select_from(Paragraph)).one()
        assert expected(select(Paragraph.id).where(IS_MARKED)) < count / 10
        assert expected(select(Paragraph.id).where(HAS_MARK)) > count / 2


def expected(query: Select[int]) -> int:
    """How many rows PostgreSQL takes this query to find."""
    asked = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {asked}").scalar_one()
    rows: int = plan[0]["Plan"]["Plan Rows"]
    return rows


def test_arranging_chapters_reads_no_paragraph_and_moving_one_those_of_its_chapters(
    report: Report, client: PageClient
) -> None:
    """Under the lock of the report: all 2,400 with what they cite were read for each of these."""
    editor = client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    last, before = chapters_of(report)[-1], chapters_of(report)[-2]
    where, moved = address(report), before.paragraphs[-1].id
    chapter, title = last.id, last.title
    db.session.remove()
    for tail, typed in (
        (f"/chapters/{chapter}", {"title": "Other words"}),
        (f"/chapters/{chapter}/up", {}),
        ("/chapters", {"title": "One more"}),
    ):
        with loaded(Paragraph, Evidence, Note) as rows:
            assert editor.post(f"{where}{tail}", data=typed).status_code == 303
        assert not rows, tail
    with loaded(Paragraph, Evidence, Note) as rows:
        assert editor.post(f"{where}/paragraphs/{moved}/down").status_code == 303
    assert rows["Paragraph"] <= 2 * EACH and rows["Note"] <= 2
    found = [one.title for one in chapters_of(db.session.merge(report))]
    assert found[-3:] == ["Other words", "Part 22", "One more"] and title not in found


def test_sending_a_long_draft_to_its_readers_reads_no_row_whole_under_the_lock(
    report: Report, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words are kept as a version: of plain rows. What rests on a reader's own notes is looked for before."""
    editor = client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    where, typed = address(report, "/clearance"), {"name": "Ada", "email": "ada@example.org", "days": "2"}
    db.session.remove()
    with loaded(Paragraph, Evidence, Note) as rows:
        assert editor.post(where, data={**typed, "reads": "whole"}).status_code == 303
    assert not rows

    is_open: list[bool] = []

    def look(reader: Reader) -> Draft:
        is_open.append(OPEN.get() is not None)
        return draft_for(reader)

    monkeypatch.setattr(actions, "draft_for", look)
    assert editor.post(where, data={**typed, "reads": "own"}).status_code == 409
    assert is_open == [False]


def test_leaving_a_note_out_reads_no_paragraph(report: Report) -> None:
    """Under the lock of the report: it is asked whether one that stands cites the note."""
    cited, removed = chapters_of(report)[-1].paragraphs[:2]
    notes, number = [one.evidence[0].note_id for one in (cited, removed)], report.id
    with transaction():
        removed.removed_at = make.TODAY
    db.session.remove()
    with loaded(Paragraph, Evidence) as rows:
        with pytest.raises(Refused, match="is cited in the report"), transaction():
            leave_out(
                db.session.get_one(Report, number), db.session.get_one(Note, notes[0]), "", by=None, at=make.TODAY
            )
        with transaction():
            leave_out(
                db.session.get_one(Report, number), db.session.get_one(Note, notes[1]), "", by=None, at=make.TODAY
            )
    assert not rows
