from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting

COMING, SHOWN, OVER = "coming", "shown", "over"
ENGLISH = "en"


class Announcement(Base):
    """Words above the public pages of a meeting, by language: {"en": …}. `state` is as the worker saw it last."""

    __tablename__ = "announcement"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    texts: Mapped[Record]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship()

    def state_at(self, at: datetime) -> str:
        """Whether it is to come, is shown, or is over at this moment."""
        if at < self.starts_at:
            return COMING
        return SHOWN if at < self.ends_at else OVER

    def text_in(self, language: str) -> tuple[str, str]:
        """The text for a reader of this language, and the language it is in."""
        code = language if self.texts.get(language) else ENGLISH
        return str(self.texts.get(code, "")), code
