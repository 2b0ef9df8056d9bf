from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.ground.text.i18n import _
from eventapp.links.models import Purpose
from eventapp.people.models import Person
from eventapp.review.reports.models import Chapter, Paragraph, Report

COMMENT, PROPOSAL, RESERVATION = "comment", "proposal", "reservation"
ACCEPTED, DECLINED = "accepted", "declined"


class Reader(Base):
    """Somebody who was asked, by a mailed link, to clear a report or some chapters of it."""

    __tablename__ = "reader"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    on_behalf: Mapped[str] = mapped_column(String(200), default="")  # of which delegation or organization
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]  # said that no more comments would come
    language: Mapped[str] = mapped_column(String(8), default="")  # of their letters; "" is the one we know them by
    only_own: Mapped[bool] = mapped_column(default=False)  # reads what rests on their own notes (clearance/own.py)

    report: Mapped[Report] = relationship()
    chapters: Mapped[list[Chapter]] = relationship(secondary="reader_chapter", order_by=Chapter.position)
    remarks: Mapped[list["Remark"]] = relationship(back_populates="reader", order_by="Remark.id")

    @property
    def meeting_id(self) -> int:
        return self.report.meeting_id

    def is_open(self, at: datetime) -> bool:
        """Whether the link may still be used at this moment."""
        return self.ended_at is None and at < self.expires_at

    def reads(self, chapter: Chapter) -> bool:
        """Whether this chapter was sent to them: somebody without chapters of their own reads the whole report."""
        return not self.chapters or chapter in self.chapters


class ReaderChapter(Base):
    """One of the chapters a reader was asked to clear. A reader who has none was asked to clear the whole report."""

    __tablename__ = "reader_chapter"
    __table_args__ = (UniqueConstraint("reader_id", "chapter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"))
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))


class Remark(Base):
    """What a reader says of one paragraph: a comment, a wording they propose, or a reservation; and the answer."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"), index=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))  # comment, proposal, reservation
    text: Mapped[str] = mapped_column(Text)
    read: Mapped[str] = mapped_column(Text)  # the paragraph as it stood when they wrote
    sentence: Mapped[str] = mapped_column(Text, default="")  # the one it is about, of a reader of single sentences
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(12), default="")  # accepted, declined
    reason: Mapped[str] = mapped_column(String(1000), default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    reader: Mapped[Reader] = relationship(back_populates="remarks")
    paragraph: Mapped[Paragraph] = relationship()
    answered_by: Mapped[Person | None] = relationship()

    @property
    def meeting_id(self) -> int:
        return self.reader.meeting_id

    def wording(self, text: str) -> str | None:
        """How this text of the paragraph reads as proposed; None where it is not the one that was read."""
        if self.sentence:
            return text.replace(self.sentence, self.text, 1) if self.sentence in text else None
        return self.text if text == self.read else None

    @property
    def is_waiting(self) -> bool:
        """Whether an editor still has to answer."""
        return not self.answer and self.taken_back_at is None

    @property
    def why(self) -> str:
        """Why it was answered so: the editor's reason, or what accepting it without one did; '' while it waits."""
        if self.reason or self.answer != ACCEPTED:
            return self.reason
        return self.done_by_accepting

    @property
    def done_by_accepting(self) -> str:
        """What accepting does to the paragraph, which is reason enough for its reader; '' where it does nothing."""
        if self.kind == PROPOSAL:
            return _("The paragraph now reads as proposed.")
        return _("It is entered as a footnote to the paragraph.") if self.kind == RESERVATION else ""


class Adoption(Base):
    """One line of the minutes: the meeting adopted a paragraph in these words. The newest line of each counts."""

    __tablename__ = "adoption"
    __table_args__ = (UniqueConstraint("paragraph_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"))
    version: Mapped[int]  # of the paragraph
    place: Mapped[str] = mapped_column(String(40))  # its number then; "" in minutes from before it was kept
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    paragraph: Mapped[Paragraph] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=by_id)
    undone_by: Mapped[Person | None] = relationship(foreign_keys=undone_by_id)


LINK = Purpose("clearance", Reader)
