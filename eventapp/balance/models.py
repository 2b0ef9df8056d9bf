from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import Base, Record
from eventapp.meetings.models import Meeting


class BalanceCount(Base):
    """The balance of a meeting as anyone may read it, counted once; while it is closed nobody but organizers does."""

    __tablename__ = "balance_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    counted_at: Mapped[datetime]
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    content: Mapped[Record]  # only what may be shown: totals, and groups of five and more

    meeting: Mapped[Meeting] = relationship()
