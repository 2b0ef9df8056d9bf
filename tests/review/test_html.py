"""A report in one file: nothing is loaded, nothing of its text becomes markup, and its anchors are those of the page."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import html5lib
import pytest
from flask import Flask
from flask_babel import force_locale

from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.formats.html import html
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.content import Chapter, Paragraph
from tests import make, make_review
from tests.review.sample import REPORT


class Parts(HTMLParser):
    """The ids of a page, what its links lead to, and every attribute that could load something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.elements: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name in ("src", "srcset", "action", "data", "poster", "background") or name.startswith("on"):
                self.loads.append(f"{tag} {name}")


def test_every_part_of_a_report_is_there() -> None:
    text = html(REPORT)
    for words in (
        "<title>", REPORT.title, "Distr.:", '<span class="numeral">I.</span> Background', ">1.</a> In its resolution 70/125,",
        "ESCAP resolution 72/10.", "Li Wenjing (李文静)", "Evidence: S2-01, S2-03", "Trend, revision 2 · International Telecommunication Union",
        "C2, C7-EAGR · Goals 9, 11 · Session S2",
    ):  # fmt: skip
        assert words in text
    assert "Statement withheld" not in text


def test_it_opens_without_a_network_and_each_link_leads_somewhere_in_it() -> None:
    parts = Parts(html(REPORT))
    assert parts.loads == []
    assert not parts.elements & {"script", "link", "img", "iframe", "object", "base"}
    assert "url(" not in html(REPORT) and "@import" not in html(REPORT)
    assert len(parts.ids) == len(set(parts.ids))
    assert parts.links
    assert {
        link for link in parts.links if link.removeprefix("#") not in parts.ids or not link.startswith("#")
    } == set()


def test_it_is_sound_html_with_one_heading_for_the_whole() -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html(REPORT))
    assert [name for _where, name, _ in parser.errors] == []
    assert [one.text for one in tree.findall(".//h1")] == [REPORT.title]
    assert (tree.get("lang"), tree.findtext(".//title")) == ("en", f"{REPORT.title} ({REPORT.symbol})")


def test_its_anchors_are_those_of_the_page(app: Flask) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting))
    report = make_review.report(meeting)
    publish(report, by=None, at=make.TODAY)
    client, address = app.test_client(), f"/meetings/{report.meeting.slug}/reports/{report.name}"
    file = client.get(f"{address}.html")
    assert (file.status_code, file.mimetype) == (200, "text/html")
    assert file.headers["Content-Disposition"].startswith("attachment")
    named = re.compile(r"(p[0-9]+[a-z]*|r[0-9]+|fn[0-9]+|ref[0-9]+|annex[0-9]+)")
    on_page = [one for one in Parts(client.get(address).text).ids if named.fullmatch(one)]
    assert on_page
    assert on_page == [one for one in Parts(file.text).ids if named.fullmatch(one)]
    assert f"{report.name}.html" in client.get(address).text


def test_a_letter_of_a_sub_paragraph_is_in_its_anchor() -> None:
    chapters = numbered([("Background", [Unnumbered("Above."), Unnumbered("Below.", level=1)])])
    assert {"p1", "p1a"} <= set(Parts(html(replace(REPORT, chapters=chapters))).ids)


@pytest.mark.parametrize("text", ["<script>x</script>", "</style><b>", "&lt;b&gt;", '"><img src=x>', "{{ 7 * 7 }}"])
def test_no_text_of_a_report_becomes_markup(text: str) -> None:
    odd = replace(REPORT, title=text, symbol=text, chapters=(Chapter(1, text, (Paragraph(1, text),)),), annexes=())
    written = html(odd)
    assert (
        Parts(written).elements
        == Parts(html(replace(odd, title="x", symbol="x", chapters=(Chapter(1, "x", (Paragraph(1, "x"),)),)))).elements
    )
    assert "49" not in written.partition("</style>")[2]


def test_words_that_may_not_be_said_are_said_to_be_withheld() -> None:
    [cited] = [one for one in REPORT.paragraphs if len(one.evidence) == 1]
    silent = replace(cited, evidence=(replace(cited.evidence[0], text=""),))
    written = html(replace(REPORT, chapters=(Chapter(1, "x", (silent,)),)))
    assert "The words of this note are withheld" in written
    assert "The words of this note are withheld" not in html(REPORT)


def test_the_reader_makes_no_difference(app: Flask) -> None:
    with app.test_request_context(), force_locale("fr"):
        french = html(REPORT)
    assert french == html(REPORT)
