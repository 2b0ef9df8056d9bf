from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED, Registration

GENUINE, REPLACED, REVOKED = "genuine", "replaced", "revoked"


class PaperTemplate(Base):
    """A meeting's own text for a kind of paper in one language; without one it has the text of `kinds.py`."""

    __tablename__ = "paper_template"
    __table_args__ = (UniqueConstraint("meeting_id", "kind", "tongue"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    kind: Mapped[str] = mapped_column(String(12))
    tongue: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)  # Markdown, with words in braces
    signatory: Mapped[str] = mapped_column(String(300), default="")  # lines: name, title
    letterhead: Mapped[bytes] = mapped_column(LargeBinary, default=b"", deferred=True)  # a JPEG; b"" for none

    meeting: Mapped[Meeting] = relationship()


class PersonalPaper(Base):
    """One paper that was issued, as it says; whether it holds is told by the registration."""

    __tablename__ = "personal_paper"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        Index("ix_personal_paper_registration", "registration_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    kind: Mapped[str] = mapped_column(String(12))
    tongue: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(24), unique=True)  # in its QR code
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replaced_at: Mapped[datetime | None]  # by a newer one of the same kind and language
    content: Mapped[Record]  # what it says: content.py

    meeting: Mapped[Meeting] = relationship()
    registration: Mapped[Registration] = relationship()
    issued_by: Mapped[Person | None] = relationship()

    @property
    def state(self) -> str:
        """Whether it holds, a newer one took its place, or the registration has no place any more."""
        if self.registration.state != APPROVED:
            return REVOKED
        return REPLACED if self.replaced_at else GENUINE
