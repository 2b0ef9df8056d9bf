"""What stands before the chapters: the summary in its box, the matters calling for action; and the sub-headings."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO
from typing import Any

import docx as word
from docx.oxml.ns import qn
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader

from eventapp.ground.db import transaction
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.formats.docx.document import docx
from eventapp.review.formats.evidence_json import from_json, to_json
from eventapp.review.formats.html import html
from eventapp.review.formats.markdown import markdown
from eventapp.review.formats.pdf import pdf
from eventapp.review.formats.xlsx import xlsx
from eventapp.review.reports.content import Report
from eventapp.review.reports.parts import Matter, Matters
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_floor, make_practices, make_review
from tests.review.sample import REPORT

CHAPTERS = (
    (
        "Trends",
        (
            Unnumbered("The item was discussed."),
            Unnumbered("Cables are few.", heading="Connectivity"),
            Unnumbered("They are dear."),
            Unnumbered("Skills are rare.", heading="Skills"),
        ),
    ),
    ("Organization of the session", (Unnumbered("It was held in Bangkok.", heading="Opening"),)),
)
ASKED = Matter("It was recommended that cables be studied.", "the secretariat", "two delegations", "2")
AGREED = Matter("The meeting agreed to meet again.", "the Committee", "five delegations", "4")
FULL = replace(
    REPORT,
    chapters=numbered(CHAPTERS, first=2),
    summary=("The meeting was held.", "It agreed to meet again."),
    matters=(
        Matters(
            "Recommendations", "The following recommendations are made:", (ASKED, replace(ASKED, text="So it is."))
        ),
        Matters("Decisions and agreements", "The following was agreed:", (AGREED,)),
    ),
)
IN_ORDER = (
    *("Summary", "The meeting was held.", "It agreed to meet again."),
    *("I. Matters calling for action or brought to attention", "A. Recommendations", "are made:"),
    *("(a) It was recommended that cables be studied (two delegations, para. 2).", "(b) So it is (two delegations"),
    *("B. Decisions and agreements", "(a) The meeting agreed to meet again (five delegations, para. 4)."),
    *("II. Trends", "1. The item was discussed.", "A. Connectivity", "2. Cables are few.", "3. They are dear."),
    *("B. Skills", "4. Skills are rare.", "III. Organization of the session", "A. Opening", "5. It was held"),
)


def is_in_order(text: str) -> None:
    at, text = 0, " ".join(text.split())
    for words in IN_ORDER:
        found = text.find(words, at)
        assert found >= 0, (words, text[at : at + 300])
        at = found


def shown(written: str) -> str:
    """The words of a page behind its contents, without its tags."""
    body = (
        written.split("</nav>", maxsplit=1)[0].split("</header>")[1].split("<nav", maxsplit=1)[0]
        + written.split("</nav>")[1]
    )
    return unescape(re.sub(r"<[^>]+>", " ", body))


def test_html_has_them_before_the_chapters() -> None:
    is_in_order(shown(html(FULL)))
    assert 'href="#r2A"><span class="numeral">A.</span> Connectivity' in html(FULL)


def test_the_pdf_has_them_with_headings_of_their_own() -> None:
    reader = PdfReader(BytesIO(pdf(FULL)))
    text = " ".join(page.extract_text() for page in reader.pages)
    is_in_order(text[text.index("Summary") :].replace("Annex", "", 1))
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles[:3] == [IN_ORDER[3], "II. Trends", "III. Organization of the session"]


def test_markdown_has_them() -> None:
    written = markdown(FULL)
    assert "> **Summary**\n>\n> The meeting was held.\n>\n> It agreed to meet again." in written
    is_in_order(written.replace("#", "").replace(">", "").replace("*", ""))


def test_word_counts_and_letters_them_itself() -> None:
    document = word.Document(BytesIO(docx(FULL)))
    lines = [(line.style.name, line.text) for line in document.paragraphs if line.style is not None]
    heads = [(style, text) for style, text in lines if style.startswith("Heading")]
    assert heads == [
        ("Heading 1", "Matters calling for action or brought to attention"),
        ("Heading 2", "Recommendations"),
        ("Heading 2", "Decisions and agreements"),
        ("Heading 1", "Trends"),
        ("Heading 2", "Connectivity"),
        ("Heading 2", "Skills"),
        ("Heading 1", "Organization of the session"),
        ("Heading 2", "Opening"),
    ]
    runs = document.element.body.xpath("w:p/w:pPr[w:pStyle/@w:val='Matter']/w:numPr/w:numId/@w:val")
    assert runs[0] == runs[1] != runs[2]
    begun = list(document.part.numbering_part.element.iter(qn("w:startOverride")))
    assert len(begun) == 2
    assert [text for style, text in lines if style == "Summary"] == list(FULL.summary)


def test_json_and_the_workbook_have_them() -> None:
    assert from_json(to_json(FULL)) == FULL
    assert json.loads(to_json(FULL))["report"]["matters"][0]["rows"][0]["by"] == "two delegations"
    rows = list(load_workbook(BytesIO(xlsx(FULL)))["Matters"].values)
    assert rows[1] == ("Recommendations", ASKED.text, "the secretariat", "two delegations", 2)
    assert "matters" not in json.loads(to_json(REPORT))["report"]


def held(who: str = "ITU", organs: Sequence[str] = (), **facts: Any) -> Report:
    """A report of what two States recommended, one promised and one showed, with an agreement."""
    meeting = make.meeting(slug="spring", objectives=[], mandate=[], organs=list(organs))
    session = make.session(meeting, kind="trends", code="S2", title="Trends")
    make.session(meeting, kind="plans", code="S3", title="Nobody wrote here")
    fiji: dict[str, Any] = {"country": "FJI", "stakeholder_type": "government", "organization": "Ministry of Trade"}
    make_review.note(session, kind="recommendation", title="Study", text="Cables should be studied.", who=who, **fiji)
    make_review.note(session, kind="agreement", title="Again", text="Meet again.", support="agreed", **fiji)
    make_review.note(session, kind="commitment", title="Connect all", due_on=date(2027, 12, 31), **fiji)
    shown = make_review.note(session, kind="good-practice", title="Digital village", **fiji)
    card, _token = make_practices.invited(session)
    with transaction():
        card.note_id = shown.id
    report = make_review.report(meeting, **facts)
    return frozen(report, chapters_of(report), version=1, at=datetime(2026, 3, 20, 5, tzinfo=UTC))


def annex(text: Report, code: str) -> list[tuple[str, ...]]:
    return [row for one in text.annexes if one.code == code for part in one.parts for row in part.rows]


def test_recommendations_and_agreements_are_chapter_one(app: Flask) -> None:
    text = held()
    asked, agreed = text.matters

    assert text.chapters[0].number == 2
    assert (asked.heading, agreed.heading) == ("Recommendations", "Decisions and agreements")
    [row] = asked.rows
    assert (row.to, row.by) == ("ITU", "one delegation")
    assert row.text == "Fiji also recommended that cables be studied."
    assert [row.text in one.text for one in text.paragraphs if one.place == row.paragraph] == [True]


def test_recommendations_go_to_the_lowest_organ_at_the_head(app: Flask) -> None:
    text = held(organs=["United Nations", "Committee on Information Technology"])

    assert text.matters[0].opening.endswith("to the attention of the Committee on Information Technology:")
    assert "of the Committee on Information Technology" in " ".join(text.summary)


def test_the_annexes_of_outcomes_say_who_what_when_and_where(app: Flask) -> None:
    text = held()

    [(_words, to, by, place)] = annex(text, "recommendations")
    assert (to, by, place) == ("ITU", "one delegation", text.matters[0].rows[0].paragraph)
    [(who, what, when, _place)] = annex(text, "commitments")
    assert (who, what, when) == ("Fiji", "Connect all", "31 December 2027")
    [(practice, whose, country, card, _place)] = annex(text, "practices")
    assert (practice, whose, country, card) == ("Digital village", "Fiji", "Fiji", "GP-01")


def test_a_commitment_without_a_title_of_its_own_reads_as_in_the_report(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    session = make.session(meeting, kind="trends", code="S2")
    words = "We will connect all schools by 2027."
    make_review.note(session, kind="commitment", title=words[:-1], text=words, country="FJI", organization="Fiji")
    report = make_review.report(meeting)
    text = frozen(report, chapters_of(report), version=1, at=datetime(2026, 3, 20, 5, tzinfo=UTC))

    [(_who, what, _when, _place)] = annex(text, "commitments")
    assert what == "Fiji committed to connect all schools by 2027."


def test_the_annexes_name_nobody_whom_the_report_may_not_name(app: Flask) -> None:
    text = held(who="Ministry of Trade", policy="nobody")

    assert text.matters[0].rows[0].to == "the Regional Commission"

    for code in ("commitments", "practices", "recommendations", "speakers"):
        assert "Fiji" not in str(annex(text, code))


def test_speakers_are_those_who_took_the_floor_and_not_the_programme(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    session = make.session(meeting, kind="trends", code="S2", title="Trends")
    silent = make.session(meeting, kind="plans", code="S3", title="Nobody wrote here")
    for one in (session, silent):
        make.role(one, name="Grace Hopper", organization="ITU")
    make_floor.ended(make_floor.begun(make_floor.asked(session, "Ada Byron", "Fiji")))
    make_floor.asked(silent, "Bo Chen", "Tonga")
    make_review.note(session, organization="APT", speaker="Li Wenjing")
    report = make_review.report(meeting)
    text = frozen(report, chapters_of(report), version=1, at=datetime(2026, 3, 20, 5, tzinfo=UTC))

    assert annex(text, "speakers") == [("S2", "Trends", "Fiji; APT")]
