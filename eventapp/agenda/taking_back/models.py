from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Release
from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


class DraftTakenBack(Base):
    """The draft was made what a version holds. `before` has what each changed session was, by its code."""

    __tablename__ = "draft_taken_back"
    __table_args__ = (Index("ix_draft_taken_back_meeting", "meeting_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    before: Mapped[Record]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    release: Mapped[Release] = relationship()
    by: Mapped[Person | None] = relationship()
