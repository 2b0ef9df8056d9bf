from datetime import datetime

from eventapp.commitments import mails
from eventapp.commitments.models import LATE, Reminder
from eventapp.commitments.queries import next_to_remind, was_reminded
from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post


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
    record("reminded of a commitment", one.note, by=None, at=at, meeting_id=one.meeting.id,
           reference=one.note.reference, to=person.name, due_on=one.due_on)  # fmt: skip
    return 1
