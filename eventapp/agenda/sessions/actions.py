from dataclasses import asdict
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.queries import session_at
from eventapp.agenda.sessions.facts import SessionFacts
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Body, Meeting, Room
from eventapp.people.models import Person

WHEN_AND_WHERE = frozenset({"starts_at", "ends_at", "room_id"})  # RFC 5545, 3.8.7.4: what makes SEQUENCE rise
CODES = {"body_id": Body.code, "room_id": Room.code}


def create_session(
    meeting: Meeting, code: str, facts: SessionFacts, *, by: Person | None, at: datetime, illustrative: bool = False
) -> Session:
    """Put a session on the draft; the same twice is one. Refused when its code is taken or it ends before it begins."""
    lock(meeting)
    known = session_at(meeting, code)
    if known and not known.cancelled_at and says(known, columns(facts)):  # pressed twice
        return known
    if known:
        raise Refused(_("There is a session %(code)s already. Choose another code.", code=code))
    refuse_senseless(meeting, facts)
    session = Session(
        meeting=meeting,
        code=code,
        uid=f"{uuid4()}@{meeting.contact_email.rpartition('@')[2] or meeting.slug}",
        changed_at=at,
        cancelled_at=None,
        illustrative=illustrative,
        **columns(facts),
    )
    db.session.add(session)
    record("made session", session, by=by, at=at, code=code, title=facts.title)
    return session


def change_session(
    session: Session, facts: SessionFacts, *, by: Person | None, at: datetime, version: int | None = None
) -> Record:
    """Say other things about a session. Returns field → [before, after], empty where nothing changed.

    Refused when it is cancelled, when it ends before it begins, or when somebody changed it since `version` was read.
    """
    lock(session)
    if session.cancelled_at:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    changes = columns(facts)
    if version is not None and version != session.version and not says(session, changes):
        raise Refused(_("Somebody changed this meanwhile. Compare, and save again what is to stand."))
    refuse_senseless(session.meeting, facts)
    return set_columns(session, changes, by=by, at=at)


def move(
    session: Session, *, starts_at: datetime, ends_at: datetime, room_id: int | None, by: Person | None, at: datetime
) -> Record:
    """Give a session another time or room. Returns field → [before, after]. Refused as `change_session` is."""
    lock(session)
    facts = SessionFacts(
        title=session.title,
        kind=session.kind,
        starts_at=starts_at,
        ends_at=ends_at,
        room_id=room_id,
        body_id=session.body_id,
        agenda_item=session.agenda_item,
        summary=session.summary,
        rule=session.rule,
        interpretation=tuple(session.interpretation),
        expected=session.expected,
    )
    return change_session(session, facts, by=by, at=at)


def cancel_session(session: Session, *, by: Person | None, at: datetime) -> None:
    """Take a session off; it stays known, so that calendars can hear of it. One that is off stays as it is."""
    lock(session)
    if session.cancelled_at:
        return
    session.cancelled_at = session.changed_at = at
    session.sequence, session.version = session.sequence + 1, session.version + 1
    record("cancelled session", session, by=by, at=at, code=session.code)


def restore_session(session: Session, *, by: Person | None, at: datetime) -> None:
    """Put a cancelled session back where it was. One that is not cancelled stays as it is."""
    lock(session)
    if not session.cancelled_at:
        return
    session.cancelled_at, session.changed_at = None, at
    session.sequence, session.version = session.sequence + 1, session.version + 1
    record("restored session", session, by=by, at=at, code=session.code)


def refuse_senseless(meeting: Meeting, facts: SessionFacts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise Refused(_("The session ends before it begins. Write a later end."))
    if facts.room_id is not None and db.session.get_one(Room, facts.room_id).meeting_id != meeting.id:
        raise Refused(_("That room belongs to another meeting. Choose a room of this one."))


def says(row: Session | SpeakingRole, words: Record) -> bool:
    """Whether the row has just these words."""
    return all(getattr(row, name) == value for name, value in words.items())


def columns(facts: SessionFacts) -> Record:
    return {**asdict(facts), "interpretation": list(facts.interpretation)}


def set_columns(session: Session, words: Record, *, by: Person | None, at: datetime) -> Record:
    changed: Record = {}
    for name, value in words.items():
        before = getattr(session, name)
        if before != value:
            changed[name] = [_said(name, before), _said(name, value)]
            setattr(session, name, value)
    if changed:
        session.changed_at, session.version = at, session.version + 1
        session.sequence += bool(WHEN_AND_WHERE & changed.keys())
        changes = {name.removesuffix("_id"): both for name, both in changed.items()}
        record("changed session", session, by=by, at=at, code=session.code, changes=changes)
    return changed


def _said(name: str, value: object) -> str | None:
    """A value for a reader of history: a room and a body by their codes, for the number of a row says nothing."""
    if value is None:
        return None
    return str(db.session.scalar(select(CODES[name]).filter_by(id=value)) if name in CODES else value)
