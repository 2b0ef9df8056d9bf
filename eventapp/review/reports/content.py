"""A report as values: what a version of it says, with nothing left to look up.

Every output (page, Word, PDF, Markdown, JSON, CSV) is made from these values alone, so a version says
the same in every format and for ever. `docs/report-format.md` describes them for readers of the JSON.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count, pairwise
from typing import NamedTuple

from eventapp.ground.exact import SOMETIMES
from eventapp.review.reports.numerals import capital, roman
from eventapp.review.reports.parts import Correction, Masthead, Matters, MeetingFacts


@dataclass(frozen=True)
class Footnote:
    """One footnote; `at` counts the characters of the paragraph that stand before its mark."""

    number: int
    at: int
    text: str


@dataclass(frozen=True)
class Translation:
    """The words of a note in another language, beside those that were said."""

    language: str
    text: str
    translator: str


@dataclass(frozen=True)
class Evidence:
    """One note as it stood when it was cited; `source` says no more than report and note both allow."""

    note: str
    revision: int
    kind: str
    title: str
    text: str
    session: str
    session_title: str
    source: str
    action_lines: tuple[str, ...]
    goals: tuple[int, ...]
    translations: tuple[Translation, ...] = field(default=(), metadata=SOMETIMES)  # older versions say nothing of them


@dataclass(frozen=True)
class Sentence:
    """One sentence of a paragraph: where it ends, in characters of the text, and the notes it rests on."""

    end: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; numbers run through the whole report. A sub-paragraph has its parent's number and a letter."""

    number: int
    text: str
    footnotes: tuple[Footnote, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    letter: str = field(default="", metadata=SOMETIMES)
    heading: str = field(default="", metadata=SOMETIMES)  # the sub-heading above it, without its letter
    sentences: tuple[Sentence, ...] = field(default=(), metadata=SOMETIMES)
    section: str = field(default="", metadata=SOMETIMES)  # the heading of the section that begins here

    @property
    def label(self) -> str:
        """Return what stands before the text: "7.", "(a)", or "2." of a numbered item."""
        if self.is_item:
            return f"{self.letter}."
        return f"({self.letter})" if self.letter else f"{self.number}."

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list with numbers, as an agenda has."""
        return self.letter.isdecimal()

    @property
    def place(self) -> str:
        """Return how other places call it: "7" or "7 (a)"."""
        return f"{self.number} ({self.letter})" if self.letter else str(self.number)

    @property
    def anchor(self) -> str:
        """Return its name in the address of the page: "p7", "p7a", or "p7-2" of a numbered item."""
        return f"p{self.number}{'-' if self.is_item else ''}{self.letter}"

    @property
    def crowded(self) -> frozenset[int]:
        """Return the numbers of the footnotes that stand where another one does: a comma parts 6 and 7 from 67."""
        places = [footnote.at for footnote in self.footnotes]
        return frozenset(
            footnote.number
            for before, footnote in zip(places, self.footnotes[1:], strict=False)
            if before == footnote.at
        )

    @property
    def pieces(self) -> list[tuple[str, Footnote | None]]:
        """Return the text cut at its footnotes: each piece with the footnote that follows it, if any."""
        starts = [0, *(footnote.at for footnote in self.footnotes)]
        cut = [
            (self.text[start : footnote.at], footnote) for start, footnote in zip(starts, self.footnotes, strict=False)
        ]
        rest = self.text[starts[-1] :]
        return [*cut, (rest, None)] if rest or not cut else list(cut)

    @property
    def spans(self) -> list[tuple[str, Footnote | None, tuple[str, tuple[str, ...]]]]:
        """Return the text cut at its footnotes and behind each sentence that has sources, with its letter and them."""
        based = [one for one in self.sentences if one.notes]
        marks: list[tuple[int, Footnote | None, tuple[str, tuple[str, ...]]]] = [
            *((one.at, one, ("", ())) for one in self.footnotes),
            *((one.end, None, (capital(at).lower(), one.notes)) for at, one in enumerate(based)),
        ]
        found, start = [], 0
        for at, footnote, sentence in sorted(marks, key=lambda mark: mark[0]):
            found.append((self.text[start:at], footnote, sentence))
            start = at
        return [*found, (self.text[start:], None, ("", ()))] if self.text[start:] or not found else found


class Section(NamedTuple):
    """Paragraphs below one heading, which has a letter, or below that of a section, `within`, a number.

    Those above the first heading of a chapter have neither. A section whose sub-headings begin at once has none itself.
    """

    letter: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    within: str = ""  # the letter of the section that it is a part of
    is_item: bool = False  # one that others stand in, and no sub-heading

    @property
    def anchor(self) -> str:
        """Return what follows the chapter in its name in the address of the page: "A" or "A1"."""
        return f"{self.within}{self.letter}"

    @property
    def level(self) -> int:
        """Return 1 below a chapter, 2 below a section."""
        return 2 if self.within else 1


@dataclass(frozen=True)
class Chapter:
    """Paragraphs on one subject, under a roman numeral."""

    number: int
    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def numeral(self) -> str:
        return roman(self.number)

    @property
    def sections(self) -> list[Section]:
        """Return the paragraphs below each heading, in order; where there are sections, sub-headings stand in them."""
        starts = [place for place, one in enumerate(self.paragraphs) if one.heading or one.section]
        ends = [*starts, len(self.paragraphs)]
        found = [Section("", "", self.paragraphs[: ends[0]])] if ends[0] else []
        letters, numbers, within = count(), count(1), ""
        for start, end in pairwise(ends):
            first, rows = self.paragraphs[start], self.paragraphs[start:end]
            if first.section:
                within, numbers = capital(next(letters)), count(1)
                found.append(Section(within, first.section, () if first.heading else rows, is_item=True))
            if first.heading:
                letter = str(next(numbers)) if within else capital(next(letters))
                found.append(Section(letter, first.heading, rows, within))
        return found

    def within(self, section: Section) -> list[Paragraph]:
        """Return the paragraphs of a section, with those below its sub-headings."""
        inside = (one for one in self.sections if section.letter in (one.within, "" if one.within else one.letter))
        return [paragraph for one in inside for paragraph in one.paragraphs]


@dataclass(frozen=True)
class Rows:
    """The rows of an annex that stand under one heading; an empty heading is not shown."""

    heading: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Annex:
    """A table that closes a report: the programme, the participants, the evidence."""

    number: int
    code: str
    title: str
    columns: tuple[str, ...]
    parts: tuple[Rows, ...]

    @property
    def numeral(self) -> str:
        return roman(self.number)


@dataclass(frozen=True)
class Report:
    """One version of a report, complete; `policy` is the most it says of any source."""

    name: str
    version: int
    symbol: str
    title: str
    bodies: tuple[str, ...]
    language: str
    policy: str
    distribution: str
    issued_on: date
    notices: tuple[str, ...]
    meeting: MeetingFacts
    chapters: tuple[Chapter, ...]
    annexes: tuple[Annex, ...]
    masthead: Masthead | None = field(default=None, metadata=SOMETIMES)  # versions from before it have none
    draft: str = field(default="", metadata=SOMETIMES)  # on each page of what is not adopted: which version, of when
    summary: tuple[str, ...] = field(default=(), metadata=SOMETIMES)  # paragraphs, in a box on the first page
    matters: tuple[Matters, ...] = field(default=(), metadata=SOMETIMES)  # chapter I, before the others

    corrects: int = field(default=0, metadata=SOMETIMES)  # in a corrigendum: the version of the report it corrects
    corrections: tuple[Correction, ...] = field(default=(), metadata=SOMETIMES)

    def corrected(self, paragraph: Paragraph) -> list[Correction]:
        """Return what was put right in this paragraph after it was published; it is shown beside the adopted words."""
        return [] if self.corrects else [one for one in self.corrections if one.paragraph == paragraph.place]

    @property
    def heads(self) -> tuple[str, ...]:
        """Return whose paper it is, from the highest: in its corner, below the corner, and above its title."""
        return (*(self.masthead.organs if self.masthead else ()), *self.bodies)

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Walk the numbered paragraphs from the first to the last."""
        return (paragraph for chapter in self.chapters for paragraph in chapter.paragraphs)

    @property
    def footnotes(self) -> Iterator[Footnote]:
        """Walk the footnotes from the first to the last."""
        return (note for paragraph in self.paragraphs for note in paragraph.footnotes)
