from datetime import datetime, timedelta

from sqlalchemy import Exists, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.jobs.leased import WAITING
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import IS_HERE
from eventapp.package.arriving.models import OPEN, PackageImport, PackageImportPart

LASTS = timedelta(days=1)  # so long a file waits for a worker
SHOWN = timedelta(days=30)  # so long a line says what became of it
A_PAGE = 50


def import_with(number: int) -> PackageImport | None:
    """The import with this number."""
    return db.session.get(PackageImport, number, populate_existing=True)


def open_import(slug: str) -> PackageImport | None:
    """The import of a meeting at this address that is not over."""
    return db.session.scalar(select(PackageImport).where(PackageImport.open_slug == slug))


def imports() -> Select[PackageImport]:
    """Ask for what was sent, the newest first, with who sent it."""
    return select(PackageImport).order_by(PackageImport.id.desc()).options(joinedload(PackageImport.by))


def made_of(row: PackageImport) -> Meeting | None:
    """The meeting that an import made, if it is there yet."""
    return db.session.scalar(select(Meeting).where(Meeting.id == row.made_id, Meeting.slug == row.slug, IS_HERE))


def due(at: datetime) -> Select[PackageImport]:
    """Ask for the import that waits longest, or whose worker was not heard of, or that left rows and is over."""
    has_left = and_(PackageImport.state.not_in(OPEN), is_half())
    query = select(PackageImport).where(or_(PackageImport.is_free(at), has_left))
    return query.order_by(PackageImport.at, PackageImport.id).limit(1)


def is_half() -> Exists:
    """Whether its meeting is there and is not whole."""
    return exists().where(Meeting.id == PackageImport.made_id, Meeting.is_arriving)


def file_of(number: int) -> bytes:
    """The file of this import, whole."""
    query = select(PackageImportPart.content).where(PackageImportPart.import_id == number)
    return b"".join(db.session.scalars(query.order_by(PackageImportPart.number)))


def late(at: datetime) -> Select[PackageImport]:
    """Ask for imports that no worker took for a day."""
    return select(PackageImport).where(PackageImport.state == WAITING, PackageImport.at < at - LASTS)


def old_part(at: datetime) -> Select[PackageImportPart]:
    """Ask for a part of a file that nobody needs any more."""
    query = select(PackageImportPart).join(PackageImport, PackageImport.id == PackageImportPart.import_id)
    return query.where(PackageImport.state.not_in(OPEN), PackageImport.at <= at).limit(1)


def old_rows(at: datetime) -> Select[PackageImport]:
    """Ask for lines of imports that were over long ago and left nothing."""
    over = (PackageImport.state.not_in(OPEN), PackageImport.at < at - SHOWN, ~is_half())
    parts = exists().where(PackageImportPart.import_id == PackageImport.id)
    return select(PackageImport).where(*over, ~parts).limit(1)
