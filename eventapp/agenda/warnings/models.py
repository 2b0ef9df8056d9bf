from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


class WarningSettings(Base):
    """What a meeting wants to be warned of beside the rest; without a row, of nothing."""

    __tablename__ = "warning_settings"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    changeover: Mapped[int] = mapped_column(default=0)  # minutes

    meeting: Mapped[Meeting] = relationship()


class AcknowledgedWarning(Base):
    """A warning that somebody looked at, by its key: a warning of another cause has another one."""

    __tablename__ = "acknowledged_warning"
    __table_args__ = (UniqueConstraint("meeting_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    key: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    sessions: Mapped[list[str]]  # their codes
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person | None] = relationship()
