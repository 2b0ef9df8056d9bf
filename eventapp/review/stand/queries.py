"""The stand of a report: all that compiling or publishing it rests on, so that either can be worked out beforehand."""

from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from hashlib import sha256

from sqlalchemy import Column, Table, Text, cast, func, select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.checkin.models import BalanceCount
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN
from eventapp.ground.db import db, table_of
from eventapp.ground.db.at_once import at_once
from eventapp.ground.db.types import Base, Query
from eventapp.meetings.models import Body, Document, Meeting
from eventapp.record.extras.models import Translation
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import OFF_RECORD
from eventapp.review.reports.models import BEHIND, OVER, Chapter, Evidence, LeftOut, Paragraph, Reason, Report, Snapshot

# The mark of a paragraph, a session or a part is another after each write. What else is asked of the last two is what a
# machine of the release before, which knows no mark of them, changes while machines are updated one after the other.
OF_A_SESSION = (Session.id, Session.mark, Session.version, Session.changed_at, Session.rule, Session.cancelled_at)
OF_A_PART = (SpeakingRole.id, SpeakingRole.mark, SpeakingRole.state, SpeakingRole.ended_at)


def held_stand(report_id: int | None, meeting_id: int, more: Iterable[Query] = ()) -> Hashable:
    """Hold the meeting where the report is not there yet, else the report, and return its stand."""
    held = (
        select(Report.id).where(Report.id == report_id)
        if report_id
        else select(Meeting.id).where(Meeting.id == meeting_id)
    )
    db.session.execute(held.with_for_update())
    return _words(report_id, meeting_id, more)


def stand_of(report_id: int | None, meeting_id: int, more: Iterable[Query] = ()) -> str:
    """Return the same, to be kept: a hash of it. Nothing is held."""
    return sha256(repr(_words(report_id, meeting_id, more)).encode()).hexdigest()


def _words(report_id: int | None, meeting_id: int, more: Iterable[Query]) -> tuple[tuple[tuple[object, ...], ...], ...]:
    """Ask for what is another whenever the report, its notes, or what else this rests on is.

    So many people at the doors, and what editors type, is none of it: that changes all the time. It is some 4 MB for
    20,800 notes: to compare them takes a tenth of what their hash takes under the lock.
    """
    asked = (*_of_report(report_id or 0), *_of_meeting(meeting_id), *more)
    return tuple(tuple(tuple(row) for row in db.session.execute(query)) for query in asked)


def _of_report(report_id: int) -> Iterator[Query]:
    """Long ones stand in the order of an index: to sort 20,000 rows takes half as long as to read them."""
    yield _whole(Report).where(Report.id == report_id)
    yield _whole(Chapter).where(Chapter.report_id == report_id).order_by(Chapter.id)
    paragraphs = select(Paragraph.chapter_id, Paragraph.id, Paragraph.mark)
    chapters = select(Chapter.id).where(Chapter.report_id == report_id)
    yield at_once(paragraphs.where(Paragraph.chapter_id.in_(chapters)).order_by(Paragraph.chapter_id, Paragraph.id))
    of_it = select(Paragraph.id).where(Paragraph.chapter_id.in_(chapters))
    evidence = select(Evidence.id, Evidence.note_id, Evidence.revision_id, Evidence.position)
    yield at_once(evidence.where(Evidence.paragraph_id.in_(of_it)).order_by(Evidence.paragraph_id, Evidence.note_id))
    yield select(LeftOut.note_id).where(LeftOut.report_id == report_id).order_by(LeftOut.note_id)
    yield _whole(Reason).where(Reason.report_id == report_id).order_by(Reason.id)
    yield select(func.max(Snapshot.number)).where(Snapshot.report_id == report_id)
    for key in _keys_of_paragraphs():  # somebody says something of a paragraph: then it is not let go
        yield select(func.count()).where(key.in_(of_it))
    yield select(func.count()).where(Draft.kind.in_((OVER, BEHIND)), Draft.target_id.in_(of_it), *OPEN)


def _of_meeting(meeting_id: int) -> Iterator[Query]:
    here = Session.meeting_id == meeting_id
    sessions = select(Session.id).where(here)
    notes = select(Note.id, Note.head, Note.state, Note.deleted_at.is_(None)).where(Note.session_id.in_(sessions))
    yield at_once(notes.order_by(Note.session_id, Note.number))
    yield select(Note.id).join(Note.session).where(here, Note.id.in_(OFF_RECORD)).order_by(Note.id)
    yield select(func.max(Translation.id), func.count()).join(Translation.note).join(Note.session).where(here)
    yield at_once(select(*OF_A_SESSION).where(here).order_by(Session.id))
    roles = select(*OF_A_PART).where(SpeakingRole.session_id.in_(sessions))
    yield at_once(roles.order_by(SpeakingRole.session_id, SpeakingRole.id))
    yield _whole(Meeting).where(Meeting.id == meeting_id)
    yield select(Report.id).where(Report.meeting_id == meeting_id).order_by(Report.id)
    for table in (Body, Document):
        yield _whole(table).where(table.meeting_id == meeting_id).order_by(table.id)
    yield select(BalanceCount.id).where(BalanceCount.meeting_id == meeting_id)


def _whole(model: type[Base]) -> Query:
    """Ask for every column as it is stored: nothing is read, only compared."""
    return select(*(cast(column, Text) for column in table_of(model).c)).select_from(model)


@cache
def _keys_of_paragraphs() -> tuple[Column[int], ...]:
    tables: list[Table] = [table for table in Base.metadata.sorted_tables if table is not table_of(Evidence)]
    to = table_of(Paragraph).c.id
    return tuple(key.parent for table in tables for key in table.foreign_keys if key.column is to)
