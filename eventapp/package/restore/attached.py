"""Files of documents and pages of practical information become those of the meeting again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.ground.db import db
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.meetings.models import Document, Meeting
from eventapp.package.manifest import content
from eventapp.package.manifest.papers import Page


def pages_from(pages: Iterable[Page], files: Mapping[str, bytes], meeting: Meeting, *, at: datetime) -> None:
    """Keep these pages with their pictures; what was published is published."""
    for one in pages:
        page = InformationPage(
            meeting_id=meeting.id, slug=one.slug, position=one.position, texts=one.texts, published_at=at
        )
        db.session.add(page)
        page.pictures = [
            InformationPicture(name=each.name, content=files[each.file], sha256=each.sha256, uploaded_at=at)
            for each in one.pictures
        ]
    db.session.flush()


def documents_from(
    documents: Sequence[content.Document],
    files: Mapping[str, bytes],
    meeting: Meeting,
    sessions: Mapping[str, Session],
) -> None:
    """Keep these documents in their order, with their files and the sessions they belong to."""
    known = ("symbol", "title", "address", "position", "texts")
    rows = [Document(meeting=meeting, **{name: getattr(one, name) for name in known}) for one in documents]
    db.session.add_all(rows)
    db.session.flush()
    for document, one in zip(rows, documents, strict=True):
        if one.session:
            place = SessionDocument(document_id=document.id, session=sessions[one.session], sub_item=one.sub_item)
            db.session.add(place)
        for each in one.files:
            written = files[each.file]
            row = DocumentFile(
                document=document,
                language=each.language,
                version=each.version,
                content_type=each.content_type,
                given_name=each.given_name,
                uploaded_at=each.uploaded_at,
                replaced_at=each.replaced_at,
                sha256=each.sha256,
                content=written,
                size=len(written),
            )
            db.session.add(row)
    db.session.flush()
