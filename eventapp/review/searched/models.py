from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.review.reports.models import Report


class PublishedParagraph(Base):
    """A paragraph as everybody finds it: of the newest edition of a report, made from it, never edited."""

    __tablename__ = "published_paragraph"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    anchor: Mapped[str] = mapped_column(String(20))  # its name on the page of the report
    place: Mapped[str] = mapped_column(String(20))  # as other places call it: "7 (a)"
    text: Mapped[str] = mapped_column(Text)
    corrected: Mapped[str] = mapped_column(Text, default="")  # as corrigenda have it; "" where none touches it
    words: Mapped[str] = mapped_column(Text)  # folded, of both

    report: Mapped[Report] = relationship()
