"""Bring the sessions and roles of a meeting to what a meeting file says, without writing to anybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventapp.agenda.models import INVITED, Session, SpeakingRole
from eventapp.db import db
from eventapp.history.actions import record
from eventapp.meeting_file.queries import running_sessions, sessions_by_code
from eventapp.meeting_file.schema import MeetingFile, RoleEntry, SessionEntry
from eventapp.meetings.models import Meeting
from eventapp.people.actions import know
from eventapp.people.models import Person

WHEN_AND_WHERE = frozenset({"starts_at", "ends_at", "room_id"})


@dataclass(frozen=True)
class _Hand:
    by: Person | None
    at: datetime


def set_programme(meeting: Meeting, file: MeetingFile, *, by: Person | None, at: datetime) -> None:
    """Make, change and cancel sessions, and give, change and end roles, until all is as the file says."""
    hand, known, said = _Hand(by, at), sessions_by_code(meeting), {one.code for one in file.sessions}
    for session in running_sessions(meeting):
        if session.code not in said:
            session.cancelled_at, session.changed_at = at, at
            session.sequence += 1
            record("cancelled session", session, by=by, at=at, meeting_id=meeting.id, code=session.code)
    for one in file.sessions:
        session = _set_session(meeting, known.get(one.code), one, hand)
        _set_roles(session, one, hand)
    db.session.flush()


def _set_session(meeting: Meeting, session: Session | None, one: SessionEntry, hand: _Hand) -> Session:
    words = _words_of(meeting, one)
    if session is None:
        uid = f"{one.code.lower()}.{meeting.slug}@{meeting.contact_email.rpartition('@')[2]}"
        session = Session(meeting=meeting, code=one.code, uid=uid, changed_at=hand.at, cancelled_at=None, **words)
        db.session.add(session)
        record("made session", session, by=hand.by, at=hand.at, meeting_id=meeting.id, code=one.code)
        return session
    changed = _set(session, words)
    if session.cancelled_at is not None:
        session.cancelled_at = None
        changed["cancelled_at"] = ["cancelled", None]
    if changed:
        session.changed_at, session.version = hand.at, session.version + 1
        session.sequence += bool((WHEN_AND_WHERE | {"cancelled_at"}) & changed.keys())
        record(
            "changed session", session, by=hand.by, at=hand.at, meeting_id=meeting.id, code=one.code, changes=changed
        )
    return session


def _words_of(meeting: Meeting, one: SessionEntry) -> dict[str, Any]:
    rooms, bodies = {room.code: room.id for room in meeting.rooms}, {body.code: body.id for body in meeting.bodies}
    return {
        "title": one.title,
        "kind": one.kind,
        "agenda_item": one.agenda_item,
        "summary": one.summary,
        "body_id": bodies.get(one.body),
        "room_id": rooms.get(one.room),
        "starts_at": one.starts,
        "ends_at": one.ends,
        "rule": one.rule,
        "interpretation": list(one.interpretation),
        "expected": one.expected,
        "illustrative": one.illustrative,
    }


def _set_roles(session: Session, one: SessionEntry, hand: _Hand) -> None:
    known = {(role.role, role.name): role for role in session.roles if role.ended_at is None}
    said = {entry.key for entry in one.roles}
    for key, role in known.items():
        if key not in said:
            role.ended_at = hand.at
            record("ended part", role, by=hand.by, at=hand.at, meeting_id=session.meeting_id, name=role.name)
    for place, entry in enumerate(one.roles, start=1):
        _set_role(session, known.get(entry.key), entry, place, hand)


def _set_role(session: Session, role: SpeakingRole | None, entry: RoleEntry, place: int, hand: _Hand) -> None:
    words = _words_of_role(entry, hand) | {"position": place}
    if role is None:
        answered = None if entry.state == INVITED else hand.at
        role = SpeakingRole(
            session=session, role=entry.role, name=entry.name, asked_at=hand.at, answered_at=answered, ended_at=None,
            **words,
        )  # fmt: skip
        db.session.add(role)
        record("gave part", role, by=hand.by, at=hand.at, meeting_id=session.meeting_id, name=role.name, part=role.role)
        return
    changed = _set(role, words)
    if changed:
        record(
            "changed part", role, by=hand.by, at=hand.at, meeting_id=session.meeting_id, name=role.name, changes=changed
        )


def _words_of_role(entry: RoleEntry, hand: _Hand) -> dict[str, Any]:
    return {
        "person_id": know(entry.name, entry.email, at=hand.at).id if entry.email else None,
        "name_own": entry.own_name,
        "name_language": entry.own_language,
        "position_held": entry.position,
        "organization": entry.organization,
        "country": entry.country,
        "state": entry.state,
        "illustrative": entry.illustrative,
    }


def _set(row: Session | SpeakingRole, words: dict[str, Any]) -> dict[str, Any]:
    changed = {}
    for name, value in words.items():
        before = getattr(row, name)
        if before != value:
            changed[name] = [str(before), str(value)]
            setattr(row, name, value)
    return changed
