"""A file comes, is stopped, is taken by a worker, ends; and what time does to its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from eventapp.ground.db import db, lock
from eventapp.ground.jobs.leased import STOPPED, WAITING, Lost
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.meetings.arriving.models import MeetingImport, MeetingImportPart
from eventapp.meetings.arriving.queries import due, file_of, late, old_part, old_rows, open_import
from eventapp.meetings.queries import meeting_at
from eventapp.people.models import Person

A_PART = 1024 * 1024  # bytes that one statement writes, or deletes

Clock = Callable[[], datetime]


# What history says of one that is stopped, by the kind of file.
STOPPED_WORDS = {
    "package": "stopped an import of a package",
    "file": "stopped an import of a meeting file",
    "change": "stopped a change by a meeting file",
}


@dataclass(frozen=True)
class Lease:
    """An import that this worker has. One that is over has no number: what it left is taken out."""

    import_id: int
    number: int
    language: str


def receive(
    kind: str, slug: str, content: bytes, *, by: Person | None, contact: str = "", at: datetime
) -> MeetingImport:
    """Keep a file for the worker, in parts, and return its import. Sent twice, it is the import of before.

    Refused where there is a meeting at its address, unless it changes one, or where another file of it is open.
    """
    before = open_import(slug)
    if before is not None:
        return same(before, kind, content, by)
    if kind in HERE and meeting_at(slug):
        raise Refused(HERE[kind](slug))
    facts = {"by_id": by and by.id, "contact": contact, "language": language(), "size": len(content)}
    row = MeetingImport(kind=kind, slug=slug, open_slug=slug, at=at, state=WAITING, **facts)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another was faster
        faster = open_import(slug)
        if faster is None:
            raise
        return same(faster, kind, content, by)
    for number, start in enumerate(range(0, len(content), A_PART)):
        part = {"import_id": row.id, "number": number, "content": content[start : start + A_PART]}
        db.session.execute(insert(MeetingImportPart), [part])
    wake()
    return row


def same(before: MeetingImport, kind: str, content: bytes, by: Person | None) -> MeetingImport:
    """The import that is open, where somebody sends the same again. Refused where it is of another file, or person."""
    if (before.kind, before.by_id) != (kind, by and by.id) or file_of(before.id) != content:
        raise Refused(_("Another file for “%(slug)s” is being read in. Wait until it is over.", slug=before.slug))
    return before


def of_package(slug: str) -> str:
    return _("There is a meeting at “%(slug)s” already: a package makes a meeting, it changes none.", slug=slug)


def of_file(slug: str) -> str:
    return _("There is a meeting at “%(slug)s” already. Choose another address.", slug=slug)


HERE: Mapping[str, Callable[[str], str]] = MappingProxyType({"package": of_package, "file": of_file})


def stop(row: MeetingImport, *, by: Person, at: datetime) -> None:
    """Stop what is not done yet: a worker that is at it writes no more, and what it has written is taken out.

    Refused once all of it is there.
    """
    lock(row)
    if row.is_open and row.is_whole:
        raise Refused(_("All of the meeting is there already. It is shown in a moment."))
    if row.is_open:
        end(row, STOPPED, at=at)
        record(STOPPED_WORDS[row.kind], row, by=by, at=at, slug=row.slug)


def take(kind: str, at: datetime) -> Lease | None:
    """Take the next one. None where there is none; one that several workers died of has failed, and is cleared next."""
    row = db.session.scalar(due(kind, at).with_for_update(skip_locked=True))
    if row is None:
        return None
    if not row.is_open:
        return Lease(row.id, 0, row.language)
    if not row.begin(at):
        end(row, row.state, at=at)
        return None
    return Lease(row.id, row.attempts, row.language)


def ours(lease: Lease) -> MeetingImport:
    """The row of this import, held. Raises Lost where another worker has it, or somebody stopped it."""
    number = lease.import_id
    row = db.session.get(MeetingImport, number, populate_existing=True, with_for_update={"of": MeetingImport})
    if row is None:
        raise Lost
    row.check(lease.number)
    return row


def end(row: MeetingImport, state: str, *, at: datetime) -> None:
    """It is over: another of the same meeting may be sent."""
    row.state, row.ended_at, row.open_slug = state, at, None


def forget_next(at: datetime) -> int:
    """Give up what no worker took in a day; delete the next part, or line, that nobody needs. Returns 1, or 0."""
    given_up = db.session.scalar(late(at).limit(1))
    if given_up is not None:
        end(given_up, STOPPED, at=at)
        return 1
    old = db.session.scalar(old_part(at)) or db.session.scalar(old_rows(at))
    if old is not None:
        db.session.delete(old)
    return int(old is not None)
