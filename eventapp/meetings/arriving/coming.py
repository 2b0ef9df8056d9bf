"""What a kind of file says to the worker that makes a meeting of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from eventapp.ground.refusal import Refused
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

T = TypeVar("T")
Act = Callable[[], object]  # writes a piece, in a transaction that holds others too


class Look(Protocol):
    """Asks something of the database outside the transactions that write."""

    def __call__(self, ask: Callable[[], T]) -> T: ...


class Objected(Refused):
    """Why nothing becomes of a file; `found` has each reason with the line it is about."""

    def __init__(self, found: Sequence[tuple[int, str]]) -> None:
        super().__init__("\n".join(says for _line, says in found))
        self.found = found


class Coming(Protocol):
    """A file that was read and is sound, as what is written of it by and by."""

    @property
    def many(self) -> int:
        """About how many acts that takes."""

    def begin(self, row: MeetingImport, at: datetime) -> Meeting:
        """Write the meeting itself."""

    def pieces(self, row: MeetingImport, meeting_id: int, at: datetime, look: Look) -> Iterator[Iterable[Act]]:
        """All that hangs on it, in order. `row` is read and belongs to no session."""

    def prove(self, meeting: Meeting) -> None:
        """Refuse what did not become what the file says. Nothing is held meanwhile."""

    def say(self, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
        """Write down that the file has become this meeting."""


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    name: str
    read: Callable[[bytes, MeetingImport], Coming]  # in no transaction; refuses what is not sound
    drafts: tuple[str, ...] = ()  # kinds of drafts that hang on a meeting by no key


Altered = tuple[int, int, Iterator[Iterable[Act]]]


class Alter(Protocol):
    """Says what a file changes: the number of the meeting, about how many acts, and these in order. It only reads.

    Refused where the file is not sound, or something speaks against it.
    """

    def __call__(self, content: bytes, row: MeetingImport, at: datetime) -> Altered: ...


def cut(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """These in pieces of so many."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
