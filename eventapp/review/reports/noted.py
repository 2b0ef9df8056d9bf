"""The notes that a report may draw on, as far as a page has to know them: never all of them."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note, Revision
from eventapp.record.notes.queries import OFF_RECORD
from eventapp.review.reports.models import Chapter, Evidence, LeftOut, Paragraph, Report
from eventapp.review.reports.queries import CLEARED, CLOSED

FIRST = 25
NOW = and_(Revision.note_id == Note.id, Revision.number == Note.head)  # what a note says now


def number_of_notes(report: Report) -> int:
    """Return how many notes the report may draw on."""
    query = select(func.count()).select_from(Note).join(Note.session)
    return db.session.scalars(query.where(*_usable(report))).one()


def number_cleared(meeting: Meeting) -> int:
    """Return how many notes of the meeting may be told: approved or published, on the record."""
    query = select(func.count()).select_from(Note).join(Note.session)
    return db.session.scalars(query.where(*_cleared(meeting))).one()


def unused_notes(report: Report) -> list[tuple[int, str, str, str]]:
    """Return number of the row, kind, language and words of each note that is neither cited nor left out."""
    used = (
        select(Evidence.note_id)
        .join(Evidence.paragraph)
        .join(Paragraph.chapter)
        .where(Chapter.report_id == report.id, Paragraph.removed_at.is_(None))
    )
    out = select(LeftOut.note_id).where(LeftOut.report_id == report.id)
    query = (
        select(Note.id, Revision.kind, Revision.language, Revision.text)
        .join(Note.session)
        .join(Revision, NOW)
        .where(*_usable(report), Note.id.not_in(used), Note.id.not_in(out))
    )
    return [(number, kind, language, words) for number, kind, language, words in db.session.execute(query)]


def notes_off_record(meeting: Meeting) -> set[int]:
    """Return the numbers of the notes whose words may not leave the room: deleted, off the record, or of a closed
    session.
    """
    silent = or_(Note.deleted_at.is_not(None), Note.id.in_(OFF_RECORD), Session.rule == CLOSED)
    query = select(Note.id).join(Note.session).where(Session.meeting_id == meeting.id, silent)
    return set(db.session.scalars(query))


def notes_cited(report: Report) -> dict[int, list[int]]:
    """Return the numbers of the notes that each paragraph rests on, by that of its row, in their order."""
    query = select(Evidence.paragraph_id, Evidence.note_id).join(Evidence.paragraph).join(Paragraph.chapter)
    found: dict[int, list[int]] = {}
    rows = query.where(Chapter.report_id == report.id).order_by(Evidence.position)
    for paragraph, note in db.session.execute(rows):
        found.setdefault(paragraph, []).append(note)
    return found


def paragraphs_citing(report: Report, notes: Collection[int]) -> dict[int, int]:
    """Return the numbers of the paragraphs that rest on one of these notes, with those of their chapters."""
    query = select(Paragraph.id, Paragraph.chapter_id).join(Paragraph.chapter)
    rows = db.session.execute(query.where(Chapter.report_id == report.id, _cites(notes)))
    return {row.id: row.chapter_id for row in rows}


def paragraphs_on(report: Report, notes: Collection[int]) -> list[Paragraph]:
    """Return these paragraphs in the order of the report, removed ones too, without what they cite."""
    query = select(Paragraph).join(Paragraph.chapter).where(Chapter.report_id == report.id, _cites(notes))
    return list(db.session.scalars(query.order_by(Chapter.position, Paragraph.position)))


def notes_with(numbers: list[int]) -> list[Note]:
    """Return the notes with these numbers of their rows, as the sessions followed."""
    return _notes(Note.id.in_(numbers)) if numbers else []


def notes_left_out(report: Report) -> list[Note]:
    """Return the notes that were left out of the report with a reason and that it might draw on."""
    out = select(LeftOut.note_id).where(LeftOut.report_id == report.id)
    return _notes(Note.id.in_(out), *_usable(report))


def first_notes(report: Report) -> list[Note]:
    """Return some of the notes that the report may draw on, those that are found first: in no order that takes all."""
    query = select(Note.id).join(Note.session).where(*_usable(report))
    return notes_with(list(db.session.scalars(query.limit(FIRST))))


def one_of_each_voice(report: Report) -> list[Note]:
    """Return one note for each source there is, as far as who may be named goes by it.

    Silent ones too.

    So that names are looked for in a chapter without reading every note of the meeting.
    """
    silent = and_(Session.meeting_id == report.meeting_id, or_(Session.rule == CLOSED, Revision.off_record))
    return _notes(Note.id.in_(_of_each_voice(or_(and_(*_usable(report)), silent))))


class Placed(NamedTuple):
    """Who somebody is by their part on the programme."""

    name: str
    name_own: str
    organization: str
    country: str


class ClearedVoice(NamedTuple):
    """A source of notes that may be told: who it is, the ceiling of these notes and the rule of their sessions."""

    speaker: str
    organization: str
    country: str
    ceiling: str
    rule: str
    role: Placed | None


def cleared_voices(meeting: Meeting) -> list[ClearedVoice]:
    """Return each source of the notes of the meeting that may be told, once, in no order. No note is read whole.

    By DISTINCT, for SQLite sorts all notes to group them, and looks a voice up among the few there are.
    """
    spoke = (Revision.speaker, Revision.organization, Revision.country, Revision.ceiling, Session.rule)
    part = (SpeakingRole.name, SpeakingRole.name_own, SpeakingRole.organization, SpeakingRole.country)
    query = select(*spoke, *part).select_from(Note).join(Note.session).join(Revision, NOW).outerjoin(Revision.role)
    rows = db.session.execute(query.where(*_cleared(meeting)).distinct())
    return [
        ClearedVoice(speaker, body, land, ceiling, rule, Placed(name, *rest) if name is not None else None)
        for speaker, body, land, ceiling, rule, name, *rest in rows
    ]


class Voice(NamedTuple):
    """Who spoke in a note, as its fields and their part on the programme have it."""

    role_id: int | None
    speaker: str
    organization: str
    stakeholder_type: str
    country: str
    part_organization: str | None
    part_country: str | None


def voices_of(report: Report) -> list[tuple[int, Voice]]:
    """Return the numbers of the notes that the report may draw on, as the sessions followed, with who spoke in each."""
    noted = (Revision.role_id, Revision.speaker, Revision.organization, Revision.stakeholder_type, Revision.country)
    query = (
        select(Note.id, *noted, SpeakingRole.organization, SpeakingRole.country)
        .join(Note.session)
        .join(Revision, NOW)
        .outerjoin(Revision.role)
        .where(*_usable(report))
        .order_by(Session.starts_at, Session.code, Note.number)
    )
    return [(number, Voice._make(voice)) for number, *voice in db.session.execute(query)]


def _cites(notes: Collection[int]) -> ColumnElement[bool]:
    """Ask for the paragraphs from the notes: a join walks through the whole report for each of them."""
    return Paragraph.id.in_(select(Evidence.paragraph_id).where(Evidence.note_id.in_(notes)))


def _of_each_voice(*where: ColumnElement[bool]) -> Select[int | None]:
    """Ask for a note of each source: two who are called the same and came for the same are one, whatever their part."""
    voice = (Revision.speaker, Revision.organization, Revision.country, Revision.ceiling)
    part = (SpeakingRole.name, SpeakingRole.name_own, SpeakingRole.organization, SpeakingRole.country)
    query = select(func.min(Note.id)).join(Note.session).join(Revision, NOW).outerjoin(Revision.role)
    query = query.where(Note.deleted_at.is_(None), *where)
    return query.group_by(*voice, *part, Revision.off_record, Session.rule, Session.cancelled_at.is_(None))


def _usable(report: Report) -> tuple[ColumnElement[bool], ...]:
    body = or_(Session.body_id.is_(None), Session.body_id == report.body_id) if report.body_id else None
    found = _cleared(report.meeting)
    return found if body is None else (*found, body)


def _cleared(meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    return (
        Session.meeting_id == meeting.id,
        Session.rule != CLOSED,
        Note.deleted_at.is_(None),
        Note.state.in_(CLEARED),
        Note.id.not_in(OFF_RECORD),
    )


def _notes(*where: ColumnElement[bool]) -> list[Note]:
    query: Select[Note] = (
        select(Note)
        .join(Note.session)
        .join(Revision, NOW)
        .where(*where)
        .order_by(Session.starts_at, Session.code, Note.number)
        .options(joinedload(Note.session), joinedload(Note.current).joinedload(Revision.role))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))
