"""The preview of a large report is drawn by the worker and read page by page, as long as the report reads so."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.clearance.jobs import LONG_JOBS
from eventapp.clearance.preview import drawing, queries
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import LEASE, STOPPED
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.meetings.prepared.jobs import JOBS
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.record.clearing.actions import send_back
from eventapp.record.notes.models import Note
from eventapp.review.paragraphs.actions import rewrite
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.tasks import queries as sizes
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs

PARAGRAPH = r'<div class="dp[^"]*" id="([^"]+)">'
DRAWN = {"draw previews": 1}


@pytest.fixture
def report(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report of a meeting that is large, with pages for its chapters."""
    monkeypatch.setattr(sizes, "LARGE", 1)
    monkeypatch.setattr(drawing, "WHOLE", 0)
    session = make.session(make.meeting())
    for number in range(4):
        make_review.note(session, text=f"Trend {number} grows.", speaker="Ada Byron", organization="Society")
    return make_review.report(session.meeting)


@pytest.fixture
def editor(client: PageClient, report: Report) -> PageClient:
    return client.sign_in(make.staff(report.meeting, ORGANIZER, make.person("Grace Hopper")))


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}/preview{tail}"


def drawn(editor: PageClient, report: Report) -> str:
    """Let the worker draw it, and return its first page."""
    assert editor.post(address(report)).location == address(report, "/drawing")
    assert work_long(LONG_JOBS, at=now()) == DRAWN
    return editor.get(address(report)).text


