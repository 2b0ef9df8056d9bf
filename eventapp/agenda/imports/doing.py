"""What one row of a file does to the draft, and how that is taken back. The meeting is locked."""

from dataclasses import replace
from datetime import datetime

from eventapp.agenda.imports.foreign import Speaker
from eventapp.agenda.imports.models import (
    ADDED,
    CANCELLED,
    LEFT,
    TAKEN_BACK,
    UPDATED,
    AgendaImport,
    AgendaImportRow,
)
from eventapp.agenda.imports.planning import Around, Plan, foreign_of, id_of
from eventapp.agenda.imports.tongues import Texts, as_they_stand
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.queries import session_at
from eventapp.agenda.roles.actions import end_role, give_role
from eventapp.agenda.sessions.actions import (
    cancel_session,
    change_session,
    create_session,
    facts_of,
    restore_session,
    set_columns,
)
from eventapp.agenda.sessions.facts import RoleFacts, facts_for_row, facts_from_row
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.sub_items import from_rows
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.texts import change_texts


def add(one: AgendaImport, row: AgendaImportRow, plan: Plan, found: Around, *, at: datetime) -> None:
    """Put a session on the draft, under the names that it has in the file."""
    assert plan.facts is not None  # noqa: S101 -- what is new has facts
    foreign = foreign_of(row)
    assert foreign is not None  # noqa: S101 -- as above
    code = free_code(foreign.code, foreign.foreign_id, found)
    session = create_session(one.meeting, code, plan.facts, by=one.by, at=at)
    session.foreign_id, session.guid = foreign.foreign_id, foreign.guid or foreign.uid or session.uid
    if foreign.uid and not is_taken(foreign.uid):
        session.uid = foreign.uid  # calendars that have the old feed see the same event
    found.names.codes[code] = session.id
    given = [arrive(session, who, one, at=at).id for who in plan.arrive]
    if plan.sub_items:
        set_sub_items(session, plan.sub_items, by=one.by, at=at)
    say_texts(session, plan.texts, one, at=at)
    written(row, ADDED, session, {"given": given})


def change(one: AgendaImport, row: AgendaImportRow, plan: Plan, session: Session, *, at: datetime) -> None:
    """Give a session what the file says; a cancelled one is put back."""
    assert plan.facts is not None  # noqa: S101 -- what changes has facts
    before: Record = {"restored": session.is_off}
    if session.is_off:
        restore_session(session, by=one.by, at=at)
    before["facts"] = facts_for_row(facts_of(session), plan.facts)
    change_session(session, plan.facts, by=one.by, at=at)
    before["ended"], before["renamed"] = [role.id for role in plan.leave], {}
    for role in plan.leave:
        end_role(role, by=one.by, at=at)
    for role, who in plan.renamed:
        before["renamed"][str(role.id)] = role.name
        rename(role, who.name, one, at=at)
    before["given"] = [arrive(session, who, one, at=at).id for who in plan.arrive]
    if plan.sub_items is not None and plan.sub_items != from_rows(session.sub_items):
        before["sub_items"] = session.sub_items
        set_sub_items(session, plan.sub_items, by=one.by, at=at)
    if plan.texts:
        before["texts"] = plan.texts
        say_texts(session, plan.texts, one, at=at)
    written(row, UPDATED, session, before)


def say_texts(session: Session, texts: Texts, one: AgendaImport, *, at: datetime) -> None:
    """Say of a session in the language of the file what it says there, where that is not the first of the meeting."""
    after = {name: text for name, (_before, text) in texts.items()}
    if after:
        change_texts(session, one.tongue, after, meeting=one.meeting, by=one.by, at=at)


def cancel(one: AgendaImport, row: AgendaImportRow, session: Session, *, at: datetime) -> None:
    """Take a session off that the file no longer has."""
    cancel_session(session, by=one.by, at=at)
    written(row, CANCELLED, session, {})


def take_back(one: AgendaImport, row: AgendaImportRow, *, at: datetime) -> None:
    """Undo what the import did to a session, unless somebody changed it since."""
    session = db.session.get(Session, row.session_id) if row.session_id else None
    texts = row.before.get("texts", {})
    if session is None or session.version != row.version or not as_they_stand(session, texts, one.texts_in):
        row.outcome, row.faults = LEFT, [_("Somebody changed this session since. It stays as it is.")]
        return
    if row.before.get("added"):
        cancel_session(session, by=one.by, at=at)
    elif row.before.get("cancelled"):
        restore_session(session, by=one.by, at=at)
    else:
        put_back(one, row.before, session, at=at)
    row.outcome = TAKEN_BACK


def put_back(one: AgendaImport, before: Record, session: Session, *, at: datetime) -> None:
    """Give a session the facts, the people and the state of before."""
    change_session(session, replace(facts_of(session), **facts_from_row(before["facts"])), by=one.by, at=at)
    if texts := before.get("texts"):
        stood = {name: text for name, (text, _after) in texts.items()}
        change_texts(session, one.texts_in, stood, meeting=one.meeting, by=one.by, at=at)
    if "sub_items" in before:
        set_columns(session, {"sub_items": before["sub_items"]}, by=one.by, at=at)
    for role in session.roles:
        if role.id in before["given"]:
            end_role(role, by=one.by, at=at)
        elif role.id in before["ended"]:
            role.ended_at, session.changed_at = None, at
            record("gave part", role, by=one.by, at=at, name=role.name, part=role.role)
        elif str(role.id) in before["renamed"]:
            rename(role, before["renamed"][str(role.id)], one, at=at)
    if before["restored"]:
        cancel_session(session, by=one.by, at=at)


def written(row: AgendaImportRow, outcome: str, session: Session, before: Record) -> None:
    db.session.flush()
    row.outcome, row.session_id, row.version, row.content = outcome, session.id, session.version, {}
    row.before = {**before, "added": outcome == ADDED, "cancelled": outcome == CANCELLED}


def arrive(session: Session, who: Speaker, one: AgendaImport, *, at: datetime) -> SpeakingRole:
    """Give somebody of the file a part; they have agreed, and nobody is written to."""
    role = give_role(session, RoleFacts(who.role, who.name), by=one.by, at=at, confirmed=True)
    role.guid, role.foreign_id = who.guid, id_of(who)
    return role


def rename(role: SpeakingRole, name: str, one: AgendaImport, *, at: datetime) -> None:
    changes = {"name": [role.name, name]}
    role.name, role.session.changed_at = name, at
    record("changed part", role, by=one.by, at=at, name=name, changes=changes)


def free_code(wished: str, number: str, found: Around) -> str:
    """The code that the file gives it where it is free, else one of its number, else the next of the meeting."""
    if wished and wished not in found.names.codes:
        return wished
    if number.isascii() and number.isdigit() and len(number) < 12 and f"E{number}" not in found.names.codes:  # noqa: PLR2004
        return f"E{number}"
    place = len(found.names.codes) + 1
    while f"S{place}" in found.names.codes or session_at(found.meeting, f"S{place}"):
        place += 1
    return f"S{place}"


def is_taken(uid: str) -> bool:
    """Whether a session of any meeting has this UID."""
    return bool(db.session.query(Session.id).filter_by(uid=uid).first())
