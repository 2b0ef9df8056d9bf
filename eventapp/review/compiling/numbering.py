"""Numbering: chapters, paragraphs and footnotes get their numbers when a report is put together.

A footnote is written where its mark shall stand: `… in its resolution 70/125.^[A/RES/70/125.]`
A reference to another place is written by what stands there, so that it follows when numbers move: `{annex:programme}`,
`{paragraph:S2-01}` (the first that cites this note), `{chapter:Way forward}`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from eventapp.review.language.data import sentence
from eventapp.review.language.points import below, cut, has_numbers, inside, lettered
from eventapp.review.reports.content import Annex, Chapter, Evidence, Footnote, Paragraph, Sentence

REFERENCE = re.compile(r"\{(?:annex|paragraph|chapter):[^{}]+\}")
FOOTNOTE = re.compile(r"\s*\^\[(?P<text>[^\[\]]+)\]")


@dataclass(slots=True)  # not frozen: to make one would take three times as long, and a page makes 7,000
class Unnumbered:
    """A paragraph as an editor wrote it, with its footnotes inside the text."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    level: int = 0
    heading: str = ""
    sentences: tuple[tuple[str, tuple[str, ...]], ...] = ()  # the words of each, and the notes it rests on
    section: str = ""


def numbered(
    chapters: Iterable[tuple[str, Iterable[Unnumbered]]], *, apart: bool = True, first: int = 1
) -> tuple[Chapter, ...]:
    """Return titled chapters with every number in place; a chapter without paragraphs is left out.

    `first` is the number of the first chapter. The points of a text become sub-paragraphs, or lines of the one
    paragraph where they are not to be taken `apart`.
    """
    paragraph_numbers, footnote_numbers = count(1), count(1)
    written = (
        (title, list(_paragraphs(paragraphs, paragraph_numbers, footnote_numbers, apart=apart)))
        for title, paragraphs in chapters
    )
    filled = ((title, paragraphs) for title, paragraphs in written if paragraphs)
    return tuple(
        Chapter(number, title, tuple(paragraphs)) for number, (title, paragraphs) in enumerate(filled, start=first)
    )


def references(chapters: Iterable[Chapter], annexes: Iterable[Annex]) -> dict[str, str]:
    """Return what each reference that can be written reads as: "annex I", "paragraph 7", "chapter II, section B"."""
    found: dict[str, str] = {f"{{annex:{annex.code}}}": sentence("annex", number=annex.numeral) for annex in annexes}
    for chapter in chapters:
        found.setdefault(f"{{chapter:{chapter.title}}}", sentence("chapter", number=chapter.numeral))
        for item in (part for part in chapter.sections if part.is_item):
            place = sentence("section", number=chapter.numeral, letter=item.letter)
            found.setdefault(f"{{chapter:{item.heading}}}", place)
        for paragraph in chapter.paragraphs:
            for one in paragraph.evidence:
                found.setdefault(f"{{paragraph:{one.note}}}", sentence("paragraph", number=paragraph.place))
    return found


def with_references(text: str, known: Mapping[str, str]) -> str:
    """Return the text with each reference as it reads; one that leads nowhere stays as it was written."""
    return REFERENCE.sub(lambda found: known.get(found[0], found[0]), text) if "{" in text else text


def with_places(chapters: Iterable[Chapter], known: Mapping[str, str]) -> tuple[Chapter, ...]:
    """Return the chapters with each reference of their words and footnotes as it reads; no number is another by it."""
    return tuple(
        replace(chapter, paragraphs=tuple(_with_places(one, known) for one in chapter.paragraphs))
        for chapter in chapters
    )


def _with_places(one: Paragraph, known: Mapping[str, str]) -> Paragraph:
    if not any("{" in text for text in _printed(one)):
        return one
    text, start, footnotes = "", 0, []
    for note in one.footnotes:
        text += with_references(one.text[start : note.at], known)
        footnotes.append(Footnote(note.number, len(text), with_references(note.text, known)))
        start = note.at
    text += with_references(one.text[start:], known)
    ends = [replace(each, end=len(with_references(one.text[: each.end], known))) for each in one.sentences]
    return replace(one, text=text, footnotes=tuple(footnotes), sentences=tuple(ends))


def lost_reference(paragraph: Paragraph) -> str:
    """Return the first reference of a printed paragraph or its footnotes that leads nowhere, as written, or ''."""
    found = next(filter(None, map(REFERENCE.search, _printed(paragraph))), None)
    return found[0] if found else ""


def has_open_footnote(paragraph: Paragraph) -> bool:
    """Whether a printed paragraph still says ^[: a footnote that was begun, and not closed, or holds another."""
    return any("^[" in text for text in _printed(paragraph))


def _printed(paragraph: Paragraph) -> tuple[str, ...]:
    return (paragraph.text, *(one.text for one in paragraph.footnotes))


def without_footnotes(text: str) -> str:
    """Return the running text alone."""
    return FOOTNOTE.sub("", text) if "^[" in text else text


def _paragraphs(
    rows: Iterable[Unnumbered], numbers: Iterator[int], marks: Iterator[int], *, apart: bool
) -> Iterator[Paragraph]:
    """Give each its number, a sub-paragraph its letter, an item of a numbered list its own number.

    What begins a chapter has a number always.

    What closes the points of a text rests on the same evidence under the next number.
    """
    number = used = 0  # letters
    for one in rows:
        if "\n" not in one.text:  # as most are: without points, so it stays as it is
            if one.level and number:
                letter, used = lettered(used), used + 1
            else:
                letter, number, used = "", next(numbers), 0
            yield _paragraph(one, number, letter, marks)
            continue
        parts, closing = cut(one.text)
        if one.level and number:
            text = " ".join(filter(None, [inside(parts), closing]))
            yield _paragraph(replace(one, text=text), number, lettered(used), marks)
            used += 1
            continue
        are_numbered = has_numbers(one.text)
        number, used = next(numbers), 0 if are_numbered else len(parts) - 1
        after = next(numbers) if closing else number
        whole = "\n".join([below(parts, are_numbered=are_numbered), *([f"{after}. {closing}"] if closing else [])])
        yield _paragraph(replace(one, text=parts[0] if apart else whole), number, "", marks)
        for place, point in enumerate(parts[1:] if apart else ()):
            sign = str(place + 1) if are_numbered else lettered(place)
            yield _paragraph(Unnumbered(point), number, sign, marks)
        if closing and apart:
            yield _paragraph(replace(one, text=closing, heading="", section=""), after, "", marks)
        number, used = after, used if after == number else 0


def _sentences(one: Unnumbered, text: str) -> tuple[Sentence, ...]:
    """Return where each sentence ends in the printed text; none where the text is not these sentences any more."""
    words = [without_footnotes(words) for words, _notes in one.sentences]
    if " ".join(words) != text:
        return ()
    ends = [len(" ".join(words[: place + 1])) for place in range(len(words))]
    return tuple(Sentence(end, notes) for end, (_words, notes) in zip(ends, one.sentences, strict=True))


def _paragraph(one: Unnumbered, number: int, letter: str, marks: Iterator[int]) -> Paragraph:
    found, text, start = [], "", 0
    for match in FOOTNOTE.finditer(one.text) if "^[" in one.text else ():  # it looks behind every blank
        text += one.text[start : match.start()]
        found.append(Footnote(next(marks), len(text), match["text"].strip()))
        start = match.end()
    text += one.text[start:]
    sentences = _sentences(one, text) if one.sentences else ()
    return Paragraph(number, text, tuple(found), one.evidence, letter, one.heading, sentences, one.section)
