"""Who spoke at a meeting, read some at a time, and how long by group, added up by the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from eventapp.agenda.models import Session
from eventapp.floor.labels import seconds_spoken
from eventapp.floor.models import Statement
from eventapp.floor.speaking.times import CATEGORY, DELEGATION, Share, Times, group_of, label_of, times
from eventapp.ground.db import db
from eventapp.ground.db.spans import whole_seconds
from eventapp.meetings.models import Category, Meeting

WITHOUT_PAUSE = "[]"


def statements_at(meeting: Meeting, code: str = "") -> Select[Statement]:
    """Ask for every statement that was begun at this meeting, or in its session of this code, in their order."""
    query = select(Statement).join(Statement.session).where(*_started(meeting, code))
    query = query.order_by(Statement.started_at, Statement.id)
    return query.options(contains_eager(Statement.session), joinedload(Statement.category))


def numbers_at(meeting: Meeting) -> list[int]:
    """The numbers of all statements that were begun at this meeting, in their order."""
    query = select(Statement.id).join(Statement.session).where(*_started(meeting, ""))
    return list(db.session.scalars(query.order_by(Statement.started_at, Statement.id)))


def statements_with(meeting: Meeting, numbers: Sequence[int]) -> list[Statement]:
    """The statements of this meeting with these numbers, in their order."""
    return list(db.session.scalars(statements_at(meeting).where(Statement.id.in_(numbers))))


def has_statements(meeting: Meeting) -> bool:
    """Whether anybody has spoken at this meeting."""
    query = select(Statement.id).join(Statement.session).where(*_started(meeting, ""))
    return db.session.scalar(query.limit(1)) is not None


def times_at(meeting: Meeting, code: str, by: str, *, at: datetime) -> Times:
    """Speaking time by group, until this moment where somebody still speaks; pauses do not count.

    The database adds up what was spoken without a pause; what was paused, or goes on, is read.
    """
    is_plain = and_(Statement.ended_at.is_not(None), cast(Statement.pauses, String) == WITHOUT_PAUSE)
    spoken = whole_seconds(Statement.started_at, Statement.ended_at)
    group = _group(by)
    query = (
        select(group, func.count(), func.sum(case((spoken > 0, spoken), else_=0)))
        .select_from(Statement)
        .join(Statement.session)
        .outerjoin(Statement.category)
        .where(*_started(meeting, code), is_plain)
        .group_by(group)
    )
    categories = {one.id: one for one in meeting.categories}
    shares = [
        Share(label_of(by, key, categories), many, int(seconds)) for key, many, seconds in db.session.execute(query)
    ]
    rest = db.session.scalars(statements_at(meeting, code).where(not_(is_plain)))
    shares += [Share(group_of(one, by), 1, seconds_spoken(one, at)) for one in rest]
    return times(shares)


def _started(meeting: Meeting, code: str) -> tuple[ColumnElement[bool], ...]:
    of_session = (Session.code == code,) if code else ()
    return (
        Session.meeting_id == meeting.id,
        Statement.started_at.is_not(None),
        Statement.removed_at.is_(None),
        *of_session,
    )


def _group(by: str) -> ColumnElement[str] | InstrumentedAttribute[str] | InstrumentedAttribute[int | None]:
    if by == DELEGATION:
        return case((Statement.organization != "", Statement.organization), else_=Statement.name)
    return Statement.category_id if by == CATEGORY else Category.stakeholder_type
