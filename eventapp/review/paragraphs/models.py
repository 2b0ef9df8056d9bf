"""The table of what editors did to paragraphs."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base, Record


class Step(Base):
    """What an editor did to some paragraphs: how they were before, and their versions after, so it can be undone."""

    __tablename__ = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    verb: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    before: Mapped[list[Record]]
    after: Mapped[Record]  # the number of a paragraph → its version
    notes_out: Mapped[list[int]] = mapped_column(default=list)  # the notes that it left out of the report
    undone_at: Mapped[datetime | None]
