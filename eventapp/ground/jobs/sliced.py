"""Rows that the worker does in slices of some seconds, each made of short transactions that say what is done.

So what a dying worker began is gone on with, and nothing is done twice. How a worker has one stands in slices.py.
"""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, TypeVar

from sqlalchemy import ColumnElement, Select, String, Text, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.ground.jobs.leased import FAILED, STOPPED, unfinished_in
from eventapp.ground.jobs.waking import wake
from eventapp.ground.text.i18n import language


class Sliced(Base):
    """A row that the worker does in slices. Its model says which of its states are work."""

    __abstract__ = True
    WORK: ClassVar[Collection[str]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(12))  # of who asked: in it faults are written down
    state: Mapped[str] = mapped_column(String(12))
    resumes: Mapped[str] = mapped_column(String(12), default="")  # what failed or was stopped, to be gone on with
    turn: Mapped[int] = mapped_column(default=0)  # how often it was handed over or taken: tells an old lease from a new
    stuck: Mapped[int] = mapped_column(default=0)  # takes since something was done
    until: Mapped[datetime | None]  # when another worker may take it
    sentence: Mapped[str] = mapped_column(Text, default="")  # why it failed
    ended_at: Mapped[datetime | None]  # when it was done, in whole or in part; while that is undone it stays

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has it."""
        return self.state in self.WORK

    @classmethod
    def is_free(cls, at: datetime) -> ColumnElement[bool]:
        """Whether a worker may take it: it waits, or its worker was not heard of."""
        return and_(cls.state.in_(cls.WORK), or_(cls.until.is_(None), cls.until <= at))

    @classmethod
    def is_taken(cls, at: datetime) -> ColumnElement[bool]:
        """Whether a worker has it at this moment."""
        return and_(cls.state.in_(cls.WORK), cls.until > at)


S = TypeVar("S", bound=Sliced)


def due(model: type[S], at: datetime) -> Select[S]:
    """Ask for the row that waits longest for a worker since it was asked for or given back, or was not heard of."""
    since = func.coalesce(model.until, model.at)
    return select(model).where(model.is_free(at)).order_by(since, model.id).limit(1)


def is_due(model: type[S], at: datetime) -> bool:
    """Whether one waits for a worker."""
    return db.session.scalar(due(model, at)) is not None


def hand_over(one: Sliced, state: str) -> None:
    """Have the worker do this. A worker that still has it for what was asked before writes nothing more."""
    one.turn += 1
    one.state, one.resumes, one.until, one.stuck, one.sentence = state, "", None, 0, ""
    one.language = language()
    wake()


def stop(one: Sliced) -> None:
    """Stop what the worker does: what is done stays, and the rest can be gone on with."""
    one.state, one.resumes, one.until = STOPPED, one.state, None


def fail(one: Sliced, at: datetime) -> None:
    """Say that it failed; what was done stays done."""
    one.resumes, one.state, one.until, one.ended_at = one.state, FAILED, None, one.ended_at or at
    one.sentence = unfinished_in(one.language)


def end(one: Sliced, state: str, *, at: datetime) -> None:
    """It is done."""
    one.state, one.until, one.resumes, one.ended_at = state, None, "", at
