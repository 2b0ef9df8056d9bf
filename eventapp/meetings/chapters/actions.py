from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import db, lock
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


def choose_for_reports(meeting: Meeting, outline: str, policy: str, *, by: Person | None, at: datetime) -> None:
    """Have new reports begin with this outline, by the name of its file, and name whom this policy lets them name.

    "" is the standard outline, and organizations. Reports that are begun stay as they are.
    """
    lock(meeting)
    wanted = {"report_outline": outline, "report_policy": policy}
    changes = {
        name: [getattr(meeting, name), value] for name, value in wanted.items() if getattr(meeting, name) != value
    }
    if not changes:
        return
    meeting.report_outline, meeting.report_policy = outline, policy
    meeting.version += 1
    db.session.flush()
    record("changed what reports begin with", meeting, by=by, at=at, changes=changes)