def pages_in(front: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="preview/parts/([a-z0-9-]+)', front)))


def test_who_asks_looks_on_and_reads_it_page_by_page(editor: PageClient, report: Report) -> None:
    page = editor.get(address(report)).text
    assert "Draw the preview" in page and not re.search(PARAGRAPH, page)
    assert editor.get(address(report, "/drawing")).location == address(report)
    for _press in range(2):  # which are one
        assert editor.post(address(report)).location == address(report, "/drawing")
    assert "The preview is being drawn." in editor.get(address(report, "/drawing")).text
    assert work_long(LONG_JOBS, at=now()) == DRAWN and work_long(LONG_JOBS, at=now()) == {}
    assert editor.get(address(report, "/drawing")).location == address(report)

    front = editor.get(address(report)).text
    names = pages_in(front)
    assert "what would be published now as version 1" in front and "nothing changed since" in front
    assert not re.search(PARAGRAPH, front) and len(names) > 2
    pages = [editor.get(address(report, f"/parts/{name}")).text for name in names]
    text = drawing.as_published(db.session.merge(report), now())
    whole = [one.anchor for one in text.paragraphs]
    assert [one for page in pages for one in re.findall(PARAGRAPH, page)] == whole
    cited = next(one for one in text.paragraphs if one.evidence)
    assert sum(cited.text[: cited.sentences[0].end] in page for page in pages) == 1
    for before, page in zip(names, pages[1:], strict=False):
        assert f'rel="prev" href="{before}"' in page
    for behind, page in zip(names[1:], pages, strict=False):
        assert f'rel="next" href="{behind}"' in page


def test_each_page_is_marked_with_who_reads_it(editor: PageClient, report: Report) -> None:
    front = drawn(editor, report)
    for tail in ("", *(f"/parts/{name}" for name in pages_in(front))):
        assert re.search(r"Draft of version 1, not published.*Grace Hopper", editor.get(address(report, tail)).text)
    editor.sign_in(make.staff(db.session.merge(report).meeting, RAPPORTEUR, make.person("Alan Turing")))
    page = editor.get(address(report, f"/parts/{pages_in(front)[0]}")).text
    assert "Alan Turing" in page and "Grace Hopper" not in page


def test_a_place_leads_to_its_page_and_a_paragraph_to_its_notes(editor: PageClient, report: Report) -> None:
    front = drawn(editor, report)
    cited = next(one for one in drawing.as_published(db.session.merge(report), now()).paragraphs if one.evidence)
    for anchor in (cited.anchor, f"{cited.anchor}e"):
        where = editor.get(address(report, f"/at/{anchor}")).location or ""
        name = re.fullmatch(rf"{address(report)}/parts/([a-z0-9-]+)#{anchor}", where)
        assert name and name[1] in pages_in(front)
        assert f'id="{cited.anchor}"' in editor.get(where.partition("#")[0]).text
    notes = editor.get(address(report, f"/paragraphs/{cited.anchor[1:]}")).text
    assert cited.evidence[0].text in notes and "Draft of version 1" in notes
    for tail in ("/at/p999", "/at/nothing", "/paragraphs/999", "/parts/chapter-99"):
        assert editor.get(address(report, tail)).status_code == 404


@pytest.mark.parametrize("change", ["paragraph", "note", "meeting"])
def test_what_changed_since_is_not_shown(editor: PageClient, report: Report, change: str) -> None:
    """A note may have been taken back: not a page of what said it is shown any more."""
    name = pages_in(drawn(editor, report))[0]
    with transaction():
        if change == "paragraph":
            row = db.session.get_one(Paragraph, paragraphs(report)[0].id)
            rewrite(row, "Otherwise.", by=None, at=now(), version=row.version)
        elif change == "note":
            send_back(db.session.scalars(select(Note).limit(1)).one(), "No.", by=None, at=now())
        else:
            db.session.get_one(Meeting, report.meeting_id).city = "Elsewhere"
    page = editor.get(address(report)).text
    assert "out of date" in page and "Draw the preview" in page and not re.search(PARAGRAPH, page)
    for tail in (f"/parts/{name}", "/at/p1", "/paragraphs/1"):
        assert editor.get(address(report, tail)).location == address(report)
    assert "nothing changed since" in drawn(editor, report)


def test_without_its_stand_it_would_be_shown(
    editor: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(drawing, "stand_now", lambda _report: "")
    monkeypatch.setattr(queries, "stand_now", lambda _report: "")
    drawn(editor, report)
    with transaction():
        db.session.get_one(Meeting, report.meeting_id).city = "Elsewhere"
    assert "nothing changed since" in editor.get(address(report)).text


def test_nobody_else_sees_any_of_it(editor: PageClient, report: Report) -> None:
    name = pages_in(drawn(editor, report))[0]
    elsewhere = make.meeting(slug="autumn")
    tails = ("", "/drawing", f"/parts/{name}", "/at/p1", "/paragraphs/1")
    report = db.session.merge(report)
    for who in (make.staff(elsewhere, ORGANIZER), make.staff(report.meeting, STEWARD), make.person("Guest")):
        editor.sign_in(who)
        for tail in tails:
            assert editor.get(address(report, tail)).status_code == 404
        for tail in ("", "/drawing/stop"):
            assert editor.post(address(report, tail)).status_code == 404
    editor.sign_in(make.staff(elsewhere, ORGANIZER))
    for tail in tails:
        assert editor.get(address(report, tail).replace(report.meeting.slug, "autumn")).status_code == 404


def test_stopped_it_is_not_drawn(editor: PageClient, report: Report) -> None:
    editor.post(address(report))
    assert editor.post(address(report, "/drawing/stop")).location == address(report)
    assert db.session.scalars(select(PreparedFile.state)).one() == STOPPED
    assert work_long(LONG_JOBS, at=now()) == {}
    page = editor.get(address(report)).text
    assert "No preview was drawn." in page and "Draw the preview" in page


def test_one_that_a_worker_died_of_is_drawn_again(editor: PageClient, report: Report) -> None:
    editor.post(address(report))
    job = next(one for one in LONG_JOBS if one.name in DRAWN)
    with transaction():
        assert job.take(now())
    assert work_long(LONG_JOBS, at=now()) == {}
    assert work_long(LONG_JOBS, at=now() + LEASE + timedelta(minutes=1)) == DRAWN
    assert pages_in(editor.get(address(report)).text)


def test_a_short_one_is_one_page(editor: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "WHOLE", 10**6)
    front = drawn(editor, report)
    assert re.search(PARAGRAPH, front) and not pages_in(front)
    place = editor.get(address(report, "/at/p1")).location
    assert place == address(report, "#p1")
    assert editor.get(address(report, "/paragraphs/1")).status_code == 200


def test_that_of_a_small_meeting_is_drawn_at_once(
    editor: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "LARGE", 10**6)
    assert re.search(PARAGRAPH, editor.get(address(report)).text)
    editor.post(address(report))
    assert db.session.scalars(select(PreparedFile)).all() == []


def test_it_is_kept_for_a_day(editor: PageClient, report: Report) -> None:
    drawn(editor, report)
    assert work_through(JOBS, at=now() + timedelta(hours=23)) == {}
    assert queries.preview_of(db.session.merge(report), now() + timedelta(hours=25)) is None
    work_through(JOBS, at=now() + timedelta(hours=25))
    assert db.session.scalars(select(PreparedPart)).all() == []
    assert "Draw the preview" in editor.get(address(report)).text
