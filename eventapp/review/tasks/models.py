from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.people.models import Person
from eventapp.review.reports.models import Report

COMPILE, PUBLISH, CHECK = "compile", "publish", "check"
WAITING, WORKING, DONE, REFUSED, FAILED, STOPPED = "waiting", "working", "done", "refused", "failed", "stopped"


class Task(Base):
    """What was asked of the worker for a report, the newest only: so two presses are one. It is taken on a lease."""

    __tablename__ = "report_task"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    act: Mapped[str] = mapped_column(String(12))  # compile, publish, check
    # As what it is published, under which other policy compiled, for which page checked.
    wanted: Mapped[str] = mapped_column(String(12), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    language: Mapped[str] = mapped_column(String(12))  # of who asked, for the sentence
    state: Mapped[str] = mapped_column(String(12))
    share: Mapped[int] = mapped_column(default=0)  # of the work that is done, in percent
    until: Mapped[datetime | None]  # when another worker may take it
    attempts: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[str] = mapped_column(Text, default="")  # why it was refused, or failed
    outcome: Mapped[list[Any]] = mapped_column(default=list)  # sentences, each with its tone

    report: Mapped[Report] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (WAITING, WORKING)
