"""Points: a note that tells several things one below the other becomes a paragraph with sub-paragraphs.

In the text of a paragraph each line that begins with a hyphen is one: "the following:", "- One thing;", "- Another."
They are lettered, (a), (b) …; lines that begin with 1., 2., 3. … keep their numbers, as the items of an agenda do.
What closes the list, on a line of its own below the last point, is none of them and gets a number of its own.
"""

import re
from collections.abc import Iterator, Sequence

from eventapp.review.language.grammar import one_of

ITEM = re.compile(r"\s*(?:[-–—•*▪‣◦·]|\(?(?:\d{1,2}|[a-z])[.)])\s+(?P<words>\S.*)")
POINT = re.compile(r"\n[^\S\n]*[-–•*][^\S\n]+")
NUMBER = re.compile(r"\n[^\S\n]*(?P<number>\d{1,2})\.[^\S\n]+")
BELOW = re.compile(r"\n\s*(?=\S)")
EMPTY_LINE = re.compile(r"\n\s*\n")
ENDED = re.compile(r"[.!?…:;”][)\]”’\"']*$")
SENTENCES = re.compile(r"[.!?] +[A-Z]|[!?…”\"]$")
ENDS = " .,:;\u00a0\u202f"  # what a lead may end with, and its colon stands for
FEW = 2  # one line with a hyphen is no list


def points_of(text: str) -> tuple[str, list[str], str]:
    """Return what stands before the list of a note, the words of each of its points, and what closes the list.

    No points without a list.
    """
    lead: list[str] = []
    points: list[list[str]] = []
    for line in text.splitlines():
        item = ITEM.fullmatch(line)
        if item:
            points.append([item["words"]])
        elif points:
            points[-1].append(line)
        else:
            lead.append(line)
    if len(points) < FEW:
        return in_one_line(text), [], ""
    runs_on = any("".join(more).strip() for _words, *more in points[:-1])
    last, closing = _closed("\n".join(points.pop()), runs_on=runs_on)
    texts = [" ".join(" ".join(point).split()) for point in points]
    return in_one_line("\n".join(lead)), [*texts, " ".join(last.split())], in_one_line(closing)


def _closed(point: str, *, runs_on: bool = False) -> tuple[str, str]:
    """Return the last point of a list without what closes the list below it, and that.

    A line that goes on with a point begins small; where the points before run on over lines, only an empty line tells.
    """
    is_in_footnote, seen = False, 0
    for found in BELOW.finditer(point):
        between, seen = point[seen : found.start()], found.end()
        opened, closed = between.rfind("^["), between.rfind("]")
        is_in_footnote = opened > closed if max(opened, closed) >= 0 else is_in_footnote
        is_apart = found[0].count("\n") > 1 or not (runs_on or point[seen].islower())
        if is_apart and not is_in_footnote:
            return point[: found.start()], point[seen:]
    return point, ""


def unmarked(line: str) -> str:
    """Return a line without the hyphen or number that makes a point of it."""
    item = ITEM.fullmatch(line)
    return (item["words"] if item else line).strip()


def in_one_line(text: str) -> str:
    """Return a text without its line breaks; what an empty line set off is a sentence of its own."""
    parts = [" ".join(part.split()) for part in EMPTY_LINE.split(text)]
    texts = [part for part in parts if part]
    return " ".join(part if ENDED.search(part) or part is texts[-1] else f"{part}." for part in texts)


def with_points(lead: str, points: Sequence[str], closing: str = "", *, are_numbered: bool = False) -> str:
    """Return the text of a paragraph with a line for each point, ended as the United Nations end them."""
    close = "." if any(map(SENTENCES.search, points)) else ";"
    ended = [one if SENTENCES.search(one[-1:]) else one.rstrip(" .,;") + close for one in points]
    if close == ";":
        ended[-1] = f"{ended[-1].removesuffix(';')}."
    signs = [f"{place}." if are_numbered else "-" for place in range(1, len(ended) + 1)]
    lines = (f"{sign} {one}" for sign, one in zip(signs, ended, strict=True))
    listed = "\n".join([f"{lead.rstrip(ENDS)}{one_of('joints', 'colon')}", *lines])
    return "\n".join([listed, closing if ENDED.search(closing) else f"{closing}."]) if closing else listed


def cut(text: str) -> tuple[list[str], str]:
    """Return the text of a paragraph before its points, and each of them; then what closes the list, or ''."""
    if has_numbers(text):
        parts = [part.rstrip() for part in NUMBER.split(text)]
        parts = [parts[0], *parts[2::2]]
    else:
        parts = [part.rstrip() for part in POINT.split(text)] if "\n" in text else [text]
    if len(parts) == 1:
        return parts, ""
    last, closing = _closed(parts.pop())
    return [*parts, last.rstrip()], closing


def has_numbers(text: str) -> bool:
    """Whether the points of a paragraph are numbered, 1. and on without a gap, and two at least."""
    numbers = [int(found["number"]) for found in NUMBER.finditer(text)] if "\n" in text else []
    return len(numbers) >= FEW and numbers == list(range(1, len(numbers) + 1)) and not POINT.search(text)


def lettered(place: int) -> str:
    """Return the letter of a sub-paragraph counted from 0: a … z, aa, bb …, as word processors go on."""
    times, letter = divmod(place, 26)
    return chr(ord("a") + letter) * (times + 1)


def inside(parts: Sequence[str]) -> str:
    """Return a sub-paragraph with its own points in one line, under small roman numerals."""
    return " ".join([parts[0], *(f"({_small(place)}) {one}" for place, one in enumerate(parts[1:], start=1))])


def below(parts: Sequence[str], first: int = 0, *, are_numbered: bool = False) -> str:
    """Return a paragraph with a line for each point, under its letter or number."""
    if are_numbered:
        return "\n".join([parts[0], *(f"{place}. {one}" for place, one in enumerate(parts[1:], start=1))])
    return "\n".join([parts[0], *_letters(parts[1:], first)])


def _letters(points: Sequence[str], first: int) -> Iterator[str]:
    return (f"({lettered(first + place)}) {one}" for place, one in enumerate(points))


def _small(number: int) -> str:
    tens, rest = divmod(number, 10)
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return "x" * tens + ones[rest]
