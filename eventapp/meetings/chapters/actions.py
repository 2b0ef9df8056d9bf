from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.history.actions import record
from eventapp.meetings.chapters.content import OwnChapter, as_records
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def keep_chapters(
    meeting: Meeting, chapters: Sequence[OwnChapter], verb: str, about: Record, *, by: Person | None, at: datetime
) -> None:
    """Let the meeting have these chapters, in this order; history says it in this verb, with what is `about`."""
    meeting.chapters = as_records(chapters)
    meeting.version += 1
    db.session.flush()
    record(verb, meeting, by=by, at=at, **about)
