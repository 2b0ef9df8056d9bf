from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.drafts.models import HasDraft
from eventapp.ground.db.files import StoredFile
from eventapp.ground.db.types import Base, Record
from eventapp.links.models import Purpose
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import Note


class Card(HasDraft, Base):
    """One good practice, as its presenter tells it. Its draft is what stands in the form, sent or not."""

    draft_kind = "card"

    __tablename__ = "practice_card"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    role_id: Mapped[int | None] = mapped_column(ForeignKey("speaking_role.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))  # of the presenter, as the letter greets them
    kind: Mapped[str] = mapped_column(String(24))  # good-practice or flagship, the kind of the note it becomes
    head: Mapped[int] = mapped_column(default=0)  # the newest revision's number
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reminded_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]  # when it was last sent
    ended_at: Mapped[datetime | None]
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id"))
    noted_head: Mapped[int] = mapped_column(default=0)  # the revision the note was made from
    illustrative: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[Meeting] = relationship()
    session: Mapped[Session] = relationship()
    role: Mapped[SpeakingRole | None] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    note: Mapped[Note | None] = relationship()
    revisions: Mapped[list["CardRevision"]] = relationship(back_populates="card", order_by="CardRevision.number")
    consents: Mapped[list["Consent"]] = relationship(back_populates="card", order_by="Consent.id")
    completions: Mapped[list["Completion"]] = relationship(back_populates="card", order_by="Completion.version")

    @property
    def reference(self) -> str:
        return f"GP-{self.number:02d}"

    @property
    def is_noted(self) -> bool:
        """Whether a note was made of it that still stands in the record."""
        return self.note is not None and not self.note.is_deleted

    @property
    def completion(self) -> "Completion | None":
        """What the secretariat completed last."""
        return self.completions[-1] if self.completions else None

    @property
    def may_be_forwarded_to(self) -> list[str]:
        """The outlets that the presenter agrees to now."""
        return [consent.outlet for consent in self.consents if consent.withdrawn_at is None]


class CardRevision(Base):
    """What a card said when it was sent, or before somebody wrote over it. Never changed, never removed."""

    __tablename__ = "practice_revision"
    __table_args__ = (UniqueConstraint("card_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("practice_card.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    was_sent: Mapped[bool]
    content: Mapped[Record]

    card: Mapped[Card] = relationship(back_populates="revisions")


class Completion(Base):
    """What the secretariat put in a card for the forms of others: only the parts in which it is not the presenter's.

    One row for what one person wrote at a sitting; the newest one counts, and no row is ever removed.
    """

    __tablename__ = "practice_completion"
    __table_args__ = (UniqueConstraint("card_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("practice_card.id"))
    version: Mapped[int]
    content: Mapped[Record]
    begun_at: Mapped[datetime]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    card: Mapped[Card] = relationship(back_populates="completions")


class Consent(Base):
    """The presenter's yes to one outlet, from when until when. Withdrawn, never deleted."""

    __tablename__ = "practice_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("practice_card.id"), index=True)
    outlet: Mapped[str] = mapped_column(String(16))  # a code of the vocabulary
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    card: Mapped[Card] = relationship(back_populates="consents")


class CardFile(StoredFile, Base):
    """A photo or a document beside a card, decoded and checked; served only as a download."""

    __tablename__ = "practice_file"

    card_id: Mapped[int] = mapped_column(ForeignKey("practice_card.id"), index=True)

    card: Mapped[Card] = relationship()


LINK = Purpose("card", Card)
