from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.agenda.models import Session
from eventapp.db import db
from eventapp.meetings.models import Meeting
from eventapp.outcomes.models import Note, Revision
from eventapp.registration.models import APPROVED, Registration
from eventapp.review.models import Edition, Report


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
    query = select(Edition).join(Edition.report).where(Report.meeting_id == meeting.id)
    order = query.order_by(Report.name, Edition.version).options(joinedload(Edition.report).joinedload(Report.body))
    return list(db.session.scalars(order))
