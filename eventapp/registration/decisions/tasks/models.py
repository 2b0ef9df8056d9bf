from collections.abc import Collection
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.sliced import Sliced
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import Registration

DECIDING, DONE, REFUSED = "deciding", "done", "refused"  # of a decision about many, beside stopped and failed
TO_DO, DECIDED, LEFT = "to do", "decided", "left"  # of one registration


class DecisionTask(Sliced):
    """One decision about many registrations, which the worker makes in slices."""

    __tablename__ = "decision_task"
    WORK: ClassVar[Collection[str]] = (DECIDING,)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    act: Mapped[str] = mapped_column(String(12))  # approve, wait, ask, refuse, undo
    terms: Mapped[Record] = mapped_column(default=dict)  # what the organizer wrote beside it, by field
    mark: Mapped[str] = mapped_column(String(64))  # the same for the same about the same people
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("decision_task.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), index=True)
    many: Mapped[int] = mapped_column(default=0)  # registrations
    past: Mapped[int] = mapped_column(default=0)  # of these, decided or left

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def share(self) -> int:
        """How many of them are decided or left, in percent."""
        return 100 * self.past // max(self.many, 1)

    @classmethod
    def is_free(cls, at: datetime) -> ColumnElement[bool]:
        """The same for the first of its meeting only: those of one meeting are made one after another."""
        other = aliased(cls)
        before = (other.meeting_id == cls.meeting_id, other.state.in_(cls.WORK), other.id < cls.id)
        return super().is_free(at) & ~select(other.id).where(*before).exists()


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
