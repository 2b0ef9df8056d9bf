"""What a meeting file may say. The dataclasses are the schema: the reader, the writer and the page
`docs/meeting-file.md` all follow their fields.
"""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from dataclasses import MISSING, dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.documents.kinds import AUDIENCES, DOCUMENT_KINDS
from eventapp.ground.exact import Dataclass
from eventapp.meeting_file.kinds import (
    CODE,
    COLOUR,
    LANGUAGE,
    LINK,
    SLUG,
    CountryCode,
    Day,
    Email,
    Kind,
    Moment,
    OneOf,
    Place,
    Whole,
    Words,
    YesNo,
    Zone,
)
from eventapp.meeting_file.texts import entries
from eventapp.meetings.models import STAFF_ROLES
from eventapp.vocabulary.participants import DISTRIBUTIONS, SHAPES, STAKEHOLDER_TYPES
from eventapp.vocabulary.sessions import SESSION_KINDS, SPEAKING_ROLES

REPRESENTS = ("member", "associate", "state", "organization")
SESSION_RULES = ("open", "chatham", "closed")
ROLE_STATES = ("invited", "confirmed", "declined")
OTHERS = "its texts in other languages"


def _one(kind: Kind, says: str, *, default: object = MISSING, compare: bool = True) -> Any:  # as field()
    return field(default=default, compare=compare, metadata={"kind": kind, "says": says})


def _many(kind: Kind, says: str) -> Any:  # as field()
    return field(default=(), metadata={"kind": kind, "many": True, "says": says})


def _entries(of: type[Dataclass], says: str) -> Any:  # as field()
    return field(default=(), metadata={"of": of, "says": says})


def _place() -> Any:  # as field()
    return field(default=Place(), compare=False, metadata={"place": True})


def _code() -> Words:
    return Words(20, pattern=CODE, example="S1 or CR4")


def _paragraph() -> Words:
    return Words(5000, lines=True)


def _language() -> Words:
    return Words(12, pattern=LANGUAGE, example="en or zh-Hans")


@dataclass(frozen=True, kw_only=True)
class BodyEntry:
    """A body that sessions report to."""

    code: str = _one(_code(), "short and stable; sessions name it")
    name: str = _one(Words(300), "in full")
    organs: tuple[str, ...] = _many(Words(), "as of the meeting, where they are others")
    session_name: str = _one(Words(), "as of the meeting, where it is another", default="")
    agenda_item: str = _one(Words(), "as of the meeting, where it is another", default="")
    texts: tuple[entries.BodyTexts, ...] = _entries(entries.BodyTexts, OTHERS)
    place: Place = _place()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class RoomEntry:
    """A room."""

    code: str = _one(_code(), "short and stable; sessions name it")
    name: str = _one(Words(120), "as people call it")
    seats: int = _one(Whole(1), "how many people it holds")
    where: str = _one(Words(), "how to find it", default="")
    texts: tuple[entries.RoomTexts, ...] = _entries(entries.RoomTexts, OTHERS)
    place: Place = _place()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class CategoryEntry:
    """A category of participants."""

    code: str = _one(_code(), "short and stable, like MEM")
    name: str = _one(Words(120), "as the form shows it")
    stakeholder_type: str = _one(OneOf(lambda: STAKEHOLDER_TYPES), "for the figures of the review")
    represents: str = _one(OneOf(lambda: REPRESENTS), "what its people come for")
    capacity: int | None = _one(Whole(), "its own places; without it only the meeting's number holds", default=None)
    colour: str = _one(Words(7, pattern=COLOUR, example='"#123f7a", in quotes'), "of the band on the badge")
    ink: str = _one(Words(7, pattern=COLOUR, example='"#ffffff", in quotes'), "of the words on the band")
    letter: str = _one(Words(2), "on the badge, for a reader who sees no colour")
    shape: str = _one(OneOf(lambda: SHAPES), "on the badge, for the same reason")
    protocol_order: int = _one(Whole(1, 999), "its place in the list of participants")
    credential: str = _one(Words(), "what the letter must be, in words", default="")
    needs_approval: bool = _one(YesNo(), "an organizer decides on each request", default=True)
    needs_letter: bool = _one(YesNo(), "the form asks for a letter", default=False)
    takes_registrations: bool = _one(YesNo(), "no: the secretariat adds these people itself", default=True)
    texts: tuple[entries.CategoryTexts, ...] = _entries(entries.CategoryTexts, OTHERS)
    place: Place = _place()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class DocumentEntry:
    """A document of the meeting."""

    symbol: str = _one(Words(80), "as printed on it")
    title: str = _one(Words(300), "in full")
    address: str = _one(
        Words(500, pattern=LINK, example="https://example.org/paper.pdf"),
        "where it can be read",
        default="",
    )
    kind: str = _one(OneOf(lambda: DOCUMENT_KINDS), "what it is", default="other")
    agenda_item: str = _one(Words(20), "the item it is for, as printed", default="")
    audience: str = _one(OneOf(lambda: AUDIENCES), "who may open it; everybody sees its title", default="public")
    texts: tuple[entries.DocumentTexts, ...] = _entries(entries.DocumentTexts, OTHERS)
    place: Place = _place()

    @property
    def key(self) -> str:
        return self.symbol


