"""What a card says, as one value: typed in a form, kept as a draft, held by a revision, turned into a note."""

from dataclasses import asdict, dataclass, fields
from typing import NamedTuple

from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import words_in
from eventapp.practices.details import DETAIL_LIMITS, DETAILS, Details
from eventapp.record.notes.content import Figure, NoteContent
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import in_line_order
from eventapp.vocabulary.notes import OUTLETS, TEXT_LIMIT, TITLE_LIMIT

KINDS = ("good-practice", "flagship")  # of the vocabulary's kinds of note
FORWARDED_TO = ("stocktaking", "prizes")  # of the vocabulary's outlets
# Words, as the forms of reporting ask: the results become the text of a note; the Prizes form of 2015 took 100 a part.
WORD_LIMITS = {"results": TEXT_LIMIT, "partners": 100, "challenges": 100, "prospects": 100, **DETAIL_LIMITS}
PROJECT_LIMIT = TITLE_LIMIT
LISTS = ("action_lines", "goals", "outlets")


class Measure(NamedTuple):
    """A result in numbers: the figure, what is counted, and who says so."""

    figure: str
    unit: str = ""
    source: str = ""


@dataclass(frozen=True)
class Practice(Details):
    """One good practice as somebody tells it; half filled while it is a draft."""

    project: str = ""
    owner: str = ""
    country: str = ""
    action_lines: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    results: str = ""
    measures: tuple[Measure, ...] = ()
    partners: str = ""
    challenges: str = ""
    prospects: str = ""
    contact_name: str = ""
    contact_email: str = ""
    outlets: tuple[str, ...] = ()  # where the presenter agrees that it is forwarded to
    language: str = "en"

    def content(self) -> Record:
        """The card as JSON keeps it."""
        lists = {name: list(getattr(self, name)) for name in LISTS}
        return {**asdict(self), **lists, "measures": [measure._asdict() for measure in self.measures]}

    @property
    def filled(self) -> int:
        """How many of its parts hold something: what the organizer's list tells of a draft."""
        return sum(bool(getattr(self, name)) for name in PARTS)

    @property
    def missing(self) -> list[str]:
        """The parts without which a card cannot be sent, by the names of their fields."""
        return [name for name in REQUIRED if not getattr(self, name)]

    @property
    def too_long(self) -> list[str]:
        """The parts that have more words than their limit, by the names of their fields."""
        return [name for name, most in WORD_LIMITS.items() if words_in(getattr(self, name)) > most]

    @property
    def is_known(self) -> bool:
        """Whether every code is one of the vocabulary, and every answer one that the forms take."""
        return (
            all(goal in GOALS for goal in self.goals)
            and all(outlet in FORWARDED_TO and outlet in OUTLETS for outlet in self.outlets)
            and not self.faults
        )


NAMES = tuple(field.name for field in fields(Practice))
PARTS = tuple(name for name in NAMES if name not in ("language", "outlets", *DETAILS))
REQUIRED = ("project", "owner", "results", "contact_name", "contact_email")


def practice_from(content: Record) -> Practice:
    """The card that was kept as JSON. What it does not know is left out, what is missing has its default."""
    known = {name: value for name, value in content.items() if name in NAMES}
    for name in LISTS:
        known[name] = tuple(known.get(name) or ())
    known["measures"] = tuple(Measure(**row) for row in known.get("measures") or ())
    return Practice(**known)


def note_draft(
    practice: Practice, kind: str, *, name: str, role_id: int | None, stakeholder: str, source: str
) -> NoteContent:
    """The note that this card becomes: the results as its text, the project as its title, the card as its source."""
    return NoteContent(
        kind=kind,
        title=practice.project,
        text=practice.results,
        language=practice.language,
        role_id=role_id,
        speaker=name,
        organization=practice.owner,
        stakeholder_type=stakeholder,
        country=practice.country,
        action_lines=tuple(in_line_order(practice.action_lines)),
        goals=practice.goals,
        countries=(practice.country,) if practice.country else (),
        figures=tuple(Figure(f"{one.figure} {one.unit}".strip(), one.source) for one in practice.measures),
        sources=(source,),
        replicability=practice.replicability,
        sustainability=practice.sustainability,
    )
