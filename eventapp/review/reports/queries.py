from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN
from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.ground.text.policy import figure
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import APPROVED, PUBLISHED, Note, Revision
from eventapp.review.reports.models import (
    BEHIND,
    IS_MARKED,
    OVER,
    Chapter,
    Evidence,
    LeftOut,
    Paragraph,
    Reason,
    Report,
)

CLEARED = (APPROVED, PUBLISHED)
CLOSED = "closed"  # a session whose record stays in the room


def report_at(meeting: Meeting, name: str) -> Report | None:
    """The report of this meeting with this name in its address."""
    return db.session.scalar(select(Report).where(Report.meeting_id == meeting.id, Report.name == name))


def reports_of(meeting: Meeting) -> list[Report]:
    """Every report of the meeting, the oldest first; a corrigendum stands with the report it is to."""
    query = select(Report).where(Report.meeting_id == meeting.id, Report.corrects == "")
    return list(db.session.scalars(query.order_by(Report.id)))


class Row(NamedTuple):
    """A paragraph as far as numbering needs it, with the title of its chapter."""

    id: int
    chapter_id: int
    title: str
    level: int
    text: str
    is_removed: bool


def rows_of(report: Report, *, marked: bool = False) -> list[Row]:
    """Every paragraph of the report in order, removed ones too, as plain values: in one query, or two, for any length.

    `marked` leaves the words away but where others are numbered by them: footnotes, references, lines of points.
    """
    paragraph = (Paragraph.id, Paragraph.chapter_id, Chapter.title, Paragraph.level)
    text = literal("") if marked else Paragraph.text
    query = (
        select(*paragraph, text, Paragraph.removed_at.is_not(None))
        .join(Paragraph.chapter)
        .where(Chapter.report_id == report.id)
        .order_by(Chapter.position, Paragraph.position)
    )
    rows = [Row(*row) for row in db.session.execute(query)]
    if not marked:
        return rows
    found = select(Paragraph.id, Paragraph.text).join(Paragraph.chapter)
    found = found.where(Chapter.report_id == report.id, IS_MARKED)
    texts = {number: words for number, words in db.session.execute(found)}  # noqa: C416 -- a row is no pair to the types
    return [row._replace(text=texts[row.id]) if row.id in texts else row for row in rows]


def sizes_in(chapters: Collection[int]) -> dict[int, int]:
    """How many characters the words of each paragraph of these chapters have, by the number of its row."""
    query = select(Paragraph.id, func.length(Paragraph.text)).where(Paragraph.chapter_id.in_(chapters))
    return {number: size for number, size in db.session.execute(query)}  # noqa: C416 -- a row is no pair to the types


def chapter_rows(report: Report, *, anew: bool = False) -> list[Chapter]:
    """The chapters in order, without their paragraphs; `anew` where some were read before the report was locked."""
    query = select(Chapter).where(Chapter.report_id == report.id).order_by(Chapter.position)
    return list(db.session.scalars(query.execution_options(populate_existing=anew)))


def chapters_of(
    report: Report, only: Collection[int] | None = None, paragraphs_only: Collection[int] | None = None
) -> list[Chapter]:
    """The chapters with their paragraphs, removed ones too, and all that the paragraphs cite; in seven queries.

    `only` are the numbers of the chapters that are wanted, where not all of them are, and `paragraphs_only` those of
    their paragraphs: then nobody may change the chapters.
    """
    some = Chapter.paragraphs.and_(Paragraph.id.in_(paragraphs_only)) if paragraphs_only is not None else None
    paragraphs = selectinload(Chapter.paragraphs if some is None else some)
    evidence = paragraphs.selectinload(Paragraph.evidence)
    note = evidence.joinedload(Evidence.note)
    query = (
        select(Chapter)
        .where(Chapter.report_id == report.id)
        .order_by(Chapter.position)
        .options(
            paragraphs.joinedload(Paragraph.edited_by),
            note.joinedload(Note.session),
            note.joinedload(Note.current).joinedload(Revision.role),
            evidence.joinedload(Evidence.revision).joinedload(Revision.role),
        )
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query if only is None else query.where(Chapter.id.in_(only))))


def paragraph_of(report: Report, number: int) -> Paragraph | None:
    """The paragraph of this report with this number of its row."""
    query = select(Paragraph).join(Paragraph.chapter).where(Paragraph.id == number, Chapter.report_id == report.id)
    return db.session.scalar(query)


def paragraphs_at(report: Report, numbers: Collection[int]) -> list[Paragraph]:
    """The standing paragraphs of this report with these numbers of their rows, in the order of the report."""
    query = select(Paragraph).join(Paragraph.chapter).where(Chapter.report_id == report.id, Paragraph.id.in_(numbers))
    return list(
        db.session.scalars(query.where(Paragraph.removed_at.is_(None)).order_by(Chapter.position, Paragraph.position))
    )


def is_cited(report: Report, note_id: int) -> bool:
    """Whether a paragraph that stands in this report cites the note."""
    stands = Chapter.report_id == report.id, Paragraph.removed_at.is_(None), Evidence.note_id == note_id
    return bool(db.session.scalar(select(Evidence.id).join(Evidence.paragraph).join(Chapter).where(*stands).limit(1)))


