from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.leased import Leased
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import Registration

TO_DO, DECIDED, LEFT = "to do", "decided", "left"  # of one registration


class DecisionTask(Leased, Base):
    """One decision about many registrations. Taken by the worker on a lease, and given back after each slice."""

    __tablename__ = "decision_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    act: Mapped[str] = mapped_column(String(12))  # approve, wait, ask, refuse, undo
    terms: Mapped[Record] = mapped_column(default=dict)  # what the organizer wrote beside it, by field
    mark: Mapped[str] = mapped_column(String(64))  # the same for the same about the same people
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("decision_task.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), index=True)
    many: Mapped[int] = mapped_column(default=0)  # registrations
    past: Mapped[int] = mapped_column(default=0)  # of these, decided or left
    turn: Mapped[int] = mapped_column(default=0)  # how often a worker took it: tells an old lease from the new one
    ended_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person | None] = relationship()


class DecisionLine(Base):
    """One of its registrations, and what became of it: written in the transaction that decides."""

    __tablename__ = "decision_line"
    __table_args__ = (
        UniqueConstraint("task_id", "registration_id"),
        Index("ix_decision_line_outcome", "task_id", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("decision_task.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    before: Mapped[str] = mapped_column(String(12))  # the state when the organizer pressed
    # What was decided; of an undo what is to be taken back, 0 where it is whatever stands.
    decision: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str] = mapped_column(String(12), default=TO_DO)
    sentence: Mapped[str] = mapped_column(Text, default="")  # why it was left

    of: Mapped[DecisionTask] = relationship()
    registration: Mapped[Registration] = relationship()
