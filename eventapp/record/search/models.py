"""What a search looks in: one table."""

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Base


class SearchEntry(Base):
    """What a search of a meeting looks in: one line for each thing that can be found. Made from it, never edited."""

    __tablename__ = "findable"
    __table_args__ = (UniqueConstraint("thing", "thing_id"), Index("ix_findable_meeting", "meeting_id", "session_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))  # None: for who records every session
    thing: Mapped[str] = mapped_column(String(16))  # note, summary, input
    thing_id: Mapped[int]
    reference: Mapped[str] = mapped_column(String(40))
    path: Mapped[str] = mapped_column(String(120))  # below the address of the meeting
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(12))
    marks: Mapped[str] = mapped_column(Text)  # codes of lines, goals and countries between blanks: " C2 g9 THA "
    speaker: Mapped[str] = mapped_column(Text)  # folded
    words: Mapped[str] = mapped_column(Text)  # folded, everything a word may be found in

    session: Mapped[Session | None] = relationship()
