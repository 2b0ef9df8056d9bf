"""Bring the sessions and roles of a meeting to what a meeting file says, without writing to anybody."""

from dataclasses import dataclass
from datetime import datetime

from eventapp.agenda.models import INVITED, Session, SpeakingRole
from eventapp.agenda.sessions.actions import cancel_session, change_session, create_session, restore_session
from eventapp.agenda.sessions.facts import SessionFacts
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.wall import put_on_wall
from eventapp.ground.db import db
from eventapp.history.actions import record
from eventapp.meeting_file.parts.people import RoleEntry
from eventapp.meeting_file.parts.roles import sub_item_of
from eventapp.meeting_file.queries import running_sessions, sessions_by_code
from eventapp.meeting_file.schema import MeetingFile, SessionEntry
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.sign_up.actions import set_sign_up
from eventapp.people.actions import know
from eventapp.people.models import Person


@dataclass(frozen=True)
class _Hand:
    by: Person | None
    at: datetime


def set_programme(meeting: Meeting, file: MeetingFile, *, by: Person | None, at: datetime) -> None:
    """Make, change and cancel sessions, and give, change and end roles, until all is as the file says."""
    hand, known, listed = _Hand(by, at), sessions_by_code(meeting), {one.code for one in file.sessions}
    for session in running_sessions(meeting):
        if session.code not in listed:
            cancel_session(session, by=by, at=at)
    for one in file.sessions:
        session = _set_session(meeting, known.get(one.code), one, hand)
        set_sign_up(session, one.sign_up, one.sign_up_until, by=by, at=at)
        _set_roles(session, one, hand)
        set_sub_items(session, [sub_item_of(entry) for entry in one.sub_items], by=by, at=at)
    for session in known.values():  # a file says moments: what clocks of its zone show is what is planned
        if session.wall_zone != meeting.zone:
            put_on_wall(session)
    db.session.flush()


def _set_session(meeting: Meeting, session: Session | None, one: SessionEntry, hand: _Hand) -> Session:
    facts = _facts_of(meeting, one)
    if session is None:
        made = create_session(meeting, one.code, facts, by=hand.by, at=hand.at)
        made.guid, made.foreign_id = one.guid, one.foreign_id
        return made
    session.guid, session.foreign_id = one.guid, one.foreign_id
    if session.cancelled_at is not None:
        restore_session(session, by=hand.by, at=hand.at)
    change_session(session, facts, by=hand.by, at=hand.at)
    return session


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
        licence=one.licence,
        no_recording=one.no_recording,
        illustrative=one.illustrative,
    )


def _set_roles(session: Session, one: SessionEntry, hand: _Hand) -> None:
    """Roles are set row by row and not by the agenda's own actions: those write to the people concerned."""
    known = {(role.role, role.name): role for role in session.roles if role.ended_at is None}
    listed = {entry.key for entry in one.roles}
    for key, role in known.items():
        if key not in listed:
            role.ended_at = session.changed_at = hand.at
            record("ended part", role, by=hand.by, at=hand.at, name=role.name)
    for place, entry in enumerate(one.roles, start=1):
        _set_role(session, known.get(entry.key), entry, place, hand)


def _set_role(session: Session, role: SpeakingRole | None, entry: RoleEntry, place: int, hand: _Hand) -> None:
    words = _words_of(entry, hand) | {"position": place}
    if role is None:
        answered = None if entry.state == INVITED else hand.at
        role = SpeakingRole(
            session=session,
            role=entry.role,
            name=entry.name,
            asked_at=hand.at,
            answered_at=answered,
            ended_at=None,
            **words,
        )
        db.session.add(role)
        session.changed_at = hand.at
        record("gave part", role, by=hand.by, at=hand.at, name=role.name, part=role.role)
        return
    changed = _changed(role, words)
    if changed:
        session.changed_at = hand.at
        record("changed part", role, by=hand.by, at=hand.at, name=role.name, changes=changed)


def _words_of(entry: RoleEntry, hand: _Hand) -> dict[str, object]:
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


def _changed(role: SpeakingRole, words: dict[str, object]) -> dict[str, list[str]]:
    changed = {}
    for name, value in words.items():
        before = getattr(role, name)
        if before != value:
            changed[name] = [str(before), str(value)]
            setattr(role, name, value)
    return changed
