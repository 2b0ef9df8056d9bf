import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import aliased

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import WAITING, WORKING
from eventapp.ground.refusal import Refused
from eventapp.ground.security.sealing import UNREADABLE, opening
from eventapp.ground.text.i18n import language
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart

LASTS = timedelta(days=1)  # so long a file is kept
SHOWN = 5  # files on the page that asks for them
MARK = 60  # letters
SEALED = "sealed"  # in the details of a file whose parts are


def file_of(meeting: Meeting, number: int, act: str) -> PreparedFile | None:
    """The file with this number, if it is of this meeting and kind."""
    row = db.session.get(PreparedFile, number, populate_existing=True)
    return row if row and (row.meeting_id, row.act) == (meeting.id, act) else None


def newest_file(meeting: Meeting, act: str, wanted: str) -> PreparedFile | None:
    """What was asked for last of this kind, as long as it is there."""
    same = (PreparedFile.meeting_id == meeting.id, PreparedFile.act == act, PreparedFile.wanted == wanted)
    query = select(PreparedFile).where(*same).order_by(PreparedFile.id.desc())
    return db.session.scalar(query.limit(1))


def is_making(meeting: Meeting, act: str) -> bool:
    """Whether the worker has a file of this kind still to make; under the lock of the meeting nobody asks for one."""
    query = select(PreparedFile.id).where(PreparedFile.meeting_id == meeting.id, PreparedFile.act == act)
    return db.session.scalar(query.where(PreparedFile.state.in_((WAITING, WORKING))).limit(1)) is not None


def mark_of(details: Record) -> str:
    """The mark of what is asked for, in the language of who asks: the same for the same."""
    asked = json.dumps([language(), details], sort_keys=True)
    return sha256(asked.encode()).hexdigest()[:MARK]


def files_of(meeting: Meeting, act: str) -> list[PreparedFile]:
    """What was asked for last of this kind, as long as it is there: the newest first, and no more than some."""
    query = select(PreparedFile).where(PreparedFile.meeting_id == meeting.id, PreparedFile.act == act)
    return list(db.session.scalars(query.order_by(PreparedFile.id.desc()).limit(SHOWN)))


def content_of(row: PreparedFile) -> Iterator[bytes]:
    """The parts of a file that is made, one after the other: each is asked for by itself, when it is sent, so that no
    reading lasts as long as a download and no request holds the whole.

    The first is asked for at once: a database that is gone then is a 503 yet, and no file that ends where it began.
    Refused where it is sealed and no key opens it.
    """
    first = part_of(row.id, 0)
    if first is None:
        return iter(())
    parts = chain([first], _parts(db.engine, row.id))
    if not row.details.get(SEALED):
        return parts
    opens = opening()
    if opens(owner_of(row.id, 0), first) is None:
        raise Refused(str(UNREADABLE))
    return _opened(row.id, parts, opens)


def owner_of(file_id: int, number: int) -> str:
    """What a sealed part says that it is of."""
    return f"prepared file {file_id} part {number}"


def _opened(file_id: int, parts: Iterable[bytes], opens: Callable[[str, bytes], bytes | None]) -> Iterator[bytes]:
    for number, part in enumerate(parts):
        content = opens(owner_of(file_id, number), part)
        if content is None:
            raise LookupError(f"No key opens part {number} of file {file_id}.")
        yield content


def part_of(file_id: int, number: int) -> bytes | None:
    """The part with this number of a file that is made; None where it has none such."""
    part = (PreparedPart.file_id == file_id, PreparedPart.number == number)
    return db.session.scalar(select(PreparedPart.content).where(*part))


def _parts(engine: Engine, file_id: int) -> Iterator[bytes]:
    """Those behind the first. They are sent when the request is over: there is no session any more."""
    number, found = 1, True
    while found:
        with engine.connect() as connection:
            part = (PreparedPart.file_id == file_id, PreparedPart.number == number)
            content = connection.scalar(select(PreparedPart.content).where(*part))
        if content is not None:
            yield content
        number, found = number + 1, content is not None


def due(act: str, at: datetime, *, in_turn: bool = False) -> Select[PreparedFile]:
    """Ask for the file of this kind that waits longest, or whose worker was not heard of; where those of one meeting
    are made `in_turn`, of a meeting of which no worker is at another.
    """
    query = select(PreparedFile).where(PreparedFile.act == act, PreparedFile.is_free(at))
    if in_turn:
        other = aliased(PreparedFile)
        of_it = (other.meeting_id == PreparedFile.meeting_id, other.act == act, other.state == WORKING)
        query = query.where(~select(other.id).where(*of_it, other.until > at).exists())
    return query.order_by(PreparedFile.at, PreparedFile.id).limit(1)


def old_files(at: datetime) -> Select[int]:
    """Ask for the files that were asked for so long ago that nobody fetches them any more."""
    return select(PreparedFile.id).where(PreparedFile.at < at - LASTS).order_by(PreparedFile.id)
