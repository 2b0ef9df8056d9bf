"""What an input says, as one value: typed in a form, kept as a draft, held by a revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import search_key, words_in
from eventapp.vocabulary.lines import in_line_order

# The forms of reporting: a report on an action line has about a page and a half, a summary half a page, of 500 words.
LINE_LIMIT, OVERVIEW_LIMIT = 750, 250  # words
OVERVIEW = ""  # the part that belongs to no action line
DELEGATION, ORGANIZATION = "delegation", "organization"
BEHALVES = (DELEGATION, ORGANIZATION)


@dataclass(frozen=True)
class Contribution:
    """What somebody writes to the review; half written while it is a draft."""

    behalf: str = ORGANIZATION
    organization: str = ""
    country: str = ""
    language: str = "en"
    overview: str = ""
    passages: Mapping[str, str] = field(default_factory=dict)  # action line -> words, in the order of the lines

    def content(self) -> Record:
        """The input as JSON keeps it."""
        same = ("behalf", "organization", "country", "language", "overview")
        return {**{name: getattr(self, name) for name in same}, "passages": dict(self.passages)}

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Every part that has words, the overview first: (action line or '', words)."""
        overview = [(OVERVIEW, self.overview)] if self.overview else []
        return overview + [(line, text) for line, text in self.passages.items() if text]

    @property
    def lines(self) -> list[str]:
        """The action lines it writes about."""
        return [line for line, text in self.passages.items() if text]

    @property
    def too_long(self) -> list[str]:
        """The parts that have more words than their limit."""
        return [part for part, text in self.parts if words_in(text) > limit_of(part)]

    @property
    def words(self) -> str:
        """Everything in it, for searching."""
        return search_key(self.organization, self.country, *(text for _part, text in self.parts))


def limit_of(part: str) -> int:
    """How many words this part may have."""
    return OVERVIEW_LIMIT if part == OVERVIEW else LINE_LIMIT


def contribution_from(content: Record) -> Contribution:
    """The input that was kept as JSON, its passages in the order of the lines."""
    known = {
        name: content[name] for name in ("behalf", "organization", "country", "language", "overview") if name in content
    }
    typed = content.get("passages") or {}
    return Contribution(**known, passages={line: typed[line] for line in in_line_order(typed) if typed[line]})
