"""Laying a report out on pages. The same report is always laid out in the same way.

A report stays whole as long as its page is quickly drawn and sent: WHOLE characters, some 300 kB with their marks, are
200 ordinary paragraphs and a programme of three days, more than an organ's page limit lets a report have. A longer one
has a page for each chapter and annex, and as many as are needed, of up to ROOM characters, for a long one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.language.data import written_in
from eventapp.review.language.wording import LABELS
from eventapp.review.paged.content import (
    Front,
    Heading,
    LetteredMatter,
    MattersPortion,
    PageLine,
    Piece,
    Portion,
    ReportPage,
)
from eventapp.review.reports.content import Annex, Chapter, Paragraph, Report, Rows
from eventapp.review.reports.models import Edition
from eventapp.review.reports.numerals import capital
from eventapp.review.reports.parts import Matters

WHOLE = 200_000
ROOM = 100_000
MARKS_OF_PARAGRAPH, MARKS_OF_SENTENCE, MARKS_OF_NOTE, MARKS_OF_ROW, MARKS_OF_CELL = 600, 150, 20, 30, 10

G = TypeVar("G")
R = TypeVar("R")


class Cut(NamedTuple):
    """The rows of one group that stand on one page."""

    group: int
    start: int
    stop: int


class LaidOut(NamedTuple):
    """An edition laid out on pages."""

    front: Front
    pages: list[ReportPage]


def lay_out(edition: Edition, whole: int = WHOLE) -> LaidOut:
    """The edition on its pages, in memory."""
    return laid_out(from_dict(edition.content), whole)


def laid_out(text: Report, whole: int = WHOLE) -> LaidOut:
    """The same of the words of an edition: one page up to so many characters as `whole` says."""
    with written_in(text.language):
        pages = pages_of(text, whole)
        return LaidOut(front_of(text, pages), pages)


def pages_of(text: Report, whole: int = WHOLE, room: int = ROOM) -> list[ReportPage]:
    """The pages of the report, in order: one named "" where it is short, or has nothing in it."""
    pieces = pieces_of(text)
    if not pieces or sum(map(size_of, pieces)) <= whole:
        return [ReportPage("", tuple(pieces))]
    return [page for piece in pieces for page in cut_up(piece, room)]


def whole_page(text: Report) -> ReportPage:
    """All of the report on one page, however long it is."""
    return ReportPage("", tuple(pieces_of(text)))


def on_one_page(text: Report) -> dict[str, object]:
    """What a template draws all of the report with: its `sheet`, and the `front` that has its contents."""
    page = whole_page(text)
    return {"sheet": page, "front": front_of(text, [page])}


def front_of(text: Report, pages: Sequence[ReportPage]) -> Front:
    """What all the pages need: the report's head, its contents, and what leads from page to page."""
    contents = [heading for page in pages for piece in page.pieces for heading in _headings(page.name, piece)]
    return Front(replace(text, chapters=(), annexes=(), matters=()), tuple(_lines(pages)), tuple(contents))


def pieces_of(text: Report) -> list[Piece]:
    """The report's chapters and annexes, each whole."""
    found = (
        [Piece("r1", "I.", LABELS["matters"], is_continued=False, matters=_matters(text.matters))]
        if text.matters
        else []
    )
    found += [
        Piece(f"r{one.number}", f"{one.numeral}.", one.title, is_continued=False, portions=_portions(one))
        for one in text.chapters
    ]
    return found + [
        Piece(f"annex{one.number}", one.numeral, one.title, is_continued=False, annex=one) for one in text.annexes
    ]


def _matters(parts: Iterable[Matters]) -> tuple[MattersPortion, ...]:
    return tuple(
        MattersPortion(
            f"{capital(place)}.",
            part.heading,
            part.opening,
            is_continued=False,
            rows=tuple(LetteredMatter(letter, row) for letter, row in part.lettered),
        )
        for place, part in enumerate(parts)
    )


def _portions(chapter: Chapter) -> tuple[Portion, ...]:
    return tuple(
        Portion(
            f"{one.letter}.", one.heading, one.anchor, one.level, is_continued=False, paragraphs=tuple(one.paragraphs)
        )
        for one in chapter.sections
    )


def size_of(piece: Piece) -> int:
    """How much is drawn of it, in characters."""
    return sum(sum(_sizes(group, size)) for groups, size in [_groups(piece)] for group in groups)


def cut_up(piece: Piece, room: int) -> list[ReportPage]:
    """The pages of a chapter or annex that has pages of its own."""
    groups, size = _groups(piece)
    pages = _pages([_sizes(group, size) for group in groups], room)
    name = piece.anchor.replace("annex", "annex-") if piece.annex else f"chapter-{piece.anchor[1:]}"
    return [
        ReportPage(name if number == 1 else f"{name}-{number}", (_part(piece, cuts, is_continued=number > 1),))
        for number, cuts in enumerate(pages, 1)
    ]


