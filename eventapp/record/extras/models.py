"""What a note has beside its words: two tables."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.people.models import Person
from eventapp.record.notes.models import Note


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
