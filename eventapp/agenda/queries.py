from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.agenda.models import DECLINED, WAITS, Release, Session, SpeakingRole
from eventapp.agenda.releases.content import Published, digest_of, read
from eventapp.agenda.releases.naming import named_now
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Body, Meeting, Room, SessionKind
from eventapp.people.models import Person

T = TypeVar("T")
SESSIONS = "sessions"
MOST_READ = 4
READ: dict[str, Published] = {}  # by digest, and that of newer names
HEADS: dict[str, Record] = {}  # by digest: a release without its sessions
TIMES: dict[str, dict[str, str]] = {}  # by digest
NEWEST = (  # asked by every page of the agenda, and so built once
    select(Release).where(Release.meeting_id == bindparam("meeting")).order_by(Release.number.desc()).limit(1)
)
BODIES = select(Body).where(Body.meeting_id == bindparam("meeting"))
KINDS = select(SessionKind).where(SessionKind.meeting_id == bindparam("meeting")).order_by(SessionKind.position)


def programme(meeting: Meeting) -> list[Session]:
    """Every session of the draft that is not cancelled, by time, with its room, body and roles. Two queries."""
    return list(db.session.scalars(whole(meeting).where(Session.cancelled_at.is_(None))))


class ListedSession(NamedTuple):
    """What a list to choose from shows of a session."""

    code: str
    title: str


def listed_sessions(meeting: Meeting) -> list[ListedSession]:
    """The sessions of the draft that are not cancelled, by time, as a list to choose from shows them."""
    query = select(Session.code, Session.title).outerjoin(Room, Session.room_id == Room.id)
    query = query.where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None))
    rows = db.session.execute(query.order_by(Session.starts_at, Room.position, Session.code))
    return [ListedSession(*row) for row in rows]


def cancelled_sessions(meeting: Meeting) -> list[Session]:
    """The sessions of the draft that were cancelled, by time."""
    return list(db.session.scalars(whole(meeting).where(Session.cancelled_at.is_not(None), Session.waiting != WAITS)))


def waiting_sessions(meeting: Meeting, most: int) -> list[Session]:
    """The first of the sessions that wait for a time, by their codes, with their rooms."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.waiting == WAITS)
    return list(db.session.scalars(query.order_by(Session.code).options(joinedload(Session.room)).limit(most)))


def count_waiting(meeting: Meeting) -> int:
    """How many sessions wait for a time."""
    waiting = (Session.meeting_id == meeting.id, Session.waiting == WAITS)
    return db.session.scalar(select(func.count()).select_from(Session).where(*waiting)) or 0


def sessions_numbered(meeting: Meeting, numbers: Collection[int]) -> list[Session]:
    """These sessions of the draft, by time, with their rooms and without the parts in them."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.id.in_(numbers))
    query = query.order_by(Session.starts_at, Session.code).options(joinedload(Session.room))
    return list(db.session.scalars(query))


def mark_of_draft(meeting: Meeting) -> str:
    """A mark that changes when anybody changes a session, a part in one, or publishes the agenda. Two short queries."""
    facts = func.count(), func.sum(Session.version), func.max(Session.changed_at)
    count, versions, at = db.session.execute(select(*facts).where(Session.meeting_id == meeting.id)).one()
    last = db.session.scalar(select(func.max(Release.number)).where(Release.meeting_id == meeting.id))
    return f"{meeting.version}.{count}.{versions or 0}.{at.timestamp() if at else 0:.6f}.{last or 0}"


def times_of_sessions(meeting: Meeting) -> list[datetime]:
    """When the sessions of the draft that are not cancelled begin."""
    query = select(Session.starts_at).where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None))
    return list(db.session.scalars(query))


def whole(meeting: Meeting) -> Select[Session]:
    """Every session of the meeting, cancelled ones too, by time, and all that is shown of it."""
    query = select(Session).where(Session.meeting_id == meeting.id).outerjoin(Room, Session.room_id == Room.id)
    return query.order_by(Session.starts_at, Room.position, Session.code).options(
        joinedload(Session.room), joinedload(Session.body), selectinload(Session.roles).joinedload(SpeakingRole.person)
    )


