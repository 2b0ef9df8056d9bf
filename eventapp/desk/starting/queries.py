from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from eventapp.agenda.models import Session
from eventapp.desk.bodies.queries import KnownBody, known_bodies
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import IS_HERE, bodies_organized, meetings_with
from eventapp.people.models import Person
from eventapp.people.rules import administer

MANY = 100  # sessions that one transaction may copy, in 0.2 s


def earlier_meetings(person: Person) -> list[Meeting]:
    """Return the meetings that this person may copy, the latest first: who is no administrator, those they organize."""
    shown = load_only(
        Meeting.slug, Meeting.title, Meeting.city, Meeting.starts_on, Meeting.ends_on, Meeting.languages, Meeting.texts
    )
    query = select(Meeting).options(shown).where(IS_HERE).order_by(Meeting.starts_on.desc(), Meeting.id.desc())
    if not administer(person):
        query = query.where(Meeting.id.in_(meetings_with(person, ORGANIZER)))
    return list(db.session.scalars(query))


def bodies_for(person: Person) -> list[KnownBody]:
    """Return the bodies that a meeting this person makes may be of, by name: who is no administrator, their own."""
    own = None if administer(person) else bodies_organized(person)
    return [one for one in known_bodies() if own is None or one.code in own]


def is_long(meeting: Meeting) -> bool:
    """Whether this has so many sessions that the worker copies it."""
    count = select(func.count()).select_from(Session).where(Session.meeting_id == meeting.id)
    return db.session.scalars(count).one() > MANY
