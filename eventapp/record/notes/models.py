from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.floor.models import Statement
from eventapp.ground.db.types import Base, Record
from eventapp.people.models import Person

DRAFT, SUBMITTED, CONFIRMED, APPROVED, PUBLISHED = "draft", "submitted", "confirmed", "approved", "published"
RECORDED, REVISED, CORRECTED = "recorded", "revised", "corrected"
RESTORED, DELETED, UNDONE = "restored", "deleted", "undone"


class Note(Base):
    """One structured outcome of a session. What it says stands in its revisions; `head` is the newest one's number."""

    __tablename__ = "note"
    __table_args__ = (
        UniqueConstraint("session_id", "number"),
        # Notes are counted by this alone: what they say stands far apart.
        Index("ix_note_state", "session_id", "state", "deleted_at", "head", "state_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    number: Mapped[int]  # S3-01 is number 1 of session S3
    head: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(12), default=DRAFT)
    state_at: Mapped[datetime]
    state_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    client_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    sent_as: Mapped[str | None] = mapped_column(String(64), index=True)  # the key alone, whatever text came under it
    illustrative: Mapped[bool] = mapped_column(default=False)
    caution: Mapped[str] = mapped_column(Text, default="")
    returned_for: Mapped[str] = mapped_column(String(500), default="")  # why it was sent back, '' once handed in again
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"), index=True)  # the turn it was said in
    origin: Mapped[str] = mapped_column(String(40), default="")  # "card:3": what it was made from, a number and no key

    session: Mapped[Session] = relationship()
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    statement: Mapped[Statement | None] = relationship()
    revisions: Mapped[list["Revision"]] = relationship(back_populates="note", order_by="Revision.number")
    current: Mapped["Revision"] = relationship(
        primaryjoin="and_(Note.id == foreign(Revision.note_id), Note.head == foreign(Revision.number))", viewonly=True
    )

    @property
    def meeting_id(self) -> int:
        return self.session.meeting_id

    @property
    def reference(self) -> str:
        return f"{self.session.code}-{self.number:02d}"

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class Revision(Base):
    """What a note said from one moment on. Never changed, never removed."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("note_id", "number"), Index("ix_revision_note", "note_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(24))  # a code of the vocabulary
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="en")
    role_id: Mapped[int | None] = mapped_column(ForeignKey("speaking_role.id"), index=True)
    speaker: Mapped[str] = mapped_column(String(200), default="")
    organization: Mapped[str] = mapped_column(String(200), default="")
    stakeholder_type: Mapped[str] = mapped_column(String(40), default="")
    country: Mapped[str] = mapped_column(String(3), default="")  # whose representative spoke
    action_lines: Mapped[list[str]]
    goals: Mapped[list[int]]
    countries: Mapped[list[str]]  # the countries it is about, ISO alpha-3
    ceiling: Mapped[str] = mapped_column(String(12))  # person, organization, category, nobody
    support: Mapped[str] = mapped_column(String(16), default="")
    off_record: Mapped[bool] = mapped_column(default=False)
    figures: Mapped[list[Record]]  # {"figure": …, "source": …}
    sources: Mapped[list[str]]
    who: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    due_text: Mapped[str] = mapped_column(String(120), default="")  # "by January 2018", as it was said
    delivery: Mapped[str] = mapped_column(String(12), default="")
    targets: Mapped[list[str]] = mapped_column(default=list)  # of the goals: 9.c
    partners: Mapped[list[str]] = mapped_column(default=list)
    replicability: Mapped[str] = mapped_column(Text, default="")
    sustainability: Mapped[str] = mapped_column(Text, default="")
    gender_relevance: Mapped[str] = mapped_column(Text, default="")
    neutral: Mapped[str] = mapped_column(Text, default="")  # its words for reports that attribute nothing
    outlets: Mapped[list[str]] = mapped_column(default=list)  # where it might be reported; codes of the vocabulary
    remark: Mapped[str] = mapped_column(String(300), default="")  # why it was revised
    act: Mapped[str] = mapped_column(String(12), default=RECORDED)
    deleted: Mapped[bool] = mapped_column(default=False)  # whether the note was out of the record from here on
    client_key: Mapped[str | None] = mapped_column(String(64), unique=True)  # what is sent twice is kept once

    note: Mapped[Note] = relationship(back_populates="revisions")
    by: Mapped[Person | None] = relationship()
    role: Mapped[SpeakingRole | None] = relationship()


# Few are: a page that leaves them out looks at these, not at what each of 20,000 notes says.
Index("ix_revision_off_record", Revision.note_id, Revision.number, sqlite_where=Revision.off_record.is_(True))
