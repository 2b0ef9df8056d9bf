from collections.abc import Collection
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.sliced import Sliced
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

CHOOSING, COMPARING, CHECKED, IMPORTING, DONE = "choosing", "comparing", "checked", "importing", "done"
STOPPED, UNDOING, UNDONE, FAILED = "stopped", "undoing", "undone", "failed"
# What a row would do, or has done; LEFT is what an undone import had to leave.
NEW, CHANGED, SAME, GONE, FAULTY = "new", "changed", "same", "gone", "faulty"
ADDED, UPDATED, CANCELLED, TAKEN_BACK, LEFT = "added", "updated", "cancelled", "taken back", "left"


class AgendaImport(Sliced):
    """One file of sessions. Taken by the worker on a lease, and given back after each slice."""

    __tablename__ = "agenda_import"
    WORK: ClassVar[Collection[str]] = (COMPARING, IMPORTING, UNDOING)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_name: Mapped[str] = mapped_column(String(200))  # what the file is called
    texts_in: Mapped[str] = mapped_column(
        String(12), default=""
    )  # its titles, by who chose it; '' is the first language
    form: Mapped[str] = mapped_column(String(12))  # xml, json, pretalx, indico, ics or table
    cancels: Mapped[bool] = mapped_column(default=False)  # also sessions that the file no longer has
    kind: Mapped[str] = mapped_column(String(20), default="")  # of sessions whose kind the meeting has not
    seats: Mapped[Record] = mapped_column(default=dict)  # of rooms by their names, where the file says so
    lacks: Mapped[Record] = mapped_column(
        default=dict
    )  # "rooms" and "kinds" of the file that the meeting has not; "remarked": where something is left out
    heads: Mapped[list[str]] = mapped_column(default=list)  # of a table: its first row
    columns: Mapped[list[str]] = mapped_column(default=list)  # of a table: what each column is, '' for nothing
    day_order: Mapped[str] = mapped_column(String(4), default="")  # in which order its days have their figures

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def left(self) -> str:
        """What failed or was stopped and can be gone on with; a release of before did not write down what failed."""
        if self.state not in (FAILED, STOPPED):
            return ""
        return self.resumes or (IMPORTING if self.lacks else COMPARING)

    @property
    def tongue(self) -> str:
        """The language of its titles and summaries where that is not the first of the meeting, else ''."""
        return "" if self.texts_in == self.meeting.written_in else self.texts_in

    @property
    def is_table(self) -> bool:
        """Whether somebody has to say what its columns are."""
        return bool(self.heads)


class AgendaImportRow(Base):
    """One session of the file, or one that the file no longer has."""

    __tablename__ = "agenda_import_row"
    __table_args__ = (Index("ix_agenda_import_row_outcome", "import_id", "outcome", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("agenda_import.id"))
    number: Mapped[int]  # the line or the row it begins on; in JSON the how manyth it is
    outcome: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(300), default="")
    content: Mapped[Record] = mapped_column(default=dict)  # what the file says of it; of a table also its cells
    faults: Mapped[list[str]] = mapped_column(JSON, default=list)
    what: Mapped[list[list[str]]] = mapped_column(JSON, default=list)  # each as [field, before, after]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"), index=True)
    version: Mapped[int] = mapped_column(default=0)  # of the session after the import
    before: Mapped[Record] = mapped_column(default=dict)  # what the import changed, as it was

    of: Mapped[AgendaImport] = relationship()
