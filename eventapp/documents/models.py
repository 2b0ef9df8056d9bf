from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db.files import StoredFile
from eventapp.ground.db.types import Base
from eventapp.ground.tables.formats import ENDINGS
from eventapp.meetings.models import Document
from eventapp.people.models import Person


class DocumentFile(StoredFile, Base):
    """A document in one language, in one version. A removed one keeps its number and its digest, not its content."""

    __tablename__ = "document_file"
    __table_args__ = (UniqueConstraint("document_id", "language", "version"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    language: Mapped[str] = mapped_column(String(12))  # a code of the vocabulary
    version: Mapped[int]  # from 1 in each language; never given twice
    content_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]  # in bytes, so that no list reads the content
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship()
    uploaded_by: Mapped[Person | None] = relationship()

    @property
    def kind_of_file(self) -> str:
        """What people call its format: PDF, DOCX."""
        return ENDINGS[self.content_type].upper()

    @property
    def meeting_id(self) -> int:
        """The meeting whose history tells of it."""
        return self.document.meeting_id


class SessionDocument(Base):
    """The session that a document belongs to, and by whose part it came, where somebody handed it in by a link."""

    __tablename__ = "session_document"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)

    sub_item: Mapped[int | None]  # the key of the statement or presentation that it is for
    role_id: Mapped[int | None] = mapped_column(ForeignKey("speaking_role.id"), index=True)
    came_at: Mapped[datetime | None]  # when what came by a link last changed
    seen_at: Mapped[datetime | None]  # when an organizer had seen it

    session: Mapped[Session] = relationship()
    role: Mapped[SpeakingRole | None] = relationship()
