from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.availability.models import Availability
from eventapp.agenda.models import DECLINED, WAITS, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import meetings_due
from eventapp.meetings.retention.sorts import NEEDS
from eventapp.people.models import Person

ALL, ANSWERED, SILENT, UNASKED = "all", "answered", "silent", "unasked"


def availability_of(meeting: Meeting, person: Person) -> Availability | None:
    """What this person said or was asked for this meeting."""
    query = select(Availability).where(Availability.meeting_id == meeting.id)
    return db.session.scalar(query.where(Availability.person_id == person.id))


def availabilities(meeting: Meeting, people: Collection[int]) -> dict[int, Availability]:
    """What these people said or were asked, by the number of the person."""
    query = select(Availability).where(Availability.meeting_id == meeting.id, Availability.person_id.in_(people))
    return {one.person_id: one for one in db.session.scalars(query)} if people else {}


def not_free(meeting: Meeting, people: Collection[int] | None = None) -> dict[int, list[Record]]:
    """The days of everybody who cannot take part all the time, or of these alone, by the number of the person."""
    columns = Availability.person_id, Availability.days
    query = select(*columns).where(Availability.meeting_id == meeting.id, Availability.answered_at.is_not(None))
    rows = db.session.execute(query if people is None else query.where(Availability.person_id.in_(people)))
    return {person: days for person, days in rows if days}


def people_with_parts(meeting: Meeting, which: str = ALL) -> Select[SpeakingRole]:
    """One part of each person with an address who holds one, by name: of all, or those who answered, are silent after
    they were asked, or were never asked.
    """
    first = (
        select(func.min(SpeakingRole.id))
        .join(SpeakingRole.session)
        .where(
            Session.meeting_id == meeting.id,
            or_(Session.cancelled_at.is_(None), Session.waiting == WAITS),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
            SpeakingRole.person_id.is_not(None),
        )
    )
    same = (Availability.person_id == SpeakingRole.person_id) & (Availability.meeting_id == meeting.id)
    query = select(SpeakingRole).outerjoin(Availability, same)
    query = query.where(SpeakingRole.id.in_(first.group_by(SpeakingRole.person_id)))
    if which in WHERE:
        query = query.where(*WHERE[which])
    around = (
        joinedload(SpeakingRole.person),
        joinedload(SpeakingRole.session).options(joinedload(Session.room), joinedload(Session.meeting)),
    )
    return query.order_by(SpeakingRole.name, SpeakingRole.id).options(*around)


WHERE: dict[str, tuple[ColumnElement[bool], ...]] = {
    ANSWERED: (Availability.answered_at.is_not(None),),
    SILENT: (Availability.answered_at.is_(None), Availability.asked_at.is_not(None)),
    UNASKED: (Availability.answered_at.is_(None), Availability.asked_at.is_(None)),
}


def how_many(meeting: Meeting, which: str) -> int:
    """How many people they are."""
    query = people_with_parts(meeting, which).order_by(None).with_only_columns(SpeakingRole.id)
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def over_long_ago(at: datetime, *, most: int) -> list[int]:
    """The numbers of the next that are kept longer than what people need at a meeting."""
    due = meetings_due(at)[NEEDS]
    query = select(Availability.id).where(Availability.meeting_id.in_(due)).order_by(Availability.id)
    return list(db.session.scalars(query.limit(most))) if due else []
