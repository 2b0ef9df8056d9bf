from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Category
from eventapp.people.models import Person
from eventapp.registration.models import Registration

PROTOCOL, AS_ASKED = "protocol", "asked"
ORDERS = (PROTOCOL, AS_ASKED)
IS_RUNNING = text("started_at IS NOT NULL AND ended_at IS NULL AND removed_at IS NULL")


class Floor(Base):
    """How the requests of one session are put in order. A session without this row has the usual order."""

    __tablename__ = "floor"
    __table_args__ = (CheckConstraint("rule IN ('protocol', 'asked')", name="rule_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), unique=True)
    rule: Mapped[str] = mapped_column(String(12), default=PROTOCOL)
    first_timers_first: Mapped[bool] = mapped_column(default=False)

    session: Mapped[Session] = relationship()


class Statement(Base):
    """One turn on the floor: who, for whom, from when to when. Taken off the list, never deleted."""

    __tablename__ = "statement"
    __table_args__ = (
        Index("ix_statement_session", "session_id"),
        # The database too lets one person speak at a time.
        Index("uq_statement_running", "session_id", unique=True, sqlite_where=IS_RUNNING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    role_id: Mapped[int | None] = mapped_column(ForeignKey("speaking_role.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    name: Mapped[str] = mapped_column(String(200))
    organization: Mapped[str] = mapped_column(String(200), default="")  # the State or body the person speaks for
    country: Mapped[str] = mapped_column(String(3), default="")  # whose representative speaks
    place: Mapped[int] = mapped_column(default=0)  # in the queue, 1 is the next
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    pauses: Mapped[list[Any]]  # [from, to] as ISO 8601 in UTC; the last may have no end yet
    illustrative: Mapped[bool] = mapped_column(default=False)

    session: Mapped[Session] = relationship()
    role: Mapped[SpeakingRole | None] = relationship()
    registration: Mapped[Registration | None] = relationship()
    category: Mapped[Category | None] = relationship()

    @property
    def label(self) -> str:
        return f"{self.name}, {self.organization}" if self.organization else self.name

    @property
    def stakeholder_type(self) -> str:
        return self.category.stakeholder_type if self.category else ""

    @property
    def is_waiting(self) -> bool:
        return self.removed_at is None and self.started_at is None

    @property
    def is_running(self) -> bool:
        """Whether it is this person's turn, paused or not."""
        return self.removed_at is None and self.started_at is not None and self.ended_at is None

    @property
    def is_paused(self) -> bool:
        return self.is_running and bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def is_over(self) -> bool:
        return self.removed_at is None and self.ended_at is not None

    def paused_for(self, at: datetime) -> timedelta:
        """How long this turn has been interrupted, until this moment or its end."""
        until = self.ended_at or at
        ends = [(datetime.fromisoformat(a), datetime.fromisoformat(b) if b else until) for a, b in self.pauses]
        return sum((end - begin for begin, end in ends), timedelta())

    def spoken_for(self, at: datetime) -> timedelta:
        """How long this person has spoken, until this moment or the end of the turn, without the pauses."""
        if self.started_at is None:
            return timedelta()
        return (self.ended_at or at) - self.started_at - self.paused_for(at)


class ActualTimes(Base):
    """When a session really began and ended; its plan stays beside it."""

    __tablename__ = "session_actual"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FloorAct(Base):
    """One thing done to the floor list, and what was there before: so that the last one can be taken back."""

    __tablename__ = "floor_act"
    __table_args__ = (Index("ix_floor_act_session", "session_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"))
    act: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    before: Mapped[Record]
    undone_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship()
    statement: Mapped[Statement | None] = relationship()
    by: Mapped[Person | None] = relationship()
