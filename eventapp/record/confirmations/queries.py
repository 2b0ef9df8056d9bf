"""Who was asked to confirm what by link, and what they answered: questions over requests and replies."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.record.confirmations.models import AGREED, OBJECTED, WORDED, Addressee, Confirmation, Reply
from eventapp.record.confirmations.people import words_of
from eventapp.record.notes.models import Note

REMINDED_BEFORE = timedelta(hours=6)


def confirmations_of(session: Session) -> list[Confirmation]:
    """Who was asked to confirm notes of this session, the newest first."""
    query = select(Confirmation).where(Confirmation.session_id == session.id).order_by(Confirmation.id.desc())
    return list(db.session.scalars(query.options(joinedload(Confirmation.role), joinedload(Confirmation.registration))))


def open_confirmations(session: Session, *, at: datetime) -> list[Confirmation]:
    """Requests of this session that may still be answered at this moment."""
    return [one for one in confirmations_of(session) if one.is_open(at)]


def notes_concerning(session: Session, who: Addressee) -> list[Note]:
    """The notes on the record that concern this person: all of them for who led the session, else their own words."""
    return words_of(session).concerning(who)


def notes_to_confirm(session: Session, who: Addressee) -> list[Note]:
    """The notes handed in that concern this person, without those they confirmed as they stand now."""
    return words_of(session).waiting_for(who)


def people_to_ask(session: Session, *, at: datetime) -> list[Addressee]:
    """Everybody with an address whose word is missing and who has no open link, each person once.

    A participant who spoke from the floor is asked as long as they take part; who led the session, as that.
    """
    asked = {one.who.person_id for one in open_confirmations(session, at=at)}
    words = words_of(session)
    found: dict[int, Addressee] = {}
    for who in words.people:  # who led it sees their own words as well
        if who.person_id and who.person_id not in asked and words.waiting_for(who):
            found.setdefault(who.person_id, who)
    return list(found.values())


def is_undecided() -> ColumnElement[bool]:
    """Of a reply, its text joined: an objection nobody answered, or a correction nobody decided on."""
    open_text = and_(Reply.answer == WORDED, Draft.settled_at.is_(None))
    return and_(Reply.settled_at.is_(None), or_(Reply.answer == OBJECTED, open_text))


def undecided() -> Select[Reply]:
    return (
        select(Reply)
        .outerjoin(Reply.draft)
        .join(Reply.note)
        .where(is_undecided(), Note.deleted_at.is_(None))
        .options(contains_eager(Reply.note), contains_eager(Reply.draft))
        .order_by(Reply.id)
    )


def open_replies(note: Note) -> list[Reply]:
    """What was objected to or corrected in this note and waits for somebody to settle it."""
    return list(db.session.scalars(undecided().where(Reply.note_id == note.id)))


def open_replies_at(meeting: Meeting) -> list[Reply]:
    """The same for all notes of this meeting."""
    return list(db.session.scalars(undecided().join(Note.session).where(Session.meeting_id == meeting.id)))


def replies_of(session: Session) -> list[Reply]:
    """Every objection and correction to notes of this session, the newest first; settled ones too."""
    query = select(Reply).join(Reply.note).where(Note.session_id == session.id, Reply.answer != AGREED)
    answered = joinedload(Reply.confirmation)
    options = (
        joinedload(Reply.draft),
        answered.joinedload(Confirmation.role),
        answered.joinedload(Confirmation.registration),
    )
    return list(db.session.scalars(query.order_by(Reply.id.desc()).options(*options)))


def reply_in(session: Session, number: int) -> Reply | None:
    """This reply, where it is to a note of this session."""
    query = select(Reply).join(Reply.note).where(Reply.id == number, Note.session_id == session.id)
    return db.session.scalar(query)


def reply_with(draft: Draft) -> Reply | None:
    """The reply that proposed this text, where it came by link."""
    return db.session.scalar(select(Reply).where(Reply.kept_id == draft.id))


def due_reminders(at: datetime) -> Select[Confirmation]:
    """Open requests that end soon and were not reminded of, the first to end first."""
    return (
        select(Confirmation)
        .where(
            Confirmation.answered_at.is_(None),
            Confirmation.ended_at.is_(None),
            Confirmation.reminded_at.is_(None),
            Confirmation.expires_at > at,
            Confirmation.expires_at <= at + REMINDED_BEFORE,
        )
        .order_by(Confirmation.expires_at, Confirmation.id)
        .limit(1)
    )
