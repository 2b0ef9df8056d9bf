"""The head of a paper of an organ, in every format."""

import json
from dataclasses import replace
from io import BytesIO

import docx as word
from flask import Flask
from markdown_it import MarkdownIt
from pypdf import PdfReader

from eventapp.ground.db import transaction
from eventapp.meetings.models import Body
from eventapp.review.formats.docx.document import docx
from eventapp.review.formats.evidence_json import from_json, to_json
from eventapp.review.formats.html import html
from eventapp.review.formats.markdown import markdown
from eventapp.review.formats.pdf import pdf
from eventapp.review.reports.parts import Masthead
from eventapp.review.versions.publication_snapshot import masthead_of
from tests import make
from tests.review.sample import REPORT

ORGANS = ("United Nations", "Economic and Social Council", "Economic and Social Commission for Asia and the Pacific")
HEADED = replace(
    REPORT,
    distribution="General",
    masthead=Masthead(ORGANS, "First session", "Item 2 (b) of the provisional agenda", "English"),
)
IN_ORDER = (
    "United Nations",
    "Distr.: General",
    "4 October 2016",
    "Original: English",
    "Economic and Social Commission for Asia and the Pacific",
    "Inter-agency Working Group on ICT",
    "First session",
    "Bangkok, 4 October 2016",
    "Item 2 (b) of the provisional agenda",
    REPORT.meeting.title,
    "Summary report",
)


def is_in_order(text: str) -> bool:
    at = 0
    text = " ".join(text.split())
    for words in IN_ORDER:
        at = text.find(words, at)
        assert at >= 0, words
    return "Economic and Social Council" in text and "IWG-ICT/2016/RP.1" in text


def test_a_page_of_html_says_it() -> None:
    body = html(HEADED).split("<body>")[1]
    assert is_in_order(body)
    assert "English only" not in body


def test_markdown_says_it_a_line_for_each_thing() -> None:
    shown = MarkdownIt("commonmark").render(markdown(HEADED))
    assert "United Nations<br />" in shown
    for words in IN_ORDER:
        assert words in shown


def test_word_has_it_between_two_rules_and_without_a_table() -> None:
    document = word.Document(BytesIO(docx(HEADED)))
    assert is_in_order("\n".join(line.text for line in document.paragraphs))
    assert document.element.body.xpath("w:tbl[following-sibling::w:p[w:pPr/w:pStyle/@w:val='Title']]") == []
    assert len(document.element.body.xpath("w:p/w:pPr/w:pBdr")) == 2


def test_the_first_page_of_the_pdf_has_it_and_is_accessible() -> None:
    reader = PdfReader(BytesIO(pdf(HEADED)))
    assert is_in_order(reader.pages[0].extract_text())
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert "pdfuaid" in metadata.stream.get_data().decode()


def test_json_says_it_and_a_version_from_before_reads_as_it_was() -> None:
    assert from_json(to_json(HEADED)) == HEADED
    assert json.loads(to_json(HEADED))["report"]["masthead"]["organs"] == list(ORGANS)
    assert "masthead" not in json.loads(to_json(REPORT))["report"]
    assert from_json(to_json(REPORT)).masthead is None


def test_a_body_has_its_own_session_and_the_rest_from_the_meeting(app: Flask) -> None:
    meeting = make.meeting(organs=list(ORGANS), session_name="First session", original_language="fr")
    with transaction():
        meeting.bodies.append(Body(code="IWG", name="Working group", session_name="Ninth session"))

    assert masthead_of(meeting, None) == Masthead(ORGANS, "First session", "", "French")
    assert masthead_of(meeting, meeting.bodies[0]) == Masthead(ORGANS, "Ninth session", "", "French")
    assert masthead_of(make.meeting(), None) is None
