"""What a meeting and its parts say in their other languages."""

from collections.abc import Mapping
from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.db.types import Record
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting, Worded
from eventapp.people.models import Person


def change_texts(
    row: Worded, tongue: str, texts: Mapping[str, object], *, meeting: Meeting, by: Person | None, at: datetime
) -> Record:
    """Say this in another language; a text that is empty is taken away, one that is not named stays.

    Returns column → [before, after], empty where nothing changed.
    """
    lock(meeting)
    if row is not meeting:
        lock(row)
    before: Record = row.texts.get(tongue, {})
    after: Record = {name: text or None for name, text in texts.items()}
    changed = {name: [before.get(name), text] for name, text in after.items() if before.get(name) != text}
    if changed:
        own = {name: text for name, text in {**before, **after}.items() if text}
        others = {code: words for code, words in row.texts.items() if code != tongue}
        row.texts = {**others, tongue: own} if own else others
        meeting.version += 1
        record("changed texts", row, by=by, at=at, meeting_id=meeting.id, language=tongue, changes=changed)
    return changed
