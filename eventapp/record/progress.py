"""Where the record of each session stands: a light, and a count."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, func, literal, select, union_all

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.ground.text.i18n import LazyString, _l, ngettext
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED, Note
from eventapp.record.notes.queries import OFF_RECORD, notes_of
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.sessions.queries import RAPPORTEUR, Hours, record_of, records_of

QUIET_FOR = timedelta(minutes=20)
NAMED = 200  # sessions that a query names; for more of them the whole meeting is read, which costs less

S = TypeVar("S", Session, Hours)


@dataclass(frozen=True)
class Light:
    """The state of one record: a tone, and the words that say the same, which are read where it is shown."""

    tone: str
    label: str | LazyString

    @property
    def words(self) -> str:
        return str(self.label)


CANCELLED = Light("off", _l("Cancelled"))
WRITING, STARTED = Light("wait", _l("Writing")), Light("wait", _l("Has begun"))
NO_NOTES, QUIET = Light("stop", _l("No notes")), Light("stop", _l("No notes after 20 minutes"))
IS_PUBLISHED, IS_CLEARED = Light("ok", _l("Published")), Light("ok", _l("Cleared"))
IS_SUBMITTED = Light("wait", _l("Submitted"))
NOBODY, PLANNED = Light("stop", _l("Nobody assigned")), Light("off", _l("Planned"))


class NoteCount(NamedTuple):
    """How many notes a session has, how many of them are on the record, and of those how many are in which state."""

    total: int = 0
    on_record: int = 0
    drafts: int = 0
    waiting: int = 0  # submitted or confirmed
    cleared: int = 0  # approved or published
    published: int = 0


@dataclass(frozen=True)
class SessionProgress(Generic[S]):
    """One session with its light and its counts, ready for a list."""

    session: S
    light: Light
    rapporteurs: tuple[SpeakingRole, ...]
    notes: int
    waiting: int
    cleared: int

    def of(self, session: Session) -> "SessionProgress[Session]":
        """The same, of the session itself, for a list that shows what it is called."""
        return SessionProgress(session, self.light, self.rapporteurs, self.notes, self.waiting, self.cleared)


def progress_of_sessions(meeting: Meeting, sessions: Collection[S], *, at: datetime) -> list[SessionProgress[S]]:
    """The light of each of these sessions at this moment. Three queries, and the database counts the notes."""
    these = (Session.id.in_([one.id for one in sessions]),) if len(sessions) <= NAMED else ()
    roles, counts = rapporteurs_at(meeting, *these), notes_by_state(meeting, *these)
    records = records_of(meeting, *these)
    return [progress_of(one, counts.get(one.id, NoteCount()), roles.get(one.id, []), records, at) for one in sessions]


def rapporteurs_at(meeting: Meeting, *where: ColumnElement[bool]) -> dict[int, list[SpeakingRole]]:
    """The parts of rapporteurs at this meeting, ended ones too, by session; `where` says which sessions, if not all."""
    query = select(SpeakingRole).join(Session).where(Session.meeting_id == meeting.id, SpeakingRole.role == RAPPORTEUR)
    query = query.where(*where)
    found: dict[int, list[SpeakingRole]] = {}
    for role in db.session.scalars(query.order_by(SpeakingRole.position, SpeakingRole.id)):
        found.setdefault(role.session_id, []).append(role)
    return found


def notes_by_state(meeting: Meeting, *where: ColumnElement[bool]) -> dict[int, NoteCount]:
    """How many notes there are of each session of this meeting, or of those that `where` says; no deleted ones.

    One query: all of them are counted by an index, and the few off the record once more, to be taken away.
    """
    here = select(Session.id).where(Session.meeting_id == meeting.id, *where)
    by_state = (Note.session_id, Note.state)
    there = Note.session_id.in_(here), Note.deleted_at.is_(None)
    every = select(*by_state, func.count(), literal(0)).where(*there).group_by(*by_state)
    silent = select(*by_state, literal(0), func.count()).where(*there, Note.id.in_(OFF_RECORD)).group_by(*by_state)
    totals, on_record = Counter[int](), dict[int, Counter[str]]()
    for session_id, state, number, off in db.session.execute(union_all(every, silent)):
        totals[session_id] += number
        on_record.setdefault(session_id, Counter())[state] += number - off
    return {session_id: _note_count(totals[session_id], states) for session_id, states in on_record.items()}


def _note_count(total: int, on_record: Counter[str]) -> NoteCount:
    return NoteCount(
        total=total,
        on_record=sum(on_record.values()),
        drafts=on_record[DRAFT],
        waiting=on_record[SUBMITTED] + on_record[CONFIRMED],
        cleared=on_record[APPROVED] + on_record[PUBLISHED],
        published=on_record[PUBLISHED],
    )


def progress_of(
    session: S,
    notes: NoteCount,
    roles: list[SpeakingRole],
    records: Mapping[int, SessionRecord],
    at: datetime,
) -> SessionProgress[S]:
    rapporteurs = tuple(role for role in roles if role.holds)
    return SessionProgress(
        session=session,
        light=CANCELLED if session.cancelled_at else light(session, notes, rapporteurs, records.get(session.id), at),
        rapporteurs=rapporteurs,
        notes=notes.total,
        waiting=notes.waiting,
        cleared=notes.cleared,
    )


def light(
    session: Session | Hours,
    notes: NoteCount,
    rapporteurs: tuple[SpeakingRole, ...],
    record: SessionRecord | None,
    at: datetime,
) -> Light:
    if record is not None and record.submitted_at and notes.on_record:
        return handed_in(notes)
    if notes.on_record:
        return WRITING
    if at >= session.ends_at:
        return NO_NOTES
    if at >= session.starts_at + QUIET_FOR:
        return QUIET
    if not rapporteurs:
        return NOBODY
    return PLANNED if at < session.starts_at else STARTED


def handed_in(notes: NoteCount) -> Light:
    if notes.drafts:
        return Light("wait", ngettext("%(num)s note not handed in", "%(num)s notes not handed in", notes.drafts))
    if notes.published == notes.on_record:
        return IS_PUBLISHED
    if notes.cleared == notes.on_record:
        return IS_CLEARED
    return IS_SUBMITTED


def is_handed_in(session: Session) -> bool:
    """Whether this session was handed in, at least once."""
    record = record_of(session)
    return record is not None and record.submitted_at is not None


def is_cleared(session: Session) -> bool:
    """Whether this session was handed in and each of its notes on the record is approved: nothing is added any more."""
    found = [note for note in notes_of(session) if not note.current.off_record]
    return is_handed_in(session) and bool(found) and all(note.state in (APPROVED, PUBLISHED) for note in found)
