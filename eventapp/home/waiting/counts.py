"""How much waits at several meetings at once: one question each, however many meetings; those without are left out."""

from collections.abc import Collection

from sqlalchemy import distinct, func, or_, select

from eventapp.agenda.models import Session
from eventapp.documents.models import SessionDocument
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.inputs.models import Input
from eventapp.mail.models import FAILED, Letter
from eventapp.messages.models import REVIEW, Message
from eventapp.people.models import Person
from eventapp.practices.models import Card
from eventapp.record.confirmations.models import Reply
from eventapp.record.confirmations.queries import is_undecided
from eventapp.record.notes.models import SUBMITTED, Note, Revision
from eventapp.registration.models import APPROVED, PENDING, Amendment, Registration

Counts = dict[int, int]


def requests_at(meetings: Collection[int]) -> Counts:
    """Requests to register that wait for a decision."""
    query = select(Registration.meeting_id, func.count()).where(Registration.state == PENDING)
    return counts(query.where(Registration.meeting_id.in_(meetings)).group_by(Registration.meeting_id))


def changes_at(meetings: Collection[int]) -> Counts:
    """People who changed an approved registration, and whose change waits for a decision."""
    query = (
        select(Registration.meeting_id, func.count(distinct(Amendment.registration_id)))
        .join(Amendment, Amendment.registration_id == Registration.id)
        .where(Registration.state == APPROVED, Amendment.decided_at.is_(None))
    )
    return counts(query.where(Registration.meeting_id.in_(meetings)).group_by(Registration.meeting_id))


def material_at(meetings: Collection[int]) -> Counts:
    """Pieces of material that came in by links and no organizer has seen."""
    query = select(Session.meeting_id, func.count()).join(SessionDocument, SessionDocument.session_id == Session.id)
    query = query.where(SessionDocument.came_at.is_not(None), SessionDocument.seen_at.is_(None))
    return counts(query.where(Session.meeting_id.in_(meetings)).group_by(Session.meeting_id))


def notes_at(meetings: Collection[int]) -> Counts:
    """Notes that were handed in and nobody has confirmed or approved."""
    query = (
        select(Session.meeting_id, func.count(Note.id))
        .join(Note, Note.session_id == Session.id)
        .join(Note.current)
        .where(Note.state == SUBMITTED, Note.deleted_at.is_(None), Revision.off_record.is_(False))
    )
    return counts(query.where(Session.meeting_id.in_(meetings)).group_by(Session.meeting_id))


def replies_at(meetings: Collection[int]) -> Counts:
    """Objections and corrections to notes that nobody has decided on."""
    query = (
        select(Session.meeting_id, func.count(Reply.id))
        .join(Note, Note.session_id == Session.id)
        .join(Reply, Reply.note_id == Note.id)
        .outerjoin(Reply.draft)
        .where(is_undecided(), Note.deleted_at.is_(None))
    )
    return counts(query.where(Session.meeting_id.in_(meetings)).group_by(Session.meeting_id))


def cards_at(meetings: Collection[int]) -> Counts:
    """Good practice cards that were sent and are no note yet."""
    query = select(Card.meeting_id, func.count()).where(
        Card.sent_at.is_not(None), Card.ended_at.is_(None), Card.note_id.is_(None)
    )
    return counts(query.where(Card.meeting_id.in_(meetings)).group_by(Card.meeting_id))


def inputs_at(meetings: Collection[int]) -> Counts:
    """Written inputs that were sent and nobody has dealt with."""
    query = select(Input.meeting_id, func.count()).where(
        Input.sent_at.is_not(None), Input.withdrawn_at.is_(None), Input.dealt_at.is_(None)
    )
    return counts(query.where(Input.meeting_id.in_(meetings)).group_by(Input.meeting_id))


def messages_at(meetings: Collection[int], reader: Person) -> Counts:
    """Messages that a second person is asked to read, other than who asks."""
    asked_by_another = or_(Message.asked_by_id.is_(None), Message.asked_by_id != reader.id)
    query = select(Message.meeting_id, func.count()).where(Message.state == REVIEW, asked_by_another)
    return counts(query.where(Message.meeting_id.in_(meetings)).group_by(Message.meeting_id))


def letters_at(meetings: Collection[int]) -> Counts:
    """Emails that did not leave."""
    query = select(Letter.meeting_id, func.count()).where(Letter.state == FAILED)
    return counts(query.where(Letter.meeting_id.in_(meetings)).group_by(Letter.meeting_id))


def counts(query: Query) -> Counts:
    return {row[0]: row[1] for row in db.session.execute(query)}
