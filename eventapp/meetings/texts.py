"""What a meeting and its parts say in their other languages."""

from collections.abc import Collection, Mapping
from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.db.types import Record
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.worded import Worded
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


def confirm_texts(
    row: Worded, tongue: str, names: Collection[str], *, meeting: Meeting, by: Person | None, at: datetime
) -> None:
    """Say that these texts are still right in this language, though the first language changed since."""
    lock(meeting)
    if row is not meeting:
        lock(row)
    marked: Record = row.changed_since.get(tongue, {})
    right = sorted(set(names) & set(marked))
    if right:
        left = {name: former for name, former in marked.items() if name not in right}
        row.changed_since = {**row.changed_since, tongue: left}
        record("confirmed texts", row, by=by, at=at, meeting_id=meeting.id, language=tongue, texts=right)