def note_of(report: Report, reference: str) -> Note | None:
    """The note of the report's meeting with this reference, such as S2-01."""
    code, _dash, number = reference.strip().rpartition("-")
    query = select(Note).join(Note.session).where(Session.meeting_id == report.meeting_id, Note.deleted_at.is_(None))
    found = db.session.scalars(query.where(func.lower(Session.code) == code.lower(), Note.number == figure(number)))
    return found.first()


def notes_for(report: Report) -> list[Note]:
    """The notes this report may draw on, as the sessions followed: cleared, on the record, of its body."""
    of_it = Session.body_id.is_(None) | (Session.body_id == report.body_id)
    query = _notes(report.meeting).where(of_it) if report.body_id else _notes(report.meeting)
    return [note for note in db.session.scalars(query) if is_cleared(note)]


def silent_notes(meeting: Meeting) -> list[Note]:
    """The notes whose speakers no report may name: off the record, or from a closed session."""
    query = (
        select(Note)
        .join(Note.session)
        .join(Note.current)
        .where(Session.meeting_id == meeting.id, Note.deleted_at.is_(None))
        .where((Session.rule == CLOSED) | Revision.off_record)
        .order_by(Note.id)
        .options(joinedload(Note.session), joinedload(Note.current).joinedload(Revision.role))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def notes_counted(meeting: Meeting, *, cleared: bool, sessions: Collection[int] | None = None) -> list[Note]:
    """The notes that coverage counts: all on the record, or only the cleared ones; `sessions`: only of these."""
    query = _notes(meeting) if sessions is None else _notes(meeting).where(Note.session_id.in_(sessions))
    found = [note for note in db.session.scalars(query) if is_on_record(note)]
    return [note for note in found if is_cleared(note)] if cleared else found


def is_cleared(note: Note) -> bool:
    """Whether a report may use this note now."""
    return note.state in CLEARED and is_on_record(note)


def is_on_record(note: Note) -> bool:
    """Whether the note may leave the room at all: kept, on the record, and from a session that is not closed."""
    return note.deleted_at is None and not note.current.off_record and note.session.rule != CLOSED


def _notes(meeting: Meeting) -> Select[Note]:
    return (
        select(Note)
        .join(Note.session)
        .where(Session.meeting_id == meeting.id, Session.rule != CLOSED, Note.deleted_at.is_(None))
        .order_by(Session.starts_at, Session.code, Note.number)
        .options(
            joinedload(Note.session),
            joinedload(Note.current).joinedload(Revision.role),
        )
        .execution_options(populate_existing=True)
    )


def left_out(report: Report) -> dict[int, LeftOut]:
    """What was left out of the report with a reason, by the number of its note."""
    rows = db.session.scalars(select(LeftOut).where(LeftOut.report_id == report.id))
    return {row.note_id: row for row in rows}


def reasons_of(report: Report) -> dict[tuple[str, str, str], Reason]:
    """Why words of the report stay that are doubted, by kind, what is doubted and the words."""
    rows = db.session.scalars(select(Reason).where(Reason.report_id == report.id).options(joinedload(Reason.by)))
    return {(row.kind, row.what, row.words): row for row in rows}


def spoken_of(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Which of these somebody said something of: a comment, or whatever a feature above keeps about a paragraph."""
    ids = [one.id for one in paragraphs]
    tables = [table for table in Base.metadata.tables.values() if table is not Evidence.__table__]
    keys = [key.parent for table in tables for key in table.foreign_keys if key.column is Paragraph.__table__.c.id]
    asked = [select(key).where(key.in_(ids)) for key in keys]
    asked += [select(Draft.target_id).where(Draft.kind.in_((OVER, BEHIND)), Draft.target_id.in_(ids), *OPEN)]
    return {found for query in asked for found in db.session.scalars(query)} if ids else set()


def sessions_held(meeting: Meeting, codes: Collection[str] | None = None) -> list[Session]:
    """The sessions that took place and are not closed, in order; `codes`: only these."""
    query = select(Session).where(*_held(meeting, codes)).order_by(Session.starts_at, Session.code)
    with_places = query.options(joinedload(Session.room), selectinload(Session.roles))
    return list(db.session.scalars(with_places.execution_options(populate_existing=True)))


class HeldSession(NamedTuple):
    """A session that took place, as far as who spoke in it has to be told."""

    id: int
    rule: str


def stubs_held(meeting: Meeting, codes: Collection[str] | None = None) -> list[HeldSession]:
    """These sessions in the same order, without what is planned for them; `codes`: only these."""
    query = select(Session.id, Session.rule).where(*_held(meeting, codes)).order_by(Session.starts_at, Session.code)
    return [HeldSession(*row) for row in db.session.execute(query)]


def codes_held(meeting: Meeting) -> list[str]:
    """The codes of these sessions, in the same order."""
    query = select(Session.code).where(*_held(meeting)).order_by(Session.starts_at, Session.code)
    return list(db.session.scalars(query))


def _held(meeting: Meeting, codes: Collection[str] | None = None) -> tuple[ColumnElement[bool], ...]:
    here = Session.meeting_id == meeting.id
    some = () if codes is None else (Session.code.in_(codes),)
    return here, Session.cancelled_at.is_(None), Session.rule != CLOSED, Session.kind != "break", *some
