from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.registration.models import Registration

ACCEPTED, REFUSED, EXPIRED, ENDED = "accepted", "declined", "expired", "ended"  # what became of an offer
IS_OPEN = text("ended_at IS NULL")


class Offer(Base):
    """A place that somebody on the waiting list may take until a deadline. It is taken as long as it has not ended."""

    __tablename__ = "place_offer"
    __table_args__ = (Index("uq_place_offer_open", "registration_id", unique=True, sqlite_where=IS_OPEN),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(8), default="")

    registration: Mapped[Registration] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Whether it can be accepted at this moment; the deadline itself is too late."""
        return self.ended_at is None and at < self.expires_at


MOST_HOURS = 24 * 30  # to answer an offer


class WaitingRules(Base):
    """How a meeting gives a place that comes free. Where it has no row, the first in line has it at once."""

    __tablename__ = "waiting_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    offer_hours: Mapped[int | None]  # to answer an offer; None: a place is given at once
    by_protocol: Mapped[bool] = mapped_column(default=False)  # the order of categories comes before the time
