"""Paragraphs of reports in the search of a meeting: drafts for their editors, what is published for everybody."""

import pytest

from config import ROOT
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.review.corrigenda.actions import Entry, publish_corrigendum, write_correction
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Paragraph, Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.counting import counted
from tests.record.test_migrations import back_to, forward
from tests.review.test_corrigenda import adopted

HEAD = "found-paragraphs"


@pytest.fixture
def report(app: object) -> Report:
    """A report that says “Élan” in its first paragraph and was published; since then its editors write of Zanzibar."""
    meeting = make.meeting(slug="spring")
    make_review.note(make.session(meeting, kind="trends", code="S2"))
    report = make_review.report(meeting, title="Summary of the forum")
    first(report, "Élan is needed^[A/RES/70/125] everywhere.")
    publish(report, by=None, at=make.TODAY)
    first(report, "Élan is needed, and Zanzibar drafted it^[A/RES/70/125].")
    return report


def first(report: Report, text: str) -> Paragraph:
    with transaction():
        row = make_review.paragraphs(report)[0]
        row.text = text
    return row


def section(page: str) -> str:
    return page.partition(HEAD)[2].partition("</section>")[0].replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize("role", ["", STEWARD])
def test_others_find_what_is_published(client: PageClient, report: Report, role: str) -> None:
    if role:
        client.sign_in(make.staff(report.meeting, role))
    found = section(client.get("/meetings/spring/search?q=elan").text)
    assert "Élan is needed everywhere." in found and "Summary of the forum" in found
    assert f'href="/meetings/spring/reports/{report.name}/at/p1"' in found
    assert HEAD not in client.get("/meetings/spring/search?q=zanzibar").text


@pytest.mark.parametrize("role", [RAPPORTEUR, ORGANIZER])
def test_editors_find_what_they_write(client: PageClient, report: Report, role: str) -> None:
    client.sign_in(make.staff(report.meeting, role))
    found = section(client.get("/meetings/spring/search?q=ZANZIBAR").text)
    row = make_review.paragraphs(report)[0]
    assert "Zanzibar drafted it." in found
    assert f"paragraph={row.id}#para-{row.id}" in found
    with transaction():
        db.session.get_one(Paragraph, row.id).removed_at = make.TODAY
    assert HEAD not in client.get("/meetings/spring/search?q=zanzibar").text


def test_a_new_version_takes_the_place_of_the_one_before(client: PageClient, report: Report) -> None:
    publish(report, by=None, at=make.TODAY)
    assert "Zanzibar drafted it." in section(client.get("/meetings/spring/search?q=zanzibar").text)
    assert HEAD not in client.get("/meetings/spring/search?q=elan+everywhere").text


def test_another_meeting_finds_nothing_of_it(client: PageClient, report: Report) -> None:
    make.meeting(slug="autumn")
    assert HEAD not in client.get("/meetings/autumn/search?q=elan").text


def test_all_of_them_are_read_page_by_page(client: PageClient, report: Report) -> None:
    make_review.fill(report, chapters=3, paragraphs=40)
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    some = section(client.get("/meetings/spring/search?q=words+chapter").text)
    assert some.count("<li>") == 5 and "(120)" in some and "All 120 paragraphs" in some
    last = client.get("/meetings/spring/search?q=words+chapter&in=paragraphs&page=3").text
    assert section(last).count("<li>") == 20 and "found-sessions" not in last
    assert client.get("/meetings/spring/search?q=nowhere&in=paragraphs&page=7").status_code == 200
    with counted() as few:
        client.get("/meetings/spring/search?q=words+chapter+0+39")
    with counted() as many:
        client.get("/meetings/spring/search?q=words+chapter")
    assert len(many) == len(few)


def test_what_was_typed_is_no_pattern(client: PageClient, report: Report) -> None:
    assert HEAD not in client.get("/meetings/spring/search?q=%25").text
    assert HEAD not in client.get("/meetings/spring/search?q=_").text


def test_a_meeting_that_is_a_draft_shows_nothing(client: PageClient, report: Report) -> None:
    with transaction():
        db.session.get_one(Meeting, report.meeting_id).published_at = None
    assert client.get("/meetings/spring/search?q=elan").status_code == 404


def test_what_was_written_and_published_before_is_found(client: PageClient, report: Report) -> None:
    texts = [row.words for row in make_review.paragraphs(report)]
    [file] = (ROOT / "migrations" / "versions").glob("*_find_paragraphs_of_reports.py")
    back_to(f"{int(file.name[:4]) - 1:04d}")
    forward()
    assert [
        row.words for row in make_review.paragraphs(db.session.get_one(Report, 1))
    ] == texts and "zanzibar" in texts[0]
    assert "Élan is needed everywhere." in section(client.get("/meetings/spring/search?q=elan+everywhere").text)


def test_a_corrected_paragraph_is_found_by_both_texts_and_shown_as_it_stands(
    client: PageClient, report: Report
) -> None:
    first(report, "Élan is needed everywhere.")
    adopted(report)
    entry = Entry("1", "everywhere", "in Zanzibar", "A slip.", "The secretariat")
    with transaction():
        write_correction(report, entry, by=None, at=make.TODAY)
    assert HEAD not in client.get("/meetings/spring/search?q=zanzibar").text, "nothing is published yet"
    with transaction():
        publish_corrigendum(report, by=None, at=make.TODAY)
    for words in ("zanzibar", "everywhere"):
        found = section(client.get(f"/meetings/spring/search?q={words}").text)
        assert "Élan is needed in Zanzibar." in found and "It was published as:" in found
        assert found.index("in Zanzibar") < found.index("Élan is needed everywhere.")
