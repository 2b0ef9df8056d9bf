"""What the front page tells: which meetings there are, and which are yours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.meetings.models import Meeting, Staff
from eventapp.people.models import Person
from eventapp.registration.models import Registration
from eventapp.review.models import Report

SHOWN = 50


@dataclass(frozen=True)
class Meetings:
    """The meetings the public may see: the next first, and the last first of those that are over."""

    coming: list[Meeting]
    past: list[Meeting]

    @property
    def nearest(self) -> Meeting | None:
        """The one that somebody who comes without saying why most likely comes for."""
        return next(iter(self.coming or self.past), None)


@dataclass(frozen=True)
class Mine:
    """One meeting of mine: my registration where I have one, and my roles on its staff."""

    meeting: Meeting
    registration: Registration | None
    roles: frozenset[str]


def public_meetings(*, at: datetime) -> Meetings:
    """Published meetings, split by whether their last day is over where they are."""
    published = select(Meeting).where(Meeting.published_at.is_not(None), Meeting.published_at <= at)
    yesterday = (at - timedelta(days=1)).date()  # no zone is further behind
    rows = db.session.scalars(published.where(Meeting.ends_on >= yesterday).order_by(Meeting.starts_on, Meeting.id))
    coming = [meeting for meeting in rows if not meeting.has_ended(at)]
    recent = published.order_by(Meeting.ends_on.desc(), Meeting.id.desc()).limit(SHOWN)
    past = [meeting for meeting in db.session.scalars(recent) if meeting.has_ended(at)]
    return Meetings(coming[:SHOWN], past)


def meetings_of(person: Person) -> list[Mine]:
    """Every meeting this person is registered for or works at, the latest first."""
    registrations = {row.meeting_id: row for row in registrations_of(person)}
    posts = list(staff_posts(person))
    rows: list[Registration | Staff] = [*registrations.values(), *posts]
    meetings = {row.meeting_id: row.meeting for row in rows}
    mine = [
        Mine(meeting, registrations.get(key), frozenset(post.role for post in posts if post.meeting_id == key))
        for key, meeting in meetings.items()
    ]
    return sorted(mine, key=lambda one: (one.meeting.starts_on, one.meeting.id), reverse=True)


def registrations_of(person: Person) -> Iterable[Registration]:
    query = select(Registration).where(Registration.person_id == person.id)
    return db.session.scalars(query.options(joinedload(Registration.meeting)))


def staff_posts(person: Person) -> Iterable[Staff]:
    query = select(Staff).where(Staff.person_id == person.id, Staff.ended_at.is_(None))
    return db.session.scalars(query.options(joinedload(Staff.meeting)))


def latest_reports(*, at: datetime, most: int = 5) -> list[Report]:
    """Published reports of public meetings, the newest first."""
    query = select(Report).join(Report.meeting).where(Report.published_at <= at, Meeting.published_at <= at)
    return list(
        db.session.scalars(
            query.options(joinedload(Report.meeting)).order_by(Report.published_at.desc(), Report.id.desc()).limit(most)
        )
    )
