from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.leased import WAITING, WORKING, Leased
from eventapp.people.models import Person

OPEN = (WAITING, WORKING)
SENT = "sent"  # its file is still being written: nobody sees it, and no worker takes it


class MeetingImport(Leased, Base):
    """A file that is to become a meeting. It is taken on a lease; what was written of it goes where it fails."""

    __tablename__ = "package_import"  # once only packages came so

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))  # of the file: a package, a meeting file
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    slug: Mapped[str] = mapped_column(String(80))  # of the meeting, as the file says
    open_slug: Mapped[str | None] = mapped_column(String(80), unique=True)  # the same until it is over: one at a time
    contact: Mapped[str] = mapped_column(String(254))  # where questions about the meeting go, if the file says nothing
    state: Mapped[str] = mapped_column(String(12), index=True)
    size: Mapped[int] = mapped_column(default=0)  # bytes of the file
    made_id: Mapped[int | None]  # a number and no key: of the meeting that is written, and goes where this fails
    made_at: Mapped[datetime | None]  # the moment of all that is written of it, people among them
    is_whole: Mapped[bool] = mapped_column(default=False)  # all is there but what history says of it
    faults: Mapped[list[Record]] = mapped_column(default=list)  # of the file: "line" and what it "says"
    ended_at: Mapped[datetime | None]

    by: Mapped[Person | None] = relationship()


class MeetingImportPart(Base):
    """A part of its file, so that none is too long to write or to delete at once."""

    __tablename__ = "package_import_part"

    import_id: Mapped[int] = mapped_column(ForeignKey("package_import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class LinesToCome(Base):
    """What one of its transactions is to have in history: it waits here until the meeting is whole."""

    __tablename__ = "package_import_lines"

    import_id: Mapped[int] = mapped_column(ForeignKey("package_import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list[Record]]
