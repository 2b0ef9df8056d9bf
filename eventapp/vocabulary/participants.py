"""Who comes to a meeting: categories in order of protocol, stakeholder types, delegation roles.

The order of States and intergovernmental organizations is that of the ESCAP 75th session guide for
participants (2019); colours, letters and shapes are ours, for no official scheme was found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from eventapp.ground.text.i18n import LazyString, _l
from eventapp.vocabulary.term import terms

STAKEHOLDER_TYPES = terms(
    ("government", _l("Government")),
    ("igo", _l("Intergovernmental organization")),
    ("un", _l("United Nations system")),
    ("civil-society", _l("Civil society")),
    ("private-sector", _l("Private sector")),
    ("academia", _l("Academia")),
    ("technical", _l("Technical community")),
    ("media", _l("Media")),
    ("secretariat", _l("Secretariat")),
)

# Who works at a meeting: the codes of its staff.
STAFF = terms(("organizer", _l("Organizer")), ("rapporteur", _l("Rapporteur")), ("steward", _l("Door steward")))

# Who receives a paper, as its head says; without one of them it is the participants.
DISTRIBUTIONS = terms(("general", _l("General")), ("limited", _l("Limited")), ("restricted", _l("Restricted")))

SHAPES = terms(
    ("square", _l("Square")),
    ("circle", _l("Circle")),
    ("triangle", _l("Triangle")),
    ("diamond", _l("Diamond")),
    ("hexagon", _l("Hexagon")),
    ("star", _l("Star")),
    ("cross", _l("Cross")),
    ("ring", _l("Ring")),
)


@dataclass(frozen=True)
class Category:
    """What a meeting offers by default for one kind of participant; a meeting may change it."""

    code: str
    words: LazyString = field(compare=False, repr=False)
    stakeholder: str
    rank: int
    colour: str
    ink: str
    letter: str
    shape: str
    represents: str = "organization"
    needs_letter: bool = True

    @property
    def label(self) -> str:
        """Return the category in the reader's language."""
        return str(self.words)


def _listed(*found: Category) -> Mapping[str, Category]:
    return MappingProxyType({category.code: category for category in found})


CATEGORIES = _listed(
    Category(
        "MEM",
        _l("Member State"),
        "government",
        1,
        "#123f7a",
        "#ffffff",
        "M",
        "square",
        represents="member",
    ),
    Category(
        "ASM",
        _l("Associate member"),
        "government",
        2,
        "#2a6ca8",
        "#ffffff",
        "A",
        "square",
        represents="associate",
    ),
    Category(
        "OBS",
        _l("Observer State"),
        "government",
        3,
        "#5d6f80",
        "#ffffff",
        "O",
        "ring",
        represents="state",
    ),
    Category("IGO", _l("Intergovernmental organization"), "igo", 4, "#00605d", "#ffffff", "I", "hexagon"),
    Category("UN", _l("United Nations body"), "un", 5, "#5fb9e6", "#000000", "U", "circle"),
    Category("SPA", _l("Specialized agency"), "un", 6, "#5fb9e6", "#000000", "S", "ring"),
    Category("NGO", _l("Civil society"), "civil-society", 7, "#4e6618", "#ffffff", "N", "triangle"),
    Category("PRS", _l("Private sector"), "private-sector", 8, "#d9a520", "#000000", "P", "diamond"),
    Category("ACA", _l("Academia and research"), "academia", 9, "#7a2f5c", "#ffffff", "C", "star"),
    Category("TEC", _l("Technical community"), "technical", 10, "#5d4e8c", "#ffffff", "T", "hexagon"),
    Category(
        "RES",
        _l("Invited speaker"),
        "academia",
        11,
        "#a8322a",
        "#ffffff",
        "R",
        "star",
        needs_letter=False,
    ),
    Category("MED", _l("Media"), "media", 12, "#f08a24", "#000000", "J", "cross"),
    Category(
        "SEC",
        _l("Secretariat"),
        "secretariat",
        13,
        "#3d3d3d",
        "#ffffff",
        "X",
        "circle",
        needs_letter=False,
    ),
)

# What a letter is called where a meeting says nothing else; in these words it is read in every language.
CREDENTIALS = terms(
    ("verbale", _l("Letter of credentials or note verbale")),
    ("credentials", _l("Letter of credentials")),
    ("nomination", _l("Letter of nomination")),
    ("press", _l("Press card")),
)

HEAD = "HOD"
DELEGATION_ROLES = terms(
    (HEAD, _l("Head of delegation")),
    ("DHOD", _l("Deputy head of delegation")),
    ("REP", _l("Representative")),
    ("ALT", _l("Alternate representative")),
    ("ADV", _l("Adviser")),
    ("EXP", _l("Expert")),
    ("OBS", _l("Observer")),
    ("INT", _l("Delegation interpreter")),
)
