from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import docx as word
import pytest
from pypdf import PdfReader

from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.formats.docx.document import docx
from eventapp.review.formats.evidence_json import to_json
from eventapp.review.formats.html import html
from eventapp.review.formats.pdf import pdf
from eventapp.review.formats.writers import FORMATS, written
from eventapp.review.reports.content import Report
from tests.review.sample import REPORT

TWO_NOTES = Unnumbered("Prices fall.^[A/70/1.]^[Reservation by Bhutan.] So they said.^[A/70/2.]")


@pytest.mark.parametrize(("ending", "write"), [("docx", docx), ("pdf", pdf), ("json", to_json)])
def test_the_press_writes_what_the_output_writes(ending: str, write: Callable[[Report], bytes]) -> None:
    assert written(REPORT, ending) == write(REPORT)


def test_an_unchanged_report_is_not_written_twice() -> None:
    assert written(REPORT, "md") is written(replace(REPORT), "md")
    assert written(replace(REPORT, version=2), "json") != written(REPORT, "json")


def test_many_who_ask_at_once_get_one_file() -> None:
    report = replace(REPORT, version=7)
    with ThreadPoolExecutor(8) as readers:
        files = list(readers.map(lambda _: written(report, "docx"), range(8)))

    assert len({id(file) for file in files}) == 1


def test_two_footnotes_at_one_place_do_not_read_as_one_number() -> None:
    [chapter] = numbered([("Background", [TWO_NOTES])])
    [first] = chapter.paragraphs
    report = replace(REPORT, chapters=(chapter,))
    assert first.crowded == {2}
    page = html(report)
    assert '">1</a></sup><sup>, <a href="#fn2"' in page
    assert page.count("<sup>, ") == 1
    [line] = [one for one in word.Document(BytesIO(docx(report))).paragraphs if one.text.startswith("Prices")]
    assert line.text == "Prices fall., So they said."  # the marks themselves are no text in Word
    printed = PdfReader(BytesIO(pdf(report))).pages[0].extract_text()
    assert "fall.1,2" in printed.replace(" ", "").replace("\n", "")


def test_a_press_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="UnreadableError"):
        FORMATS["pdf"].write(b'{"schema": "other"}')


def test_a_report_without_chapters_has_no_contents_to_tell() -> None:
    empty = replace(REPORT, chapters=(), annexes=())
    paper, pages = word.Document(BytesIO(docx(empty))), PdfReader(BytesIO(pdf(empty))).pages

    assert "Contents" not in [one.text for one in paper.paragraphs]
    assert "Contents" not in "".join(page.extract_text() for page in pages)
    assert "Contents" not in html(empty)
