"""Drafts of the record: questions over what is typed and was set aside."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN, UNFINISHED, mine, newest_first
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.notes.content import content_from, content_of
from eventapp.record.notes.models import Note
from eventapp.record.sessions.queries import RAPPORTEUR, rapporteurs_of

NEW, CHANGE, SUMMARY = "note", "change", "summary"  # kinds of drafts; their scope is a session
PASSAGE = "passage"  # a note that is being made of a written input, whose number is beside it
KINDS = (NEW, CHANGE, SUMMARY, PASSAGE)


def second_texts(note: Note) -> list[Draft]:
    """Texts for this note that were set aside in a conflict, the newest first; settled ones too."""
    query = select(Draft).where(Draft.kind == CHANGE, Draft.target_id == note.id, Draft.is_second)
    return list(db.session.scalars(query.order_by(Draft.id.desc()).options(joinedload(Draft.by))))


def conflicts_of(session: Session) -> list[Draft]:
    """Texts of this session that wait for somebody to decide between two."""
    query = select(Draft).where(Draft.kind == CHANGE, Draft.scope_id == session.id, Draft.is_second, *OPEN)
    return list(db.session.scalars(query.order_by(Draft.id)))


def second_text(note: Note, draft_id: int) -> Draft | None:
    """One text set aside for this note."""
    return next((draft for draft in second_texts(note) if draft.id == draft_id), None)


def being_changed(note: Note, person: Person) -> Draft | None:
    """What this person was changing this note into and did not save, the newest, where it says anything else."""
    draft = next(iter(mine(person, Draft.kind == CHANGE, Draft.target_id == note.id)), None)
    is_other = draft is not None and content_from(draft.content).tidy(note.session) != content_of(note.current)
    return draft if is_other else None


def being_typed(session: Session, person: Person, kind: str = NEW) -> Draft | None:
    """What this person was typing in this session and did not save, the newest."""
    return next(iter(mine(person, Draft.kind == kind, Draft.scope_id == session.id)), None)


def unfinished(session: Session, person: Person, draft_id: int, *kinds: str) -> Draft | None:
    """The unfinished text of this session with this number, where it is this person's and of one of these kinds."""
    draft = text_of(person, draft_id)
    is_here = draft is not None and draft.scope_id == session.id and draft.kind in kinds and draft.is_unfinished
    return draft if is_here else None


def texts_of(person: Person) -> list[Draft]:
    """Every text this person typed that is no note: not saved yet, or set aside because another came first."""
    query = newest_first().where(Draft.person_id == person.id, Draft.kind.in_(KINDS), or_(and_(*OPEN), Draft.is_second))
    return list(db.session.scalars(query))


def text_of(person: Person, draft_id: int) -> Draft | None:
    """One of those texts."""
    return next((draft for draft in texts_of(person) if draft.id == draft_id), None)


def split_notes(meeting: Meeting) -> set[int]:
    """The notes of this meeting that have two texts somebody has to decide between."""
    query = select(Draft.target_id).join(Session, Session.id == Draft.scope_id)
    split = query.where(Session.meeting_id == meeting.id, Draft.kind == CHANGE, Draft.is_second, *OPEN)
    return {note_id for note_id in db.session.scalars(split) if note_id is not None}


def left_behind(session: Session, kind: str = NEW) -> list[Draft]:
    """What former rapporteurs of this session were typing when their part ended, and nobody took over."""
    holding = {role.person_id for role in rapporteurs_of(session)}
    former = {role.person_id for role in session.roles if role.role == RAPPORTEUR and role.ended_at} - holding
    query = newest_first().where(Draft.kind == kind, Draft.scope_id == session.id, *UNFINISHED)
    query = query.where(Draft.person_id.in_([number for number in former if number]))
    return list(db.session.scalars(query.options(joinedload(Draft.by))))
