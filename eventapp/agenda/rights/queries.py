from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import CONFIRMED, Release, Session, SpeakingRole
from eventapp.agenda.rights.content import RIGHTS, rights_for
from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Meeting, Staff
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person

EDITS = ("changed session", "gave part", "changed part", "ended part")  # verbs of history
THINGS = (Session.__tablename__, SpeakingRole.__tablename__)


@dataclass(frozen=True)
class Opened:
    """A session that somebody may edit, and what of it."""

    session: Session
    rights: frozenset[str]


def opened_to(person: Person, meeting: Meeting, code: str) -> Opened | None:
    """The session with this code and what this person may edit of it; None where it is not there, or is cancelled.

    One query for the session and their parts in it; one more where these give no right, for an organizer has them all.
    """
    mine = and_(
        SpeakingRole.session_id == Session.id,
        SpeakingRole.person_id == person.id,
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state == CONFIRMED,
    )
    query = select(Session, SpeakingRole.role).outerjoin(SpeakingRole, mine)
    query = query.where(Session.meeting_id == meeting.id, Session.code == code).options(joinedload(Session.room))
    found = db.session.execute(query).all()
    if not found or found[0][0].is_off:
        return None
    rights = rights_for(meeting, {role for _session, role in found if role})
    return Opened(found[0][0], rights or (frozenset(RIGHTS) if run_meeting(person, meeting) else rights))


def may_edit(person: Person | None, meeting: Meeting, code: str) -> bool:
    """Whether this person may edit something of this session by a part in it. One query, none for a visitor."""
    if person is None or not meeting.session_rights or not meeting.is_published:
        return False
    opened = opened_to(person, meeting, code)
    return opened is not None and bool(opened.rights)


def sessions_to_edit(person: Person, meeting: Meeting) -> list[Session]:
    """The sessions of which this person may edit something by a part in them, by time; cancelled ones are not."""
    roles = {role for listed in meeting.session_rights.values() for role in listed}
    if not roles:
        return []
    mine = select(SpeakingRole.session_id).where(
        SpeakingRole.person_id == person.id,
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state == CONFIRMED,
        SpeakingRole.role.in_(roles),
    )
    query = select(Session).where(Session.meeting_id == meeting.id, Session.id.in_(mine))
    query = query.order_by(Session.starts_at, Session.code).options(joinedload(Session.room))
    return [one for one in db.session.scalars(query) if not one.is_off]


def edited_by_parts(meeting: Meeting, since: datetime) -> list[str]:
    """The names of who edited a session since then and has a part in one, without organizers. One query."""
    if not meeting.session_rights:
        return []
    theirs = select(SpeakingRole.person_id).join(Session).where(Session.meeting_id == meeting.id)
    organizes = select(Staff.person_id).where(
        Staff.meeting_id == meeting.id, Staff.role == ORGANIZER, Staff.ended_at.is_(None)
    )
    query = select(Entry.by_name).where(
        Entry.meeting_id == meeting.id,
        Entry.thing.in_(THINGS),
        Entry.verb.in_(EDITS),
        Entry.at > since,
        Entry.by_id.in_(theirs),
        Entry.by_id.not_in(organizes),
    )
    return sorted(set(db.session.scalars(query.distinct())))


def edited_since(meeting: Meeting, last: Release | None) -> list[str]:
    """Who edited a session by a part in it since this version of the whole draft; nobody before the first."""
    return edited_by_parts(meeting, last.released_at) if last else []
