from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.drafts.models import HasDraft
from eventapp.ground.db.files import StoredFile
from eventapp.ground.db.types import Base, Record
from eventapp.links.models import Purpose
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration


class Call(Base):
    """A meeting asks for written inputs, from when until when."""

    __tablename__ = "input_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text, default="")  # what is asked, in the organizer's words

    meeting: Mapped[Meeting] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Whether an input sent at this moment is in time."""
        return self.opens_at <= at < self.closes_at


class Input(HasDraft, Base):
    """One person's input for a delegation or an organization. Its draft is what stands in the form, sent or not."""

    draft_kind = "input"

    __tablename__ = "written_input"
    __table_args__ = (UniqueConstraint("meeting_id", "number"), UniqueConstraint("meeting_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)  # else invited
    name: Mapped[str] = mapped_column(String(200))
    head: Mapped[int] = mapped_column(default=0)  # the newest revision's number
    begun_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    public_since: Mapped[datetime | None]  # the sender agrees to the public list since then
    dealt_at: Mapped[datetime | None]
    dealt_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    illustrative: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    registration: Mapped[Registration | None] = relationship()
    notes: Mapped[list["InputNote"]] = relationship(back_populates="input", order_by="InputNote.id")

    @property
    def reference(self) -> str:
        return f"IN-{self.number:02d}"

    @property
    def stands(self) -> bool:
        """Whether it was sent and not taken back: what editors read and the review may rest on."""
        return self.sent_at is not None and self.withdrawn_at is None

    @property
    def is_public(self) -> bool:
        return self.stands and self.public_since is not None


class InputRevision(Base):
    """What an input said when it was sent, or before somebody wrote over it. Never changed, never removed."""

    __tablename__ = "input_revision"
    __table_args__ = (UniqueConstraint("input_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    input_id: Mapped[int] = mapped_column(ForeignKey("written_input.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    was_sent: Mapped[bool]
    content: Mapped[Record]

    input: Mapped[Input] = relationship()


class InputFile(StoredFile, Base):
    """The document of an input, looked into and served only as a download."""

    __tablename__ = "input_file"

    input_id: Mapped[int] = mapped_column(ForeignKey("written_input.id"), index=True)
    content_type: Mapped[str] = mapped_column(String(100))

    input: Mapped[Input] = relationship()


class InputNote(Base):
    """One note that an editor made of one passage."""

    __tablename__ = "input_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    input_id: Mapped[int] = mapped_column(ForeignKey("written_input.id"), index=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), unique=True)
    part: Mapped[str] = mapped_column(String(12))  # the action line of the passage, '' for the overview
    revision: Mapped[int]  # of the input

    input: Mapped[Input] = relationship(back_populates="notes")
    note: Mapped[Note] = relationship()


LINK = Purpose("input", Input)
