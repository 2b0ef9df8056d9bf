from datetime import datetime

from eventapp.commitments import mails
from eventapp.commitments.models import LATE, FocalPoint, Reminder
from eventapp.commitments.owners import named_for
from eventapp.commitments.queries import next_to_remind, was_reminded
from eventapp.commitments.register import Commitment
from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.people.actions import know
from eventapp.people.models import Person


def remind_next(*, at: datetime) -> int:
    """Write to the owner of the next commitment that is due soon or late. Returns how many letters: one, or none.

    Two workers who look at once write one letter: the second finds it sent, under the lock of the note.
    """
    found = next_to_remind(at)
    if found is None:
        return 0
    one, kind, person = found
    lock(one.note)
    if one.due_on is None or was_reminded(one.note, one.due_on, kind):
        return 0
    reminder = Reminder(note_id=one.note.id, due_on=one.due_on, kind=kind, person=person, sent_at=at)
    db.session.add(reminder)
    post(mails.reminder(one, person, is_late=kind == LATE), at=at)
    record(
        "reminded of a commitment",
        one.note,
        by=None,
        at=at,
        reference=one.note.reference,
        to=person.name,
        due_on=one.due_on,
    )
    return 1


def name_focal_point(
    one: Commitment, name: str, email: str, *, by: Person | None, at: datetime, language: str = "en"
) -> Person:
    """Let this person be reminded of the commitment from now on, whoever else could be found. Returns the person.

    Who is known at the address keeps the name and language they have; naming the same person again changes nothing.
    """
    lock(one.note)
    person = know(name, email, at=at, language=language)
    if named_for(one.note) is person:
        return person
    db.session.add(FocalPoint(note_id=one.note.id, person_id=person.id, named_at=at, named_by_id=by.id if by else None))
    record("named a focal point", one.note, by=by, at=at, reference=one.note.reference, to=person.name)
    return person
