from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.ground.jobs.leased import WAITING, WORKING, Leased
from eventapp.people.models import Person

OPEN = (WAITING, WORKING)


class PackageImport(Leased, Base):
    """A package that is to become a meeting. It is taken on a lease; what was written of it goes where it fails."""

    __tablename__ = "package_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    slug: Mapped[str] = mapped_column(String(80))  # of the meeting, as the manifest says
    open_slug: Mapped[str | None] = mapped_column(String(80), unique=True)  # the same until it is over: one at a time
    contact: Mapped[str] = mapped_column(String(254))  # where questions about the meeting go
    state: Mapped[str] = mapped_column(String(12), index=True)
    size: Mapped[int] = mapped_column(default=0)  # bytes of the file
    made_id: Mapped[int | None]  # a number and no key: of the meeting that is written, and goes where this fails
    ended_at: Mapped[datetime | None]

    by: Mapped[Person | None] = relationship()


class PackageImportPart(Base):
    """A part of its file, so that none is too long to write or to delete at once."""

    __tablename__ = "package_import_part"

    import_id: Mapped[int] = mapped_column(ForeignKey("package_import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
