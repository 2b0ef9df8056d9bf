"""Whether all is adopted is asked of the database: it must agree with what is read paragraph by paragraph."""

import pytest
from sqlalchemy import select

from eventapp.clearance.actions import adopt, reopen
from eventapp.clearance.models import Adoption
from eventapp.clearance.queries import adoption_of, is_adopted_now, is_adopted_whole, left_to_adopt, progress_of
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.models import Paragraph, Report, Snapshot
from eventapp.review.versions.snapshots import ADOPTED
from tests.browserless import PageClient
from tests.make_review import paragraphs

pytestmark = pytest.mark.usefixtures("_apart")


def agree(report: Report) -> bool:
    """What both say."""
    db.session.rollback()
    query = select(Adoption).where(Adoption.report_id == report.id, Adoption.undone_at.is_(None)).order_by(Adoption.id)
    newest = {one.paragraph_id: one for one in db.session.scalars(query)}
    standing = [one for one in paragraphs(report) if not one.removed_at]
    left = [one.id for one in standing if one.id not in newest or newest[one.id].text != one.text]
    for one in standing:
        assert adoption_of(one) is newest.get(one.id)
        assert is_adopted_now(one) == (one.id not in left)
    assert left_to_adopt(report) == sorted(left)
    reached = progress_of(report, [])
    assert (reached.paragraphs, reached.adopted) == (len(standing), len(standing) - len(left))
    assert is_adopted_whole(report) == reached.is_adopted == (not left)
    return reached.is_adopted


def read_out(one: Paragraph) -> None:
    with transaction():
        adopt(one, one.version, by=None, at=now())


def reworded(one: Paragraph, words: str) -> None:
    with transaction():
        editing.rewrite(one, words, version=one.version, by=None, at=now())


def kept(report: Report) -> int:
    return db.session.query(Snapshot).filter_by(report_id=report.id, why=ADOPTED).count()


def test_the_database_says_what_the_rows_say(editor: PageClient, report: Report) -> None:
    first, *others = paragraphs(report)
    assert not agree(report)
    for one in others:
        read_out(one)
        assert (agree(report), kept(report)) == (False, 0)
    read_out(first)
    assert (agree(report), kept(report)) == (True, 1)

    before = first.text
    reworded(first, "Other words.")
    assert not agree(report)
    read_out(first)
    assert (agree(report), kept(report)) == (True, 2)
    reworded(first, before)  # as an older adoption has it: the newest counts
    assert not agree(report)
    with transaction():
        reopen(first, by=None, at=now())
    assert agree(report)  # now the older one counts
    with transaction():
        reopen(first, by=None, at=now())
    assert not agree(report)
    with transaction():
        first.removed_at = now()
    assert agree(report)
