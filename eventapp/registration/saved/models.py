from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base, Record


class SavedView(Base):
    """What the address of the list says, under a name, for every organizer of the meeting."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("meeting_id", "folded_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str] = mapped_column(String(60))
    folded_name: Mapped[str] = mapped_column(String(120))
    look: Mapped[Record]  # as read_look of the list reads it
