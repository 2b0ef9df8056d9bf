from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from eventapp.agenda.models import Session
from eventapp.commitments.queries import commitments
from eventapp.db import db
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.outcomes.models import PUBLISHED, Note
from eventapp.people.models import Person
from eventapp.progress.years import Known
from eventapp.review.queries import notes_counted


def known_to(person: Person | None) -> Known:
    """What this reader may count: of published meetings what is published, of the meetings they run everything."""
    query = select(Meeting).order_by(Meeting.starts_on, Meeting.id).options(selectinload(Meeting.bodies))
    everything = list(db.session.scalars(query))
    own = {meeting.id for meeting in everything if person is not None and run_meeting(person, meeting)}
    meetings = tuple(meeting for meeting in everything if meeting.is_published or meeting.id in own)
    notes = {meeting.id: notes_of(meeting, everything=meeting.id in own) for meeting in meetings}
    told = commitments(or_(Session.meeting_id.in_(own), (Note.state == PUBLISHED) & Meeting.published_at.is_not(None)))
    return Known(meetings, notes, told, has_more=bool(own))


def notes_of(meeting: Meeting, *, everything: bool) -> list[Note]:
    """The notes of a meeting that are on the record: all of them, or those that were published."""
    found = [note for note in notes_counted(meeting, cleared=False) if note.session.cancelled_at is None]
    return found if everything else [note for note in found if note.state == PUBLISHED]
