"""What is not published says so wherever it is read: on each page, above each part, in each row."""

from csv import DictReader
from dataclasses import replace
from io import BytesIO, StringIO

import docx as word
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader

from eventapp.ground.db import transaction
from eventapp.review.formats.docx.document import docx
from eventapp.review.formats.evidence_csv import evidence_csv
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.formats.html import html
from eventapp.review.formats.markdown import markdown
from eventapp.review.formats.pdf import pdf
from eventapp.review.formats.xlsx import xlsx
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.editions import as_read
from eventapp.review.versions.publication_snapshot import draft, frozen
from tests import make, make_review
from tests.review.sample import REPORT

MARK = "Draft of version 2, not published, as it read on 4 October 2016 at 18:00 (UTC+7), made by Ada Byron"
MARKED = replace(REPORT, draft=MARK, notices=(f"{MARK}.",))


def test_the_mark_says_which_version_it_would_be(app: Flask) -> None:
    report = make_review.report(make.meeting())
    text = draft(report, chapters_of(report), by="Ada Byron", at=make.TODAY)
    assert text.draft.startswith("Draft of version 1, not published, as it read on ")
    assert text.draft.endswith(" (UTC+7), made by Ada Byron")
    assert text.notices[0] == f"{text.draft}."


def test_each_part_of_markdown_and_its_end_are_marked() -> None:
    written = markdown(MARKED)
    parts = written.split("\n## ")[1:]
    assert all(f"**{MARK}**" in part for part in parts)
    assert f"**{MARK}**\n\n## I. Background" in written
    assert written.endswith(f"**{MARK}**\n")
    assert "**Draft" not in markdown(REPORT)


def test_each_part_and_each_printed_page_of_html_is_marked() -> None:
    page = html(MARKED)
    assert page.count(f'<p class="mark">{MARK}</p>\n<h2') == len(REPORT.chapters) + len(REPORT.annexes)
    assert f'@top-right {{ content: "{MARK}"' in page
    assert f'<p class="across" aria-hidden="true">{MARK}</p>' in page
    assert 'class="mark"' not in html(REPORT)
    assert 'class="across"' not in html(REPORT)
    assert "@top-right" not in html(REPORT)


def test_each_row_of_the_tables_is_marked() -> None:
    rows = list(DictReader(StringIO(evidence_csv(MARKED))))
    assert {row["draft"] for row in rows} == {MARK}
    for sheet in load_workbook(BytesIO(xlsx(MARKED))):
        head, *lines = sheet.iter_rows(values_only=True)
        assert head[-1] == "draft"
        assert {line[-1] for line in lines} == {MARK}
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.right is not None
        assert sheet.oddHeader.right.text == MARK
    assert "draft" not in evidence_csv(REPORT)
    assert "draft" not in [cell for sheet in load_workbook(BytesIO(xlsx(REPORT))) for cell in next(sheet.values)]


NOT_ADOPTED = "Draft: version 1 of 2 March 2026 at 09:00 (UTC+7), published and not adopted"


def test_what_is_published_and_not_adopted_says_so_on_each_page_and_part(app: Flask) -> None:
    make_review.note(make.session(held := make.meeting()))
    report = make_review.report(held)
    edition = publish(report, by=None, at=make.TODAY)
    text = as_read(report, edition)

    assert text.draft == from_dict(edition.content).draft == NOT_ADOPTED
    parts = markdown(text).split("\n## ")[1:]
    assert all(f"**{NOT_ADOPTED}**" in part for part in parts)
    pages = PdfReader(BytesIO(pdf(text))).pages
    assert all(NOT_ADOPTED in page.extract_text() for page in pages)
    section = word.Document(BytesIO(docx(text))).sections[0]
    headers = (section.header, section.first_page_header)
    assert all(NOT_ADOPTED in header.paragraphs[0].text for header in headers)
    assert html(text).count('class="mark"') >= len(text.chapters)
    assert {row["draft"] for row in DictReader(StringIO(evidence_csv(text)))} <= {NOT_ADOPTED}


def test_a_version_from_before_is_read_with_it_and_stays_as_it_was_published(app: Flask) -> None:
    make_review.note(make.session(held := make.meeting()), language="fr", text="Le haut débit progresse.")
    report = make_review.report(held, language="fr")
    edition = publish(report, by=None, at=make.TODAY)
    before = {**edition.content, "report": {**edition.content["report"]}}
    del before["report"]["draft"]
    with transaction():
        edition.content = before
    assert from_dict(edition.content).draft == ""
    assert as_read(report, edition).draft == "Projet : version 1 du 2 mars 2026 à 09:00 (UTC+7), publiée et non adoptée"


def test_an_adopted_text_is_not_marked(app: Flask) -> None:
    report = make_review.report(make.meeting())
    text = frozen(report, chapters_of(report), version=1, at=make.TODAY, adopted=True)
    assert text.draft == ""
    assert 'class="mark"' not in html(text)
