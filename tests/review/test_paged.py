"""A long published report stands on pages: the same paragraphs in the same order, each found by its old address."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import RAPPORTEUR
from eventapp.review.formats.evidence_json import digest, to_dict, to_json
from eventapp.review.jobs import LONG_JOBS
from eventapp.review.paged.actions import editions_not_laid_out, keep_pages
from eventapp.review.paged.laying_out import front_of, lay_out, pages_of
from eventapp.review.paged.models import EditionFront, EditionPage
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.content import Chapter, Paragraph, Report, Rows
from eventapp.review.reports.models import Edition
from eventapp.review.reports.models import Report as ReportRow
from eventapp.review.reports.parts import Matter, Matters
from tests import make, make_review
from tests.browserless import PageClient
from tests.counting import counted
from tests.review.sample import ANNEXES, REPORT

PARAGRAPH, FOOT = r'<div class="dp[^"]*" id="([^"]+)">', r'<li id="(fn\d+)">'
WORDS = "Broadband grew in the subregion and prices fell. " * 40


def long_text() -> Report:
    """A report of three chapters that go on over pages, with sections, footnotes, matters and an annex of 3,000 rows."""
    last = max(one.number for one in REPORT.paragraphs)
    headed = {0: "Access", 60: "Prices"}
    extra = tuple(
        Paragraph(last + 1 + at, f"Point {at}. {WORDS}", heading=headed.get(at, ""), letter="") for at in range(130)
    )
    begin = [replace(one, number=one.number + 1) for one in REPORT.chapters]  # behind the matters, which are chapter I
    number = begin[-1].number + 1
    rows = tuple((f"Delegation {at // 50}", f"Person {at}", "Ministry") for at in range(3000))
    people = replace(ANNEXES[1], number=9, parts=(Rows("Member States", rows),))
    matter = Matter("The Meeting recommended that prices fall.", "the Commission", "two delegations", "3")
    matters = (Matters("Recommendations", "The following are brought to its attention:", (matter,) * 900),)
    chapters = (*begin, Chapter(number, "Trends", extra))
    return replace(REPORT, chapters=chapters, annexes=(*REPORT.annexes, people), matters=matters)


def edition_with(text: Report, *, kept: bool = True) -> Edition:
    meeting = make.meeting()
    facts = {"name": "summary", "title": text.title, "policy": "organization", "outline": "blocks"}
    report = make.kept(ReportRow(meeting_id=meeting.id, created_at=make.TODAY, version=1, **facts))
    words = {"content": to_dict(text), "sha256": digest(to_json(text)), "published_at": make.TODAY}
    edition = make.kept(Edition(report_id=report.id, version=1, **words))
    if kept:
        keep_pages(edition.id)
    return edition


def at(edition: Edition, tail: str = "") -> str:
    return f"/meetings/{edition.report.meeting.slug}/reports/summary{tail}"


def test_the_pages_together_are_the_whole_report(app: Flask, client: PageClient) -> None:
    text = long_text()
    edition = edition_with(text)
    front = client.get(at(edition)).text
    names = list(dict.fromkeys(re.findall(r'href="summary/parts/([a-z0-9-]+)', front)))
    pages = [client.get(at(edition, f"/parts/{name}")).text for name in names]
    assert names[:2] == ["chapter-1", "chapter-2"]
    assert len(names) > len(text.chapters) + len(text.annexes) + 1
    assert [one for page in pages for one in re.findall(PARAGRAPH, page)] == [one.anchor for one in text.paragraphs]
    assert [one for page in pages for one in re.findall(FOOT, page)] == [f"fn{one.number}" for one in text.footnotes]
    said = [one for page in pages for one in re.findall(r"Point (\d+)\.", page)]
    assert said == [str(one) for one in range(130)]
    people = [one for page in pages for one in re.findall(r"<dd>(Person \d+)", page)]
    assert people == [f"Person {one}" for one in range(3000)]
    letters = [one for page in pages for one in re.findall(r'<p class="matter"><span>(\(\w+\))', page)]
    assert letters == [letter for letter, _row in text.matters[0].lettered]
    named = re.findall(r' id="([^"]+)"', " ".join(re.findall(r"<article.*?</article>", "".join(pages), re.DOTALL)))
    assert len(named) == len(set(named))
    assert not any(re.findall(PARAGRAPH, front))


def test_headings_keep_their_letters_wherever_a_page_begins(app: Flask) -> None:
    text = long_text()
    pages = pages_of(text, room=20_000)
    portions = [one for page in pages for piece in page.pieces for one in piece.portions if one.heading]
    begun = [(one.letter, one.heading) for one in portions if not one.is_continued]
    sections = [one for chapter in text.chapters for one in chapter.sections if one.heading]
    assert begun == [(f"{one.letter}.", one.heading) for one in sections]
    assert any(one.is_continued and one.paragraphs for one in portions)
    assert all(page.pieces[0].portions or page.pieces[0].matters or page.pieces[0].annex for page in pages)
    front = front_of(text, pages)
    spans = [(one.first, one.last) for one in front.pages if one.name.startswith(f"chapter-{text.chapters[-1].number}")]
    numbers = [one.number for one in text.chapters[-1].paragraphs]
    assert (spans[0][0], spans[-1][1]) == (str(numbers[0]), str(numbers[-1]))
    assert [int(first) for first, _last in spans[1:]] == [int(last) + 1 for _first, last in spans[:-1]]


def test_every_old_address_leads_to_its_paragraph(app: Flask, client: PageClient) -> None:
    text = long_text()
    edition = edition_with(text)
    anchors = ["r1", "annex9", "p3", "p130", f"r{text.chapters[-1].number}B", "fn1", "ref1"]
    for anchor in anchors:
        where = client.get(at(edition, f"/at/{anchor}"))
        assert where.status_code == 302, anchor
        path, _hash, name = where.headers["Location"].partition("#")
        assert name == anchor
        assert f' id="{anchor}"' in client.get(path).text
    assert client.get(at(edition, "/at/p3?version=1")).headers["Location"].endswith("?version=1#p3")
    evidence = client.get(at(edition, "/at/p3e")).headers["Location"]
    assert evidence.endswith("#p3e")
    assert client.get(at(edition, "/at/p9999")).status_code == 404
    assert client.get(at(edition, "/at/p3?version=2")).status_code == 404
    assert 'data-places="summary/at/"' in client.get(at(edition)).text
    cited = client.get(at(edition, "/paragraphs/3")).text
    assert f"{at(edition)}/at/p3" in cited


def test_a_number_that_is_typed_leads_to_its_paragraph_or_says_that_there_is_none(
    app: Flask, client: PageClient
) -> None:
    edition = edition_with(long_text())
    assert client.get(at(edition, "/at?paragraph=130.")).headers["Location"].endswith("#p130")
    for typed in ("99999", "x", "3 (zzz)", "-1"):
        answer = client.get(at(edition, f"/at?paragraph={typed}"))
        assert answer.status_code == 404
        assert f"This report has no paragraph {typed}." in answer.text
    assert client.get(at(edition, "/at?paragraph=")).headers["Location"] == at(edition)
    assert client.get(at(edition, "/at?paragraph=%22%3E%3Cb%3E")).status_code == 404


def test_a_page_of_a_long_report_reads_that_page(app: Flask, client: PageClient) -> None:
    edition = edition_with(long_text())
    reader = client.sign_in(make.person())
    with transaction():
        edition.content = {}  # nobody asks for it
    slug = at(edition)
    db.session.remove()
    for tail in ("", "/parts/annex-9-2", "/paragraphs/3"):
        with counted() as sent:
            assert reader.get(slug + tail).status_code == 200
        assert len(sent) <= 22


def test_pages_lead_to_the_ones_beside_them(app: Flask, client: PageClient) -> None:
    edition = edition_with(long_text())
    first, second = (client.get(at(edition, f"/parts/annex-9{tail}")).text for tail in ("", "-2"))
    assert 'rel="next" href="annex-9-2"' in first  # beside this page
    assert 'rel="prev" href="annex-9"' in second
    assert "(continued)" in second
    assert "(continued)" not in first
    for name in ("annex-9-99", "chapter-99", "x", "chapter-2-1"):
        assert client.get(at(edition, f"/parts/{name}")).status_code == 404


def test_a_visitors_page_is_shared_and_a_signed_in_readers_is_theirs(app: Flask, client: PageClient) -> None:
    edition = edition_with(long_text())
    page = client.get(at(edition, "/parts/annex-9"))
    assert "s-maxage" in page.headers["Cache-Control"]
    again = client.get(at(edition, "/parts/annex-9"), headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    own = client.sign_in(make.person("Ada Byron")).get(at(edition, "/parts/annex-9"))
    assert own.headers["Cache-Control"] == "no-store, private"


def test_a_short_report_stays_on_one_page(app: Flask, client: PageClient) -> None:
    edition = edition_with(REPORT)
    page = client.get(at(edition)).text
    assert re.findall(PARAGRAPH, page) == [one.anchor for one in REPORT.paragraphs]
    assert "/parts/" not in page
    assert client.get(at(edition, "/at/p3")).headers["Location"] == at(edition) + "#p3"
    assert client.get(at(edition, "/parts/chapter-2")).status_code == 404


@pytest.mark.parametrize("text", [REPORT, long_text()], ids=["short", "long"])
def test_what_is_not_laid_out_yet_is_read_the_same(app: Flask, client: PageClient, text: Report) -> None:
    """Editions from before there were pages, and restored ones, until the worker has laid them out."""
    edition = edition_with(text, kept=False)
    reader = client.sign_in(make.person())
    tails = ["", "/at/p3", *([] if text is REPORT else ["/parts/annex-9-2"])]
    before = [reader.get(at(edition, tail)) for tail in tails]
    assert db.session.get(EditionFront, edition.id) is None
    work_long(LONG_JOBS, at=now())
    assert db.session.get(EditionFront, edition.id) is not None
    assert db.session.scalar(editions_not_laid_out()) is None
    after = [reader.get(at(edition, tail)) for tail in tails]
    assert [one.status_code for one in before] == [one.status_code for one in after]
    assert [one.headers.get("Location") for one in before] == [one.headers.get("Location") for one in after]
    assert [articles(one.text) for one in before] == [articles(one.text) for one in after]


def articles(page: str) -> list[str]:
    return re.findall(r"<article.*?</article>", page, re.DOTALL)


def test_what_was_laid_out_twice_stands_once(app: Flask) -> None:
    edition = edition_with(long_text())
    pages = len(db.session.scalars(db.select(EditionPage)).all())
    keep_pages(edition.id)
    assert len(db.session.scalars(db.select(EditionPage)).all()) == pages == len(lay_out(edition).pages)


@pytest.mark.usefixtures("_apart")
def test_publishing_lays_the_report_out(app: Flask, client: PageClient) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting), text="Prices fall.", organization="ITU")
    report = make_review.report(meeting)
    edition = publish(report, by=None, at=make.TODAY)
    assert db.session.get(EditionFront, edition.id) is not None


@pytest.mark.usefixtures("_apart")
def test_words_are_searched_in_one_report_as_published(app: Flask, client: PageClient) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting), text="Prices fall.", organization="ITU")
    report = make_review.report(meeting)
    publish(report, by=None, at=make.TODAY)
    editor = client.sign_in(make.staff(meeting, RAPPORTEUR))
    with transaction():
        make_review.paragraphs(report)[-1].text = "Written since."
    address = f"/meetings/{meeting.slug}/search?in=paragraphs&of=summary&q="
    found = editor.get(address + "prices").text
    assert f"/meetings/{meeting.slug}/reports/summary/at/p" in found
    assert "Nothing fits" in editor.get(address + "written+since").text
    assert "Nothing fits" in editor.get(address.replace("summary", "nowhere") + "zzz").text
