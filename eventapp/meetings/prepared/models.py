from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.leased import Leased
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


class PreparedFile(Leased, Base):
    """What somebody asked the worker to make of a meeting. It is taken on a lease, and kept for a day."""

    __tablename__ = "prepared_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    act: Mapped[str] = mapped_column(String(20))  # package, preview, outlet, report, badges, a list
    wanted: Mapped[str] = mapped_column(String(60), default="")  # which: the level of a package, the number of a report
    details: Mapped[Record] = mapped_column(default=dict, deferred=True)  # what more was asked; what a fetch says
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # none: a visitor
    state: Mapped[str] = mapped_column(String(12), index=True)
    size: Mapped[int] = mapped_column(default=0)  # bytes
    ended_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person | None] = relationship()


class PreparedPart(Base):
    """A part of the file: so that no transaction writes more."""

    __tablename__ = "prepared_part"

    file_id: Mapped[int] = mapped_column(ForeignKey("prepared_file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
