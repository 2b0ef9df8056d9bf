"""The forms a good practice is sent in: what WSIS Stocktaking and the WSIS Prizes ask, and the limits they set.

The questions are those of the public pages of both (ITU): the rules of the Prizes of 2023 to 2026, and what an entry of
the Stocktaking database is searched by. They are filled in online and in English, so their labels are not translated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MISSING, SHORT, LONG, SEVERAL, NOT_ENGLISH = "missing", "short", "long", "several", "not-english"


@dataclass(frozen=True)
class Limit:
    """How many words an answer has to have, and how many it may."""

    least: int
    most: int

    def fault_of(self, words: int) -> str:
        """Say whether so many words are too few or too many; '' where they fit."""
        return SHORT if words < self.least else LONG if words > self.most else ""


@dataclass(frozen=True)
class Question:
    """One field of a form; `takes_one` where several answers are one too many, `is_prose` where words are written.

    `part` is the part of a good practice card that answers it; '' where only the note does.
    """

    key: str
    label: str
    limit: Limit | None = None
    takes_one: bool = False
    is_prose: bool = False
    part: str = ""


@dataclass(frozen=True)
class SheetForm:
    """One form: its name is that of the consent it needs. `english_only` is a rule of the Prizes."""

    name: str
    title: str
    recipient: str
    english_only: bool
    questions: tuple[Question, ...]


STOCKTAKING = SheetForm(
    "stocktaking",
    "WSIS Stocktaking database entry",
    "WSIS Stocktaking",
    english_only=False,
    questions=(
        Question("title", "Title"),
        Question("activity_type", "Type of activity", part="activity"),
        Question("description", "Description", is_prose=True),
        Question("organisation", "Organisation"),
        Question("entity_type", "Type of entity", takes_one=True),
        Question("country", "Country", part="country"),
        Question("coverage", "Geographic coverage", part="coverage"),
        Question("action_lines", "WSIS Action Lines"),
        Question("sdgs", "Sustainable Development Goals"),
        Question("keywords", "Keywords", part="keywords"),
        Question("website", "Website", part="website"),
        Question("dates", "Start, end or ongoing", part="starts_on"),
        Question("partners", "Partners", is_prose=True, part="partners"),
        Question("challenges", "Challenges", is_prose=True, part="challenges"),
        Question("replicability", "Replicability", is_prose=True, part="replicability"),
        Question("sustainability", "Sustainability", is_prose=True, part="sustainability"),
        Question("contact", "Contact"),
    ),
)
PRIZES = SheetForm(
    "prizes",
    "WSIS Prizes project submission",
    "WSIS Prizes",
    english_only=True,
    questions=(
        Question("title", "Title of the project"),
        Question("category", "Category, one of 18", takes_one=True, part="prize_line"),
        Question("organisation", "Organisation"),
        Question("stakeholder_type", "Stakeholder type", takes_one=True),
        Question(
            "short_description", "Short description, for the public vote", Limit(150, 200), is_prose=True, part="pitch"
        ),
        Question("linkages", "Examples of links between Action Line and SDGs"),
        Question("impact", "Impact: economic, social, environmental", is_prose=True, part="impact"),
        Question("partners", "Partnership activities", is_prose=True, part="partners"),
        Question("challenges", "Challenges", is_prose=True, part="challenges"),
        Question("future", "Future perspectives", is_prose=True, part="prospects"),
        Question("contact", "Contact"),
    ),
)
SHEET_FORMS: Mapping[str, SheetForm] = MappingProxyType({form.name: form for form in (STOCKTAKING, PRIZES)})

# What both forms call whoever runs a project; a type that neither knows is left for the sender to choose.
ENTITIES: Mapping[str, str] = MappingProxyType(
    {
        "government": "Government",
        "igo": "International organization",
        "un": "International organization",
        "civil-society": "Civil society",
        "private-sector": "Private sector",
        "academia": "Academia",
        "technical": "Other",
        "media": "Other",
    }
)

# What an entry is called in the form, by the code that the card keeps.
ACTIVITIES: Mapping[str, str] = MappingProxyType(
    {
        "project": "Project",
        "programme": "Programme",
        "training": "Training initiative",
        "conference": "Conference",
        "website": "Website",
        "guideline": "Guideline",
        "toolkit": "Toolkit",
        "publication": "Publication",
        "other": "Other",
    }
)
COVERAGES: Mapping[str, str] = MappingProxyType(
    {"local": "Local", "national": "National", "regional": "Regional", "international": "International"}
)
