from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.review.reports.models import Report


class PublishedParagraph(Base):
    """A paragraph as everybody finds it: of the newest edition of a report, made from it, never edited.

    Those of another version than the report has are found by nobody: of the next, which is written before it comes
    out, or of the one before, which goes some at a time. 0 is of a release that knew no versions, and counts.
    """

    __tablename__ = "published_paragraph"
    __table_args__ = (Index(None, "report_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    version: Mapped[int] = mapped_column(server_default="0")  # of the edition
    anchor: Mapped[str] = mapped_column(String(20))  # its name on the page of the report
    place: Mapped[str] = mapped_column(String(20))  # as other places call it: "7 (a)"
    text: Mapped[str] = mapped_column(Text)
    corrected: Mapped[str] = mapped_column(Text, default="")  # as corrigenda have it; "" where none touches it
    words: Mapped[str] = mapped_column(Text)  # folded, of both

    report: Mapped[Report] = relationship()
