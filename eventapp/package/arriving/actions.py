"""A package comes, is stopped, is taken by a worker, ends; and what time does to its file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from eventapp.ground.db import db, lock
from eventapp.ground.jobs.leased import STOPPED, WAITING, Lost
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.meetings.queries import meeting_at
from eventapp.package.arriving.models import PackageImport, PackageImportPart
from eventapp.package.arriving.queries import due, late, old_part, old_rows, open_import
from eventapp.people.models import Person

A_PART = 1024 * 1024  # bytes that one statement writes, or deletes

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Lease:
    """An import that this worker has. One that is over has no number: what it left is taken out."""

    import_id: int
    number: int
    by_id: int | None
    slug: str
    language: str


def receive(slug: str, content: bytes, *, by: Person | None, contact: str, at: datetime) -> PackageImport:
    """Keep a file for the worker, in parts, and return its import. Sent twice, it is the import of before.

    Refused where there is a meeting at its address.
    """
    before = open_import(slug)
    if before is not None:
        return before
    if meeting_at(slug):
        raise Refused(
            _("There is a meeting at “%(slug)s” already: a package makes a meeting, it changes none.", slug=slug)
        )
    facts = {"by_id": by and by.id, "contact": contact, "language": language(), "size": len(content)}
    row = PackageImport(slug=slug, open_slug=slug, at=at, state=WAITING, **facts)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another was faster
        faster = open_import(slug)
        if faster is None:
            raise
        return faster
    for number, start in enumerate(range(0, len(content), A_PART)):
        part = {"import_id": row.id, "number": number, "content": content[start : start + A_PART]}
        db.session.execute(insert(PackageImportPart), [part])
    wake()
    return row


def stop(row: PackageImport, *, by: Person, at: datetime) -> None:
    """Stop what is not done yet: a worker that is at it writes no more, and what it has written is taken out."""
    lock(row)
    if row.is_open:
        end(row, STOPPED, at=at)
        record("stopped an import of a package", row, by=by, at=at, slug=row.slug)


def take(at: datetime) -> Lease | None:
    """Take the next one. None where there is none; one that several workers died of has failed, and is cleared next."""
    row = db.session.scalar(due(at).with_for_update(skip_locked=True))
    if row is None:
        return None
    if not row.is_open:
        return Lease(row.id, 0, row.by_id, row.slug, row.language)
    if not row.begin(at):
        end(row, row.state, at=at)
        return None
    return Lease(row.id, row.attempts, row.by_id, row.slug, row.language)


def ours(lease: Lease) -> PackageImport:
    """The row of this import, held. Raises Lost where another worker has it, or somebody stopped it."""
    number = lease.import_id
    row = db.session.get(PackageImport, number, populate_existing=True, with_for_update={"of": PackageImport})
    if row is None:
        raise Lost
    row.check(lease.number)
    return row


def end(row: PackageImport, state: str, *, at: datetime) -> None:
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
