"""Numbering: chapters, paragraphs and footnotes get their numbers when a report is put together.

A footnote is written where its mark shall stand: `… in its resolution 70/125.^[A/RES/70/125.]`
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from eventapp.review.content import Chapter, Evidence, Footnote, Paragraph

FOOTNOTE = re.compile(r"\s*\^\[(?P<text>[^\[\]]+)\]")


@dataclass(frozen=True)
class Unnumbered:
    """A paragraph as an editor wrote it, with its footnotes inside the text."""

    text: str
    evidence: tuple[Evidence, ...] = ()


def numbered(chapters: Iterable[tuple[str, Iterable[Unnumbered]]]) -> tuple[Chapter, ...]:
    """Return titled chapters with every number in place; a chapter without paragraphs is left out."""
    paragraph_numbers, footnote_numbers = count(1), count(1)
    written = (
        (title, [_paragraph(one, paragraph_numbers, footnote_numbers) for one in paragraphs])
        for title, paragraphs in chapters
    )
    filled = ((title, paragraphs) for title, paragraphs in written if paragraphs)
    return tuple(
        Chapter(number, title, tuple(paragraphs)) for number, (title, paragraphs) in enumerate(filled, start=1)
    )


def without_footnotes(text: str) -> str:
    """Return the running text alone."""
    return FOOTNOTE.sub("", text)


def _paragraph(one: Unnumbered, numbers: Iterator[int], marks: Iterator[int]) -> Paragraph:
    found, text, start = [], "", 0
    for match in FOOTNOTE.finditer(one.text):
        text += one.text[start : match.start()]
        found.append(Footnote(next(marks), len(text), match["text"].strip()))
        start = match.end()
    return Paragraph(next(numbers), text + one.text[start:], tuple(found), one.evidence)
