from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.meetings.models import Meeting
from eventapp.meetings.worded import Worded


class Zone(Worded):
    """A part of the place, by a short code that badges show, and who may enter it."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)
    in_languages: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(120))
    categories: Mapped[list[int]] = mapped_column(default=list)  # their numbers
    tags: Mapped[list[int]] = mapped_column(default=list)  # likewise; who has any of both may enter

    meeting: Mapped[Meeting] = relationship()
