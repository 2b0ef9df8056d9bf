from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.inputs.models import Input
from eventapp.meetings.models import Meeting
from eventapp.practices.models import Card
from eventapp.record.notes.models import Note, Revision
from eventapp.registration.models import APPROVED, Registration
from eventapp.review.reports.editions import IS_OUT
from eventapp.review.reports.models import Edition, Report


def every_note(meeting: Meeting) -> list[Note]:
    """Every note of the meeting, whatever became of it, as the sessions followed, with its revisions."""
    query = (
        select(Note)
        .join(Note.session)
        .where(Session.meeting_id == meeting.id)
        .order_by(Session.starts_at, Session.code, Note.number)
        .options(
            joinedload(Note.session),
            joinedload(Note.current).joinedload(Revision.role),
            selectinload(Note.revisions).joinedload(Revision.role),
        )
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def everybody_registered(meeting: Meeting) -> list[Registration]:
    """Every registration of the meeting, with its category and delegation."""
    query = select(Registration).where(Registration.meeting_id == meeting.id)
    with_all = query.options(joinedload(Registration.category), joinedload(Registration.delegation))
    return list(db.session.scalars(with_all.order_by(Registration.number)))


def listed(people: Sequence[Registration]) -> list[Registration]:
    """Those of them who have a place and agreed to stand in the list of participants."""
    return [one for one in people if one.state == APPROVED and one.lists_name]


def every_edition(meeting: Meeting) -> list[Edition]:
    """Every version of every published report, by report and version."""
    query = select(Edition).join(Edition.report).where(Report.meeting_id == meeting.id, IS_OUT)
    order = query.order_by(Report.name, Edition.version).options(joinedload(Edition.report).joinedload(Report.body))
    return list(db.session.scalars(order))


def inputs_sent(meeting: Meeting) -> int:
    """How many inputs stand: sent, and not taken back."""
    query = select(func.count(Input.id)).where(Input.meeting_id == meeting.id)
    return db.session.scalar(query.where(Input.sent_at.is_not(None), Input.withdrawn_at.is_(None))) or 0


def cards_sent(meeting: Meeting) -> int:
    """How many good practice cards were sent."""
    return (
        db.session.scalar(select(func.count(Card.id)).where(Card.meeting_id == meeting.id, Card.sent_at.is_not(None)))
        or 0
    )


def reports_never_published(meeting: Meeting) -> int:
    """How many reports nobody but their editors has read."""
    query = select(func.count(Report.id)).where(Report.meeting_id == meeting.id, Report.published_at.is_(None))
    return db.session.scalar(query) or 0
