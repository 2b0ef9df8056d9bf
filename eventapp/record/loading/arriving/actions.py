"""A file of notes comes, is checked again, is let in, is stopped, is taken by a worker; and what time does to it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Select, delete, func, insert, select

from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.jobs.leased import STOPPED, WAITING, Lost, unfinished_in
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting
from eventapp.people.models import Person
from eventapp.people.rules import administer
from eventapp.record.loading.arriving.models import CHECK, LOAD, SENT, NotesImport, NotesImportLine, NotesImportPart
from eventapp.record.loading.arriving.queries import due, has_file, is_loading_another, old_lines, old_part, old_row
from eventapp.record.notes.models import APPROVED

A_PART = 1024 * 1024  # bytes that one transaction writes, or deletes
AT_ONCE = 500  # lines deleted in one transaction


@dataclass(frozen=True)
class Lease:
    """A file that this worker has, until another may take it."""

    import_id: int
    number: int
    meeting_id: int
    act: str
    language: str


def receive(meeting: Meeting, name: str, content: bytes, *, by: Person, at: datetime) -> int:
    """Keep a file for the worker, in parts, and return its number.

    Each part is written in a transaction of its own, and the worker takes it when all are there; what dies before that
    goes after an hour.
    """
    facts = {"meeting_id": meeting.id, "by_id": by.id, "given_name": name[:200], "size": len(content)}
    facts |= {"language": language(), "at": at, "asked_at": at}
    db.session.rollback()  # what the caller has read holds nothing meanwhile, and it reads anew
    number = meanwhile(partial(_write_row, facts))
    for place, start in enumerate(range(0, len(content), A_PART)):
        meanwhile(partial(_write_part, number, place, content[start : start + A_PART]))
    meanwhile(partial(_hand_over, number))
    return number


def _write_row(facts: dict[str, object]) -> int:
    row = NotesImport(state=SENT, until=None, ended_at=None, **facts)
    db.session.add(row)
    db.session.flush()
    return row.id


def _write_part(number: int, place: int, content: bytes) -> None:
    db.session.execute(insert(NotesImportPart), [{"import_id": number, "number": place, "content": content}])


def _hand_over(number: int) -> None:
    db.session.get_one(NotesImport, number).state = WAITING
    wake()


def check_again(one: NotesImport, *, at: datetime) -> None:
    """Have the worker check it anew. Pressed twice, it is checked once; refused once its notes are in."""
    lock(one)
    if one.is_open and one.act == CHECK:
        return
    if one.is_open or one.is_loaded or not has_file(one):
        raise Refused(
            _("The notes of this file are being let in, or are here already. Choose it again to check it anew.")
        )
    hand_over(one, CHECK, at=at)


def load(one: NotesImport, state: str, *, by: Person, at: datetime) -> None:
    """Have the worker let its notes in, in this state. Pressed twice, they come in once.

    Refused where it was not checked, where who presses may not, and while another file comes into the same meeting.
    """
    lock(one.meeting)
    lock(one)
    if one.act == LOAD and (one.is_open or one.is_loaded):
        return
    if not one.is_checked and not (one.act == LOAD and has_file(one)):
        raise Refused(_("Check the file first."))
    refuse_who_may_not(one.meeting, by, state)
    if is_loading_another(one):
        raise Refused(_("Notes of another file are coming in. Wait until they are here, or stop that first."))
    one.comes_as, one.by_id = state, by.id
    hand_over(one, LOAD, at=at)


def refuse_who_may_not(meeting: Meeting, by: Person | None, state: str) -> None:
    """Refused where the meeting is closed, or this person may not let notes in, or not in this state."""
    if meeting.closed_at is not None:
        raise Refused(_("The meeting is closed. Open it again to change something."))
    if by is None or by.disabled_at is not None or not record_meeting(by, meeting):
        raise Refused(_("Who let these notes in may not record this meeting any more."))
    if state == APPROVED and not administer(by):
        raise Refused(_("Only an administrator lets notes in as approved. Check the file again, then choose drafts."))


def hand_over(one: NotesImport, act: str, *, at: datetime) -> None:
    one.act, one.state, one.asked_at, one.language = act, WAITING, at, language()
    one.share, one.until, one.stuck, one.sentence, one.ended_at = 0, None, 0, "", None
    wake()


def stop(one: NotesImport, *, by: Person, at: datetime) -> None:
    """Stop what is not done yet: a worker that is at it writes no more, and notes that came in stay."""
    lock(one)
    if one.is_open:
        one.state, one.ended_at = STOPPED, at
        if one.act == LOAD:
            came = {"new": one.came_new, "changed": one.came_changed}
            record("stopped loading notes", one.meeting, by=by, at=at, file=one.given_name, **came)


def take(at: datetime) -> Lease | None:
    """Take the next file. None where there is none; one that several workers died of has failed."""
    one = db.session.scalar(due(at).with_for_update(skip_locked=True))
    if one is None:
        return None
    if not one.begin(at):
        one.sentence = unfinished_in(one.language) if one.act == LOAD else one.sentence
        return None
    return Lease(one.id, one.attempts, one.meeting_id, one.act, one.language)


def ours(lease: Lease) -> NotesImport:
    """The row of this file, held. Raises Lost where another worker has it, or somebody stopped it."""
    found = {"of": NotesImport}
    one = db.session.get(NotesImport, lease.import_id, populate_existing=True, with_for_update=found)
    if one is None:
        raise Lost
    one.check(lease.number)
    return one


def forget_part(number: int) -> bool:
    """Delete the last part of the file with this number. Returns whether there was one."""
    last = select(func.max(NotesImportPart.number)).where(NotesImportPart.import_id == number).scalar_subquery()
    gone = delete(NotesImportPart).where(NotesImportPart.import_id == number, NotesImportPart.number == last)
    return bool(db.session.scalars(gone.returning(NotesImportPart.number)).all())


def forget_lines(lines: Select[int]) -> int:
    """Delete these lines. Returns how many there were."""
    old = db.session.scalars(lines).all()
    db.session.execute(delete(NotesImportLine).where(NotesImportLine.id.in_(old)))
    return len(old)


def forget_next(at: datetime) -> int:
    """Delete a part or some lines of a file that nobody needs any more, or its row. Returns how many, or 0."""
    part = db.session.scalar(old_part(at))
    if part is not None:
        return int(forget_part(part))
    if lines := forget_lines(old_lines(at, most=AT_ONCE)):
        return lines
    row = db.session.scalar(old_row(at))
    if row is not None:
        db.session.delete(row)
    return int(row is not None)
