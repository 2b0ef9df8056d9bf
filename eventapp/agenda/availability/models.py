from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


class Availability(Base):
    """When somebody with a part in a meeting can take part in it, as they said; and when they were asked."""

    __tablename__ = "availability"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime | None]
    times: Mapped[int] = mapped_column(default=0)  # that they were asked by letter
    answered_at: Mapped[datetime | None]
    days: Mapped[list[Record]] = mapped_column(default=list)  # those that are not free: content.py
    remark: Mapped[str] = mapped_column(String(500), default="")

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship()
