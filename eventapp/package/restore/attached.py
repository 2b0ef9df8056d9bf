"""Files of documents and pages of practical information become those of the meeting again."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.documents.models import DocumentFile
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


def files_from(package: Package, documents: Sequence[Document]) -> None:
    """Keep the files of these documents, which are those of the package in its order."""
    for document, one in zip(documents, package.documents, strict=True):
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