def _groups(piece: Piece) -> tuple[list[Sequence[object]], Callable[..., int]]:
    """Return what a piece has below each of its headings, and what tells how much is drawn of each."""
    if piece.annex:
        return [part.rows for part in piece.annex.parts], _row_size
    if piece.matters:
        return [part.rows for part in piece.matters], _matter_size
    return [part.paragraphs for part in piece.portions], _paragraph_size


def _sizes(group: Iterable[object], size: Callable[..., int]) -> list[int]:
    return [size(one) for one in group]


def _row_size(cells: Sequence[str]) -> int:
    return MARKS_OF_ROW + sum(len(cell) + MARKS_OF_CELL for cell in cells)


def _matter_size(one: LetteredMatter) -> int:
    row = one.matter
    return MARKS_OF_ROW + len(row.text) + len(row.to) + len(row.by) + len(row.paragraph)


def _paragraph_size(one: Paragraph) -> int:
    notes = sum(len(sentence.notes) * MARKS_OF_NOTE * 2 + MARKS_OF_SENTENCE for sentence in one.sentences)
    footnotes = sum(len(note.text) + MARKS_OF_SENTENCE for note in one.footnotes)
    return MARKS_OF_PARAGRAPH + len(one.text) + len(one.heading) + notes + footnotes + len(one.evidence) * MARKS_OF_NOTE


def _pages(groups: Sequence[Sequence[int]], room: int) -> list[list[Cut]]:
    """Return which rows of which groups stand on each page, by their sizes; a heading stands with its first row."""
    pages: list[list[Cut]] = [[]]
    taken = 0
    for group, sizes in enumerate(groups):
        pages[-1].append(Cut(group, 0, 0))
        for at, size in enumerate(sizes):
            if taken and taken + size > room:
                pages.append(_heads_without_rows(pages[-1]) or [Cut(group, at, at)])
                taken = 0
            last = pages[-1].pop()
            pages[-1].append(last._replace(stop=at + 1))
            taken += size
    return pages


def _heads_without_rows(page: list[Cut]) -> list[Cut]:
    """Take from the end of a page the headings that have no row on it."""
    keeps = max((place for place, cut in enumerate(page) if cut.stop > cut.start), default=-1) + 1
    found = page[keeps:]
    del page[keeps:]
    return found


def _part(piece: Piece, cuts: Iterable[Cut], *, is_continued: bool) -> Piece:
    """Return what one page has of a piece."""
    chosen = [(cut.group, slice(cut.start, cut.stop), cut.start > 0) for cut in cuts]
    annex: Annex | None = None
    if piece.annex:
        parts = piece.annex.parts
        rows = tuple(
            Rows(_goes_on(parts[group].heading) if continued else parts[group].heading, parts[group].rows[rows])
            for group, rows, continued in chosen
        )
        annex = replace(piece.annex, parts=rows)
    return replace(
        piece,
        is_continued=is_continued,
        portions=tuple(
            replace(one, paragraphs=one.paragraphs[rows], is_continued=continued)
            for one, rows, continued in _of(piece.portions, chosen)
        ),
        matters=tuple(
            replace(one, rows=one.rows[rows], is_continued=continued)
            for one, rows, continued in _of(piece.matters, chosen)
        ),
        annex=annex,
    )


def _goes_on(heading: str) -> str:
    """Return the heading of rows that began on an earlier page."""
    return heading and f"{heading} ({LABELS['continued']})"


def _of(groups: Sequence[G], chosen: Iterable[tuple[int, slice, bool]]) -> list[tuple[G, slice, bool]]:
    return [(groups[group], rows, continued) for group, rows, continued in chosen] if groups else []


def _headings(page: str, piece: Piece) -> list[Heading]:
    """Return the lines of the contents for what begins on a page."""
    found = [] if piece.is_continued else [Heading(0, page, piece.anchor, *_called(piece))]
    return found + [
        Heading(1, page, f"{piece.anchor}{one.anchor}", one.letter, one.heading)
        for one in piece.portions
        if one.heading and one.level == 1 and not one.is_continued
    ]


def _called(piece: Piece) -> tuple[str, str]:
    """Return the numeral and title of a piece as the contents have them."""
    return ("", f"{LABELS['annex']} {piece.numeral}. {piece.title}") if piece.annex else (piece.numeral, piece.title)


def _lines(pages: Iterable[ReportPage]) -> Iterator[PageLine]:
    """Walk the pages as others lead to them; of a table, and of matters, their rows are counted."""
    rows = 0
    for page in pages:
        piece = page.pieces[0] if page.name else None
        if piece is None:
            yield PageLine("", "", "", "", "")
            continue
        before = rows if piece.is_continued else 0
        rows = before + sum(len(group) for group in _groups(piece)[0])
        places = [one.place for one in piece.paragraphs]
        first, last = (places[0], places[-1]) if places else (str(before + 1), str(rows))
        yield PageLine(page.name, *_called(piece), first, last)
