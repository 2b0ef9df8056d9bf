"""What happens to a document. Each time the meeting gets another version: pages that are kept are drawn anew."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select

from eventapp.agenda.models import Session
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.documents.queries import documents_of, last_version
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.actions import add_part, change_part, remove_part
from eventapp.meetings.facts import DocumentFacts
from eventapp.meetings.models import Document, Meeting
from eventapp.people.models import Person


@dataclass(frozen=True)
class ReceivedFile:
    """A file that was looked into and found sound."""

    language: str
    content_type: str
    content: bytes
    sha256: str
    given_name: str


@dataclass(frozen=True)
class DocumentContent:
    """What is said of a document. Without a symbol it gets a number; `session` is a code, '' for the whole meeting."""

    facts: DocumentFacts
    session: str = ""
    file: ReceivedFile | None = None


def add_document(meeting: Meeting, content: DocumentContent, *, by: Person | None, at: datetime) -> Document:
    """Give the meeting one more document, at the end. Refused where its symbol is taken."""
    lock(meeting)
    last = db.session.scalar(select(func.max(Document.position)).where(Document.meeting_id == meeting.id)) or 0
    facts = replace(content.facts, symbol=content.facts.symbol or _free_number(meeting), position=last + 1)
    row = add_part(meeting, facts, by=by, at=at)
    assert isinstance(row, Document)  # noqa: S101 -- as its facts say
    _put_in_session(row, content.session)
    if content.file is not None:
        _add_version(row, content.file, by=by, at=at)
    return row


def change_document(document: Document, content: DocumentContent, *, by: Person | None, at: datetime) -> None:
    """Say other things of a document; a file is one more version. Refused where its symbol is another's."""
    meeting = document.meeting
    lock(meeting)
    symbol = content.facts.symbol or document.symbol
    change_part(document, replace(content.facts, symbol=symbol, position=document.position), by=by, at=at)
    _put_in_session(document, content.session)
    if content.file is not None:
        _add_version(document, content.file, by=by, at=at)
    meeting.version += 1


def add_version(document: Document, file: ReceivedFile, *, by: Person | None, at: datetime) -> DocumentFile:
    """Serve this file in its language from now on; the one before stays as an older version.

    Refused where the newest one is the same file.
    """
    lock(document.meeting)
    row = _add_version(document, file, by=by, at=at)
    document.meeting.version += 1
    return row


def remove_version(file: DocumentFile, *, by: Person | None, at: datetime) -> None:
    """Delete what is in this file; the version before it is served again. Refused where it is removed already."""
    document = file.document
    lock(document.meeting)
    lock(file)
    if file.removed_at is not None:
        raise Refused(_("This file is removed already."))
    was_newest = file.replaced_at is None
    file.content, file.removed_at = b"", at
    if was_newest:
        before = select(DocumentFile).where(
            DocumentFile.document_id == document.id,
            DocumentFile.language == file.language,
            DocumentFile.removed_at.is_(None),
        )
        older = db.session.scalar(before.order_by(DocumentFile.version.desc()).limit(1))
        if older is not None:
            older.replaced_at = None
    document.meeting.version += 1
    record("removed file", file, by=by, at=at, **_detail(file))


def remove_document(document: Document, *, by: Person | None, at: datetime) -> None:
    """Delete a document with every file of it. History keeps what it was called."""
    meeting = document.meeting
    lock(meeting)
    db.session.execute(delete(DocumentFile).where(DocumentFile.document_id == document.id))
    db.session.execute(delete(SessionDocument).where(SessionDocument.document_id == document.id))
    remove_part(document, by=by, at=at)


def move_document(document: Document, place: int, *, by: Person | None, at: datetime) -> None:
    """Put a document at this place of the list, the first is 0; a place beyond the ends is the end."""
    meeting = document.meeting
    lock(meeting)
    before = documents_of(meeting)
    after = [one for one in before if one is not document]
    after.insert(max(place, 0), document)
    if after == before:
        return
    for position, one in enumerate(after, start=1):
        one.position = position
    meeting.version += 1
    record("moved document", document, by=by, at=at, code=document.symbol, position=after.index(document) + 1)


def _add_version(document: Document, file: ReceivedFile, *, by: Person | None, at: datetime) -> DocumentFile:
    query = select(DocumentFile).where(
        DocumentFile.document_id == document.id,
        DocumentFile.language == file.language,
        DocumentFile.replaced_at.is_(None),
        DocumentFile.removed_at.is_(None),
    )
    newest = db.session.scalar(query)
    if newest is not None and newest.sha256 == file.sha256:
        raise Refused(_("This file is there already. Choose another one, or another language."))
    version = last_version(document, file.language) + 1
    if newest is not None:
        newest.replaced_at = at
    row = DocumentFile(
        document=document,
        **asdict(file),
        version=version,
        size=len(file.content),
        uploaded_at=at,
        uploaded_by_id=by.id if by else None,
    )
    db.session.add(row)
    db.session.flush()
    record("added file", row, by=by, at=at, **_detail(row), sha256=row.sha256)
    return row


def _put_in_session(document: Document, code: str) -> None:
    there = db.session.get(SessionDocument, document.id)
    if there is not None and not code:
        db.session.delete(there)
        db.session.flush()
    if code:
        wanted = select(Session.id).where(Session.meeting_id == document.meeting_id, Session.code == code)
        number = db.session.scalar(wanted)
        if number is None:
            raise Refused(_("There is no session %(code)s any more. Choose another one.", code=code))
        if there is None:
            db.session.add(SessionDocument(document_id=document.id, session_id=number))
        elif there.session_id != number:
            there.session_id, there.sub_item = number, None
        db.session.flush()


def _free_number(meeting: Meeting) -> str:
    taken = {one.symbol for one in meeting.documents}
    return next(name for name in (f"D{number}" for number in range(1, len(taken) + 2)) if name not in taken)


def _detail(file: DocumentFile) -> Record:
    return {"code": file.document.symbol, "language": file.language, "version": file.version}
