"""Documents with files to test with, and the smallest files of each format."""

from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from eventapp.documents.actions import ReceivedFile, add_version
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.ground.db import transaction
from eventapp.ground.tables.formats import PDF
from eventapp.meetings.models import Document, Meeting
from tests import make

SMALL_PDF = b"%PDF-1.7\nwords\n%%EOF\n"


def packed(parts: dict[str, str]) -> bytes:
    """A zip with these parts."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return file.getvalue()


def office(part: str, text: str = "<w>Words</w>", **more: str) -> bytes:
    """As little of a file of an office program as is taken for one; `part` holds its text."""
    return packed({"[Content_Types].xml": "<Types/>", part: text, **more})


def received(content: bytes = SMALL_PDF, language: str = "en", content_type: str = PDF) -> ReceivedFile:
    """A file that was looked into."""
    return ReceivedFile(language, content_type, content, sha256(content).hexdigest(), "paper.pdf")


def file(document: Document, content: bytes = SMALL_PDF, language: str = "en") -> DocumentFile:
    """One more version of this document, uploaded today."""
    with transaction():
        return add_version(document, received(content, language), by=None, at=make.TODAY)


def in_session(meeting: Meeting, code: str, **facts: Any) -> Document:
    """A document of a new session with this code."""
    document, session = make.document(meeting, **facts), make.session(meeting, code=code)
    make.kept(SessionDocument(document_id=document.id, session_id=session.id))
    return document
