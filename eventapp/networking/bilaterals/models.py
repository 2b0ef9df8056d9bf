from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration

ASKED, AGREED, DECLINED, CANCELLED, LAPSED = "asked", "agreed", "declined", "cancelled", "lapsed"
LONGEST_WORDS, LONGEST_OUTCOME = 500, 1000


class BilateralSlot(Base):
    """A place and a time that organizers opened for two people to meet."""

    __tablename__ = "bilateral_slot"
    __table_args__ = (
        UniqueConstraint("meeting_id", "starts_at", "place"),
        CheckConstraint("starts_at < ends_at", name="ends_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    place: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    wall_starts: Mapped[str] = mapped_column(String(20))  # what clocks show there, as agenda/sessions/wall.py says
    wall_ends: Mapped[str] = mapped_column(String(20))
    wall_zone: Mapped[str] = mapped_column(String(60))
    is_off_wall: Mapped[bool] = mapped_column(default=False)  # newer rules of the zone show it at another time
    closed_at: Mapped[datetime | None]  # who has it keeps it; nobody else takes it

    meeting: Mapped[Meeting] = relationship()


class Bilateral(Base):
    """One who asked another to meet, and what became of it. A slot is theirs while it is asked for, and once agreed."""

    __tablename__ = "bilateral"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'agreed', 'declined', 'cancelled', 'lapsed')", name="state_known"),
        CheckConstraint("asker_id != asked_id", name="two_people"),
        Index("ix_bilateral_asker", "asker_id", "asked_at"),
        Index("ix_bilateral_waits", "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    waits_for_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))  # who answers, while it is asked
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("bilateral_slot.id"), index=True)  # None: no time yet
    state: Mapped[str] = mapped_column(String(9))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]  # when both did, first
    changed_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(default=0)  # of the calendar event
    reason: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")  # of who declined or called it off
    announced_over: Mapped[str] = mapped_column(String(120), default="")  # the session over it that both were told of
    outcome: Mapped[str] = mapped_column(String(LONGEST_OUTCOME), default="")
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id"))  # the commitment that came of it

    meeting: Mapped[Meeting] = relationship()
    asker: Mapped[Registration] = relationship(foreign_keys=asker_id)
    asked: Mapped[Registration] = relationship(foreign_keys=asked_id)
    slot: Mapped[BilateralSlot | None] = relationship()
    note: Mapped[Note | None] = relationship()

    def other_than(self, registration: Registration) -> Registration:
        """Whom this one of the two meets."""
        return self.asked if registration.id == self.asker_id else self.asker

    def waits_for(self, registration: Registration, at: datetime) -> bool:
        """Whether this one is to answer now."""
        return self.state_now(at) == ASKED and self.waits_for_id == registration.id

    def state_now(self, at: datetime) -> str:
        """The state as it counts at this moment: a request that nobody answered in time has lapsed."""
        return LAPSED if self.state == ASKED and self.expires_at <= at else self.state

    def stands(self, at: datetime) -> bool:
        """Whether it is asked for or agreed, and holds its slot."""
        return self.state_now(at) in (ASKED, AGREED)
