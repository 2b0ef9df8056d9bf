"""What a version of a report says besides its chapters and annexes, as values: its head, matters, corrections."""

from dataclasses import dataclass
from datetime import date

from eventapp.review.reports.numerals import capital


@dataclass(frozen=True)
class Matter:
    """What was recommended or agreed: its words, whom it is addressed to, by how many, and its paragraph."""

    text: str
    to: str
    by: str
    paragraph: str


@dataclass(frozen=True)
class Matters:
    """Matters of one sort, below a heading and a sentence that opens them."""

    heading: str
    opening: str
    rows: tuple[Matter, ...]

    @property
    def lettered(self) -> list[tuple[str, Matter]]:
        """Return each with its letter in brackets."""
        return [(f"({capital(place).lower()})", row) for place, row in enumerate(self.rows)]


@dataclass(frozen=True)
class MeetingFacts:
    """What the head of a report says of its meeting; days are those of the meeting's own zone."""

    slug: str
    title: str
    place: str
    first_day: date
    last_day: date
    zone: str


@dataclass(frozen=True)
class Masthead:
    """What stands at the head of a paper of an organ; `organs` from the highest, `original` is a language in words."""

    organs: tuple[str, ...]
    session: str
    item: str
    original: str


@dataclass(frozen=True)
class Correction:
    """One entry of a corrigendum: the document it stands in, the paragraph, and its words; `by` is who put it right."""

    document: str
    paragraph: str
    wrong: str
    reading: str
    reason: str
    by: str
