from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.people.models import Person


class Presence(Base):
    """Where somebody was seen last, on a page that others may have open too."""

    __tablename__ = "presence"
    __table_args__ = (UniqueConstraint("kind", "scope_id", "person_id"), Index("ix_presence_seen_at", "seen_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    scope_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    part_id: Mapped[int | None]
    seen_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
