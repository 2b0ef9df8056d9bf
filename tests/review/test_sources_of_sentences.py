"""The sources of each sentence, where it stands."""

from dataclasses import replace
from io import BytesIO

import docx as word
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader

from eventapp.ground.db import transaction
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.formats.docx.document import docx
from eventapp.review.formats.html import html
from eventapp.review.formats.pdf import pdf
from eventapp.review.formats.xlsx import xlsx
from eventapp.review.reports.content import Sentence
from eventapp.review.reports.parts import Correction
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


def test_word_and_pdf_print_the_sources_behind_each_sentence() -> None:
    line = next(one for one in word.Document(BytesIO(docx(WRITTEN))).paragraphs if one.text.startswith("Cables"))
    assert line.text == "Cables are few. [S2-01] They are dear. [S2-01, S2-03]"
    assert [one.style.name for one in line.runs if "[" in one.text and one.style] == ["Sources", "Sources"]
    made = PdfReader(BytesIO(pdf(WRITTEN)))
    pages = " ".join("".join(page.extract_text() for page in made.pages).split())
    assert "[S2-01] They are dear. [S2-01, S2-03]" in pages


def test_word_and_pdf_print_what_corrects_a_paragraph_below_it() -> None:
    one = Correction("RP.1/Corr.1", "1", "few", "scarce", "A slip", "the secretariat")
    read = replace(WRITTEN, corrections=(one,))
    written = word.Document(BytesIO(docx(read))).paragraphs
    lines = [line.text for line in written if line.style and line.style.name == "Corrected"]
    assert lines == ["RP.1/Corr.1: for “few” read “scarce”."]
    assert "RP.1/Corr.1: for “few” read “scarce”." in PdfReader(BytesIO(pdf(read))).pages[0].extract_text()


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
    *_before, printed = frozen(report, chapters_of(report), version=1, at=make.TODAY).paragraphs

    assert [one.notes for one in printed.sentences] == [(), (note.reference,)]
    assert printed.sentences[-1].end == len(printed.text)
