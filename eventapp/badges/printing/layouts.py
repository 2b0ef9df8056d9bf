"""How badges come out, as data: what one measures, how many are on a page of which paper, what is on each side."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from eventapp.badges.printing.faces import BadgeFace
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import LazyString, _l


class Size(StrEnum):
    """A way to print badges: see LAYOUTS."""

    SHEET = "sheet"
    LETTER = "letter"
    A6 = "a6"
    FOLDED = "folded"
    A7 = "a7"
    A7_SHEET = "a7-sheet"
    CARD = "card"
    CARD_SHEET = "card-sheet"
    ID_CARD = "id-card"
    LABEL = "label"
    OWN = "own"  # of a width and height that somebody typed


A6, CARD = "a6", "card"  # how the parts of a badge stand: one above the other, or beside the code
FACES = {A6: (105.0, 148.0), CARD: (90.0, 55.0)}  # width and height in mm for which sheet.typ has its measures


@dataclass(frozen=True)
class Layout:
    """All lengths in mm, width before height. `copies` of each badge stand side by side: the two sides of a fold."""

    label: LazyString
    face: str
    badge: tuple[float, float]
    page: tuple[float, float]
    columns: int = 1
    rows: int = 1
    copies: int = 1

    @property
    def to_a_page(self) -> int:
        """How many different badges a page has."""
        return self.columns * self.rows // self.copies

    @property
    def scale(self) -> float:
        """By how much all measures of the face are larger or smaller than as they were drawn."""
        wide, high = FACES[self.face]
        return min(self.badge[0] / wide, self.badge[1] / high)

    @property
    def values(self) -> dict[str, object]:
        """What the sheet is told."""
        return {
            "face": self.face,
            "scale": self.scale,
            "badge": self.badge,
            "page": self.page,
            "columns": self.columns,
            "rows": self.rows,
            "copies": self.copies,
        }


LAYOUTS: Mapping[Size, Layout] = MappingProxyType(
    {
        Size.SHEET: Layout(_l("Four A6 on A4"), A6, (105, 148.5), (210, 297), 2, 2),
        Size.LETTER: Layout(_l("Four on Letter"), A6, (107.95, 139.7), (215.9, 279.4), 2, 2),
        Size.A6: Layout(_l("A6"), A6, (105, 148), (105, 148)),
        Size.FOLDED: Layout(_l("A6 on both sides: A5 to fold"), A6, (105, 148), (210, 148), 2, copies=2),
        Size.A7: Layout(_l("A7"), A6, (74, 105), (74, 105)),
        Size.A7_SHEET: Layout(_l("Eight A7 on A4"), A6, (74, 105), (297, 210), 4, 2),
        Size.CARD: Layout(_l("90 × 55 mm"), CARD, (90, 55), (90, 55)),
        Size.CARD_SHEET: Layout(_l("Ten of 90 × 55 mm on A4"), CARD, (90, 55), (210, 297), 2, 5),
        Size.ID_CARD: Layout(_l("86 × 54 mm, as a bank card"), CARD, (86, 54), (86, 54)),
        Size.LABEL: Layout(_l("Label of 62 × 88 mm, from a roll"), A6, (62, 88), (62, 88)),
    }
)

WIDE, HIGH = (54, 210), (40, 297)  # in mm, of an own size: smaller no code is read, larger no office printer takes

PARTS: Mapping[str, LazyString] = MappingProxyType(  # of a badge, beside the name: each may be left out
    {
        "category": _l("Category, with its colour, mark and letter"),
        "photo": _l("Photograph"),
        "name_own": _l("Name in own script"),
        "organization": _l("Organization"),
        "delegation": _l("State or body that one comes for"),
        "roles": _l("Role in the delegation"),
        "sessions": _l("Parts in sessions"),
        "languages": _l("Languages, as ticked at registration"),
        "zones": _l("Zones"),
        "remark": _l("No photographs, where asked for"),
        "code": _l("QR code for the door"),
    }
)
# A part as well: the answer to the question of the meeting with this code.
QUESTION = re.compile(r"q[1-9][0-9]{0,5}")
USUAL_PARTS = tuple(name for name in PARTS if name != "languages")
# Of layouts kept before these could be left out, and the parts in sessions chosen apart from the role.
_ONCE_ALWAYS = ("category", "delegation", "code")


@dataclass(frozen=True)
class Design:
    """How the badges of a meeting or of a category come out. Width and height in mm are those of an own size."""

    size: Size = Size.SHEET
    parts: tuple[str, ...] = USUAL_PARTS  # on the front
    back: tuple[str, ...] | None = None  # None: nothing is printed on it; of a fold: the same as on the front
    wide: int = 0
    high: int = 0

    @classmethod
    def of(cls, stored: Record) -> "Design":
        """What is kept of it; of nothing the usual, and the usual where what is kept is no size of these."""
        size = Size(stored["size"]) if stored.get("size") in set(Size) else Size.SHEET
        wide, high = int(stored.get("wide", 0)), int(stored.get("high", 0))
        if size == Size.OWN and not (WIDE[0] <= wide <= WIDE[1] and HIGH[0] <= high <= HIGH[1]):
            size = Size.SHEET
        back = stored.get("back")
        return cls(
            size,
            in_order(stored["front"] if "front" in stored else _as_before(stored.get("parts"))),
            None if back is None else in_order(back),
            *((wide, high) if size == Size.OWN else (0, 0)),
        )

    def as_record(self) -> Record:
        """What is kept of it."""
        own = {"wide": self.wide, "high": self.high} if self.size == Size.OWN else {}
        return {
            "size": self.size.value,
            "front": list(self.parts),
            **({} if self.back is None else {"back": list(self.back)}),
            **own,
        }

    @property
    def layout(self) -> Layout:
        return own_layout(self.wide, self.high) if self.size == Size.OWN else LAYOUTS[self.size]

    @property
    def is_double(self) -> bool:
        """Whether each page has another behind it."""
        return self.back is not None and self.layout.copies == 1

    @property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """The parts on each printed side, the front first: two also of a fold, which is one page."""
        if self.back is None and self.layout.copies == 1:
            return (self.parts,)
        return self.parts, self.parts if self.back is None else self.back

    @property
    def all_parts(self) -> frozenset[str]:
        """What stands on either side."""
        return frozenset(self.parts) | frozenset(self.back or ())

    @property
    def questions(self) -> tuple[str, ...]:
        """The codes of the questions whose answers stand on either side."""
        return tuple(one for one in in_order(self.all_parts) if one not in PARTS)

    def pages(self, badges: int) -> int:
        """How many pages so many badges take."""
        return -(-badges // self.layout.to_a_page) * (2 if self.is_double else 1)


def own_layout(wide: float, high: float) -> Layout:
    """One badge of this width and height in mm on each page; one that is wider than high stands as a card does."""
    return Layout(_l("Own size"), A6 if high >= wide else CARD, (wide, high), (wide, high))


def in_order(parts: Collection[str]) -> tuple[str, ...]:
    """These of the PARTS, each once, then the codes of questions among them."""
    asked = sorted((one for one in set(parts) if QUESTION.fullmatch(one)), key=lambda one: int(one[1:]))
    return (*(name for name in PARTS if name in parts), *asked)


def _as_before(parts: Collection[str] | None) -> Collection[str]:
    """The parts that stood on badges where these were kept before."""
    if parts is None:
        return USUAL_PARTS
    return {*parts, *_ONCE_ALWAYS, *(("sessions",) if "roles" in parts else ())}


def with_parts(face: BadgeFace, parts: Collection[str]) -> BadgeFace:
    """The badge with its name and these parts."""
    return replace(
        face,
        class_label=face.class_label if "category" in parts else "",
        photo=face.photo if "photo" in parts else b"",
        name_own=face.name_own if "name_own" in parts else "",
        organization=face.organization if "organization" in parts else "",
        delegation=face.delegation if "delegation" in parts else "",
        roles=face.roles if "roles" in parts else (),
        sessions=face.sessions if "sessions" in parts else (),
        languages=face.languages if "languages" in parts else (),
        answers=tuple(one for one in face.answers if one.code in parts),
        zones=face.zones if "zones" in parts else (),
        remark=face.remark if "remark" in parts else "",
        code=face.code if "code" in parts else "",
    )
