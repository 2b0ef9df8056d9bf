from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, MOST, WORKING, Leased, failed_in
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import DRAFT

CHECK, LOAD = "check", "load"  # what the worker is asked for, or was
SENT = "sent"  # the file is still being written: nobody sees it, and no worker takes it


class NotesImport(Leased, Base):
    """A file of notes, taken on a lease. What came in before a worker died stays, and the next one goes on."""

    __tablename__ = "notes_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who chose it, then who lets the notes in
    at: Mapped[datetime]
    asked_at: Mapped[datetime]  # since when the worker is asked for what it is to do now
    given_name: Mapped[str] = mapped_column(String(200))  # what the file is called
    size: Mapped[int]  # bytes of the file
    act: Mapped[str] = mapped_column(String(8), default=CHECK)
    state: Mapped[str] = mapped_column(String(12), index=True)
    comes_as: Mapped[str] = mapped_column(String(12), default=DRAFT)  # the state of the notes that come in
    # What a check found: how many lines there are, what they would become, and with how many something is wrong.
    lines: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    translated: Mapped[int] = mapped_column(default=0)  # of those that are the same: with a translation to be written
    faulty: Mapped[int] = mapped_column(default=0)
    came_new: Mapped[int] = mapped_column(default=0)
    came_changed: Mapped[int] = mapped_column(default=0)
    stuck: Mapped[int] = mapped_column(default=0)  # takes since something was done
    ended_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def is_checked(self) -> bool:
        """Whether its notes may come in as they are."""
        return (self.act, self.state, self.faulty) == (CHECK, DONE, 0)

    @property
    def is_loaded(self) -> bool:
        return (self.act, self.state) == (LOAD, DONE)

    @property
    def to_do(self) -> int:
        """The lines by which something would be written."""
        return self.new + self.changed + self.translated

    @property
    def stand(self) -> str:
        """How it stands, in one word for a list."""
        if self.act == CHECK and self.state == DONE:
            return "faulty" if self.faulty else "checked"
        return f"{self.act} {self.state}" if self.is_open or self.state == DONE else self.state

    def begin(self, at: datetime) -> bool:
        """Give it to a worker. False where several have died of it and got nothing done: then it has failed."""
        if self.stuck >= MOST:
            self.state, self.sentence, self.ended_at = FAILED, failed_in(self.language), at
            return False
        self.state, self.until, self.share = WORKING, at + LEASE, 0
        self.attempts, self.stuck = self.attempts + 1, self.stuck + 1
        return True


class NotesImportPart(Base):
    """A part of the file until its notes are in, so that none is too long to write or to delete at once."""

    __tablename__ = "notes_import_part"

    import_id: Mapped[int] = mapped_column(ForeignKey("notes_import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class NotesImportLine(Base):
    """What a page shows of a line: what is wrong with it, or what would come in."""

    __tablename__ = "notes_import_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("notes_import.id"), index=True)
    line: Mapped[int]  # as an editor or a spreadsheet counts
    sentence: Mapped[str] = mapped_column(Text, default="")  # what is wrong with it
    shown: Mapped[Record] = mapped_column(default=dict)  # what would come in
