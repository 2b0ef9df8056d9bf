"""The sources of each sentence, where it stands."""

from dataclasses import replace
from io import BytesIO

from flask import Flask
from openpyxl import load_workbook

from eventapp.ground.db import transaction
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.formats.html import html
from eventapp.review.formats.xlsx import xlsx
from eventapp.review.reports.content import Sentence
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review
from tests.make_review import paragraphs
from tests.review.sample import ADOPTION, BROADBAND, REPORT

FIRST, SECOND = "Cables are few.^[ITU, 2016.]", "They are dear."
SAID = Unnumbered(
    f"{FIRST} {SECOND}", (BROADBAND, ADOPTION), sentences=((FIRST, ("S2-01",)), (SECOND, ("S2-01", "S2-03")))
)
WRITTEN = replace(REPORT, chapters=numbered([("Trends", [SAID])]), annexes=())


def test_each_sentence_ends_where_its_words_end_without_their_footnotes() -> None:
    [paragraph] = WRITTEN.paragraphs

    assert paragraph.sentences == (Sentence(15, ("S2-01",)), Sentence(30, ("S2-01", "S2-03")))
    assert [(words, footnote and footnote.number, letter) for words, footnote, (letter, _notes) in paragraph.spans] == [
        ("Cables are few.", 1, ""),
        ("", None, "a"),
        (" They are dear.", None, "b"),
    ]


def test_a_text_that_is_not_its_sentences_has_none() -> None:
    [chapter] = numbered([("Trends", [replace(SAID, text="Other words.")])])
    assert chapter.paragraphs[0].sentences == ()
    assert [words for words, _footnote, _sentence in chapter.paragraphs[0].spans] == ["Other words."]


def test_html_marks_each_sentence_with_its_sources() -> None:
    written = html(WRITTEN)
    assert '<a href="#p1e" title="S2-01, S2-03" aria-label="Sources: S2-01, S2-03">b</a>' in written
    assert '<details id="p1e">' in written


def test_the_workbook_has_a_row_for_each_sentence() -> None:
    rows = list(load_workbook(BytesIO(xlsx(WRITTEN)))["Sentences"].values)
    assert rows[1:] == [(1, "Cables are few.", "S2-01"), (1, "They are dear.", "S2-01 S2-03")]


def test_a_report_prints_the_notes_of_its_sentences(app: Flask) -> None:
    meeting = make.meeting(mandate=[], objectives=[])
    note = make_review.note(make.session(meeting, kind="trends"), organization="ITU")
    report = make_review.report(meeting)
    row = paragraphs(report)[-1]
    with transaction():
        row.text = "Cables are few. They are dear, see {annex:evidence}."
        row.sentences = [
            {"key": "a", "text": "Cables are few.", "made": "", "notes": []},
            {"key": "b", "text": "They are dear, see {annex:evidence}.", "made": "", "notes": [note.id, 999]},
        ]
    *_before, printed = frozen(report, chapters_of(report), version=1, on=meeting.starts_on).paragraphs

    assert [one.notes for one in printed.sentences] == [(), (note.reference,)]
    assert printed.sentences[-1].end == len(printed.text)
