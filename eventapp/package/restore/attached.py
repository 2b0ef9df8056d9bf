"""Files of documents and pages of practical information become those of the meeting again."""

from collections.abc import Mapping
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.ground.db import db
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.meetings.models import Document, Meeting
from eventapp.package.manifest.content import Package


def pages_from(package: Package, meeting: Meeting, *, at: datetime) -> None:
    """Keep every page with its pictures; what was published is published."""
    for one in package.information:
        page = InformationPage(
            meeting_id=meeting.id, slug=one.slug, position=one.position, texts=one.texts, published_at=at
        )
        db.session.add(page)
        page.pictures = [
            InformationPicture(name=each.name, content=package.files[each.file], sha256=each.sha256, uploaded_at=at)
            for each in one.pictures
        ]
    db.session.flush()


def documents_from(package: Package, meeting: Meeting, sessions: Mapping[str, Session]) -> None:
    """Keep the documents of the package in its order, with their files and the sessions they belong to."""
    known = ("symbol", "title", "address", "position", "texts")
    rows = [Document(meeting=meeting, **{name: getattr(one, name) for name in known}) for one in package.documents]
    db.session.add_all(rows)
    db.session.flush()
    for document, one in zip(rows, package.documents, strict=True):
        if one.session:
            place = SessionDocument(document_id=document.id, session=sessions[one.session], sub_item=one.sub_item)
            db.session.add(place)
        for each in one.files:
            written = package.files[each.file]
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
