"""The words of one line of a file, asked for one by one; what is wrong with them is gathered."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import clean, fault_in, folded
from eventapp.record.loading.columns import LINES, TRANSLATION
from eventapp.record.loading.reading import Fault, Read
from eventapp.record.notes.content import LONGEST_TEXT, Figure
from eventapp.record.notes.country_input import codes_of
from eventapp.vocabulary.notes import TITLE_LIMIT
from eventapp.vocabulary.term import Term

BETWEEN = re.compile(r"[\s,;،|]+")
NUMBER_OF = re.compile(r"\b(sdg|goal)\s+(?=[0-9])", re.IGNORECASE)  # "SDG 9" is one word
YES, NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")
MOST_OF_A_LINE = 100  # things that are said to be wrong with one line
LONG = ("words", "neutral", "replicability", "sustainability", "gender_relevance")
SHORT = {
    **dict.fromkeys(LINES, 2000),
    "title": TITLE_LIMIT,
    "due_text": 120,
    "who": 200,
    "speaker": 200,
    "delegation": 200,
    "id": 200,
}


@dataclass
class Words:
    """The words of one line, asked for one by one; what is wrong is gathered."""

    written: Read
    faults: list[Fault] = field(default_factory=list)

    def fault(self, sentence: str) -> None:
        if len(self.faults) < MOST_OF_A_LINE:
            self.faults.append(Fault(self.written.line, sentence))

    def text(self, name: str) -> str:
        """A text of one line or of several, under the policy for every text."""
        value = self.written.words.get(name)
        if value is None:
            return ""
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            self.fault(_("“%(name)s” has to be a text.", name=name))
            return ""
        return self.checked(name, clean(str(value)))

    def checked(self, name: str, words: str) -> str:
        is_long = name in LONG or name.startswith(TRANSLATION)
        wrong = fault_in(words, most=LONGEST_TEXT if is_long else SHORT.get(name, 400), lines=is_long)
        if wrong:
            self.fault(f"{name}: {wrong}")
        return "" if wrong else words

    def several(self, name: str) -> list[str]:
        """The codes of a list, or of a text between commas; of some columns, the lines of a text."""
        value = self.written.words.get(name) or []
        if isinstance(value, str):
            parts = value.splitlines() if name in LINES else BETWEEN.split(NUMBER_OF.sub(r"\1", value))
            value = [part for part in parts if part.strip()]
        if not isinstance(value, list) or not all(isinstance(one, str | int) for one in value):
            self.fault(_("“%(name)s” has to be a list.", name=name))
            return []
        return [self.checked(name, clean(str(one))) for one in value]

    def code(self, name: str, known: Mapping[str, Term], otherwise: str = "") -> str:
        """One code of a list, or its word in the reader's language."""
        words = self.text(name)
        if not words:
            return otherwise
        ways = {folded(way): code for code, term in known.items() for way in (term.label, code.replace("-", " "), code)}
        if folded(words) not in ways:
            self.fault(_("%(column)s: no such word “%(word)s”. Write one of: %(known)s.",
                         column=name, word=words[:60], known=", ".join(known)))  # fmt: skip
        return ways.get(folded(words), otherwise)

    def codes(self, name: str, read: Callable[[str], str], known: Iterable[str]) -> tuple[str, ...]:
        found, listed = [read(one) for one in self.several(name)], list(known)
        for code in found:
            if code not in listed:
                self.fault(_("%(column)s: there is no “%(word)s”.", column=name, word=code[:60]))
        return tuple(code for code in found if code in listed)

    def countries(self, name: str) -> tuple[str, ...]:
        value = self.written.words.get(name) or ""
        found = codes_of("; ".join(map(str, value)) if isinstance(value, list) else self.text(name))
        if found.unknown:
            self.fault(_("%(column)s: there is no “%(word)s”.", column=name, word=found.unknown[0][:60]))
        return found.codes

    def day(self, name: str) -> date | None:
        words = self.text(name)
        try:
            return date.fromisoformat(words) if words else None
        except ValueError:
            self.fault(_("%(column)s: write the day as 2027-12-31; other words go in due_text.", column=name))
            return None

    def figures(self) -> tuple[Figure, ...]:
        value = self.written.words.get("figures") or []
        if not isinstance(value, list) or not all(isinstance(one, dict | str) for one in value):
            self.fault(_("“%(name)s” has to be a list.", name="figures"))
            return ()
        rows = [one if isinstance(one, dict) else {"figure": one} for one in value]
        pairs = [
            [self.checked("figures", clean(str(row.get(name) or ""))) for name in ("figure", "source")] for row in rows
        ]
        if any(not figure for figure, _source in pairs):
            self.fault(_("figures: a source stands there without its figure."))
        return tuple(Figure(figure, source) for figure, source in pairs if figure)

    def is_ticked(self, name: str) -> bool:
        words = folded(str(self.written.words.get(name) or ""))
        if words not in (*YES, *NO):
            self.fault(_("%(column)s: write yes or no.", column=name))
        return words in YES
