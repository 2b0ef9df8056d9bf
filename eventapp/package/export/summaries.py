"""What of a summary and of a delivery may leave: by the rules of notes, for they are told of the same sources."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.package.export.redaction import ADDRESS, Words
from eventapp.package.manifest import content
from eventapp.package.manifest import summaries as summed
from eventapp.record.extras.models import Delivery
from eventapp.record.notes.models import Note, Revision
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.summaries.content import summary_from
from eventapp.record.summaries.models import SummaryRevision as Row
from eventapp.review.language.attribution import PERSON, names_above
from eventapp.review.language.names import Names
from eventapp.review.reports.queries import CLOSED


def deliveries_by_note(notes: Iterable[Note]) -> Mapping[int, list[Delivery]]:
    """What became of each of these notes, the oldest first."""
    found: dict[int, list[Delivery]] = {}
    query = select(Delivery).where(Delivery.note_id.in_([note.id for note in notes])).order_by(Delivery.id)
    for one in db.session.scalars(query):
        found.setdefault(one.note_id, []).append(one)
    return found


def redacted_deliveries(
    note: Note, lines: Sequence[Delivery], level: str, unnamed: Names
) -> tuple[summed.Delivery, ...]:
    """Every line for the archive, the newest for the public; none of a time when the note was off the record."""
    words = Words(note.current, unnamed)
    rows = [
        summed.Delivery(one.at, one.state, one.due_on, words(one.due_text), words(one.remark))
        for one in lines
        if not was_off_record(note.revisions, one.at)
    ]
    return tuple(rows if level == content.ARCHIVE else rows[-1:])


def was_off_record(revisions: Iterable[Revision], at: datetime) -> bool:
    """Whether the note was off the record at this moment."""
    before = [one for one in revisions if one.at <= at]
    return bool(before) and max(before, key=lambda one: one.number).off_record


def summaries_of(
    meeting: Meeting, level: str, sessions: Iterable[content.Session], notes: Sequence[Note], unnamed: Names
) -> Iterator[summed.Summary]:
    """The summaries of the sessions that leave: for the public what was approved, for the archive every revision."""
    shown = {one.code: one for one in sessions}
    said: dict[int, list[Revision]] = {}
    for note in notes:
        said.setdefault(note.session_id, []).extend(note.revisions)
    for record, revisions in summarized(meeting):
        session = record.session
        numbers = {one.number for one in revisions} if level == content.ARCHIVE else {record.approved_head}
        leaving = [one for one in revisions if one.number in numbers]
        if session.rule == CLOSED or session.code not in shown or not leaving:
            continue
        telling = Redaction(session, shown[session.code], said.get(session.id, []), unnamed)
        yield summed.Summary(
            session=session.code,
            head=leaving[-1].number,
            approved=record.approved_head,
            approved_at=record.approved_at if record.approved_head else None,
            revisions=tuple(telling.revision(one) for one in leaving),
        )


def summarized(meeting: Meeting) -> Iterator[tuple[SessionRecord, list[Row]]]:
    """Each record with a summary, as the sessions followed, and the revisions of the summary."""
    of_meeting = Session.meeting_id == meeting.id
    revisions: dict[int, list[Row]] = {}
    for one in db.session.scalars(select(Row).join(Row.session).where(of_meeting).order_by(Row.number)):
        revisions.setdefault(one.session_id, []).append(one)
    query = select(SessionRecord).join(SessionRecord.session).where(of_meeting, SessionRecord.summary_head > 0)
    order = query.order_by(Session.starts_at, Session.code).options(joinedload(SessionRecord.session))
    for record in db.session.scalars(order):
        yield record, revisions.get(record.session_id, [])


class Redaction:
    """How one session's summary may be told: no name that a note of the session may not say, no address."""

    def __init__(self, session: Session, shown: content.Session, revisions: Sequence[Revision], unnamed: Names) -> None:
        self.said, self.unnamed = revisions, unnamed
        places = [(one.role, one.name) for one in shown.roles]
        self.places = {
            role.id: places.index((role.role, role.name))
            for role in session.roles
            if session.rule == "open" and (role.role, role.name) in places
        }

    def words(self, words: str) -> str:
        """The words, or nothing."""
        says_too_much = names_above(words, self.said, PERSON) or self.unnamed.found_in(words) or ADDRESS.search(words)
        return "" if says_too_much else words

    def revision(self, row: Row) -> summed.SummaryRevision:
        """One revision, each part by itself."""
        one = summary_from(row.content)
        return summed.SummaryRevision(
            number=row.number,
            at=row.at,
            act=row.act,
            key_issues=tuple(map(self.words, one.key_issues)),
            presentations=tuple(
                summed.Presentation(self.places.get(role), self.words(text)) for role, text in one.presentations
            ),
            discussion=self.words(one.discussion),
            divergence=self.words(one.divergence),
            way_forward=self.words(one.way_forward),
        )


def loose_summaries(package: content.Package) -> Iterator[str]:
    """What a summary names and is not there."""
    sessions = {one.code: one for one in package.agenda.sessions}
    for one in package.summaries:
        numbers: Container[int | None] = [each.number for each in one.revisions]
        if one.session not in sessions:
            yield f"summary of {one.session!a}: there is no such session"
            continue
        if one.head not in numbers or (one.approved is not None and one.approved not in numbers):
            yield f"summary of {one.session}: its revisions"
        if (one.approved is None) is not (one.approved_at is None):
            yield f"summary of {one.session}: when it was approved"
        places = {each.role for revision in one.revisions for each in revision.presentations} - {None}
        if not places <= set(range(len(sessions[one.session].roles))):
            yield f"summary of {one.session}: who gave a presentation"
