from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.people.models import Person
from eventapp.record.notes.models import Note

SOON, LATE = "soon", "late"


class Reminder(Base):
    """Whom we reminded of a commitment: once before each day it was promised for, and once after. Never sent twice."""

    __tablename__ = "commitment_reminder"
    __table_args__ = (UniqueConstraint("note_id", "due_on", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    due_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(4))  # SOON or LATE
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]

    note: Mapped[Note] = relationship()
    person: Mapped[Person] = relationship()


class FocalPoint(Base):
    """Whom an organizer named to be written to about a commitment. The newest row counts; those before stay."""

    __tablename__ = "commitment_focal_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime]
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    note: Mapped[Note] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
