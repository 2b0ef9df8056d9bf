"""Where a meeting is, whom it reports to, and the kinds of its sessions."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from eventapp.agenda.availability.content import BUT, OFF, ONLY, DayHours, from_rows
from eventapp.ground.db.types import Record
from eventapp.meeting_file.kinds import COLOUR, Day, OneOf, Place, Whole, Words
from eventapp.meeting_file.parts.fields import OTHERS, a_clock, a_code, entries_of, many, one, place_of
from eventapp.meeting_file.texts import entries
from eventapp.vocabulary.participants import SHAPES


@dataclass(frozen=True, kw_only=True)
class BodyEntry:
    """A body that sessions report to."""

    code: str = one(a_code(), "short and stable; sessions name it")
    name: str = one(Words(300), "in full")
    organs: tuple[str, ...] = many(Words(), "as of the meeting, where they are others")
    session_name: str = one(Words(), "as of the meeting, where it is another", default="")
    agenda_item: str = one(Words(), "as of the meeting, where it is another", default="")
    texts: tuple[entries.BodyTexts, ...] = entries_of(entries.BodyTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class HoursEntry:
    """A day on which a room is not open all day."""

    day: date = one(Day(), "the day")
    state: str = one(OneOf(lambda: (OFF, ONLY, BUT)), "not open; open only between two times; or but not between them")
    starts: str = one(a_clock(), "from when, of `only` and `but`", default="")
    ends: str = one(a_clock(), "until when", default="")
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.day.isoformat()

    @property
    def hours(self) -> DayHours:
        return DayHours(self.key, self.state, self.starts, self.ends)


def hours_of(rows: Iterable[Record]) -> tuple[HoursEntry, ...]:
    """The days of a room as a file says them."""
    return tuple(HoursEntry(**{**asdict(one), "day": date.fromisoformat(one.day)}) for one in from_rows(rows))


@dataclass(frozen=True, kw_only=True)
class RoomEntry:
    """A room."""

    code: str = one(a_code(), "short and stable; sessions name it")
    name: str = one(Words(120), "as people call it")
    seats: int = one(Whole(1), "how many people it holds")
    where: str = one(Words(), "how to find it", default="")
    hours: tuple[HoursEntry, ...] = entries_of(HoursEntry, "days on which it is not open all day")
    texts: tuple[entries.RoomTexts, ...] = entries_of(entries.RoomTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class KindEntry:
    """A kind of session."""

    code: str = one(a_code(), "short and stable; sessions name it; `break` is a break")
    name: str = one(Words(120), "as the agenda shows it")
    colour: str = one(Words(7, pattern=COLOUR, example='"#123f7a", in quotes'), "of its mark")
    shape: str = one(OneOf(lambda: SHAPES), "of its mark", default="square")
    chapter: str = one(a_code(), "of a report, as outlines or `chapters` name it; without it: none", default="")
    texts: tuple[entries.KindTexts, ...] = entries_of(entries.KindTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code
