"""Who took the floor, by item: from the floor's own list and from the notes, and not from the programme."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.floor.models import Statement
from eventapp.ground.db import db
from eventapp.record.notes.models import Note
from eventapp.review.language.attribution import ORGANIZATION, PERSON, affiliation_of, level_of
from eventapp.review.language.grammar import one_of
from eventapp.review.language.wording import in_lists
from eventapp.review.reading.delegations import state_of
from eventapp.review.reports.content import Rows
from eventapp.review.reports.queries import HeldSession, is_cleared

OPEN = "open"  # a session whose speakers may be named at all


def speakers(sessions: Sequence[Session], notes: Iterable[Note], policy: str) -> tuple[Rows, ...]:
    """Return a row for each open session where somebody is on record, and say no more than the report does elsewhere.

    A session that nobody recorded is left out: its programme says who was expected, and not who spoke.
    """
    spoke = who_spoke(sessions, notes, policy)
    rows = tuple(
        (session.code, session.title, one_of("joints", "semicolon").join(spoke[session.id]))
        for session in sessions
        if session.id in spoke
    )
    return (Rows("", rows),) if rows else ()


def who_spoke(
    sessions: Sequence[Session] | Sequence[HeldSession], notes: Iterable[Note], policy: str
) -> dict[int, list[str]]:
    """Return who took the floor in each open session, in order, once each; a session without anybody is not in it."""
    if policy not in (PERSON, ORGANIZATION):
        return {}
    spoke: dict[int, list[str]] = {session.id: [] for session in sessions if session.rule == OPEN}
    for statement in _statements(list(spoke)):
        spoke[statement.session_id].append(_on_the_floor(statement, policy))
    for note in notes:
        if note.session_id in spoke:
            spoke[note.session_id].append(of_note(note, policy))
    return {number: list(dict.fromkeys(filter(None, names))) for number, names in spoke.items() if any(names)}


def _statements(sessions: Sequence[int]) -> Iterable[Statement]:
    """Everybody who spoke, in order; not those of whom a note may not be used."""
    notes = db.session.scalars(
        select(Note)
        .where(Note.session_id.in_(sessions), Note.statement_id.is_not(None))
        .options(joinedload(Note.current))
    )
    silent = {note.statement_id for note in notes if not is_cleared(note)}
    query = select(Statement).where(
        Statement.session_id.in_(sessions), Statement.started_at.is_not(None), Statement.removed_at.is_(None)
    )
    found = db.session.scalars(query.options(joinedload(Statement.role)).order_by(Statement.started_at, Statement.id))
    return [one for one in found if one.id not in silent]


def _on_the_floor(statement: Statement, policy: str) -> str:
    if statement.role:
        whose = affiliation_of(statement.role)
    else:
        state = state_of(statement.country)
        parts = (in_lists(statement.organization), in_lists(state) if state not in statement.organization else "")
        whose = ", ".join(part for part in parts if part)
    return _shown(statement.name, whose, policy)


def of_note(note: Note, policy: str) -> str:
    """Return who said it, as far as the report may say; '' where nothing may be said."""
    revision = note.current
    level = level_of(revision, policy)
    if level not in (PERSON, ORGANIZATION):
        return ""
    if revision.role:
        return _shown(revision.role.name, affiliation_of(revision.role), level)
    state = state_of(revision.country)
    parts = (in_lists(revision.organization), in_lists(state) if state not in revision.organization else "")
    return _shown(revision.speaker, ", ".join(part for part in parts if part), level)


def _shown(name: str, whose: str, level: str) -> str:
    if level != PERSON or not name:
        return whose
    return f"{name} ({whose})" if whose else name
