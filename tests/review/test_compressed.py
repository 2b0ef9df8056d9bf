"""The words of a long edition are kept compressed: read as they were, beside rows of before that are not."""

import json

import pytest
from flask import Flask
from sqlalchemy import Text, cast, delete, select

from eventapp.ground.db import compressed, db, transaction
from eventapp.review.formats.evidence_json import digest, from_dict, to_dict, to_json
from eventapp.review.paged.actions import keep_pages
from eventapp.review.paged.models import EditionFront, EditionPage, EditionPlace
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Edition
from eventapp.review.versions.editions import versions_of
from tests import make, make_review
from tests.browserless import PageClient


@pytest.fixture
def plain(app: Flask) -> Edition:
    """What was published as JSON, as every edition was before."""
    meeting = make.meeting()
    make_review.note(make.session(meeting), text="Le haut débit progresse: ασφάλεια, 数字.")
    return publish(make_review.report(meeting, symbol="UN/2026/1"), by=None, at=make.TODAY)


@pytest.fixture
def long(plain: Edition, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """The same, published when it counts as long."""
    monkeypatch.setattr(compressed, "LONG", 1)
    meeting = make.meeting()
    make_review.note(make.session(meeting), text="Le haut débit progresse: ασφάλεια, 数字.")
    return publish(make_review.report(meeting, symbol="UN/2026/1"), by=None, at=make.TODAY)


def row_of(edition: Edition) -> str:
    """What the database has in the place of its content."""
    query = select(cast(Edition.__table__.c.content, Text)).where(Edition.__table__.c.id == edition.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def without_pages(edition: Edition) -> None:
    with transaction():
        for model in (EditionFront, EditionPage, EditionPlace):
            db.session.execute(delete(model).where(model.edition_id == edition.id))


def test_a_short_one_is_json_that_the_database_can_read(plain: Edition) -> None:
    """The control."""
    assert json.loads(row_of(plain)) == plain.content


def test_a_long_one_is_smaller_and_reads_the_same(plain: Edition, long: Edition) -> None:
    text = from_dict(long.content)
    assert digest(to_json(text)) == long.sha256
    assert long.content == to_dict(text)
    assert any("progresse" in one.text for one in text.paragraphs)
    assert "progresse" not in row_of(long) and len(row_of(long)) < len(row_of(plain)) / 2
    assert "progresse" in str(plain.content)  # beside it, one of before


def test_its_symbol_and_notice_are_known_before_it_is_laid_out(plain: Edition, long: Edition) -> None:
    for edition in (plain, long):
        laid = versions_of(edition.report)
        without_pages(edition)
        assert versions_of(edition.report) == laid and laid[0].symbol == "UN/2026/1" and laid[0].notice


def test_its_pages_are_laid_out_again_as_they_were(client: PageClient, long: Edition) -> None:
    address = f"/meetings/{long.report.meeting.slug}/reports/{long.report.name}"
    page = client.get(address).text
    assert "progresse" in page
    without_pages(long)
    assert client.get(address).text == page
    keep_pages(long.id)
    assert client.get(address).text == page


def test_its_file_is_the_bytes_that_were_published(client: PageClient, long: Edition) -> None:
    address = f"/meetings/{long.report.meeting.slug}/reports/{long.report.name}.json"
    assert digest(client.get(address).data) == long.sha256
