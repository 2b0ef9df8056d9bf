from collections.abc import Collection
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.sliced import Sliced
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Registration

PEOPLE, GUESTS = "people", "guests"  # registrations, or invitations to register
# What an import waits for, or what the worker does to it, or what became of it.
CHOOSING, CHECKING, CHECKED, IMPORTING = "choosing", "checking", "checked", "importing"
DONE, STOPPED, UNDOING, UNDONE, FAILED = "done", "stopped", "undoing", "undone", "failed"
# What a row would do, or has done.
UNREAD, FAULTY, NEW, CHANGED, SAME = "unread", "faulty", "new", "changed", "same"
ADDED, UPDATED, TAKEN_BACK, LEFT = "added", "updated", "taken back", "left"


class Import(Sliced):
    """One file of people or of guests. Taken by the worker on a lease, and given back after each slice."""

    __tablename__ = "registration_import"
    WORK: ClassVar[Collection[str]] = (CHECKING, IMPORTING, UNDOING)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_name: Mapped[str] = mapped_column(String(200))  # what the file is called
    kind: Mapped[str] = mapped_column(String(8), default=PEOPLE)  # what its rows become
    heads: Mapped[list[str]]  # the first row
    example: Mapped[list[list[str]]] = mapped_column(JSON)  # the rows after it that the page shows
    columns: Mapped[list[str]] = mapped_column(default=list)  # for each column what it is, "" for nothing
    terms: Mapped[Record] = mapped_column(default=dict)  # what the organizer chose beside the file
    many: Mapped[int] = mapped_column(default=0)  # rows of the file, once they were all read

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person | None] = relationship()


class ImportFile(Base):
    """The file itself, until its rows are imported: in a table of its own, for SQLite writes a whole row anew."""

    __tablename__ = "registration_import_file"

    import_id: Mapped[int] = mapped_column(ForeignKey("registration_import.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportRow(Base):
    """One row of the file. Its cells go as soon as they are imported; what undoing needs goes after thirty days."""

    __tablename__ = "registration_import_row"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_registration_import_row_outcome", "import_id", "outcome", "number"),
        Index("ix_registration_import_row_email", "import_id", "email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("registration_import.id"))
    number: Mapped[int]  # as a spreadsheet counts them: the first below the head is 2
    outcome: Mapped[str] = mapped_column(String(12))
    email: Mapped[str] = mapped_column(String(254), default="")  # as addresses are compared
    cells: Mapped[list[str]]
    faults: Mapped[list[list[str]]] = mapped_column(JSON, default=list)  # each as [cell, sentence, what stands there]
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("registration_invitation.id"), index=True)
    version: Mapped[int] = mapped_column(default=0)  # of the registration after the import
    before: Mapped[Record] = mapped_column(default=dict)  # the facts that the import changed, as they were

    of: Mapped[Import] = relationship()
    registration: Mapped[Registration | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
