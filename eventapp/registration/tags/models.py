from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.people.models import Person


class Tag(Base):
    """A word of one meeting's organizers that they put on registrations, and its colour."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("meeting_id", "folded_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str] = mapped_column(String(60))
    folded_name: Mapped[str] = mapped_column(String(120))
    colour: Mapped[str] = mapped_column(String(8))  # a code of COLOURS


class Tagging(Base):
    """A tag on a registration."""

    __tablename__ = "tagging"
    __table_args__ = (
        UniqueConstraint("registration_id", "tag_id"),
        Index("ix_tagging_tag", "tag_id", "registration_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"))


class OrganizerNote(Base):
    """What an organizer noted on a registration. Only organizers read it, and stewards where it is for the door."""

    __tablename__ = "organizer_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at_door: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship()
