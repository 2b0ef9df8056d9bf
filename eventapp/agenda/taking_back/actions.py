from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.models import Release, Session
from eventapp.agenda.queries import mark_of_draft
from eventapp.agenda.roles.actions import end_role, give_role
from eventapp.agenda.sessions.actions import cancel_session, change_session, facts_of, restore_session, set_columns
from eventapp.agenda.sessions.facts import RoleFacts, facts_for_row, facts_from_row
from eventapp.agenda.sessions.sub_items import from_rows, keyed, rows_of
from eventapp.agenda.taking_back.models import DraftTakenBack
from eventapp.agenda.taking_back.planning import Target, texts_there, way_back
from eventapp.agenda.taking_back.queries import newest_taken_back
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

OF_A_PART = ("role", "name", "name_own", "name_language", "position_held", "organization", "country")


def take_back(meeting: Meeting, release: Release, *, by: Person | None, at: datetime, seen: str = "") -> DraftTakenBack:
    """Make the draft what this version holds; sessions that it has not wait without a time. Pressed twice it is one.

    Nobody is written to: that does the next version. Refused where the draft is so already, and where somebody changed
    it since `seen`, which is `mark_of_draft`.
    """
    lock(meeting)
    found = way_back(meeting, release)
    if not found.targets and not found.pool:
        known = newest_taken_back(meeting)
        if known and known.release_id == release.id and known.by_id == (by.id if by else None):
            return known
        raise Refused(_("The draft is what version %(number)s holds already.", number=release.number))
    if seen and seen != mark_of_draft(meeting):
        raise Refused(_("Somebody changed the draft meanwhile. See what would change now, then decide."))
    row = DraftTakenBack(
        meeting=meeting,
        release=release,
        before={one.session.code: bring(one, by=by, at=at) for one in (*found.targets, *found.pool)},
        at=at,
        by_id=by.id if by else None,
        undone_at=None,
    )
    db.session.add(row)
    record("took the draft back", meeting, by=by, at=at, number=release.number, sessions=sorted(row.before))
    return row


def bring(target: Target, *, by: Person | None, at: datetime) -> Record:
    """Make one session what it is to be. Returns what it was, and its version now."""
    session = target.session
    before: Record = {"off": session.is_off, "off_reason": session.off_reason, "moved_reason": session.moved_reason}
    if session.is_off and not target.is_off:
        restore_session(session, by=by, at=at)
    before["facts"] = facts_for_row(facts_of(session), target.facts)
    if not target.is_off:
        change_session(session, target.facts, by=by, at=at)
    before["texts"] = texts_there(session.texts)
    write_texts(session, target.texts, by=by, at=at)
    before["sub_items"] = session.sub_items
    sub_items = keyed(target.sub_items, from_rows(session.sub_items), at=at)
    set_columns(session, {"sub_items": rows_of(sub_items)}, by=by, at=at)
    before["ended"] = [one.id for one in target.end]
    for role in target.end:
        end_role(role, by=by, at=at)
    before["given"] = [give(session, one, by=by, at=at) for one in target.give]
    if target.is_off:
        cancel_session(session, by=by, at=at, reason=target.off_reason)
    db.session.flush()
    return {**before, "version": session.version}


def give(session: Session, part: Record, *, by: Person | None, at: datetime) -> int:
    """Give a part to somebody without an address. Returns its number."""
    role = give_role(session, RoleFacts(**{name: part[name] for name in OF_A_PART}), by=by, at=at, confirmed=True)
    role.guid, role.foreign_id = part.get("guid", ""), part.get("foreign_id", "")
    db.session.flush()
    return role.id


def write_texts(session: Session, texts: Record, *, by: Person | None, at: datetime) -> None:
    if texts_there(session.texts) == texts:
        return
    session.texts, session.changed_at, session.version = texts, at, session.version + 1
    record("changed texts", session, by=by, at=at, code=session.code, languages=sorted(texts))


def undo(row: DraftTakenBack, *, by: Person | None, at: datetime) -> list[str]:
    """Make the draft what it was before it was taken back. Returns the codes of sessions that somebody changed since.

    Those stay as they are. Twice is once.
    """
    lock(row.meeting)
    lock(row)
    if row.undone_at:
        return []
    query = select(Session).where(Session.meeting_id == row.meeting_id, Session.code.in_(row.before))
    sessions = list(db.session.scalars(query.order_by(Session.id)))
    stay = [one.code for one in sessions if one.version != row.before[one.code]["version"]]
    for session in sessions:
        if session.code not in stay:
            put_back(session, row.before[session.code], by=by, at=at)
    row.undone_at = at
    record("put the draft back as it was", row.meeting, by=by, at=at, number=row.release.number, stay=stay)
    return stay


def put_back(session: Session, was: Record, *, by: Person | None, at: datetime) -> None:
    """Make one session what it was."""
    if session.is_off and not was["off"]:
        restore_session(session, by=by, at=at)
    if not session.is_off:
        facts = replace(facts_of(session), **facts_from_row(still_there(session.meeting, was["facts"])))
        change_session(session, facts, by=by, at=at, reason=was["moved_reason"])
    write_texts(session, was["texts"], by=by, at=at)
    set_columns(session, {"sub_items": was.get("sub_items", session.sub_items)}, by=by, at=at)
    take_parts_back(session, was["given"], was["ended"], by=by, at=at)
    if was["off"] and not session.is_off:
        cancel_session(session, by=by, at=at, reason=was["off_reason"])


def still_there(meeting: Meeting, facts: Record) -> Record:
    """These facts without a kind or a body that was removed since."""
    gone = {name for name in ("body_id", "kind") if name in facts}
    gone -= {"body_id"} if facts.get("body_id") in {None, *(one.id for one in meeting.bodies)} else set()
    gone -= {"kind"} if facts.get("kind") in kinds_of(meeting) else set()
    return {name: value for name, value in facts.items() if name not in gone}


def take_parts_back(
    session: Session, given: Collection[int], ended: Collection[int], *, by: Person | None, at: datetime
) -> None:
    for role in session.roles:
        if role.id in given:
            end_role(role, by=by, at=at)
        elif role.id in ended and role.ended_at:
            role.ended_at, session.changed_at = None, at
            record("gave part", role, by=by, at=at, name=role.name, part=role.role)
