from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from eventapp.agenda.models import DROPPED, WAITS, Session, SpeakingRole
from eventapp.agenda.queries import programme, session_at
from eventapp.agenda.sessions.facts import LISTS, SessionFacts
from eventapp.agenda.sessions.sub_items import from_rows, in_lines
from eventapp.agenda.sessions.wall import put_on_wall
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Body, Meeting, Room
from eventapp.people.models import Person

# What makes SEQUENCE rise: RFC 5545, 3.8.7.4.
WHEN_AND_WHERE = frozenset({"starts_at", "ends_at", "room_id", "waiting"})
CODES = {"body_id": Body.code, "room_id": Room.code}


def create_session(meeting: Meeting, code: str, facts: SessionFacts, *, by: Person | None, at: datetime) -> Session:
    """Put a session on the draft, or without a time beside it; the same twice is one.

    Refused when its code is taken or it ends before it begins.
    """
    lock(meeting)
    known = session_at(meeting, code)
    if known and not known.is_off and says(known, columns(facts)):  # pressed twice
        return known
    if known:
        raise Refused(_("There is a session %(code)s already. Choose another code.", code=code), beside="code")
    return create_sessions(meeting, {code: facts}, by=by, at=at)[0]


def create_sessions(
    meeting: Meeting, listed: Mapping[str, SessionFacts], *, by: Person | None, at: datetime
) -> list[Session]:
    """Put sessions with these codes on the draft, all written at once. The meeting is locked and has none of them.

    Refused when one ends before it begins.
    """
    for facts in listed.values():
        refuse_senseless(meeting, facts)
    made = [new_session(meeting, code, facts, at=at) for code, facts in listed.items()]
    db.session.add_all(made)
    db.session.flush()
    for session in made:
        record("made session", session, by=by, at=at, code=session.code, title=session.title)
    return made


def new_session(meeting: Meeting, code: str, facts: SessionFacts, *, at: datetime) -> Session:
    with db.session.no_autoflush:
        session = Session(
            meeting=meeting,
            code=code,
            uid=f"{uuid4()}@{meeting.contact_email.rpartition('@')[2] or meeting.slug}",
            changed_at=at,
            cancelled_at=at if facts.waits else None,
            placed_at=None,
            **columns(facts),
        )
        put_on_wall(session)
    return session


def change_session(
    session: Session,
    facts: SessionFacts,
    *,
    by: Person | None,
    at: datetime,
    version: int | None = None,
    reason: str = "",
) -> Record:
    """Say other things about a session. Returns field → [before, after], empty where nothing changed.

    One that is to wait for a time keeps the one it had until it gets another, so that calendars hear which one is off.
    Refused when it is cancelled, when it ends before it begins, or when somebody changed it since `version` was read.
    """
    lock(session)
    if session.is_off:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    if facts.waits:
        length = facts.ends_at - facts.starts_at
        facts = replace(facts, starts_at=session.starts_at, ends_at=session.starts_at + length)
    changes = columns(facts)
    if version is not None and version != session.version and not says(session, changes):
        raise Refused(_("Somebody changed this meanwhile. Compare, and save again what is to stand."))
    refuse_senseless(session.meeting, facts)
    return set_columns(session, changes, by=by, at=at, reason=reason)


def move(
    session: Session,
    *,
    starts_at: datetime,
    ends_at: datetime,
    room_id: int | None,
    waits: bool = False,
    by: Person | None,
    at: datetime,
    reason: str = "",
) -> Record:
    """Give a session another time or room, or let it wait without a time. Returns field → [before, after].

    The reason is told to those concerned, on pages and in letters, once it is published; that of an earlier move goes.
    Refused as `change_session` is.
    """
    lock(session)
    facts = replace(facts_of(session), starts_at=starts_at, ends_at=ends_at, room_id=room_id, waits=waits)
    return change_session(session, facts, by=by, at=at, reason=reason)


