from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.interfaces import ORMOption

from eventapp.ground.db.types import Base

ENDED, REPLACED, EXPIRED, ANSWERED = "ended", "replaced", "expired", "answered"  # why a link opens nothing any more
UNKNOWN = "unknown"  # or never did


Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Purpose(Generic[Row]):
    """What a link is for: its word in the table, and the model of the row that it opens."""

    code: str
    model: type[Row]
    along: tuple[ORMOption, ...] = ()  # what is read with the row, in the same query


class Link(Base):
    """One secret link to one row of another table. Its secret is made of the seed with the server's key; what is
    stored is the hash. A seed of '' belongs to a link that is older than this table: its secret cannot be made again.
    """

    __tablename__ = "link"
    __table_args__ = (Index("ix_link_target", "purpose", "target"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    target: Mapped[int]  # a number, not a key: links are below what they open
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    seed: Mapped[str] = mapped_column(String(32))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    is_replaced: Mapped[bool] = mapped_column(default=False)  # it was ended because a newer one was made
    under_id: Mapped[int | None] = mapped_column(ForeignKey("link.id"), index=True)  # the link it ends with

    def is_open(self, at: datetime) -> bool:
        """Whether it works at this moment."""
        return not self.over(at)

    def over(self, at: datetime) -> str:
        """Why it works no more: ended, replaced or expired; '' where it works."""
        if self.ended_at is not None:
            return REPLACED if self.is_replaced else ENDED
        return EXPIRED if self.expires_at is not None and at >= self.expires_at else ""
