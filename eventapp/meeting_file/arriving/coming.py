"""A meeting file as what is written of it by and by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meeting_file.actions import begin, rows_in
from eventapp.meeting_file.loading.differences import as_new
from eventapp.meeting_file.loading.pieces import A_PIECE, Loading, pieces
from eventapp.meeting_file.reader import Fault, Faulty, read
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.arriving.coming import Act, Kind, Look, Objected
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import bodies_organized
from eventapp.people.models import Person
from eventapp.people.rules import administer


@dataclass(frozen=True)
class ComingFile:
    """A meeting file without faults."""

    file: MeetingFile

    @property
    def many(self) -> int:
        return 1 + rows_in(self.file) // A_PIECE

    def begin(self, row: MeetingImport, at: datetime) -> Meeting:
        refuse_stranger(self.file, row.by)
        return begin(self.file, by=row.by, at=at)

    def pieces(self, row: MeetingImport, meeting_id: int, at: datetime, _look: Look) -> Iterator[Iterable[Act]]:
        return pieces(Loading(self.file, meeting_id, row.by_id, at, as_new(self.file)))

    def prove(self, _meeting: Meeting) -> None:
        """It has no more to prove: a file is read whole before anything is written."""

    def say(self, _meeting: Meeting, *, by: Person | None, at: datetime) -> None:
        """History has a line for each thing already."""


def refuse_stranger(file: MeetingFile, by: Person | None) -> None:
    """Who is no administrator makes meetings of the bodies that they organize. A command makes any."""
    if by and not administer(by) and not bodies_organized(by) & {one.code for one in file.bodies}:
        raise Refused(_("You make meetings of the bodies that you organize. Name one of them among its bodies."))


def read_text(content: bytes) -> MeetingFile:
    """The meeting that a file describes; raises Faulty with every fault in it."""
    try:
        return read(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        says = _("This line is not UTF-8. Save the file as UTF-8 text.")
        raise Faulty([Fault(line, says)]) from None


def read_sound(content: bytes) -> MeetingFile:
    """The same for the worker: refused, with every fault on its line."""
    try:
        return read_text(content)
    except Faulty as faulty:
        raise Objected([(fault.line, fault.says) for fault in faulty.faults]) from None


def read_coming(content: bytes, _row: MeetingImport) -> ComingFile:
    return ComingFile(read_sound(content))


MEETING_FILE = Kind("file", read_coming)
