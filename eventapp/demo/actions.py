"""The Bangkok meeting as it stands in the evening of 4 October 2016, made by the same actions that people use."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select

from eventapp.demo import agenda, arrivals, door, inputs, practices, record
from eventapp.demo.people import guests
from eventapp.demo.story import Story, bangkok
from eventapp.ground.db import db, lock_whole
from eventapp.ground.db.types import Base
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record as write_history
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.reader import read
from eventapp.meetings.actions import publish
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import holders_of, meeting_at
from eventapp.meetings.removal.dependents import remove_rows
from eventapp.people.models import Person

FILE = Path(__file__).parent.parent.parent / "meetings" / "bangkok-2016.yaml"
SLUG = "wsis-bangkok-2016"
BEGINS = bangkok(7, 11, 9)
# What a meeting file makes; everything else at a meeting is what happened to it.
FROM_THE_FILE = ("meeting", "body", "room", "category", "document", "staff", "session", "speaking_role")


def load_bangkok() -> Meeting:
    """Load the meeting file, and let the summer and the day of 2016 happen to it. Everybody in it is illustrative.

    Refused where the meeting is there already.
    """
    if meeting_at(SLUG):
        raise Refused(_("The Bangkok meeting is there already."))
    beginning = Story()
    beginning.add(BEGINS, lambda at: load(read(FILE.read_text(encoding="utf-8")), by=None, at=at))
    beginning.add(bangkok(7, 12, 10), lambda at: publish(bangkok_meeting(), by=first_organizer(), at=at))
    beginning.play()
    meeting, organizer = bangkok_meeting(), first_organizer()
    desk = arrivals.Counter(meeting, organizer, Story())
    everybody = guests()
    for guest in everybody:
        arrivals.tell(desk, guest)
    agenda.tell(desk.story, meeting, organizer)
    door.tell(desk, everybody)
    practices.tell(desk.story, meeting, organizer)
    inputs.tell(desk.story, meeting, organizer)
    record.tell(desk.story, meeting, organizer)
    desk.story.play()
    return meeting


def first_organizer() -> Person:
    """Who organizes the meeting."""
    return holders_of(bangkok_meeting(), ORGANIZER)[0].person


def clear(*, at: datetime) -> None:
    """Leave of the Bangkok meeting what its file says, and of history everything. Refused where it is not there."""
    meeting = bangkok_meeting()
    lock_whole(meeting)
    write_history("cleared the demonstration", meeting, by=None, at=at, meeting_id=meeting.id)
    db.session.flush()
    remove_rows(meeting, but=FROM_THE_FILE)
    forget_strangers()
    db.session.expire_all()
    load(read(FILE.read_text(encoding="utf-8")), by=None, at=at)


def bangkok_meeting() -> Meeting:
    """The meeting of the file. Refused where it is not there."""
    meeting = meeting_at(SLUG)
    if meeting is None:
        raise Refused(_("The Bangkok meeting is not there: load it first."))
    return meeting


def forget_strangers() -> None:
    """Let people go whom no row names any more."""
    person = Person.__table__
    named = [
        select(key.parent).where(key.parent.is_not(None))
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is person and table.name not in ("sign_in", "sign_in_request")
    ]
    strangers = select(Person.id).where(*(Person.id.not_in(query) for query in named))
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in ("sign_in", "sign_in_request"):
            db.session.execute(delete(table).where(table.c.person_id.in_(strangers)))
    db.session.execute(delete(Person).where(Person.id.in_(strangers)))
