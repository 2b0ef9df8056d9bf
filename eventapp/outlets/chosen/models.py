"""What somebody chose for an outlet: one table."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.people.models import Person
from eventapp.record.notes.models import Note


class Takeaway(Base):
    """A note that somebody chose to stand in the report of its session; it stands for the piece that begins with it.

    A session of which no note is chosen has those of the best supported groups.
    """

    __tablename__ = "takeaway"

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), unique=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    note: Mapped[Note] = relationship()
    by: Mapped[Person | None] = relationship()
