"""One fixed word of the domain: a code that is stored, and a label that is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from eventapp.ground.text.i18n import LazyString


@dataclass(frozen=True)
class Term:
    """A word from a short closed list, such as a note's kind."""

    code: str
    words: LazyString = field(compare=False, repr=False)

    @property
    def label(self) -> str:
        """Return the word in the reader's language."""
        return str(self.words)


def terms(*pairs: tuple[str, LazyString]) -> Mapping[str, Term]:
    """Return the words of one list by code, in the order a person reads them."""
    return MappingProxyType({code: Term(code, words) for code, words in pairs})


def choices(listed: Mapping[str, Term]) -> list[tuple[str, str]]:
    """Return (code, label) pairs for a form, in order, in the reader's language."""
    return [(term.code, term.label) for term in listed.values()]
