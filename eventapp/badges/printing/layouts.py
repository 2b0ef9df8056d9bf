"""The sizes in which badges come out, as data: what a badge measures, and how many are on a page of which paper."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from eventapp.badges.printing.faces import BadgeFace
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

PARTS: Mapping[str, LazyString] = MappingProxyType(  # fields of a face that a meeting may leave out
    {
        "photo": _l("Photograph"),
        "name_own": _l("Name in own script"),
        "organization": _l("Organization"),
        "roles": _l("Roles in the delegation and in sessions"),
        "zones": _l("Zones"),
        "remark": _l("No photographs, where asked for"),
    }
)


def with_parts(face: BadgeFace, parts: Collection[str]) -> BadgeFace:
    """The badge with these of the PARTS, and all that every badge has."""
    return replace(
        face,
        photo=face.photo if "photo" in parts else b"",
        name_own=face.name_own if "name_own" in parts else "",
        organization=face.organization if "organization" in parts else "",
        roles=face.roles if "roles" in parts else (),
        zones=face.zones if "zones" in parts else (),
        remark=face.remark if "remark" in parts else "",
    )
