"""Matters calling for action as values, a part of what a version of a report says."""

from dataclasses import dataclass

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
