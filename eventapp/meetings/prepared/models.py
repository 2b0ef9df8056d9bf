from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

WAITING, WORKING, DONE, REFUSED, FAILED, STOPPED = "waiting", "working", "done", "refused", "failed", "stopped"


class PreparedFile(Base):
    """What somebody asked the worker to make of a meeting. It is taken on a lease, and kept for a day."""

    __tablename__ = "prepared_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    act: Mapped[str] = mapped_column(String(20))  # package
    wanted: Mapped[str] = mapped_column(String(60), default="")  # which: the level of a package
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))  # of who asked, for the sentence
    state: Mapped[str] = mapped_column(String(12), index=True)
    share: Mapped[int] = mapped_column(default=0)  # of the work that is done, in percent
    until: Mapped[datetime | None]  # when another worker may take it
    attempts: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[str] = mapped_column(Text, default="")  # why it was refused, or failed; what is to be said of it
    size: Mapped[int] = mapped_column(default=0)  # bytes
    ended_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be made."""
        return self.state in (WAITING, WORKING)


class PreparedPart(Base):
    """A part of the file: so that no transaction writes more."""

    __tablename__ = "prepared_part"

    file_id: Mapped[int] = mapped_column(ForeignKey("prepared_file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
