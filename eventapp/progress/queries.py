from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.orm import selectinload

from eventapp.agenda.models import Session
from eventapp.commitments.queries import commitments_counted
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER, Body, Meeting
from eventapp.meetings.queries import meetings_with
from eventapp.people.models import Person
from eventapp.people.rules import administer
from eventapp.progress.years import Covered, Known
from eventapp.record.notes.models import PUBLISHED, Note, Revision
from eventapp.review.coverage.figures import Tagged
from eventapp.review.coverage.queries import codes
from eventapp.review.reports.queries import CLOSED


def known_to(person: Person | None) -> Known:
    """What this reader may count: of published meetings what is published, of the meetings they run everything.

    The database counts: neither the queries nor what is read grow with the notes.
    """
    query = select(Meeting).order_by(Meeting.starts_on, Meeting.id).options(selectinload(Meeting.bodies))
    everything = list(db.session.scalars(query))
    own = run_by(person, everything)
    meetings = tuple(meeting for meeting in everything if meeting.is_published or meeting.id in own)
    is_open = (Note.state == PUBLISHED) & Meeting.published_at.is_not(None)
    commitments = commitments_counted(or_(Session.meeting_id.in_(own), is_open))
    return Known(meetings, notes_covered(own), commitments, has_more=bool(own))


def run_by(person: Person | None, meetings: list[Meeting]) -> set[int]:
    """The numbers of those of these meetings that this person runs."""
    if administer(person):
        return {meeting.id for meeting in meetings}
    return meetings_with(person, ORGANIZER) if person else set()


def notes_covered(own: set[int]) -> dict[int, list[Covered]]:
    """The notes on the record, by meeting: of these meetings all, of the other public ones those that were published.

    A row of the answer is one body and one choice of action lines and goals, however many notes have it.
    """
    columns = (Session.meeting_id, Body.code, cast(Revision.action_lines, Text), cast(Revision.goals, Text))
    query = (
        select(*columns, func.count())
        .select_from(Note)
        .join(Note.session)
        .join(Session.meeting)
        .join(Note.current)
        .outerjoin(Session.body)
        .where(
            or_(Session.meeting_id.in_(own), (Note.state == PUBLISHED) & Meeting.published_at.is_not(None)),
            Note.deleted_at.is_(None),
            Session.cancelled_at.is_(None),
            Session.rule != CLOSED,
            Revision.off_record.is_(False),
        )
        .group_by(*columns)
    )
    found: dict[int, list[Covered]] = {}
    for meeting_id, body, lines, goals, number in db.session.execute(query):
        covered = Covered(body or "", Tagged(codes(lines), codes(goals), number))
        found.setdefault(meeting_id, []).append(covered)
    return found
