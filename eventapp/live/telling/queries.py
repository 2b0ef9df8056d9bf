from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Select, Subquery, func, select, union
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.agenda.releases.difference import CANCELLED, CHANGED, RESTORED, Change
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.live.models import LiveChange
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.queries import who_chose
from eventapp.people.models import Person

COLLECTED_FOR = timedelta(minutes=1)  # what is pressed in one minute makes one letter
PLACE = ("starts_at", "ends_at")


def due(at: datetime) -> Select[LiveChange]:
    """The oldest live change whose letters are not all written, of those that are collected by now; none that waits."""
    return (
        select(LiveChange)
        .where(LiveChange.has_letters, LiveChange.written_at.is_(None), LiveChange.at <= at - COLLECTED_FOR)
        .where(LiveChange.waits.is_(False))
        .order_by(LiveChange.id)
        .limit(1)
    )


def is_due(at: datetime) -> bool:
    """Whether letters are to be written."""
    return db.session.scalar(due(at).with_only_columns(LiveChange.id)) is not None


def together(meeting_id: int, notice: int) -> list[LiveChange]:
    """The changes that one letter tells of, the oldest first."""
    query = select(LiveChange).where(LiveChange.meeting_id == meeting_id, LiveChange.notice == notice)
    return list(db.session.scalars(query.order_by(LiveChange.id)))


def changes_of(changes: Iterable[LiveChange], sessions: Iterable[Session]) -> list[Change]:
    """What all of these did to these sessions, from before the first of them until now; nothing for what is back."""
    first: dict[str, Record] = {}
    for change in changes:
        for code, was in change.before.items():
            first[code] = {**was, **first.get(code, {})}
    found = (change_of(one, first[one.code]) for one in sessions if one.code in first)
    return [one for one in found if one]


def change_of(session: Session, was: Record) -> Change | None:
    now = {name: getattr(session, name).isoformat() for name in PLACE}
    fields = {name: (was[name], now[name]) for name in PLACE if was[name] != now[name]}
    room = session.room.code if session.room else None
    if was.get("room", room) != room:
        fields["room"] = (was["room"], room)
    is_off = session.cancelled_at is not None
    what = CHANGED if is_off == was["cancelled"] else CANCELLED if is_off else RESTORED
    return Change(session.code, session.title, what, fields) if fields or what != CHANGED else None


def sessions_named(meeting: Meeting, codes: Collection[str], at: datetime) -> list[Session]:
    """The sessions with these codes that are not over yet."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code.in_(codes), Session.ends_at > at)
    query = query.order_by(Session.starts_at, Session.code).options(joinedload(Session.room))
    return list(db.session.scalars(query))


def part_or_choice(sessions: Iterable[Session]) -> Subquery:
    """Who has a part in these sessions or chose them, as numbers: (person_id, session_id), each pair once."""
    numbers = [one.id for one in sessions]
    parts = select(SpeakingRole.person_id, SpeakingRole.session_id).where(
        SpeakingRole.session_id.in_(numbers),
        SpeakingRole.person_id.is_not(None),
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
    )
    return union(parts, *who_chose(numbers)).subquery()


def people_in(sessions: Collection[Session], after: int, most: int) -> list[Person]:
    """The next people whom these sessions concern, by their numbers."""
    numbers = select(part_or_choice(sessions).c.person_id)
    query = select(Person).where(Person.id.in_(numbers), Person.id > after).order_by(Person.id).limit(most)
    return list(db.session.scalars(query))


def sessions_by_person(sessions: Collection[Session], people: Collection[Person]) -> Mapping[int, set[int]]:
    """Which of these sessions concern each of these people."""
    pairs = part_or_choice(sessions)
    found: dict[int, set[int]] = {}
    query = select(pairs.c.person_id, pairs.c.session_id).where(pairs.c.person_id.in_([one.id for one in people]))
    for person, session in db.session.execute(query):
        found.setdefault(person, set()).add(session)
    return found


def how_many(sessions: Collection[Session]) -> int:
    """How many people these sessions concern."""
    return db.session.scalar(select(func.count(part_or_choice(sessions).c.person_id.distinct()))) or 0
