"""Where a meeting is, whom it reports to, and the kinds of its sessions."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from dataclasses import dataclass

from eventapp.meeting_file.kinds import COLOUR, OneOf, Place, Whole, Words
from eventapp.meeting_file.parts.fields import OTHERS, a_code, entries_of, many, one, place_of
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
class RoomEntry:
    """A room."""

    code: str = one(a_code(), "short and stable; sessions name it")
    name: str = one(Words(120), "as people call it")
    seats: int = one(Whole(1), "how many people it holds")
    where: str = one(Words(), "how to find it", default="")
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
