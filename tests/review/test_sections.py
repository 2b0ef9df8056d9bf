"""Sections: the discussions are one chapter with a section for each item, in every format, in the editor and back."""

import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any

import docx as word
import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader

from bench.measures import floors
from eventapp.ground.db import transaction
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.package.restore.reports import sections as read_back
from eventapp.review.compiling.numbering import Unnumbered, numbered, references
from eventapp.review.formats.docx.document import docx
from eventapp.review.formats.evidence_json import from_json, to_json
from eventapp.review.formats.html import html
from eventapp.review.formats.markdown import markdown
from eventapp.review.formats.pdf import pdf
from eventapp.review.formats.xlsx import xlsx
from eventapp.review.paragraphs import arranging
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Report
from eventapp.review.reports.outline_file import FaultyOutline, read_outline
from eventapp.review.reports.outlines import STANDARD
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.printed import printed
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review
from tests.browserless import PageClient
from tests.review.sample import ADOPTION, BROADBAND, REPORT

ROWS = (
    Unnumbered("Views were exchanged."),
    Unnumbered("It was opened.", section="Opening statements"),
    Unnumbered("Cables are few.", (BROADBAND,), section="Trends", heading="Connectivity"),
    Unnumbered("Skills are rare.", (ADOPTION,), heading="Skills"),
    Unnumbered("We shall meet.", section="Way forward"),
)
TEXT = replace(
    REPORT,
    chapters=numbered(
        [("Summary of discussions", ROWS), ("Organization", [Unnumbered("Held.", heading="Opening")])], first=2
    ),
    annexes=(),
)
IN_ORDER = (
    *("II. Summary of discussions", "1. Views were exchanged.", "A. Opening statements", "2. It was opened."),
    *("B. Trends", "1. Connectivity", "3. Cables are few.", "2. Skills", "4. Skills are rare."),
    *("C. Way forward", "5. We shall meet.", "III. Organization", "A. Opening", "6. Held."),
)

HEAD = "[[chapters]]\ncode = "


def is_in_order(text: str) -> None:
    at, text = 0, " ".join(text.split())
    for words in IN_ORDER:
        found = text.find(words, at)
        assert found >= 0, (words, text[at : at + 300])
        at = found


def words_of(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))


def test_html_lists_the_sections_and_heads_the_topics_below_them() -> None:
    page = html(TEXT)
    is_in_order(words_of(page.split("</nav>")[1]))
    contents = " ".join(words_of(page.split("<nav")[1].split("</nav>")[0]).split())
    assert re.findall(r"[A-C]\. [A-Z][a-z]+", contents) == ["A. Opening", "B. Trends", "C. Way", "A. Opening"]
    assert 'href="#r2B"' in page
    assert re.search(r'<h4 id="r2B1">.*Connectivity', page)


def test_pdf_and_markdown_have_three_levels() -> None:
    reader = PdfReader(BytesIO(pdf(TEXT)))
    is_in_order(" ".join(page.extract_text() for page in reader.pages).split("Contents")[-1])
    written = markdown(TEXT)
    is_in_order(written.replace("#", ""))
    assert "### B. Trends\n\n#### 1. Connectivity\n\n3. Cables are few." in written


def test_word_counts_three_levels_itself_and_lists_the_sections_with_their_paragraphs() -> None:
    document = word.Document(BytesIO(docx(TEXT)))
    lines = [(one.style.name, one.text) for one in document.paragraphs if one.style is not None]
    heads = [(style, text) for style, text in lines if style.startswith("Heading")]
    assert heads == [
        ("Heading 1", "Summary of discussions"),
        *(("Heading 2", "Opening statements"), ("Heading 2", "Trends"), ("Heading 3", "Connectivity")),
        *(
            ("Heading 3", "Skills"),
            ("Heading 2", "Way forward"),
            ("Heading 1", "Organization"),
            ("Heading 2", "Opening"),
        ),
    ]
    listed = document.element.body.xpath("w:sdt//w:p[w:pPr/w:pStyle/@w:val='toc2']//w:hyperlink")
    words = ["".join(one.xpath(".//w:t/text()")) for one in listed]
    assert words[:2] == ["A.Opening statementspara. 2", "B.Trendsparas. 3–4"]
    leads_to = [one.get(one.keys()[0]) for one in listed]
    names = document.element.body.xpath("//w:bookmarkStart/@w:name")
    assert set(leads_to) <= set(names)
    assert len(set(document.element.body.xpath("//w:bookmarkStart/@w:id"))) == len(names)


def test_json_and_the_workbook_say_the_section() -> None:
    assert from_json(to_json(TEXT)) == TEXT
    _head, *rows = load_workbook(BytesIO(xlsx(TEXT)))["Paragraphs"].values
    assert [row[2] or "" for row in rows] == [
        *("", "A. Opening statements", "B. Trends, 1. Connectivity", "B. Trends, 2. Skills"),
        *("C. Way forward", "A. Opening"),
    ]


def test_a_reference_to_a_section_says_its_letter() -> None:
    known = references(TEXT.chapters, ())
    assert known["{chapter:Summary of discussions}"] == "chapter II"
    assert known["{chapter:Way forward}"] == "chapter II, section C"
    assert "{chapter:Connectivity}" not in known


def test_the_floor_is_counted_by_section_and_a_package_gives_them_back() -> None:
    assert floors(TEXT, {})[3] == 0
    assert [(title, len(rows)) for title, rows in read_back(TEXT.chapters[0])] == [
        *(("", 1), ("Opening statements", 1), ("Trends", 2), ("Way forward", 1)),
    ]


