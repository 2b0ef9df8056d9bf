"""Bring the sessions and roles of a meeting to what a meeting file says, without writing to anybody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.models import INVITED, Session, SpeakingRole
from eventapp.agenda.sessions.actions import (
    cancel_session,
    change_session,
    columns,
    create_sessions,
    restore_session,
    says,
)
from eventapp.agenda.sessions.facts import SessionFacts
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.wall import put_on_wall
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.history.actions import record
from eventapp.meeting_file.parts.people import RoleEntry
from eventapp.meeting_file.parts.roles import sub_item_of
from eventapp.meeting_file.queries import sessions_by_code
from eventapp.meeting_file.schema import SessionEntry
from eventapp.meeting_file.texts.actions import set_texts_of
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.sign_up.actions import set_sign_up
from eventapp.people.actions import know
from eventapp.people.models import Person

Roles = dict[tuple[str, str], SpeakingRole]  # by what they are and by the name


@dataclass(frozen=True)
class _Hand:
    by: Person | None
    at: datetime


def cancel_sessions(meeting: Meeting, codes: Sequence[str], *, by: Person | None, at: datetime) -> None:
    """Cancel these sessions, where they are still on."""
    for session in sessions_by_code(meeting, codes).values():
        if session.cancelled_at is None:
            cancel_session(session, by=by, at=at)


def set_sessions(meeting: Meeting, entries: Sequence[SessionEntry], *, by: Person | None, at: datetime) -> None:
    """Make and change these sessions, and give, change and end their roles, until all is as the file says."""
    lock(meeting)
    hand, known = _Hand(by, at), sessions_by_code(meeting, [one.code for one in entries])
    named = [entry for one in entries for entry in one.roles if entry.email]
    people = {entry.email: know(entry.name, entry.email, at=at).id for entry in named}
    facts = {one.code: _facts_of(meeting, one) for one in entries}
    new = {code: each for code, each in facts.items() if code not in known}
    rows = known | {one.code: one for one in create_sessions(meeting, new, by=by, at=at)}
    for one in entries:
        session = rows[one.code]
        session.guid, session.foreign_id = one.guid, one.foreign_id
        if one.code in known:
            _change_session(session, facts[one.code], hand)
        if (one.sign_up, one.sign_up_until) != (session.sign_up_places, session.sign_up_until):
            set_sign_up(session, one.sign_up, one.sign_up_until, by=by, at=at)
    roles = {one.code: _running_roles(rows[one.code]) if one.code in known else {} for one in entries}
    _set_roles(rows, entries, roles, people, hand)
    for one in entries:
        if one.sub_items or rows[one.code].sub_items:
            set_sub_items(rows[one.code], [sub_item_of(entry) for entry in one.sub_items], by=by, at=at)
        set_texts_of(rows[one.code], one.texts, meeting=meeting, by=by, at=at)
    _put_on_wall(meeting, known.values())


def put_all_on_wall(meeting: Meeting) -> None:
    """A file says moments: what clocks of its zone show is what is planned."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.wall_zone != meeting.zone)
    _put_on_wall(meeting, db.session.scalars(query))


def _put_on_wall(meeting: Meeting, sessions: Iterable[Session]) -> None:
    for session in sessions:
        if session.wall_zone != meeting.zone:
            put_on_wall(session)
    db.session.flush()


def _change_session(session: Session, facts: SessionFacts, hand: _Hand) -> None:
    if session.cancelled_at is not None:
        restore_session(session, by=hand.by, at=hand.at)
    if not says(session, columns(facts)):
        change_session(session, facts, by=hand.by, at=hand.at)


def _facts_of(meeting: Meeting, one: SessionEntry) -> SessionFacts:
    rooms, bodies = {room.code: room.id for room in meeting.rooms}, {body.code: body.id for body in meeting.bodies}
    return SessionFacts(
        title=one.title,
        kind=one.kind,
        starts_at=one.starts,
        ends_at=one.ends,
        room_id=rooms.get(one.room),
        body_id=bodies.get(one.body),
        agenda_item=one.agenda_item,
        summary=one.summary,
        rule=one.rule,
        interpretation=one.interpretation,
        expected=one.expected,
        subtitle=one.subtitle,
        description=one.description,
        language=one.language,
        track=one.track,
        links=one.links,
        tags=one.tags,
        licence=one.licence,
        no_recording=one.no_recording,
        illustrative=one.illustrative,
    )


def _running_roles(session: Session) -> Roles:
    return {(role.role, role.name): role for role in session.roles if role.ended_at is None}


def _set_roles(
    sessions: Mapping[str, Session],
    entries: Iterable[SessionEntry],
    before: Mapping[str, Roles],
    people: Mapping[str, int],
    hand: _Hand,
) -> None:
    """Roles are set row by row and not by the agenda's own actions: those write to the people concerned.

    All that are new are written at once.
    """
    new = []
    for one in entries:
        session, known, listed = sessions[one.code], before[one.code], {entry.key for entry in one.roles}
        for key, role in known.items():
            if key not in listed:
                role.ended_at = session.changed_at = hand.at
                record("ended part", role, by=hand.by, at=hand.at, name=role.name)
        for place, entry in enumerate(one.roles, start=1):
            words = _words_of(entry, people) | {"position": place}
            if entry.key in known:
                _change_role(known[entry.key], words, hand)
            else:
                new.append(_new_role(session, entry, words, hand))
    db.session.add_all(new)
    db.session.flush()
    for role in new:
        record("gave part", role, by=hand.by, at=hand.at, name=role.name, part=role.role)


def _new_role(session: Session, entry: RoleEntry, words: Record, hand: _Hand) -> SpeakingRole:
    session.changed_at = hand.at
    return SpeakingRole(
        session=session,
        role=entry.role,
        name=entry.name,
        asked_at=hand.at,
        answered_at=None if entry.state == INVITED else hand.at,
        ended_at=None,
        **words,
    )


def _change_role(role: SpeakingRole, words: Record, hand: _Hand) -> None:
    changed = _changed(role, words)
    if changed:
        role.session.changed_at = hand.at
        record("changed part", role, by=hand.by, at=hand.at, name=role.name, changes=changed)


def _words_of(entry: RoleEntry, people: Mapping[str, int]) -> Record:
    return {
        "person_id": people[entry.email] if entry.email else None,
        "name_own": entry.own_name,
        "name_language": entry.own_language,
        "position_held": entry.position,
        "organization": entry.organization,
        "country": entry.country,
        "state": entry.state,
        "illustrative": entry.illustrative,
    }


def _changed(role: SpeakingRole, words: Record) -> dict[str, list[str]]:
    changed = {}
    for name, value in words.items():
        before = getattr(role, name)
        if before != value:
            changed[name] = [str(before), str(value)]
            setattr(role, name, value)
    return changed
