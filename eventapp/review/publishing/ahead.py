"""A large edition is written ahead, with the lines by which it is found: rows of a version that the report has not yet.

Nobody reads them until one short transaction gives the report that version. A run that fails takes them back; what one
that died has left goes before the next run, or with a job when nobody can be at it any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Select, delete, insert, select

from eventapp.ground.db import db, table_of
from eventapp.ground.db.apart import Changed, Rows, meanwhile
from eventapp.review.publishing.fitted import Fitted
from eventapp.review.reports.models import Edition, Report
from eventapp.review.searched.actions import forget_lines, write_lines
from eventapp.review.searched.models import PublishedParagraph

LARGE = 500  # paragraphs: fewer are written with the rest, in some 50 milliseconds
AT_ONCE = 100  # lines of one transaction
LEFT = timedelta(hours=1)  # after so long nobody waits to make it current


@contextmanager
def written_ahead(found: Fitted, rows: Rows) -> Iterator[None]:
    """Write the edition and its lines, and take it from the rows that are still to be written."""
    if len(found.lines) < LARGE:
        yield
        return
    report_id, version = found.edition.report_id, found.edition.version
    take_away(report_id)
    try:
        found.ahead.append(meanwhile(lambda: _write(found.edition)))
        for first in range(0, len(found.lines), AT_ONCE):
            meanwhile(partial(write_lines, report_id, version, found.lines[first : first + AT_ONCE]))
        rows.new[:] = [one for one in rows.new if one is not found.edition]
        found.edition.id = found.ahead[0]
        yield
    except BaseException:
        take_away(report_id)
        raise


def refuse_taken_away(found: Fitted) -> None:
    """Raise Changed where another run took away what was written ahead. The report is held."""
    if db.session.scalar(select(Edition.id).where(Edition.id.in_(found.ahead))) is None:
        raise Changed


def reports_left(at: datetime) -> Select[int]:
    """Ask for the reports with an edition that was written ahead long ago and never came out."""
    query = select(Edition.report_id).join(Edition.report)
    return query.where(Edition.version > Report.version, Edition.published_at < at - LEFT)


def take_away(report_id: int) -> None:
    """Take away what was written ahead of this report, some lines at a time, and the edition last."""
    ahead = select(Edition.id).join(Edition.report).where(Report.id == report_id, Edition.version > Report.version)
    while _is_there(ahead):
        meanwhile(lambda: take_some_away(report_id))


def _is_there(query: Select[int]) -> bool:
    found = db.session.scalar(query.limit(1))
    db.session.rollback()  # nothing is held, and the next look is a new one
    return found is not None


def take_some_away(report_id: int) -> int:
    """Take the next of it away. Returns how many rows that was."""
    version = db.session.scalar(select(Report.version).where(Report.id == report_id).with_for_update())
    later = PublishedParagraph.version > version
    if gone := forget_lines(PublishedParagraph.report_id == report_id, later, most=AT_ONCE):
        return gone
    left = delete(Edition).where(Edition.report_id == report_id, Edition.version > version)
    return len(db.session.scalars(left.returning(Edition.id)).all())


def _write(edition: Edition) -> int:
    values = {one.name: getattr(edition, one.name) for one in table_of(Edition).c if not one.primary_key}
    return db.session.scalars(insert(Edition).values(values).returning(Edition.id)).one()
