"""A file of a long published report is made by the worker, for everybody, once for what it says."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import Lost
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import RAPPORTEUR
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.review.files import making
from eventapp.review.files.making import Wanted, wanted_of
from eventapp.review.formats.evidence_json import to_json
from eventapp.review.formats.writers import _pressed
from eventapp.review.jobs import LONG_JOBS
from eventapp.review.paged.actions import keep_pages
from eventapp.review.paged.queries import PagedEdition
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Edition
from eventapp.review.tasks import queries as sizes
from eventapp.review.versions.editions import read_today
from tests import make, make_review
from tests.browserless import PageClient
from tests.review.sample import REPORT
from tests.review.test_paged import at, edition_with

WORDS = REPORT.title.encode()
MADE = {"make files of reports": 1}


@pytest.fixture
def edition(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """A long report of a large meeting, published by somebody."""
    monkeypatch.setattr(sizes, "LARGE", 1)
    number = edition_with(REPORT, kept=False).id
    keep_pages(number, whole=0)
    somebody = make.person("Grace").id
    with transaction():
        db.session.get_one(Edition, number).published_by_id = somebody
    make_review.note(make.session(db.session.get_one(Edition, number).report.meeting))
    return db.session.get_one(Edition, number)


def test_a_visitor_asks_looks_on_and_everybody_gets_the_same(
    client: PageClient, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = client.get(at(edition, ".md")).location or ""
    assert where == at(edition, "/files/md")
    page = client.get(where)
    assert "Make the file" in page.text and "no-store" in page.headers["Cache-Control"]
    for _press in range(2):  # which are one
        assert client.post(where).location == where
    shown = client.get(where).text
    assert "The file is being made." in shown and "/stop" not in shown
    assert work_long(LONG_JOBS, at=now()) == MADE and work_long(LONG_JOBS, at=now()) == {}

    assert "Download the file" in client.get(where).text
    client.post(where)  # it is there
    assert work_long(LONG_JOBS, at=now()) == {}
    answer = client.get(at(edition, ".md"))
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="{edition.report.meeting.slug}-summary-v1.md"'
    )
    assert client.get(at(edition, ".md"), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    monkeypatch.setattr(sizes, "LARGE", 10**6)
    assert answer.data == client.get(at(edition, ".md")).data and WORDS in answer.data


def test_that_of_a_small_meeting_is_made_at_once(
    client: PageClient, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "LARGE", 10**6)
    assert WORDS in client.get(at(edition, ".md")).data
    assert client.get(at(edition, "/files/md")).location == at(edition, ".md")
    client.post(at(edition, "/files/md"))
    assert db.session.scalars(select(PreparedFile)).all() == []


def test_it_is_another_once_the_version_is_corrected(
    client: PageClient, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(at(edition, "/files/md"))
    client.post(at(edition, "/files/json"))
    assert work_long(LONG_JOBS, at=now()) == MADE and work_long(LONG_JOBS, at=now()) == MADE
    assert client.get(at(edition, ".md")).status_code == 200
    monkeypatch.setattr(making, "read_today", lambda *given: _with_a_notice(read_today(*given)))
    assert client.get(at(edition, ".md")).location == at(edition, "/files/md")
    assert client.get(at(edition, ".json")).status_code == 200, "its values stay as they were published"


def _with_a_notice(text: Text) -> Text:
    return Text(**{**vars(text), "notices": ("Superseded.", *text.notices)})


def test_an_editor_stops_it_and_a_visitor_does_not(client: PageClient, edition: Edition) -> None:
    where = at(edition, "/files/md")
    client.post(where)
    assert client.post(f"{where}/stop").status_code in (302, 404)
    assert db.session.scalars(select(PreparedFile.state)).one() == "waiting"
    client.sign_in(make.staff(db.session.merge(edition).report.meeting, RAPPORTEUR))
    assert f"{where}/stop" in client.get(where).text
    assert client.post(f"{where}/stop").location == where
    assert work_long(LONG_JOBS, at=now()) == {}
    assert "No file was made." in client.get(where).text
    client.post(where)
    assert work_long(LONG_JOBS, at=now()) == MADE


def test_what_is_not_published_or_of_no_such_version_has_none(client: PageClient, edition: Edition) -> None:
    for tail in ("/files/md?version=2", "/files/exe"):
        assert client.get(at(edition, tail)).status_code == 404
        assert client.post(at(edition, tail)).status_code == 404
    with transaction():
        db.session.get_one(Edition, edition.id).report.meeting.published_at = None
    assert client.get(at(edition, "/files/md")).status_code == 404
    assert client.post(at(edition, "/files/md")).status_code == 404


def test_its_name_fits_its_column(edition: Edition) -> None:
    row = db.session.merge(edition)
    wanted = wanted_of(row.report, PagedEdition(row), "docx")
    assert len(Wanted("9" * 10, wanted.ending, wanted.mark).key) <= 60


def test_a_press_that_takes_long_says_that_it_is_at_it_and_ends_when_it_is_stopped() -> None:
    """So a lease does not run out, and who presses Stop need not wait for the paper."""
    looks: list[int] = []
    content = to_json(REPORT)
    assert _pressed("pdf", content, lambda: looks.append(1), look=0.01).startswith(b"%PDF") and looks

    def stopped() -> None:
        raise Lost

    with pytest.raises(Lost):
        _pressed("pdf", content, stopped, look=0.01)
    with pytest.raises(RuntimeError):
        _pressed("pdf", b"{}", lambda: None)
