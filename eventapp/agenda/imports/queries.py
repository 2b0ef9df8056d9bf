from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.imports.models import FAULTY, LEFT, SAME, WORK, AgendaImport, AgendaImportRow
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting

PAGE = 50
THIRTY_DAYS = timedelta(days=30)  # what undoing needs


def imports_of(meeting: Meeting, page: str | None) -> Page[AgendaImport]:
    """The page of files of sessions, the newest first."""
    query = select(AgendaImport).where(AgendaImport.meeting_id == meeting.id).options(joinedload(AgendaImport.by))
    return page_in_sql(query.order_by(AgendaImport.id.desc()), page, most=PAGE)


def import_of(meeting: Meeting, number: int) -> AgendaImport | None:
    """The file of sessions of this meeting with this number."""
    query = select(AgendaImport).where(AgendaImport.meeting_id == meeting.id, AgendaImport.id == number)
    return db.session.scalar(query)


def rows_of(one: AgendaImport) -> Select[AgendaImportRow]:
    """Its rows in the order of the file; last those that the file no longer has."""
    query = select(AgendaImportRow).where(AgendaImportRow.import_id == one.id)
    return query.order_by(AgendaImportRow.number == 0, AgendaImportRow.number, AgendaImportRow.id)


def rows_page(one: AgendaImport, outcome: str, page: str | None) -> Page[AgendaImportRow]:
    """The page of its rows with this outcome; with '' of all that say something."""
    query = rows_of(one)
    query = query.where(AgendaImportRow.outcome == outcome) if outcome else query.where(AgendaImportRow.outcome != SAME)
    return page_in_sql(query, page, most=PAGE)


def rows_that(one: AgendaImport, outcomes: Collection[str], *, most: int) -> Sequence[AgendaImportRow]:
    """The first rows with one of these outcomes."""
    query = select(AgendaImportRow).where(AgendaImportRow.import_id == one.id, AgendaImportRow.outcome.in_(outcomes))
    return db.session.scalars(query.order_by(AgendaImportRow.id).limit(most)).all()


def counts(one: AgendaImport) -> Counter[str]:
    """How many rows would do what, or have done it."""
    query = select(AgendaImportRow.outcome, func.count()).where(AgendaImportRow.import_id == one.id)
    found = db.session.execute(query.group_by(AgendaImportRow.outcome))
    return Counter({outcome: count for outcome, count in found})  # noqa: C416 -- a row is no pair to the types


def faulty(one: AgendaImport) -> Select[AgendaImportRow]:
    """Its rows with a fault."""
    return rows_of(one).where(AgendaImportRow.outcome.in_((FAULTY, LEFT)))


def at_work(most: int = 1) -> Sequence[int]:
    """The numbers of files that the worker has, the oldest first."""
    return db.session.scalars(files_at_work().limit(most)).all()


def files_at_work() -> Select[int]:
    """Ask for the numbers of files that the worker has, the oldest first."""
    return select(AgendaImport.id).where(AgendaImport.state.in_(WORK)).order_by(AgendaImport.id)


def old_rows(at: datetime, *, most: int) -> Sequence[int]:
    """The numbers of rows of files of long ago, that nothing needs any more."""
    query = select(AgendaImportRow.id).join(AgendaImport).where(AgendaImport.at < at - THIRTY_DAYS)
    return db.session.scalars(query.limit(most)).all()
