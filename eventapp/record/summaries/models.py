"""What the summary of a session said: one table."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Base, Record
from eventapp.people.models import Person
from eventapp.record.notes.models import RECORDED


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
