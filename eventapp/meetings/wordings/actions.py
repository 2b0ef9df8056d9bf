from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.wordings.models import Wording
from eventapp.meetings.wordings.queries import wording_of, wordings_of
from eventapp.people.models import Person


def reword(
    meeting: Meeting, letter: str, language: str, *, subject: str, text: str, by: Person | None, at: datetime
) -> Wording:
    """Write this letter in these words from now on; what was written stays as it is."""
    lock(meeting)
    row = wording_of(meeting.id, letter, language) or Wording(meeting_id=meeting.id, letter=letter, language=language)
    row.subject, row.text = subject, text
    row.changed_at, row.changed_by_id = at, by.id if by else None
    db.session.add(row)
    record("reworded a letter", row, by=by, at=at, letter=letter, language=language, subject=subject)
    return row


def reset(meeting: Meeting, letter: str, language: str, *, by: Person | None, at: datetime) -> None:
    """Write this letter in the shipped words again. Refused where it is."""
    lock(meeting)
    row = wording_of(meeting.id, letter, language)
    if row is None:
        raise Refused(_("This letter is written in the shipped words already."))
    record("reset a letter", row, by=by, at=at, letter=letter, language=language)
    db.session.delete(row)


def copy_wordings(source: Meeting, target: Meeting, *, by: Person | None, at: datetime) -> int:
    """Write the letters of another meeting in the words of this one. Returns how many came along."""
    rows = wordings_of(source.id)
    for row in rows:
        reword(target, row.letter, row.language, subject=row.subject, text=row.text, by=by, at=at)
    return len(rows)
