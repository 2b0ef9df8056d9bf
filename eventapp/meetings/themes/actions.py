from collections.abc import Iterable
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import Themes, ThemeSet, as_record
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.models import Person


def own_themes(meeting: Meeting) -> Themes:
    """The themes of the meeting as they are now, with the meeting locked: what is changed next rests on them."""
    lock(meeting)
    return themes_of(meeting)


def keep_sets(
    meeting: Meeting, sets: Iterable[ThemeSet], verb: str, about: Record, *, by: Person | None, at: datetime
) -> None:
    """Let the meeting have these sets of themes, in this order; history says it in this verb, with what is `about`."""
    meeting.themes = as_record(sets)
    meeting.version += 1
    db.session.flush()
    record(verb, meeting, by=by, at=at, **about)
