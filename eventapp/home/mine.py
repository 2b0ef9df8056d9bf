"""The meetings of somebody: those they are registered for, speak at, work at, or organize with a body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import load_only

from eventapp.agenda.models import CONFIRMED, DECLINED, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting, Staff
from eventapp.meetings.queries import meetings_of_bodies
from eventapp.people.models import Person
from eventapp.registration.models import Registration

RECORDS = "records"  # is rapporteur of a session, and no more
EDITS = "edits"  # has a part in a session that may edit something of it
MOST_MINE = 8  # on the front page; the list of all meetings has the others
Roles = Mapping[Meeting, frozenset[str]]
SHOWN = load_only(
    Meeting.slug,
    Meeting.title,
    Meeting.short_title,
    Meeting.starts_on,
    Meeting.ends_on,
    Meeting.zone,
    Meeting.languages,
    Meeting.published_at,
    Meeting.closed_at,
    Meeting.archived_at,
)


@dataclass(frozen=True)
class Mine:
    """One meeting of mine: my registration where I have one, and my roles on its staff."""

    meeting: Meeting
    registration: Registration | None
    roles: frozenset[str]


@dataclass(frozen=True)
class MyMeetings:
    """The first of my meetings, how many there are, and my roles at all of them."""

    shown: list[Mine]
    count: int
    roles: Roles


def roles_of(person: Person) -> dict[int, set[str]]:
    """The meetings of this person by number, with their roles on the staff: none where they take part or speak."""
    found: dict[int, set[str]] = {
        number: set()
        for number in db.session.scalars(select(Registration.meeting_id).where(Registration.person_id == person.id))
    }
    posts = select(Staff.meeting_id, Staff.role).where(Staff.person_id == person.id, Staff.ended_at.is_(None))
    for number, role in db.session.execute(posts):
        found.setdefault(number, set()).add(role)
    parts = (
        select(Session.meeting_id, SpeakingRole.role, SpeakingRole.state, Meeting.session_rights)
        .join(SpeakingRole, SpeakingRole.session_id == Session.id)
        .join(Meeting, Meeting.id == Session.meeting_id)
        .where(SpeakingRole.person_id == person.id, SpeakingRole.ended_at.is_(None), SpeakingRole.state != DECLINED)
    )
    for number, role, state, rights in db.session.execute(parts):
        edits = state == CONFIRMED and any(role in listed for listed in rights.values())
        found.setdefault(number, set()).update([RECORDS] * (role == RAPPORTEUR) + [EDITS] * edits)
    for number in meetings_of_bodies(person):
        found.setdefault(number, set()).add(ORGANIZER)
    return found


def meetings_of(person: Person, *, at: datetime) -> MyMeetings:
    """The meetings of this person: first those that are not over, the next one first; then the last ones.

    Six queries, however many meetings there are; of those that are not shown only what a line names is read.
    """
    roles = roles_of(person)
    rows = list(db.session.scalars(select(Meeting).where(Meeting.id.in_(roles)).options(SHOWN)))
    coming = sorted((one for one in rows if not one.has_ended(at)), key=lambda one: (one.starts_on, one.id))
    past = sorted((one for one in rows if one.has_ended(at)), key=lambda one: (one.ends_on, one.id), reverse=True)
    shown = [*coming, *past][:MOST_MINE]
    own = select(Registration).where(
        Registration.person_id == person.id, Registration.meeting_id.in_([one.id for one in shown])
    )
    registrations = {one.meeting_id: one for one in db.session.scalars(own)}
    return MyMeetings(
        [Mine(one, registrations.get(one.id), frozenset(roles[one.id])) for one in shown],
        len(rows),
        {one: frozenset(roles[one.id]) for one in rows},
    )
