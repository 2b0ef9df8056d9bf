from datetime import datetime, timedelta

from sqlalchemy import Exists, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.jobs.leased import WAITING
from eventapp.meetings.arriving.models import OPEN, SENT, LinesToCome, MeetingImport, MeetingImportPart
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import IS_HERE
from eventapp.people.models import Person

LASTS = timedelta(days=1)  # so long a file waits for a worker
WRITTEN = timedelta(hours=1)  # after so long nobody writes at a file any more
SHOWN = timedelta(days=30)  # so long a line says what became of it
A_PAGE = 50


def import_with(number: int, *kinds: str) -> MeetingImport | None:
    """The import with this number, if it is of a file of one of these kinds."""
    row = db.session.get(MeetingImport, number, populate_existing=True)
    return row if row and row.kind in kinds and row.state != SENT else None


def open_import(slug: str) -> MeetingImport | None:
    """The import of a meeting at this address that is not over."""
    return db.session.scalar(select(MeetingImport).where(MeetingImport.open_slug == slug))


def imports(*kinds: str, by: Person | None = None) -> Select[MeetingImport]:
    """Ask for the files of these kinds that were sent, by this person where one is named: the newest first."""
    query = select(MeetingImport).where(MeetingImport.kind.in_(kinds), MeetingImport.state != SENT)
    query = query.options(joinedload(MeetingImport.by))
    return (query.where(MeetingImport.by_id == by.id) if by else query).order_by(MeetingImport.id.desc())


def made_of(row: MeetingImport) -> Meeting | None:
    """The meeting that an import made, if it is there yet."""
    return db.session.scalar(select(Meeting).where(Meeting.id == row.made_id, Meeting.slug == row.slug, IS_HERE))


def due(kind: str, at: datetime) -> Select[MeetingImport]:
    """Ask for the import that waits longest, or whose worker was not heard of, or that left rows and is over."""
    has_left = and_(MeetingImport.state.not_in(OPEN), is_half())
    query = select(MeetingImport).where(MeetingImport.kind == kind, or_(MeetingImport.is_free(at), has_left))
    return query.order_by(MeetingImport.at, MeetingImport.id).limit(1)


def is_half() -> Exists:
    """Whether its meeting is there and is not whole."""
    return exists().where(Meeting.id == MeetingImport.made_id, Meeting.is_arriving)


def file_of(number: int) -> bytes:
    """The file of this import, whole."""
    query = select(MeetingImportPart.content).where(MeetingImportPart.import_id == number)
    return b"".join(db.session.scalars(query.order_by(MeetingImportPart.number)))


def next_lines(number: int) -> LinesToCome | None:
    """What this import is to have in history next; None once history has all of it."""
    query = select(LinesToCome).where(LinesToCome.import_id == number)
    return db.session.scalar(query.order_by(LinesToCome.number).limit(1))


def late(at: datetime) -> Select[MeetingImport]:
    """Ask for imports that no worker took for a day."""
    return select(MeetingImport).where(MeetingImport.state == WAITING, MeetingImport.at < at - LASTS)


def old_part(at: datetime) -> Select[MeetingImportPart]:
    """Ask for a part of a file that nobody needs any more."""
    query = select(MeetingImportPart).join(MeetingImport, MeetingImport.id == MeetingImportPart.import_id)
    is_over = and_(MeetingImport.state.not_in((*OPEN, SENT)), MeetingImport.at <= at)
    is_left = and_(MeetingImport.state == SENT, MeetingImport.at < at - WRITTEN)
    return query.where(or_(is_over, is_left)).limit(1)


def old_rows(at: datetime) -> Select[MeetingImport]:
    """Ask for lines of imports that were over long ago and left nothing."""
    over = (MeetingImport.state.not_in(OPEN), MeetingImport.at < at - SHOWN, ~is_half())
    parts = exists().where(MeetingImportPart.import_id == MeetingImport.id)
    return select(MeetingImport).where(*over, ~parts).limit(1)
