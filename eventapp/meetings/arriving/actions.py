"""A file comes, is stopped, is taken by a worker, ends; and what time does to its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.jobs.leased import STOPPED, WAITING, Lost
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.meetings.arriving.models import SENT, MeetingImport, MeetingImportPart
from eventapp.meetings.arriving.queries import due, file_of, late, old_part, old_rows, open_import
from eventapp.meetings.queries import meeting_at
from eventapp.people.models import Person

A_PART = 1024 * 1024  # bytes that one transaction writes, or deletes

Clock = Callable[[], datetime]


# What history says of one that is stopped, by the kind of file.
STOPPED_WORDS = {
    "package": "stopped an import of a package",
    "file": "stopped an import of a meeting file",
    "copy": "stopped a copy of a meeting",
    "change": "stopped a change by a meeting file",
}


@dataclass(frozen=True)
class Lease:
    """An import that this worker has. One that is over has no number: what it left is taken out."""

    import_id: int
    number: int
    language: str


@dataclass(frozen=True)
class Sent:
    """A file of this kind that somebody sends, and the address of its meeting."""

    kind: str
    slug: str
    content: bytes
    by_id: int | None


def receive(kind: str, slug: str, content: bytes, *, by: Person | None, contact: str = "", at: datetime) -> int:
    """Keep a file for the worker, in parts, and return the number of its import. Sent twice, it is that of before.

    Each part is written in a transaction of its own, and the import is there when all are: what dies before that goes
    after an hour. Refused where there is a meeting at its address, unless it changes one, or where another file of it
    is open.
    """
    sent, spoken = Sent(kind, slug, content, by and by.id), language()
    db.session.rollback()  # what the caller has read holds nothing meanwhile, and it reads anew
    before = meanwhile(partial(known_as, sent))
    if before is not None:
        return before
    number = meanwhile(partial(_write_row, sent, contact=contact, language=spoken, at=at))
    for place, start in enumerate(range(0, len(content), A_PART)):
        meanwhile(partial(_write_part, number, place, content[start : start + A_PART]))
    return meanwhile(partial(hand_over, number, sent))


def known_as(sent: Sent) -> int | None:
    """The number of the open import where the same was sent before. Refused as `receive` says."""
    before = open_import(sent.slug)
    if before is None:
        if sent.kind in HERE and meeting_at(sent.slug):
            raise Refused(HERE[sent.kind](sent.slug))
        return None
    if (before.kind, before.by_id) != (sent.kind, sent.by_id) or file_of(before.id) != sent.content:
        raise Refused(_("Another file for “%(slug)s” is being read in. Wait until it is over.", slug=before.slug))
    return before.id


def _write_row(sent: Sent, **facts: object) -> int:
    size = len(sent.content)
    row = MeetingImport(kind=sent.kind, slug=sent.slug, by_id=sent.by_id, state=SENT, size=size, **facts)
    db.session.add(row)
    db.session.flush()
    return row.id


def _write_part(number: int, place: int, content: bytes) -> None:
    db.session.execute(insert(MeetingImportPart), [{"import_id": number, "number": place, "content": content}])


def hand_over(number: int, sent: Sent) -> int:
    """Let a worker take it; where another of the same was faster that is the one, and this goes after an hour."""
    before = known_as(sent)
    if before is not None:
        return before
    row = db.session.get_one(MeetingImport, number)
    try:
        with db.session.begin_nested():
            row.open_slug, row.state = sent.slug, WAITING
    except IntegrityError:
        faster = known_as(sent)
        if faster is None:
            raise
        return faster
    wake()
    return number


def of_package(slug: str) -> str:
    return _("There is a meeting at “%(slug)s” already: a package makes a meeting, it changes none.", slug=slug)


def of_file(slug: str) -> str:
    return _("There is a meeting at “%(slug)s” already. Choose another address.", slug=slug)


HERE: Mapping[str, Callable[[str], str]] = MappingProxyType({"package": of_package, "file": of_file, "copy": of_file})


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
