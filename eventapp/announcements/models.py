from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.meetings.models import Meeting
from eventapp.meetings.worded import InTexts

COMING, SHOWN, OVER = "coming", "shown", "over"
LONGEST = 600  # characters of a text


class Announcement(InTexts):
    """Words above the public pages of a meeting, by language: {"en": {"text": …}}. `state` is what the worker saw."""

    __tablename__ = "announcement"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    in_languages: ClassVar[tuple[str, ...]] = ("text",)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    meeting: Mapped[Meeting] = relationship()

    def state_at(self, at: datetime) -> str:
        """Whether it is to come, is shown, or is over at this moment."""
        if at < self.starts_at:
            return COMING
        return SHOWN if at < self.ends_at else OVER
