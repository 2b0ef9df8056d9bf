from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base, Record


class Deletion(Base):
    """How much of one sort of personal data of a meeting was deleted by one transaction; never of whom."""

    __tablename__ = "deletion"
    __table_args__ = (Index("ix_deletion_day", "meeting_id", "day", "sort"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    day: Mapped[date]  # where the meeting takes place
    sort: Mapped[str] = mapped_column(String(12))  # a code of SORTS, or EMAILS
    number: Mapped[int]
    origin: Mapped[str] = mapped_column(String(12), default="")  # whose days they were: origins.py; "" of before
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_kind.id"))  # where they were those of its kind


class GenderCount(Base):
    """How many women and men came to each stage of a meeting, counted once before the gender of its people goes."""

    __tablename__ = "gender_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    counted_at: Mapped[datetime]
    counts: Mapped[Record]  # woman or man -> stage -> people
