from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.orm import load_only, selectinload

from eventapp.agenda.models import Session
from eventapp.commitments.queries import commitments_counted
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER, Body, Meeting
from eventapp.meetings.queries import IS_HERE, meetings_with
from eventapp.people.models import Person
from eventapp.people.rules import administer
from eventapp.progress.years import Covered, Known
from eventapp.record.notes.models import PUBLISHED, Note, Revision
from eventapp.review.coverage.figures import Counts
from eventapp.review.coverage.queries import codes, goals_named
from eventapp.review.reports.queries import CLOSED

SHOWN = load_only(
    Meeting.slug,
    Meeting.short_title,
    Meeting.starts_on,
    Meeting.zone,
    Meeting.languages,
    Meeting.themes,
    Meeting.texts,
    Meeting.published_at,
)


def known_to(person: Person | None) -> Known:
    """What this reader may count: of published meetings what is published, of the meetings they run everything.

    The database counts: neither the queries nor what is read grow with the notes.
    """
    bodies = selectinload(Meeting.bodies).load_only(Body.code, Body.name)
    query = select(Meeting).where(IS_HERE).order_by(Meeting.starts_on, Meeting.id).options(SHOWN, bodies)
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

    A row of what the database answers is one body and one choice of action lines, with the goals of each such note. It
    puts notes into order to group them, which costs a third less by the lines first: most notes are of one meeting.
    """
    columns = (cast(Revision.action_lines, Text), Body.code, Session.meeting_id)
    goals_of_each = func.aggregate_strings(cast(Revision.goals, Text), "\n")
    query = (
        select(*columns, func.count(), goals_of_each)
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
    found: dict[int, dict[str, Counts]] = {}
    for lines, body, meeting_id, number, goals in db.session.execute(query):
        counts = found.setdefault(meeting_id, {}).setdefault(body or "", Counts())
        counts.add(codes(lines), goals_named(goals), number)
    return {number: [Covered(body, counts) for body, counts in some.items()] for number, some in found.items()}
