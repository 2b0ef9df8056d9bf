from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

LATE, UNDO, MOVED = "late", "undo", "moved"


class DelayRule(Base):
    """How one session gives way to a delay, where that is not the usual of its kind."""

    __tablename__ = "delay_rule"
    __table_args__ = (CheckConstraint("hold IN ('free', 'end', 'fixed')", name="hold_known"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), primary_key=True)
    hold: Mapped[str] = mapped_column(String(8))
    least: Mapped[int]  # minutes

    session: Mapped[Session] = relationship()


class LiveChange(Base):
    """One change to the agenda of the day, public at once: what stood before it, and what after.

    `before` and `after` have, by code, the times as ISO 8601 in UTC and whether it is cancelled; of `moved` also the
    code of the room.
    """

    __tablename__ = "live_change"
    __table_args__ = (
        Index("ix_live_change_meeting", "meeting_id", "at"),
        Index("ix_live_change_unwritten", "written_at", "at"),
        Index("ix_live_change_waits", "meeting_id", "waits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))  # that runs late, or the first that was moved
    kind: Mapped[str] = mapped_column(String(12))
    minutes: Mapped[int]
    everywhere: Mapped[bool]
    seen: Mapped[str] = mapped_column(String(40))  # how the day stood when it was decided
    before: Mapped[Record]
    after: Mapped[Record]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    has_letters: Mapped[bool]  # whether who has a part in it gets a letter
    notice: Mapped[int | None]  # the first of the changes that are told in one letter
    through: Mapped[int] = mapped_column(default=0)  # the last person whose letter is written
    written_at: Mapped[datetime | None]
    waits: Mapped[bool] = mapped_column(default=False)  # its letters, until an organizer sends them
    checked_at: Mapped[datetime | None]  # when one did, or left it out
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    left_out: Mapped[str] = mapped_column(String(500), default="")  # why nobody is told after all

    meeting: Mapped[Meeting] = relationship()
    session: Mapped[Session] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
