"""What stands on one page of a published report, as values: laid out once, kept beside the edition, drawn as they are.

Letters, numerals and headings are those of the whole report, however it is cut; what began on an earlier page says
so and has no anchor of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from eventapp.review.reports.content import Annex, Footnote, Paragraph, Report
from eventapp.review.reports.parts import Matter


@dataclass(frozen=True)
class Portion:
    """Paragraphs below one heading of a chapter; `anchor` follows that of the chapter, "" above the first heading."""

    letter: str
    heading: str
    anchor: str
    level: int
    is_continued: bool  # its heading stands on an earlier page
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class LetteredMatter:
    """One matter with its letter in brackets."""

    letter: str
    matter: Matter


@dataclass(frozen=True)
class MattersPortion:
    """Matters of one sort below their heading."""

    letter: str
    heading: str
    opening: str
    is_continued: bool
    rows: tuple[LetteredMatter, ...]


@dataclass(frozen=True)
class Piece:
    """A chapter, chapter I of matters, or an annex, or what one page has of it: just one of the three is not empty."""

    anchor: str
    numeral: str
    title: str
    is_continued: bool
    portions: tuple[Portion, ...] = ()
    matters: tuple[MattersPortion, ...] = ()
    annex: Annex | None = None

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        return (paragraph for portion in self.portions for paragraph in portion.paragraphs)

    @property
    def anchors(self) -> Iterator[str]:
        """Walk what an address may name here: the piece, its headings, paragraphs and footnotes."""
        if not self.is_continued:
            yield self.anchor
        for portion in self.portions:
            if portion.heading and not portion.is_continued:
                yield f"{self.anchor}{portion.anchor}"
            for paragraph in portion.paragraphs:
                yield paragraph.anchor
                for note in paragraph.footnotes:
                    yield from (f"fn{note.number}", f"ref{note.number}")


@dataclass(frozen=True)
class ReportPage:
    """One page: all of a short report, whose name is "", or a part of a long one, "chapter-2" or "annex-1-3"."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def body(self) -> list[Piece]:
        """Return what stands above the footnotes."""
        return [one for one in self.pieces if one.annex is None]

    @property
    def annexes(self) -> list[Piece]:
        return [one for one in self.pieces if one.annex is not None]

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        return (paragraph for piece in self.pieces for paragraph in piece.paragraphs)

    @property
    def footnotes(self) -> list[Footnote]:
        return [note for paragraph in self.paragraphs for note in paragraph.footnotes]


@dataclass(frozen=True)
class PageLine:
    """A page as others lead to it; `first` and `last` are numbers of paragraphs, or places of rows, "" of neither."""

    name: str
    numeral: str
    title: str
    first: str
    last: str


@dataclass(frozen=True)
class Heading:
    """A line of the contents: 0 is the level of a chapter, and the page it stands on."""

    level: int
    page: str
    anchor: str
    numeral: str
    title: str


@dataclass(frozen=True)
class Front:
    """What every page of a report needs: its head and words in front, its contents, and the pages there are."""

    text: Report  # without chapters, annexes and matters
    pages: tuple[PageLine, ...]
    contents: tuple[Heading, ...]

    @property
    def is_long(self) -> bool:
        """Whether its parts stand on pages of their own."""
        return [one.name for one in self.pages] != [""]

    def lines_of(self, heading: Heading) -> list[PageLine]:
        """Return the pages of a chapter or annex that has several, to be led to one by one."""
        found = [one for one in self.pages if f"{one.name}-".startswith(f"{heading.page}-")] if heading.page else []
        return found if len(found) > 1 and not heading.level else []

    @property
    def parted(self) -> set[str]:
        """Return the names of the pages that have some of a chapter or annex."""
        return {line.name for one in self.contents for line in self.lines_of(one)}

    def beside(self, name: str) -> tuple[PageLine | None, PageLine | None]:
        """Return the pages before and behind this one; None where there is none."""
        at = next(place for place, one in enumerate(self.pages) if one.name == name)
        return self.pages[at - 1] if at else None, self.pages[at + 1] if at + 1 < len(self.pages) else None