def next_code(meeting: Meeting) -> str:
    """A code for one more session that no session of this meeting had: S1, or the number after its highest."""
    query = select(Session.code).where(Session.meeting_id == meeting.id, Session.code.like("S%"))
    numbers = (code[1:] for code in db.session.scalars(query))
    return f"S{max((int(one) for one in numbers if one.isascii() and one.isdigit()), default=0) + 1}"


def session_at(meeting: Meeting, code: str) -> Session | None:
    """The session of this meeting with this code, cancelled or not."""
    return db.session.scalar(select(Session).where(Session.meeting_id == meeting.id, Session.code == code))


def role_in(session: Session, number: int) -> SpeakingRole | None:
    """This role, where it is a role in this session."""
    return db.session.scalar(
        select(SpeakingRole).where(SpeakingRole.id == number, SpeakingRole.session_id == session.id)
    )


def parts_in(session: Session) -> list[SpeakingRole]:
    """The parts in this session that were not taken back, in their order, with who has them. One query."""
    query = select(SpeakingRole).where(SpeakingRole.session_id == session.id, SpeakingRole.ended_at.is_(None))
    query = query.order_by(SpeakingRole.position, SpeakingRole.id).options(joinedload(SpeakingRole.person))
    return list(db.session.scalars(query))


def newest_release(meeting: Meeting) -> Release | None:
    """The release the public sees."""
    return db.session.scalar(NEWEST, {"meeting": meeting.id})


def release_numbered(meeting_id: int, number: int) -> Release | None:
    """The version of this agenda with this number."""
    return db.session.scalar(select(Release).where(Release.meeting_id == meeting_id, Release.number == number))


def releases_of(meeting: Meeting) -> list[Release]:
    """Every release, the newest first."""
    query = select(Release).where(Release.meeting_id == meeting.id).options(joinedload(Release.released_by))
    return list(db.session.scalars(query.order_by(Release.number.desc())))


def released(meeting: Meeting) -> Published | None:
    """The agenda as the public sees it, None before the first release."""
    release = newest_release(meeting)
    return agenda_of(meeting, release) if release else None


def agenda_of(meeting: Meeting, release: Release) -> Published:
    """The release read, once for each process, its meeting, rooms, bodies and kinds called as they are now."""
    head = read_once(
        HEADS, release.digest, lambda: {name: release.content[name] for name in release.content if name != SESSIONS}
    )
    rooms = db.session.scalars(select(Room).where(Room.meeting_id == meeting.id)).all()
    kinds = db.session.scalars(KINDS, {"meeting": meeting.id}).all()
    bodies = db.session.scalars(BODIES, {"meeting": meeting.id}).all() if head.get("bodies") else ()
    now = named_now(head, meeting, rooms, kinds, bodies)
    names = {} if now is head else {name: now.get(name) for name in ("meeting", "rooms", "bodies")}
    digest = release.digest + (digest_of(names) if names else "")
    return read_once(READ, digest, lambda: read({**now, SESSIONS: release.content[SESSIONS]}))


def changed_when(release: Release) -> dict[str, str]:
    """When each session of a release was changed, by its code, as the release has it: read once for each process."""
    return read_once(
        TIMES, release.digest, lambda: {one["code"]: one["changed_at"] for one in release.content[SESSIONS]}
    )


def read_once(known: dict[str, T], digest: str, read_now: Callable[[], T]) -> T:
    """What is known by this digest; else what is read now, known from then on in place of what is known longest."""
    found = known.get(digest)
    if found is None:
        if len(known) >= MOST_READ:
            known.pop(next(iter(known), ""), None)
        found = known[digest] = read_now()
    return found


def of_person(person: Person, meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a part is of this person, at this meeting, and not declined."""
    return (
        Session.meeting_id == meeting.id,
        Session.cancelled_at.is_(None),
        SpeakingRole.person_id == person.id,
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
    )


def roles_of(person: Person, meeting: Meeting) -> list[SpeakingRole]:
    """The parts this person has at this meeting and has not declined, by time."""
    query = select(SpeakingRole).join(Session).where(*of_person(person, meeting))
    query = query.options(joinedload(SpeakingRole.session))
    return list(db.session.scalars(query.order_by(Session.starts_at, SpeakingRole.id)))
