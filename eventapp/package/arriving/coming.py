"""A package as what is written of it by and by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from eventapp.inputs.models import Input
from eventapp.meetings.arriving.coming import Act, Kind, Look
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.models import Meeting
from eventapp.package.actions import (
    acts_in,
    meeting_from,
    pieces,
    refuse_known,
    refuse_nonsense,
    refuse_other,
    say_imported,
)
from eventapp.package.manifest.content import Package
from eventapp.package.restore.arrival import Arrival
from eventapp.package.restore.reading import unpack
from eventapp.people.models import Person
from eventapp.practices.models import Card


@dataclass(frozen=True)
class ComingPackage:
    """A package that makes sense, of a meeting that is not here."""

    package: Package

    @property
    def many(self) -> int:
        return acts_in(self.package)

    def begin(self, row: MeetingImport, at: datetime) -> Meeting:
        return meeting_from(self.package.meeting, row.contact, by=row.by, at=at)

    def pieces(self, _row: MeetingImport, meeting_id: int, at: datetime, look: Look) -> Iterator[Iterable[Act]]:
        return pieces(Arrival(self.package, meeting_id, at, look))

    def prove(self, meeting: Meeting) -> None:
        refuse_other(self.package, meeting)

    def say(self, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
        say_imported(self.package, meeting, by=by, at=at)


def read(content: bytes, _row: MeetingImport) -> ComingPackage:
    """The package in this file. Refused as `bring_in` is."""
    package = unpack(BytesIO(content))
    refuse_nonsense(package)
    refuse_known(package)
    return ComingPackage(package)


PACKAGE_FILE = Kind("package", read, (Input.draft_kind, Card.draft_kind))
