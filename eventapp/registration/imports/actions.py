"""What an organizer does with a file of people: choose it, have it checked, imported, stopped, taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, update

from eventapp.ground.db import db, lock
from eventapp.ground.jobs import sliced
from eventapp.ground.jobs.sliced import hand_over
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.imports.models import (
    CHECKED,
    CHECKING,
    CHOOSING,
    DONE,
    FAILED,
    IMPORTING,
    LEFT,
    PEOPLE,
    STOPPED,
    TAKEN_BACK,
    UNDOING,
    Import,
    ImportFile,
    ImportRow,
)
from eventapp.registration.imports.queries import THIRTY_DAYS, counts, old_files, old_rows
from eventapp.registration.places.actions import offer_next

AT_ONCE = 1000  # rows deleted in one transaction


def receive(
    meeting: Meeting,
    name: str,
    content: bytes,
    head: Sequence[Sequence[str]],
    *,
    by: Person,
    at: datetime,
    kind: str = PEOPLE,
) -> Import:
    """Keep a file whose first rows were read; nothing of it is looked at further before its columns are known."""
    lock(meeting)
    one = Import(
        meeting_id=meeting.id,
        by_id=by.id,
        at=at,
        language=language(),
        given_name=name[:200],
        kind=kind,
        heads=list(head[0]),
        example=[list(row) for row in head[1:]],
        state=CHOOSING,
    )
    db.session.add(one)
    db.session.flush()
    db.session.add(ImportFile(import_id=one.id, content=content))
    return one


def check(one: Import, columns: Sequence[str], terms: Mapping[str, str], *, at: datetime) -> None:
    """Have the worker read every row with these columns; nothing is imported. Refused once it was imported."""
    lock(one)
    if one.state not in (CHOOSING, CHECKED) and not (one.state == FAILED and one.resumes == CHECKING):
        raise Refused(_("This file is being worked on, or was imported already. Choose it again to import it anew."))
    one.columns, one.terms, one.many = list(columns), dict(terms), 0
    hand_over(one, CHECKING)


def read_anew(one: Import) -> None:
    """Its file is another from now on: a worker that has read it as it was writes nothing more, and another begins."""
    lock(one)
    if one.state == CHECKING:
        one.turn, one.until = one.turn + 1, None
        wake()


def start(one: Import, *, at: datetime) -> None:
    """Have the worker import every row that nothing is wrong with. Started twice, it is started once.

    Refused where it was not checked, or the meeting is over.
    """
    lock(one.meeting)
    lock(one)
    if one.state in (IMPORTING, DONE):
        return
    goes_on = one.state in (STOPPED, FAILED) and one.resumes == IMPORTING
    if one.state != CHECKED and not goes_on:
        raise Refused(_("Check the file first."))
    if one.meeting.has_ended(at) or one.meeting.closed_at is not None:
        raise Refused(_("The meeting is over: nobody is added any more."))
    db.session.execute(delete(ImportFile).where(ImportFile.import_id == one.id))
    one.example = []
    one.ended_at = None
    hand_over(one, IMPORTING)


def stop(one: Import, *, by: Person, at: datetime) -> None:
    """Stop what the worker does: a check goes back to the columns, all else stays with what is done until now."""
    lock(one.meeting)
    lock(one)
    if one.state == CHECKING:
        one.state = CHOOSING
    elif one.state == IMPORTING:
        sliced.stop(one)
        one.ended_at = at
        record("stopped an import", one.meeting, by=by, at=at, file=one.given_name, **figures(counts(one)))
    elif one.state == UNDOING:
        sliced.stop(one)
        record("stopped the undoing of an import", one.meeting, by=by, at=at, file=one.given_name, **taken(counts(one)))
        offer_next(one.meeting, at=at)


def undo(one: Import, *, by: Person, at: datetime) -> None:
    """Have the worker take back what was imported. Refused after thirty days, or where nothing was imported."""
    lock(one)
    if one.state == UNDOING:
        return
    if not can_undo(one, at):
        raise Refused(_("This import can no longer be undone."))
    one.by_id = by.id
    hand_over(one, UNDOING)


def can_undo(one: Import, at: datetime) -> bool:
    """Whether it was imported, in whole or in part, in the last thirty days, and is not taken back in whole."""
    is_over = one.state == DONE or (one.state in (STOPPED, FAILED) and one.resumes in (IMPORTING, UNDOING))
    return is_over and at < one.at + THIRTY_DAYS and one.meeting.closed_at is None


def choose_again(one: Import) -> None:
    """Go back to the columns of a file that was checked. Refused once it was imported."""
    lock(one)
    if one.state not in (CHECKED, CHOOSING):
        raise Refused(_("This file is being worked on, or was imported already. Choose it again to import it anew."))
    one.state = CHOOSING


def figures(tally: Mapping[str, int]) -> dict[str, int]:
    """What history says of an import."""
    return {"added": tally.get("added", 0), "changed": tally.get("updated", 0), "left_out": tally.get("faulty", 0)}


def taken(tally: Mapping[str, int]) -> dict[str, int]:
    """What it says of an undoing."""
    return {"withdrawn": tally.get(TAKEN_BACK, 0), "left": tally.get(LEFT, 0)}


def forget_old(*, at: datetime) -> int:
    """Delete rows and files of imports of long ago, and what was shown of these. Returns how many."""
    rows, files = old_rows(at, most=AT_ONCE), old_files(at)
    db.session.execute(update(Import).where(Import.id.in_(files)).values(example=[]))
    db.session.execute(delete(ImportRow).where(ImportRow.id.in_(rows)))
    db.session.execute(delete(ImportFile).where(ImportFile.import_id.in_(files)))
    return len(rows) + len(files)
