"""What an organizer looks for in the history of a meeting: by whom, about what, from one day to another, in words."""

import json
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import aliased
from wtforms import Field, SelectField
from wtforms.validators import StopValidation

from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Day, Form, Line
from eventapp.history.models import Entry
from eventapp.home.history.things import NAMED, lines_named
from eventapp.meetings.local_time import YEARS
from eventapp.meetings.models import Meeting

MOST_WORDS = 8
DELETED = "deleted meeting"
FIELDS = ("who", "thing", "verb", "since", "until", "q")


def sensible(_form: Form, field: Field) -> None:
    """A day in a year that a meeting may be in."""
    if field.data and field.data.year not in YEARS:
        raise StopValidation(_("Write the day as 2018-01-31, 31/01/2018 or 31 January 2018."))


class HistoryFilter(Form):
    """What is looked for. Only what is filled in is asked for."""

    who = Line(_l("Who"), most=120)
    thing = SelectField(_l("About"), validate_choice=False)
    verb = SelectField(_l("What was done"), validate_choice=False)
    since = Day(_l("From"), [sensible])
    until = Day(_l("Until"), [sensible])
    q = Line(_l("Words"), most=120)

    @property
    def is_set(self) -> bool:
        return any(self[name].data for name in FIELDS)

    @property
    def is_narrow(self) -> bool:
        """Whether more than words are asked for, or what is asked for is no good."""
        return any(self[name].data or self[name].errors for name in FIELDS if name != "q")

    def address(self) -> dict[str, str]:
        """The words of an address that asks for the same."""
        return {name: str(self[name].data) for name in FIELDS if self[name].data}


def entries_wanted(meeting: Meeting, look: HistoryFilter) -> Select[Entry]:
    """The lines of a meeting's history that have all of this, the newest first."""
    wanted = [of_meeting(meeting)]
    wanted += [Entry.by_name.icontains(word, autoescape=True) for word in words_of(look.who)]
    wanted += [has(word, meeting) for word in words_of(look.q)]
    if look.thing.data:
        wanted.append(Entry.thing == look.thing.data)
    if look.verb.data:
        wanted.append(Entry.verb == look.verb.data)
    if look.since.data:
        wanted.append(Entry.at >= midnight(look.since.data, meeting))
    if look.until.data:
        wanted.append(Entry.at < midnight(look.until.data + timedelta(days=1), meeting))
    return select(Entry).where(*wanted).order_by(Entry.number.desc())


def happenings(meeting: Meeting) -> list[Row[str, str]]:
    """What happened to which kind of thing at this meeting, each pair once."""
    query = select(Entry.thing, Entry.verb).where(of_meeting(meeting)).distinct()
    return list(db.session.execute(query))


def of_meeting(meeting: Meeting) -> ColumnElement[bool]:
    """Whether a line is of this meeting, and not of one that was deleted: SQLite gives the number of that one again."""
    gone = aliased(Entry)
    same = (gone.thing == Meeting.__tablename__, gone.thing_id == meeting.id, gone.verb == DELETED)
    last = select(func.coalesce(func.max(gone.number), 0)).where(*same).scalar_subquery()
    return and_(Entry.meeting_id == meeting.id, Entry.number > last)


def words_of(field: Field) -> list[str]:
    return (field.data or "").split()[:MOST_WORDS]


def midnight(day: date, meeting: Meeting) -> datetime:
    """When this day begins where the meeting is."""
    return datetime.combine(day, time(), meeting.tz)


def has(word: str, meeting: Meeting) -> ColumnElement[bool]:
    """Whether a line has this word: in what was done, who did it, what it says, or the name of what it is about."""
    kept_as = json.dumps(word)[1:-1]  # letters beyond ASCII are kept by their numbers
    return or_(
        Entry.verb.icontains(word, autoescape=True),
        Entry.by_name.icontains(word, autoescape=True),
        cast(Entry.detail, Text).icontains(kept_as, autoescape=True),
        *(Entry.id.in_(lines_named(table, word, meeting)) for table in NAMED),
    )
