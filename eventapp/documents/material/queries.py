from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.documents.material.models import MaterialRequest
from eventapp.documents.models import SessionDocument
from eventapp.ground.db import db
from eventapp.meetings.models import Document, Meeting
from eventapp.people.models import Person


def handed_in_by(role: SpeakingRole) -> list[Document]:
    """What was handed in by this part, in the order of the organizers."""
    query = select(Document).join(SessionDocument).where(SessionDocument.role_id == role.id)
    return list(db.session.scalars(query.order_by(Document.position, Document.id)))


def one_of(role: SpeakingRole, number: int) -> Document | None:
    """The piece with this number, where it was handed in by this part."""
    query = select(Document).join(SessionDocument).where(SessionDocument.role_id == role.id)
    return db.session.scalar(query.where(Document.id == number))


def handed_in_at(meeting: Meeting, person: Person) -> list[tuple[str, str, datetime]]:
    """What this person handed in for their parts at this meeting: the code of the session, the title, when it came."""
    query = select(Session.code, Document.title, SessionDocument.came_at).join(
        SessionDocument, SessionDocument.session_id == Session.id
    )
    query = query.join(Document, Document.id == SessionDocument.document_id).join(SessionDocument.role)
    query = query.where(Session.meeting_id == meeting.id, SpeakingRole.person_id == person.id)
    return [(code, title, at) for code, title, at in db.session.execute(query.order_by(Document.id)) if at is not None]


def came_in(meeting: Meeting, *, only_new: bool = False) -> Select[Document]:
    """What came in by links, what changed last first; only what no organizer has seen."""
    query = select(Document).join(SessionDocument).where(Document.meeting_id == meeting.id)
    query = query.where(SessionDocument.role_id.is_not(None))
    if only_new:
        query = query.where(SessionDocument.seen_at.is_(None))
    return query.order_by(SessionDocument.came_at.desc(), Document.id.desc())


def numbers_handed_in(meeting: Meeting) -> set[int]:
    """The numbers of the documents that came in by links."""
    return set(db.session.scalars(came_in(meeting).with_only_columns(Document.id).order_by(None)))


def handed_in(meeting: Meeting, number: int) -> Document | None:
    """The piece with this number that came in by a link."""
    return db.session.scalar(came_in(meeting).where(Document.id == number))


def without_material(meeting: Meeting, *, again: bool) -> Select[SpeakingRole]:
    """Confirmed parts of people with an address who have handed in nothing, by session; those never asked, or again."""
    came = select(SessionDocument.role_id).where(SessionDocument.role_id.is_not(None))
    query = (
        select(SpeakingRole)
        .join(SpeakingRole.session)
        .outerjoin(MaterialRequest, MaterialRequest.role_id == SpeakingRole.id)
        .where(
            Session.meeting_id == meeting.id,
            Session.cancelled_at.is_(None),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state == CONFIRMED,
            SpeakingRole.person_id.is_not(None),
            SpeakingRole.id.not_in(came),
        )
    )
    asked = MaterialRequest.role_id
    query = query.where(asked.is_not(None) if again else asked.is_(None))
    order = ((MaterialRequest.asked_at,) if again else ()) + (Session.starts_at, SpeakingRole.id)
    whole = contains_eager(SpeakingRole.session).options(joinedload(Session.meeting), joinedload(Session.room))
    return query.order_by(*order).options(whole, joinedload(SpeakingRole.person))