def cancel_session(session: Session, *, by: Person | None, at: datetime, reason: str = "") -> None:
    """Take a session off; it stays known, so that calendars can hear of it. One that is off stays as it is.

    The reason is told to those concerned, on pages and in letters, once it is published.
    """
    lock(session)
    if session.is_off:
        return
    if session.waits:
        session.waiting = DROPPED
    session.cancelled_at = session.changed_at = at
    session.off_reason, session.moved_reason = reason, ""
    session.sequence, session.version = session.sequence + 1, session.version + 1
    more: Record = {"reason": reason} if reason else {}
    record("cancelled session", session, by=by, at=at, code=session.code, **more)


def restore_session(session: Session, *, by: Person | None, at: datetime) -> None:
    """Put a cancelled session back where it was. One that is not cancelled stays as it is."""
    lock(session)
    if not session.is_off:
        return
    session.changed_at, session.off_reason, session.moved_reason = at, "", ""
    if session.waiting == DROPPED:
        session.waiting = WAITS
    else:
        session.cancelled_at = None
    session.sequence, session.version = session.sequence + 1, session.version + 1
    record("restored session", session, by=by, at=at, code=session.code)


def let_all_wait(_source: Meeting, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Let every session of a new meeting, as it was copied from another one, wait for a time."""
    let_wait(programme(meeting), by=by, at=at)


def let_wait(sessions: Iterable[Session], *, by: Person | None, at: datetime) -> None:
    """Let these sessions of one meeting wait for a time."""
    for session in sessions:
        change_session(session, replace(facts_of(session), waits=True), by=by, at=at)


def refuse_senseless(meeting: Meeting, facts: SessionFacts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise Refused(_("The session ends before it begins. Write a later end."))
    if facts.room_id is not None and db.session.get_one(Room, facts.room_id).meeting_id != meeting.id:
        raise Refused(_("That room belongs to another meeting. Choose a room of this one."))


def says(row: Session | SpeakingRole, words: Record) -> bool:
    """Whether the row has just these words."""
    return all(getattr(row, name) == value for name, value in words.items())


def columns(facts: SessionFacts) -> Record:
    """What these facts are as columns of a session."""
    words: Record = {**asdict(facts), **{name: list(getattr(facts, name)) for name in LISTS}}
    waits = words.pop("waits")
    return {**words, "waiting": WAITS if waits else ""}


def facts_of(session: Session) -> SessionFacts:
    """What a session is now."""
    known = {one.name: getattr(session, one.name) for one in fields(SessionFacts)}
    known |= {name: tuple(known[name]) for name in LISTS}
    return SessionFacts(**known)


def set_columns(session: Session, words: Record, *, by: Person | None, at: datetime, reason: str = "") -> Record:
    """Give the session these values. Returns field → [before, after]; where time or room changed, SEQUENCE rises.

    The reason is that of its newest time or room: with another one and no reason, there is none any more.
    """
    changed: Record = {}
    for name, value in words.items():
        before = getattr(session, name)
        if before != value:
            changed[name] = [_said(name, before), _said(name, value)]
            setattr(session, name, value)
    moves = bool(WHEN_AND_WHERE & changed.keys())
    if (moves or reason) and session.moved_reason != reason:
        changed["moved_reason"] = [session.moved_reason, reason]
        session.moved_reason = reason
    if "waiting" in changed:
        session.cancelled_at, session.placed_at = (at, None) if session.waits else (None, at)
    if changed:
        session.changed_at, session.version = at, session.version + 1
        session.sequence += moves
        if {"starts_at", "ends_at"} & changed.keys():
            put_on_wall(session)
        changes = {name.removesuffix("_id"): both for name, both in changed.items()}
        record("changed session", session, by=by, at=at, code=session.code, changes=changes)
    return changed


def _said(name: str, value: object) -> str | None:
    """A value for a reader of history: a room and a body by their codes, for the number of a row says nothing."""
    if value is None:
        return None
    if name == "sub_items" and isinstance(value, list):
        return "; ".join(in_lines(from_rows(value)))
    return str(db.session.scalar(select(CODES[name]).filter_by(id=value)) if name in CODES else value)
