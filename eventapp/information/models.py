from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.meetings.models import Meeting
from eventapp.meetings.worded import InTexts


class InformationPage(InTexts):
    """A page of practical information, in Markdown, by language: {"en": {"title": …, "text": …}}."""

    __tablename__ = "information_page"
    __table_args__ = (UniqueConstraint("meeting_id", "slug"),)

    in_languages: ClassVar[tuple[str, ...]] = ("title", "text")

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    slug: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]  # None: only organizers see it

    meeting: Mapped[Meeting] = relationship()
    pictures: Mapped[list["InformationPicture"]] = relationship(
        back_populates="page", order_by="InformationPicture.name"
    )

    @property
    def title(self) -> str:
        """The title in the first language it is written in."""
        return str(self.words_in(self.first_language)["title"])


class InformationPicture(Base):
    """A picture of a page, drawn anew as a JPEG; the text shows it by its name."""

    __tablename__ = "information_picture"
    __table_args__ = (UniqueConstraint("page_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("information_page.id"))
    name: Mapped[str] = mapped_column(String(60))  # "map.jpg"
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime]

    page: Mapped[InformationPage] = relationship(back_populates="pictures")
