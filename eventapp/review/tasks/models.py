from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.leased import Leased
from eventapp.people.models import Person
from eventapp.review.reports.models import Report

COMPILE, PUBLISH, CHECK = "compile", "publish", "check"
PUT_IN, PART, WRITE_AGAIN = "put in", "part", "write again"  # a note, a note, a paragraph: by the number of its row
MOVE, LEAVE = "move", "leave"  # what of which groups is in the details


class Task(Leased, Base):
    """What was asked of the worker for a report, the newest only: so two presses are one. It is taken on a lease."""

    __tablename__ = "report_task"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    act: Mapped[str] = mapped_column(String(12))
    # As what it is published, under which other policy compiled, for which page checked, what is put in or parted.
    wanted: Mapped[str] = mapped_column(String(12), default="")
    details: Mapped[Record] = mapped_column(default=dict)  # what twelve letters cannot say: numbers of rows, a reason
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[list[Any]] = mapped_column(default=list)  # sentences, each with its tone

    report: Mapped[Report] = relationship()
    by: Mapped[Person | None] = relationship()