@dataclass(frozen=True, kw_only=True)
class StaffEntry:
    """A person who works at the meeting."""

    email: str = _one(Email(), "the address they sign in with")
    name: str = _one(Words(), "as others read it; a person who is known already keeps the known name", compare=False)
    role: str = _one(OneOf(lambda: STAFF_ROLES), "what they may do")
    place: Place = _place()

    @property
    def key(self) -> tuple[str, str]:
        return (self.email, self.role)


@dataclass(frozen=True, kw_only=True)
class RoleEntry:
    """A person's part in a session. Loading a file sends nobody an email."""

    role: str = _one(OneOf(lambda: SPEAKING_ROLES), "the part")
    name: str = _one(Words(), "in Latin letters")
    own_name: str = _one(Words(), "in the person's own script", default="")
    own_language: str = _one(_language(), "the language of that name, like th", default="")
    position: str = _one(Words(), "the post the person holds", default="")
    organization: str = _one(Words(), "whom the person speaks for", default="")
    country: str = _one(CountryCode(), "ISO code of three letters, like THA", default="")
    email: str = _one(Email(), "so that the person can be asked and can sign in", default="")
    state: str = _one(OneOf(lambda: ROLE_STATES), "what the person said", default="confirmed")
    illustrative: bool = _one(YesNo(), "made up, and marked so", default=False)
    place: Place = _place()

    @property
    def key(self) -> tuple[str, str]:
        return (self.role, self.name)


@dataclass(frozen=True, kw_only=True)
class SessionEntry:
    """A session of the agenda."""

    code: str = _one(_code(), "short and stable; it is in the session's address")
    title: str = _one(Words(300), "as printed")
    kind: str = _one(OneOf(lambda: SESSION_KINDS), "for its mark, and its chapter in the review")
    starts: datetime = _one(Moment(), "in the time of the meeting's zone")
    ends: datetime = _one(Moment(), "in the time of the meeting's zone")
    room: str = _one(_code(), "the code of a room above", default="")
    body: str = _one(_code(), "the code of a body above", default="")
    agenda_item: str = _one(Words(20), "its number on the agenda", default="")
    summary: str = _one(_paragraph(), "what it is about", default="")
    rule: str = _one(OneOf(lambda: SESSION_RULES), "who may come and be quoted", default="open")
    interpretation: tuple[str, ...] = _many(_language(), "languages it is interpreted into")
    expected: int | None = _one(Whole(), "people expected", default=None)
    illustrative: bool = _one(YesNo(), "made up, and marked so", default=False)
    texts: tuple[entries.SessionTexts, ...] = _entries(entries.SessionTexts, OTHERS)
    roles: tuple[RoleEntry, ...] = _entries(RoleEntry, "who does what")
    place: Place = _place()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class MeetingFile:
    """One meeting, whole."""

    slug: str = _one(
        Words(80, pattern=SLUG, example="wsis-bangkok-2016"),
        "its address on the web; it says which meeting the file is about",
    )
    title: str = _one(Words(300), "in full")
    short_title: str = _one(Words(120), "for heads and badges")
    symbol: str = _one(Words(80), "the symbol of its papers", default="")
    starts: date = _one(Day(), "the first day")
    ends: date = _one(Day(), "the last day")
    zone: str = _one(Zone(), "its time zone; every time in the file is in it")
    city: str = _one(Words(120), "where it is")
    country: str = _one(CountryCode(), "ISO code of three letters, like THA")
    venue: str = _one(Words(), "the house")
    address: str = _one(Words(300), "of the house", default="")
    organization: str = _one(Words(), "who convenes it")
    contact: str = _one(Email(), "where questions go")
    languages: tuple[str, ...] = _many(_language(), "working languages; the first is that of its texts")
    capacity: int = _one(Whole(1), "places in all")
    registration_opens: datetime = _one(Moment(), "from when the form is open")
    registration_closes: datetime = _one(Moment(), "when it closes")
    illustrative: str = _one(_paragraph(), "what on its pages is made up, in a sentence", default="")
    organs: tuple[str, ...] = _many(Words(), "the organs above its bodies, from the highest; at the head of its papers")
    session_name: str = _one(Words(), "at the head of its papers, like First session", default="")
    agenda_item: str = _one(Words(), "at the head of its papers, like Item 3 (a) of the provisional agenda", default="")
    distribution: str = _one(OneOf(lambda: DISTRIBUTIONS), "of its papers; without it: its participants", default="")
    original_language: str = _one(_language(), "of its papers; without it: the language of each", default="")
    mandate: tuple[str, ...] = _many(_paragraph(), "paragraphs")
    purpose: tuple[str, ...] = _many(_paragraph(), "paragraphs")
    objectives: tuple[str, ...] = _many(_paragraph(), "one each")
    content_blocks: tuple[str, ...] = _many(_paragraph(), "what it covers, one each")
    outcomes_go_to: tuple[str, ...] = _many(_paragraph(), "where its outcomes go, one each")
    texts: tuple[entries.MeetingTexts, ...] = _entries(entries.MeetingTexts, OTHERS)
    bodies: tuple[BodyEntry, ...] = _entries(BodyEntry, "bodies it serves")
    rooms: tuple[RoomEntry, ...] = _entries(RoomEntry, "rooms")
    categories: tuple[CategoryEntry, ...] = _entries(CategoryEntry, "categories of participants")
    documents: tuple[DocumentEntry, ...] = _entries(DocumentEntry, "documents")
    staff: tuple[StaffEntry, ...] = _entries(StaffEntry, "who works at it")
    sessions: tuple[SessionEntry, ...] = _entries(SessionEntry, "the agenda")
    place: Place = _place()

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
