from collections.abc import Mapping
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.history.actions import record
from eventapp.meetings.consents.models import ConsentWording
from eventapp.meetings.consents.queries import consents_in_force, last_number
from eventapp.meetings.consents.words import own_among
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def reword_consents(
    meeting: Meeting, language: str, texts: Mapping[str, str], *, by: Person | None, at: datetime
) -> ConsentWording | None:
    """Ask for consent in these words from now on; a text that is empty or as shipped stands in the shipped words.

    Who agreed before stays with the version they read. Returns the new version, None where nothing changed.
    """
    lock(meeting)
    before, own = consents_in_force(meeting.id, language), own_among(texts, language)
    if own == (before.texts if before else {}):
        return None
    row = ConsentWording(
        meeting_id=meeting.id,
        number=last_number(meeting.id) + 1,
        language=language,
        texts=own,
        at=at,
        by_id=by.id if by else None,
    )
    meeting.version += 1  # pages with the form are kept by it
    db.session.add(row)
    db.session.flush()
    verb = "reworded the consents" if own else "reset the consents"
    detail: Record = {"language": language, "version": row.number, **own}
    record(verb, row, by=by, at=at, **detail)
    return row
