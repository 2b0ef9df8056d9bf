from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import CONFIRMED, SUBMITTED, Note, Revision

# The notes that are off the record, by an index of these alone: to look at what each note says takes twice as long.
OFF_RECORD = select(Note.id).join(Note.current).where(Revision.off_record.is_(True))


def noted_though_cancelled(meeting: Meeting) -> list[Session]:
    """The cancelled sessions of this meeting that somebody wrote notes in: their words are still to be found."""
    noted = select(Note.session_id).where(Note.deleted_at.is_(None))
    query = select(Session).where(
        Session.meeting_id == meeting.id, Session.cancelled_at.is_not(None), Session.id.in_(noted)
    )
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code).options(joinedload(Session.room))))


def notes(*where: ColumnElement[bool]) -> list[Note]:
    """Notes with what they say now, in the order of the day and of their numbers."""
    query = select(Note).join(Note.session).where(*where).order_by(Session.starts_at, Session.code, Note.number)
    options = (
        contains_eager(Note.session),
        joinedload(Note.statement),
        joinedload(Note.current).joinedload(Revision.role),
    )
    return list(db.session.scalars(query.options(*options)))


def notes_of(session: Session) -> list[Note]:
    """The notes of this session that are not deleted, the newest first."""
    return notes(Note.session_id == session.id, Note.deleted_at.is_(None))[::-1]


def stands_of(session: Session) -> list[tuple[int, int, str, datetime, bool]]:
    """Where each note of this session stands, as plain values: whether anything changed."""
    query = (
        select(Note.id, Note.head, Note.state, Note.state_at, Note.deleted_at.is_(None))
        .where(Note.session_id == session.id)
        .order_by(Note.id)
    )
    return [(number, head, state, at, is_here) for number, head, state, at, is_here in db.session.execute(query)]


def number_of_notes(session: Session) -> int:
    """How many notes of this session are not deleted."""
    query = select(func.count()).where(Note.session_id == session.id, Note.deleted_at.is_(None))
    return db.session.scalar(query) or 0


def deleted_notes_of(session: Session) -> list[Note]:
    """The notes of this session that were deleted, and can be brought back."""
    return notes(Note.session_id == session.id, Note.deleted_at.is_not(None))


def note_at(session: Session, number: int) -> Note | None:
    """The note of this session with this number, deleted ones too."""
    return db.session.scalar(select(Note).where(Note.session_id == session.id, Note.number == number))


def next_number(session: Session) -> int:
    """The number of this session's next note; the number of a deleted note is not given again."""
    return (db.session.scalar(select(func.max(Note.number)).where(Note.session_id == session.id)) or 0) + 1


def revisions_of(note: Note) -> list[Revision]:
    """Everything this note ever said, the oldest first."""
    query = select(Revision).where(Revision.note_id == note.id).order_by(Revision.number)
    return list(db.session.scalars(query.options(joinedload(Revision.by), joinedload(Revision.role))))


def revision_of(note: Note, number: int) -> Revision | None:
    """What this note said at this number."""
    return db.session.scalar(select(Revision).where(Revision.note_id == note.id, Revision.number == number))


def notes_waiting(meeting: Meeting) -> list[Note]:
    """The notes of this meeting that an organizer may approve: handed in, or confirmed by link."""
    waiting = Note.state.in_((SUBMITTED, CONFIRMED))
    found = notes(Session.meeting_id == meeting.id, waiting, Note.deleted_at.is_(None))
    return [note for note in found if not note.current.off_record]
