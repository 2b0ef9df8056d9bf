"""The stand of a report: all that compiling or publishing it rests on, so that either can be worked out beforehand."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from sqlalchemy import Column, Table, Text, cast, func, select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.checkin.models import BalanceCount
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN
from eventapp.ground.db import db, table_of
from eventapp.ground.db.at_once import NEXT_CELL, NEXT_ROW, NOTHING, at_once
from eventapp.ground.db.types import Base, Query
from eventapp.meetings.models import Body, Document, Meeting
from eventapp.record.extras.models import Translation
from eventapp.record.notes.models import Note
from eventapp.review.reports.models import BEHIND, OVER, Chapter, Evidence, LeftOut, Paragraph, Reason, Report, Snapshot
from eventapp.review.reports.noted import SILENT

MARKED = ("text", "words", "generated", "sentences")  # of a paragraph: its mark is another when one of them is
NEXT_QUERY = b"\x1c"  # in no text: see the policy for texts


def held_stand(report_id: int | None, meeting_id: int, more: Iterable[Query] = ()) -> str:
    """Hold the meeting where the report is not there yet, else the report, and return its stand."""
    held = (
        select(Report.id).where(Report.id == report_id)
        if report_id
        else select(Meeting.id).where(Meeting.id == meeting_id)
    )
    db.session.execute(held.with_for_update())
    return stand_of(report_id, meeting_id, more)


def stand_of(report_id: int | None, meeting_id: int, more: Iterable[Query] = ()) -> str:
    """Return what is another whenever the report, its notes, or what else this rests on is.

    So many people at the doors, and what editors type, is none of it: that changes all the time.
    """
    digest = sha256()
    for query in (*_of_report(report_id or 0), *_of_meeting(meeting_id), *more):
        for row in db.session.execute(query):
            digest.update(NEXT_CELL.join(NOTHING if cell is None else str(cell) for cell in row).encode())
            digest.update(NEXT_ROW.encode())
        digest.update(NEXT_QUERY)
    return digest.hexdigest()


def _of_report(report_id: int) -> Iterator[Query]:
    yield _whole(Report).where(Report.id == report_id)
    yield _whole(Chapter).where(Chapter.report_id == report_id).order_by(Chapter.id)
    of_it = Chapter.report_id == report_id
    paragraphs = select(*(column for column in table_of(Paragraph).c if column.name not in MARKED))
    yield at_once(paragraphs.join(Paragraph.chapter).where(of_it).order_by(Paragraph.id))
    evidence = select(Evidence.id, Evidence.note_id, Evidence.revision_id, Evidence.position).join(Evidence.paragraph)
    yield at_once(evidence.join(Paragraph.chapter).where(of_it).order_by(Evidence.id))
    yield select(LeftOut.note_id).where(LeftOut.report_id == report_id).order_by(LeftOut.note_id)
    yield _whole(Reason).where(Reason.report_id == report_id).order_by(Reason.id)
    yield select(func.max(Snapshot.number)).where(Snapshot.report_id == report_id)
    paragraphs = select(Paragraph.id).join(Paragraph.chapter).where(of_it)
    for key in _keys_of_paragraphs():  # somebody says something of a paragraph: then it is not let go
        yield select(func.count()).where(key.in_(paragraphs))
    yield select(func.count()).where(Draft.kind.in_((OVER, BEHIND)), Draft.target_id.in_(paragraphs), *OPEN)


def _of_meeting(meeting_id: int) -> Iterator[Query]:
    here = Session.meeting_id == meeting_id
    notes = select(Note.id, Note.head, Note.state, Note.deleted_at.is_(None)).join(Note.session)
    yield at_once(notes.where(here).order_by(Note.id))
    yield select(Note.id).join(Note.session).where(here, Note.id.in_(SILENT)).order_by(Note.id)
    yield select(func.max(Translation.id), func.count()).join(Translation.note).join(Note.session).where(here)
    yield at_once(_whole(Session).where(here).order_by(Session.id))
    yield at_once(_whole(SpeakingRole).join(SpeakingRole.session).where(here).order_by(SpeakingRole.id))
    yield _whole(Meeting).where(Meeting.id == meeting_id)
    yield select(Report.id).where(Report.meeting_id == meeting_id).order_by(Report.id)
    for table in (Body, Document):
        yield _whole(table).where(table.meeting_id == meeting_id).order_by(table.id)
    yield select(BalanceCount.id).where(BalanceCount.meeting_id == meeting_id)


def _whole(model: type[Base]) -> Query:
    """Ask for every column as it is stored: nothing is read, only compared."""
    return select(*(cast(column, Text) for column in table_of(model).c)).select_from(model)


def _keys_of_paragraphs() -> Iterator[Column[int]]:
    tables: list[Table] = [table for table in Base.metadata.sorted_tables if table is not table_of(Evidence)]
    for table in tables:
        yield from (key.parent for key in table.foreign_keys if key.column is table_of(Paragraph).c.id)
