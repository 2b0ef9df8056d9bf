from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.registration.models import Registration

OFFER, NEED = "offer", "need"
KINDS = (OFFER, NEED)
OPPOSITE = {OFFER: NEED, NEED: OFFER}
LONGEST = 200  # characters of a line
MOST_LINES, MOST_TAGS = 8, 6  # of one kind by one participant; of one line
GOAL = "G"  # before the number of a goal: no theme of a meeting's own is called so


class NetworkingLine(Base):
    """What one participant, or their delegation through them, offers or needs."""

    __tablename__ = "networking_line"
    __table_args__ = (
        CheckConstraint("kind IN ('offer', 'need')", name="kind_known"),
        Index("ix_networking_line_listed", "meeting_id", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(5))
    text: Mapped[str] = mapped_column(String(LONGEST))
    for_delegation: Mapped[bool]
    at: Mapped[datetime]

    registration: Mapped[Registration] = relationship()
    tags: Mapped[list["NetworkingTag"]] = relationship(cascade="all, delete-orphan", order_by="NetworkingTag.tag")

    @property
    def codes(self) -> list[str]:
        """The codes of its themes and goals; a goal is G and its number."""
        return [one.tag for one in self.tags]


class NetworkingTag(Base):
    """A theme or goal of a line. Whose line it is stands here too, so that one index answers who has this tag."""

    __tablename__ = "networking_tag"
    __table_args__ = (Index("ix_networking_tag_fits", "meeting_id", "kind", "tag", "line_id"),)

    line_id: Mapped[int] = mapped_column(ForeignKey("networking_line.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(12), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    kind: Mapped[str] = mapped_column(String(5))
