from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.jobs.leased import DONE, WAITING, WORKING
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting
from eventapp.record.loading.arriving.models import LOAD, SENT, NotesImport, NotesImportLine, NotesImportPart

PAGE = 50
LASTS = timedelta(days=30)  # so long a file is kept that was not loaded, and so long its row says what became of it
WRITTEN = timedelta(hours=1)  # after so long nobody writes at a file any more
OPEN = (WAITING, WORKING)


def notes_imports(meeting: Meeting, page: str | None) -> Page[NotesImport]:
    """The page of files of notes that were chosen, the newest first."""
    query = select(NotesImport).where(NotesImport.meeting_id == meeting.id, NotesImport.state != SENT)
    return page_in_sql(query.options(joinedload(NotesImport.by)).order_by(NotesImport.id.desc()), page, most=PAGE)


def notes_import(meeting: Meeting, number: int) -> NotesImport | None:
    """The file of notes of this meeting with this number."""
    query = select(NotesImport).where(NotesImport.meeting_id == meeting.id, NotesImport.id == number)
    return db.session.scalar(query.where(NotesImport.state != SENT).execution_options(populate_existing=True))


def file_of(number: int) -> bytes:
    """The file of this import, whole; nothing once its notes are in."""
    query = select(NotesImportPart.content).where(NotesImportPart.import_id == number)
    return b"".join(db.session.scalars(query.order_by(NotesImportPart.number)))


def has_file(one: NotesImport) -> bool:
    """Whether its file is still there."""
    return bool(db.session.scalar(select(exists().where(NotesImportPart.import_id == one.id))))


def faults_of(one: NotesImport) -> Select[NotesImportLine]:
    """Ask for the lines that something is wrong with, in the order of the file."""
    query = select(NotesImportLine).where(NotesImportLine.import_id == one.id, NotesImportLine.sentence != "")
    return query.order_by(NotesImportLine.id)


def faults_page(one: NotesImport, page: str | None) -> Page[NotesImportLine]:
    """The page of them."""
    return page_in_sql(faults_of(one), page, most=PAGE)


def preview_of(one: NotesImport) -> Sequence[NotesImportLine]:
    """The first lines, as they would come in."""
    query = select(NotesImportLine).where(NotesImportLine.import_id == one.id, NotesImportLine.sentence == "")
    return db.session.scalars(query.order_by(NotesImportLine.id)).all()


def is_loading_another(one: NotesImport) -> bool:
    """Whether notes of another file come into the same meeting."""
    other = (NotesImport.meeting_id == one.meeting_id, NotesImport.id != one.id, NotesImport.act == LOAD)
    return bool(db.session.scalar(select(exists().where(*other, NotesImport.state.in_(OPEN)))))


def due(at: datetime) -> Select[NotesImport]:
    """Ask for the file that waits longest, or whose worker was not heard of."""
    return select(NotesImport).where(NotesImport.is_free(at)).order_by(NotesImport.asked_at, NotesImport.id).limit(1)


def is_due(at: datetime) -> bool:
    """Whether a file waits for a worker."""
    return db.session.scalar(due(at)) is not None


def is_over(at: datetime) -> ColumnElement[bool]:
    """Whether its file is needed no more: its notes are in, it is old, or it was never written to its end."""
    is_in = and_(NotesImport.act == LOAD, NotesImport.state == DONE)
    is_old = and_(NotesImport.at <= at - LASTS, NotesImport.state.not_in(OPEN))
    return or_(is_in, is_old, and_(NotesImport.state == SENT, NotesImport.at <= at - WRITTEN))


def lines_of(number: int, *, most: int) -> Select[int]:
    """Ask for what is kept of the lines of this file, by number."""
    return select(NotesImportLine.id).where(NotesImportLine.import_id == number).limit(most)


def old_part(at: datetime) -> Select[int]:
    """Ask for the number of a file that nobody needs any more and that has a part left."""
    query = select(NotesImportPart.import_id).join(NotesImport, NotesImport.id == NotesImportPart.import_id)
    return query.where(is_over(at)).limit(1)


def old_lines(at: datetime, *, most: int) -> Select[int]:
    """Ask for lines of such files, by number."""
    query = select(NotesImportLine.id).join(NotesImport, NotesImport.id == NotesImportLine.import_id)
    return query.where(is_over(at)).order_by(NotesImportLine.id).limit(most)


def old_row(at: datetime) -> Select[NotesImport]:
    """Ask for a file of long ago, of which nothing else is left."""
    is_old = or_(NotesImport.at <= at - LASTS, and_(NotesImport.state == SENT, NotesImport.at <= at - WRITTEN))
    has_more = [exists().where(table.import_id == NotesImport.id) for table in (NotesImportPart, NotesImportLine)]
    return select(NotesImport).where(is_old, ~or_(*has_more)).limit(1)