def held(app: Flask) -> Meeting:
    meeting = make.meeting(objectives=[], mandate=[])
    opening = make.session(meeting, kind="opening", code="S1", title="Opening")
    trends = make.session(meeting, kind="trends", code="S2", title="Trends: cables", agenda_item="1")
    secret = make.session(meeting, kind="closing", code="S3", title="Closing", rule="chatham")
    make.role(opening, "chair", name="Ada Byron", organization="ITU", position=1)
    make.role(trends, "moderator", name="Bo Chen", country="FJI")
    make.role(trends, "moderator", name="Al Declined", state="declined")
    make.role(secret, "moderator", name="Nora Unnamed")
    make_review.note(opening, text="All is well.", speaker="Ada Byron", ceiling="nobody")
    make_review.note(trends, text="Cables matter.")
    return meeting


def text_of(report: Report) -> Text:
    return frozen(report, chapters_of(report), version=1, at=make.TODAY)


def shape(report: Report) -> list[tuple[str, list[str]]]:
    return [
        (f"{one.numeral}. {one.title}", [f"{part.letter}. {part.heading}" for part in one.sections if part.heading])
        for one in text_of(report).chapters
    ]


def begun(meeting: Meeting, **facts: Any) -> Report:
    return make_review.report(meeting, outline=STANDARD, **facts)


def test_the_standard_report_is_one_chapter_of_discussions_and_the_organization(app: Flask) -> None:
    report = begun(held(app))
    assert shape(report) == [
        *[("I. Summary of discussions", ["A. Opening statements", "B. Emerging trends, challenges and opportunities"])],
        *[("II. Organization of the session", ["A. Opening and duration", "B. Officers", "C. Agenda"])],
    ]
    numerals = [numeral for _paragraph, numeral in printed(report).values()]
    assert numerals == ["I.A", "I.B", "II", "II", "II"]


def test_officers_and_agenda_are_those_of_the_programme(app: Flask) -> None:
    rows = text_of(begun(held(app))).chapters[1].paragraphs
    assert rows[1].text == "The Chair of the session was Ada Byron (ITU). The moderator was Bo Chen (Fiji)."
    assert [(one.label, one.text) for one in rows[2:]] == [
        *(("5.", "The agenda was the following:"), ("1.", "Opening;"), ("2.", "Trends: cables (item 1);")),
        ("3.", "Closing."),
    ]


def test_the_same_in_french(app: Flask) -> None:
    text = text_of(begun(held(app), language="fr"))
    assert [one.title for one in text.chapters] == ["Organisation de la session"]
    assert [one.heading for one in text.chapters[0].sections][1:] == ["Bureau", "Ordre du jour"]
    assert text.chapters[0].paragraphs[1].text.startswith("La présidence de la session a été assurée par Ada Byron")


def test_a_section_moves_inside_its_chapter_and_out_of_it_and_a_chapter_into_it(app: Flask) -> None:
    report = begun(held(app))

    def shift(block: str, way: str) -> list[str]:
        chapter = next(one for one in chapters_of(report) if one.block == block)
        with transaction():
            arranging.shift_chapter(chapter, way, by=None, at=make.TODAY)
        return [f"{title}: {'; '.join(parts)}" for title, parts in shape(report)]

    before = [f"{title}: {'; '.join(parts)}" for title, parts in shape(report)]
    assert shift("trends", "up")[0].endswith("A. Emerging trends, challenges and opportunities; B. Opening statements")
    assert shift("trends", "up")[0] == "I. Emerging trends, challenges and opportunities: "
    assert shift("discussions", "down")[1].startswith("II. Organization")
    assert shift("discussions", "up")[1] == "II. Summary of discussions: A. Opening statements"
    assert shift("trends", "down")[0].endswith(
        "A. Emerging trends, challenges and opportunities; B. Opening statements"
    )
    assert shift("trends", "down") == before
    assert "; C. Organization of the session; 1. Opening and duration" in shift("background", "up")[0]
    assert shift("background", "down") == before


def test_a_sub_paragraph_at_the_head_of_a_section_has_a_number(app: Flask) -> None:
    report = begun(held(app))
    with transaction():
        first = next(one for one in chapters_of(report) if one.block == "trends").paragraphs[0]
        first.level = 1
    assert [one.place for one in text_of(report).chapters[0].paragraphs] == ["1", "2"]


def test_the_editor_shows_a_section_with_its_letter(app: Flask, client: PageClient) -> None:
    meeting = held(app)
    report = begun(meeting)
    page = client.sign_in(make.staff(meeting, ORGANIZER)).get(f"/meetings/{meeting.slug}/review/reports/{report.name}")
    shown = " ".join(words_of(page.text).split())
    assert "I. Summary of discussions" in shown
    assert "I.B. Emerging trends, challenges and opportunities" in shown
    assert shown.count("No paragraph of its own: its sections follow.") == 1


@pytest.mark.parametrize(
    "written",
    [
        'section_of = "two"',
        f'section_of = "one"\n{HEAD}"three"\ntitle = "T"\n{HEAD}"four"\ntitle = "F"\nsection_of = "one"',
    ],
)
def test_a_section_that_does_not_follow_its_chapter_is_a_fault(written: str) -> None:
    text = (
        f'title = "X"\n[[chapters]]\ncode = "one"\ntitle = "One"\n[[chapters]]\ncode = "two"\ntitle = "Two"\n{written}'
    )
    with pytest.raises(FaultyOutline, match="only the chapter that the section follows") as fault:
        read_outline("mine", text)
    assert fault.value.line == len(text.splitlines())
