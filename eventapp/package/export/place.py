"""Where a meeting is and who it is for: the parts of the meeting that a package says."""

import re
from dataclasses import dataclass, field

from eventapp.ground.db.types import Record
from eventapp.ground.exact import SOMETIMES

ZONE, CLOCK = re.compile(r"[A-Z0-9]{1,4}"), re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Body:
    """A body that sessions and reports go to."""

    code: str
    name: str
    position: int
    organs: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    session_name: str = field(default="", metadata=SOMETIMES)
    agenda_item: str = field(default="", metadata=SOMETIMES)
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member


@dataclass(frozen=True)
class RoomHours:
    """A day on which a room is not open all day, by the clocks there."""

    day: str
    state: str
    starts: str = field(default="", metadata=SOMETIMES)
    ends: str = field(default="", metadata=SOMETIMES)


@dataclass(frozen=True)
class Room:
    """A room with its seats."""

    code: str
    name: str
    seats: int
    where: str
    position: int
    closed: bool
    hours: tuple[RoomHours, ...] = field(default=(), metadata=SOMETIMES)
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member


@dataclass(frozen=True)
class SessionKind:
    """A kind of session; `chapter` is that of a report, as outlines name it."""

    code: str
    name: str
    colour: str
    shape: str
    chapter: str
    position: int
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member


@dataclass(frozen=True)
class MeetingKind:
    """The kind of the meeting: its code, and what it is called in English where the package was made."""

    code: str
    name: str


@dataclass(frozen=True)
class Retention:
    """How many days after the meeting a sort of personal data is kept, where it is not the usual number."""

    sort: str
    days: int


@dataclass(frozen=True)
class Consents:
    """What the registration form asks consent to in one language; what is empty is in the shipped words."""

    language: str
    official_list: str = field(default="", metadata=SOMETIMES)
    lists_name: str = field(default="", metadata=SOMETIMES)
    shares_email: str = field(default="", metadata=SOMETIMES)
    no_photographs: str = field(default="", metadata=SOMETIMES)


@dataclass(frozen=True)
class ReportChapter:
    """A chapter of a report that the meeting has of its own; `behind` is the chapter that it follows."""

    code: str
    title: str
    behind: str = field(default="", metadata=SOMETIMES)
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member


@dataclass(frozen=True)
class Theme:
    """A theme of a set of the meeting's own."""

    code: str
    title: str
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # language -> title


@dataclass(frozen=True)
class ThemeSet:
    """A set of themes; `wsis` and `sdg` are shipped and have no more than their code."""

    code: str
    name: str = field(default="", metadata=SOMETIMES)
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # language -> name
    lines: tuple[Theme, ...] = field(default=(), metadata=SOMETIMES)


@dataclass(frozen=True)
class Category:
    """A category of participants."""

    code: str
    name: str
    stakeholder_type: str
    represents: str
    capacity: int | None
    colour: str
    ink: str
    letter: str
    shape: str
    protocol_order: int
    credential: str
    needs_approval: bool
    needs_letter: bool
    takes_registrations: bool
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member


@dataclass(frozen=True)
class Zone:
    """A part of the place, and the codes of the categories whose people may enter it. In an archive."""

    code: str
    name: str
    categories: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member


@dataclass(frozen=True)
class Gate:
    """An open gate and its rule, in codes and names: of the building, or of a session. In an archive."""

    name: str
    session: str = field(default="", metadata=SOMETIMES)
    categories: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    zones: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    delegations: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    parts: bool = field(default=False, metadata=SOMETIMES)
    opens: str = field(default="", metadata=SOMETIMES)
    shuts: str = field(default="", metadata=SOMETIMES)
    reads_out: bool = field(default=False, metadata=SOMETIMES)
    self_check_in: bool = field(default=False, metadata=SOMETIMES)


@dataclass(frozen=True)
class PhotoStandard:
    """What is asked of photographs. In an archive."""

    across: int
    down: int
    least_width: int
    is_checked: bool


@dataclass(frozen=True)
class BadgeLayout:
    """How badges come out: of the category with this code, or of all others where it is empty. In an archive."""

    category: str
    size: str
    front: tuple[str, ...]
    both_sides: bool = field(default=False, metadata=SOMETIMES)
    back: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    wide: int = field(default=0, metadata=SOMETIMES)  # in mm, of an own size, as the height
    high: int = field(default=0, metadata=SOMETIMES)
