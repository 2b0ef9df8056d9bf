from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.db import Base, Record
from eventapp.floor.models import Statement
from eventapp.people.models import Person

DRAFT, SUBMITTED, CONFIRMED, APPROVED, PUBLISHED = "draft", "submitted", "confirmed", "approved", "published"
RECORDED, REVISED, CORRECTED = "recorded", "revised", "corrected"
RESTORED, DELETED, UNDONE = "restored", "deleted", "undone"


class Note(Base):
    """One structured outcome of a session. What it says stands in its revisions; `head` is the newest one's number."""

    __tablename__ = "note"
    __table_args__ = (UniqueConstraint("session_id", "number"),)

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
    role_id: Mapped[int | None] = mapped_column(ForeignKey("speaking_role.id"))
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
    figures: Mapped[list[Any]]  # {"figure": …, "source": …}
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
    outlets: Mapped[list[str]] = mapped_column(default=list)  # where it might be reported; codes of the vocabulary
    remark: Mapped[str] = mapped_column(String(300), default="")  # why it was revised
    act: Mapped[str] = mapped_column(String(12), default=RECORDED)
    deleted: Mapped[bool] = mapped_column(default=False)  # whether the note was out of the record from here on
    client_key: Mapped[str | None] = mapped_column(String(64), unique=True)  # what is sent twice is kept once

    note: Mapped[Note] = relationship(back_populates="revisions")
    by: Mapped[Person | None] = relationship()
    role: Mapped[SpeakingRole | None] = relationship()


class Delivery(Base):
    """What stood of a commitment from one moment on: one line of its history. Never changed, never removed."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(12), default="")
    due_on: Mapped[date | None]
    due_text: Mapped[str] = mapped_column(String(120), default="")
    remark: Mapped[str] = mapped_column(String(300), default="")

    note: Mapped[Note] = relationship()
    by: Mapped[Person | None] = relationship()


class Translation(Base):
    """A note in another language, as it stood from one moment on; the newest of a language counts. Never changed."""

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("note_id", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    language: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    of_revision: Mapped[int]  # the revision of the note it was made from
    title: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)  # '' where it was taken out
    translator: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    note: Mapped[Note] = relationship()
    by: Mapped[Person | None] = relationship()


class Findable(Base):
    """What a search of a meeting looks in: one line for each thing that can be found. Made from it, never edited."""

    __tablename__ = "findable"
    __table_args__ = (UniqueConstraint("thing", "thing_id"), Index("ix_findable_meeting", "meeting_id", "session_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))  # None: for who records every session
    thing: Mapped[str] = mapped_column(String(16))  # note, summary, input
    thing_id: Mapped[int]
    reference: Mapped[str] = mapped_column(String(40))
    path: Mapped[str] = mapped_column(String(120))  # below the address of the meeting
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(12))
    marks: Mapped[str] = mapped_column(Text)  # codes of lines, goals and countries between blanks: " C2 g9 THA "
    speaker: Mapped[str] = mapped_column(Text)  # folded
    words: Mapped[str] = mapped_column(Text)  # folded, everything a word may be found in

    session: Mapped[Session | None] = relationship()


class KeptText(Base):
    """A text that did not become a revision: typed and not saved yet, or saved over a newer one. Never thrown away."""

    __tablename__ = "kept_text"
    __table_args__ = (UniqueConstraint("by_id", "client_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id"), index=True)
    part: Mapped[str] = mapped_column(String(8), default="note")  # note, change; summary, summing; passage
    base: Mapped[int | None]  # the revision it was written from, for a conflict
    content: Mapped[Record]  # a draft, or a summary
    client_key: Mapped[str | None] = mapped_column(String(64))
    mark: Mapped[str] = mapped_column(String(40), default="")  # which window sent it last, and its how manieth sending
    taken_back: Mapped[str] = mapped_column(String(64), default="")  # the key it was on its way under before
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]  # when its fate was decided

    session: Mapped[Session] = relationship()
    note: Mapped[Note | None] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def is_unfinished(self) -> bool:
        """Whether it is being typed, not set aside beside what was saved first, and nobody decided about it."""
        return self.settled_at is None and self.part != "summary" and (self.part != "note" or self.note_id is None)


class SessionRecord(Base):
    """The state of one session's record: handed in when, by whom, lacking what; and which summary the world reads."""

    __tablename__ = "session_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), unique=True)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lacked: Mapped[list[str]] = mapped_column(default=list)  # the warnings of the checklist it was handed in with
    despite: Mapped[str] = mapped_column(String(500), default="")  # why it was handed in all the same
    nudged_at: Mapped[datetime | None]  # when its rapporteurs were told that it waits to be handed in
    summary_head: Mapped[int] = mapped_column(default=0)  # the newest revision of the summary, 0 before the first
    approved_head: Mapped[int | None]  # the one the world reads
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    attendance: Mapped[Record | None]  # who came, as it may be published beside the balance
    session: Mapped[Session] = relationship()


class Shift(Base):
    """From when to when a rapporteur writes; without one, the whole session."""

    __tablename__ = "shift"

    id: Mapped[int] = mapped_column(primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("speaking_role.id"), unique=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class SummaryRevision(Base):
    """What the summary of a session said from one moment on. Never changed, never removed."""

    __tablename__ = "summary_revision"
    __table_args__ = (UniqueConstraint("session_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    act: Mapped[str] = mapped_column(String(12), default=RECORDED)
    content: Mapped[Record]  # a summary
    client_key: Mapped[str | None] = mapped_column(String(64), unique=True)

    session: Mapped[Session] = relationship()
    by: Mapped[Person | None] = relationship()
