from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Registration

PEOPLE, GUESTS = "people", "guests"  # registrations, or invitations to register
# What an import waits for, or what the worker does to it, or what became of it.
CHOOSING, CHECKING, CHECKED, IMPORTING = "choosing", "checking", "checked", "importing"
DONE, STOPPED, UNDOING, UNDONE, FAILED = "done", "stopped", "undoing", "undone", "failed"
WORK = (CHECKING, IMPORTING, UNDOING)  # the worker has it
# What a row would do, or has done.
UNREAD, FAULTY, NEW, CHANGED, SAME = "unread", "faulty", "new", "changed", "same"
ADDED, UPDATED, TAKEN_BACK, LEFT = "added", "updated", "taken back", "left"


class Import(Base):
    """One file of people or of guests. Taken by the worker on a lease, and given back after each slice."""

    __tablename__ = "registration_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(12))  # of who chose the file: in it faults are written down
    given_name: Mapped[str] = mapped_column(String(200))  # what the file is called
    kind: Mapped[str] = mapped_column(String(8), default=PEOPLE)  # what its rows become
    heads: Mapped[list[str]]  # the first row
    example: Mapped[list[list[str]]] = mapped_column(JSON)  # the rows after it that the page shows
    columns: Mapped[list[str]] = mapped_column(default=list)  # for each column what it is, "" for nothing
    terms: Mapped[Record] = mapped_column(default=dict)  # what the organizer chose beside the file
    state: Mapped[str] = mapped_column(String(12))
    resumes: Mapped[str] = mapped_column(String(12), default="")  # what failed or was stopped, to be gone on with
    many: Mapped[int] = mapped_column(default=0)  # rows of the file, once they were all read
    turn: Mapped[int] = mapped_column(default=0)  # how often a worker took it: tells an old lease from the new one
    stuck: Mapped[int] = mapped_column(default=0)  # takes since something was done
    until: Mapped[datetime | None]  # when another worker may take it
    sentence: Mapped[str] = mapped_column(Text, default="")  # why it failed
    ended_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has it."""
        return self.state in WORK


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
