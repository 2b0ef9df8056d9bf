from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from eventapp.agenda.models import Session
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.ground.db import db
from eventapp.meetings.models import Document, Meeting
from eventapp.people.models import Person
from eventapp.registration.queries import registration_of


def document_of(meeting: Meeting, number: int) -> Document | None:
    """The document of this meeting with this number."""
    return db.session.scalar(select(Document).where(Document.meeting_id == meeting.id, Document.id == number))


def documents_of(meeting: Meeting) -> list[Document]:
    """Every document of the meeting, in the order of the organizers."""
    query = select(Document).where(Document.meeting_id == meeting.id)
    return list(db.session.scalars(query.order_by(Document.position, Document.id)))


def documents_of_session(meeting: Meeting, code: str) -> list[Document]:
    """The documents of the session with this code, in the order of the organizers."""
    return documents_of_sessions(meeting, [code])


def documents_of_sessions(meeting: Meeting, codes: Collection[str]) -> list[Document]:
    """The documents of the sessions with these codes, in the order of the organizers."""
    query = (
        select(Document)
        .join(SessionDocument, SessionDocument.document_id == Document.id)
        .join(Session, Session.id == SessionDocument.session_id)
        .where(Session.meeting_id == meeting.id, Session.code.in_(codes))
    )
    return list(db.session.scalars(query.order_by(Document.position, Document.id)))


def has_documents(meeting: Meeting) -> bool:
    """Whether the meeting has any document."""
    return db.session.scalar(select(Document.id).where(Document.meeting_id == meeting.id).limit(1)) is not None


def files_of(documents: Collection[Document]) -> dict[int, list[DocumentFile]]:
    """The newest file in each language of these documents, without content, by the number of the document."""
    found: dict[int, list[DocumentFile]] = {document.id: [] for document in documents}
    query = select(DocumentFile).where(
        DocumentFile.document_id.in_(found), DocumentFile.replaced_at.is_(None), DocumentFile.removed_at.is_(None)
    )
    for file in db.session.scalars(query.order_by(DocumentFile.language)) if found else ():
        found[file.document_id].append(file)
    return found


def versions_of(document: Document) -> list[DocumentFile]:
    """Every file of the document that is not removed, by language, the newest first, with who uploaded it."""
    query = select(DocumentFile).where(DocumentFile.document_id == document.id, DocumentFile.removed_at.is_(None))
    query = query.order_by(DocumentFile.language, DocumentFile.version.desc())
    return list(db.session.scalars(query.options(joinedload(DocumentFile.uploaded_by))))


def file_at(document: Document, language: str, version: int | None = None) -> DocumentFile | None:
    """The file of the document in this language, the newest or that version, with its content; none that is removed."""
    query = select(DocumentFile).where(
        DocumentFile.document_id == document.id,
        DocumentFile.language == language,
        DocumentFile.removed_at.is_(None),
        DocumentFile.replaced_at.is_(None) if version is None else DocumentFile.version == version,
    )
    return db.session.scalar(query.options(undefer(DocumentFile.content)))


def file_of(document: Document, number: int) -> DocumentFile | None:
    """The file of the document with this number that is not removed, without content."""
    query = select(DocumentFile).where(DocumentFile.document_id == document.id, DocumentFile.id == number)
    return db.session.scalar(query.where(DocumentFile.removed_at.is_(None)))


def last_version(document: Document, language: str) -> int:
    """The highest number that a file in this language ever had; only right while the meeting is locked."""
    query = select(func.max(DocumentFile.version)).where(DocumentFile.document_id == document.id)
    return db.session.scalar(query.where(DocumentFile.language == language)) or 0


def has_files(document: Document) -> bool:
    """Whether the document has a file that is not removed."""
    query = select(DocumentFile.id).where(DocumentFile.document_id == document.id, DocumentFile.removed_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def sessions_of(documents: Collection[Document]) -> dict[int, Session]:
    """The session of each of these documents that has one, by the number of the document."""
    return {number: place.session for number, place in places_of(documents).items()}


def places_of(documents: Collection[Document]) -> dict[int, SessionDocument]:
    """Where each of these documents belongs that has a session, with that and whose part it came by."""
    query = select(SessionDocument).where(SessionDocument.document_id.in_([one.id for one in documents]))
    links = db.session.scalars(query.options(joinedload(SessionDocument.session), joinedload(SessionDocument.role)))
    return {link.document_id: link for link in links} if documents else {}


def sessions_at(meeting: Meeting) -> list[tuple[str, str]]:
    """Code and title of each session of the meeting that a document may belong to, by time."""
    query = select(Session.code, Session.title).where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None))
    rows = db.session.execute(query.order_by(Session.starts_at, Session.code))
    return [(code, title) for code, title in rows]


def has_place(person: Person, meeting: Meeting) -> bool:
    """Whether this person has a place at the meeting."""
    registration = registration_of(person.id, meeting.id)
    return registration is not None and registration.holds_a_place
