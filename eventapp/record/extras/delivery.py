"""What becomes of a commitment: told at any time, also after approval; what was told before stays."""

from collections.abc import Iterator
from datetime import date, datetime

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.record.extras.models import Delivery
from eventapp.record.extras.queries import newest_delivery
from eventapp.record.notes.content import DELIVERIES
from eventapp.record.notes.models import Note, Revision


def report_delivery(
    note: Note, *, state: str, due_on: date | None, due_text: str, remark: str, by: Person | None, at: datetime
) -> Delivery:
    """Add a line to the history of this commitment. Its words, and what they are cleared for, stay as they are.

    The same told twice is one line. Refused for a deleted note and where no state is chosen.
    """
    lock(note)
    if note.is_deleted:
        raise Refused(_("This note was deleted. Restore it before you say what became of it."))
    if state not in DELIVERIES:
        raise Refused(_("Choose how far the delivery is."))
    newest = newest_delivery(note)
    facts = (state, due_on, due_text, remark)
    if newest is not None and facts == (newest.state, newest.due_on, newest.due_text, newest.remark):
        return newest
    line = Delivery(note_id=note.id, at=at, by=by, state=state, due_on=due_on, due_text=due_text, remark=remark)
    db.session.add(line)
    record("told delivery", note, by=by, at=at, reference=note.reference, state=state)
    return line


def first_line(revision: Record) -> Iterator[Record]:
    """Yield the line of history of a first revision that gives a date or a state, from its columns to those of it."""
    facts = {"state": revision["delivery"], "due_on": revision["due_on"], "due_text": revision["due_text"]}
    if any(facts.values()):
        yield {"note_id": revision["note_id"], "at": revision["at"], "by_id": revision["by_id"], **facts}


def follow(note: Note, before: Revision | None, now: Revision) -> None:
    """Where a revision gives another date or state than the one before, that is a line of the history too."""
    facts = (now.delivery, now.due_on, now.due_text)
    was = (before.delivery, before.due_on, before.due_text) if before else ("", None, "")
    if facts == was:
        return
    newest = newest_delivery(note) if before else None
    if newest is None or facts != (newest.state, newest.due_on, newest.due_text):
        line = Delivery(note_id=note.id, at=now.at, by=now.by, state=facts[0], due_on=facts[1], due_text=facts[2])
        db.session.add(line)
