from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base, Record


class ReportCheck(Base):
    """What was found when a large report was looked through: it counts as long as the report's stand is this one."""

    __tablename__ = "report_check"
    __table_args__ = (UniqueConstraint("report_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    language: Mapped[str] = mapped_column(String(12))  # of the sentence
    stand: Mapped[str] = mapped_column(String(64))  # what it rests on: review/stand, and what the room adopted
    at: Mapped[datetime]
    why_not: Mapped[str] = mapped_column(Text)  # a sentence; '' where nothing keeps it from being published
    findings: Mapped[Record]  # by their name in FOUND the numbers of rows, and the names above their ceiling
