"""Outlines: files that say which notes go in which chapter of a report, what opens it and what closes it.

Each file of the folder `outlines/` is one; `docs/outlines.md` describes them. A file with a fault is refused as a
whole: the others are offered, and the form that begins a report says what is wrong with it.
"""

import logging
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.record.notes.models import Note
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import NOTE_KINDS
from eventapp.vocabulary.sessions import SESSION_KINDS

FOLDER = Path(__file__).parents[3] / "outlines"
OPENING = ("mandate", "objectives", "held", "attendance", "represented")
ANNEXES = (
    *("documents", "speakers", "programme", "participants", "recommendations", "commitments", "practices"),
    *("statistics", "evidence"),
)
ORDERS = ("session", "representative")
STANDARD = "committee"
LONGEST_CODE, LONGEST_TITLE = 40, 300  # characters, as reports keep them
log = logging.getLogger(__name__)


CHAPTER = re.compile(r"\s*\[\[\s*[\"']?chapters[\"']?\s*\]\]")


class FaultyOutline(Exception):  # noqa: N818 -- the answer to a file, not a failure of ours
    """What is wrong with an outline file, and what may stand there; `word` and `chapter` (from 0) are where."""

    def __init__(self, sentence: str, word: str = "", *, chapter: int | None = None, line: int = 0) -> None:
        super().__init__(sentence)
        self.word, self.chapter, self.line = word, chapter, line

    def in_text(self, text: str) -> "FaultyOutline":
        """The same with its line, as an editor counts."""
        self.line = self.line or line_of(text, self.word, self.chapter)
        return self


@dataclass(frozen=True)
class Part:
    """One chapter. It asks for notes by session, first action line or kind; `rest` takes what nobody asks for.

    `organization` says that the meeting's own paragraphs (`opening` of the outline) stand here.
    """

    code: str
    title: str
    sessions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    rest: bool = False
    organization: bool = False
    order: str = "session"

    def takes(self, note: Note) -> bool:
        """Whether the note is asked for by name here."""
        revision = note.current
        return (
            note.session.kind in self.sessions
            or revision.kind in self.kinds
            or any(line in self.lines for line in revision.action_lines[:1])
        )


@dataclass(frozen=True)
class Outline:
    """One way to arrange a report; the opening paragraphs stand in the chapter of organization, else in the first."""

    name: str
    title: str
    opening: tuple[str, ...]
    chapters: tuple[Part, ...]
    annexes: tuple[str, ...]

    @property
    def organization(self) -> Part:
        """Return the chapter that tells of the meeting itself."""
        return next((part for part in self.chapters if part.organization), self.chapters[0])

    def chapter_of(self, note: Note) -> Part | None:
        """Return the first chapter that asks for this note, else the one that takes the rest, else None."""
        asked = next((part for part in self.chapters if part.takes(note)), None)
        return asked or next((part for part in self.chapters if part.rest), None)


def outline_of(name: str) -> Outline:
    """Return the outline of this name. Refused where its file is not there any more."""
    found = all_outlines().get(name)
    if found is None:
        raise Refused(_("There is no outline “%(name)s”. Choose one of the list.", name=name))
    return found


def all_outlines() -> Mapping[str, Outline]:
    """Return every outline by the name of its file; the standard one first, the others by title."""
    return _loaded()[0]


def faulty_outlines() -> tuple[str, ...]:
    """Return what is wrong with each file that is no outline."""
    return _loaded()[1]


def read_folder(folder: Path) -> tuple[Mapping[str, Outline], tuple[str, ...]]:
    """Return the outlines of a folder in the order they are offered, and what is wrong with the other files."""
    found, faults = list[Outline](), list[str]()
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(read_outline(path.stem, path.read_text(encoding="utf-8")))
        except FaultyOutline as fault:
            faults.append(f"{fault} ({path.name}, line {fault.line})")
        except UnicodeDecodeError:
            faults.append(f"{path.stem}: this is not UTF-8.")
        except OSError as error:
            faults.append(f"{path.stem}: this cannot be read ({error.strerror}).")
    return {one.name: one for one in sorted(found, key=lambda one: (one.name != STANDARD, one.title))}, tuple(faults)


@cache
def _loaded() -> tuple[Mapping[str, Outline], tuple[str, ...]]:
    outlines, faults = read_folder(FOLDER)
    for fault in faults:
        log.error("An outline cannot be used. %s", fault)
    return outlines, faults


def line_of(text: str, word: str, chapter: int | None) -> int:
    """The line where this word is given: in this chapter, or before the first one; else where its part begins."""
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if CHAPTER.match(line)]
    first = heads[chapter] if chapter is not None and chapter < len(heads) else 0
    end = next((head for head in heads if head > first), len(lines))
    given = re.compile(rf"\s*[\"']?{re.escape(word)}[\"']?\s*=") if word else None
    found = (number for number in range(first, end) if given and given.match(lines[number]))
    return next(found, first) + 1


def read_outline(name: str, text: str) -> Outline:
    """Return the outline that this text describes; raise FaultyOutline with the first fault in it, and its line."""
    try:
        return _outline(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        at = int(line[1]) if line else len(text.splitlines())
        raise FaultyOutline(f"{name}: this is not TOML ({error}).", line=at) from None
    except FaultyOutline as fault:
        raise fault.in_text(text) from None


def _outline(name: str, written: Record) -> Outline:
    _known(name, written, {"title", "opening", "chapters", "annexes"}, "the outline")
    listed = written.get("chapters")
    chapters = (
        tuple(_chapter(name, number, one) for number, one in enumerate(listed)) if isinstance(listed, list) else ()
    )
    if not chapters or not written.get("title") or len(name) > LONGEST_CODE:
        raise FaultyOutline(f"{name}: an outline needs a short name, a title and at least one chapter.")
    codes = [part.code for part in chapters]
    again = next((number for number, code in enumerate(codes) if code in codes[:number]), None)
    if again is not None:
        raise FaultyOutline(f"{name}: two chapters have the same code.", "code", chapter=again)
    organized = [number for number, part in enumerate(chapters) if part.organization]
    if len(organized) > 1:
        raise FaultyOutline(f"{name}: only one chapter may have organization.", "organization", chapter=organized[1])
    return Outline(
        name=name,
        title=str(written["title"]),
        opening=_codes(name, "opening", written.get("opening"), OPENING),
        chapters=chapters,
        annexes=_codes(name, "annexes", written.get("annexes"), ANNEXES),
    )


def _chapter(name: str, number: int, written: Record) -> Part:
    try:
        return _part(name, written)
    except FaultyOutline as fault:
        fault.chapter = number
        raise


def _part(name: str, written: Record) -> Part:
    _known(name, written, set(Part.__dataclass_fields__), "a chapter")
    if not written.get("code") or not written.get("title"):
        raise FaultyOutline(f"{name}: each chapter needs a code and a title.")
    if len(str(written["code"])) > LONGEST_CODE or len(str(written["title"])) > LONGEST_TITLE:
        long = "code" if len(str(written["code"])) > LONGEST_CODE else "title"
        raise FaultyOutline(f"{name}: a code has {LONGEST_CODE} characters at most, a title {LONGEST_TITLE}.", long)
    for word in ("rest", "organization"):
        if not isinstance(written.get(word, False), bool):
            raise FaultyOutline(f"{name}: {word} may be only: true, false.", word)
    order = written.get("order", ORDERS[0])
    _codes(name, "order", [order], ORDERS)
    return Part(
        code=str(written["code"]),
        title=str(written["title"]),
        sessions=_codes(name, "sessions", written.get("sessions"), SESSION_KINDS),
        lines=_codes(name, "lines", written.get("lines"), ACTION_LINES),
        kinds=_codes(name, "kinds", written.get("kinds"), NOTE_KINDS),
        rest=written.get("rest", False),
        organization=written.get("organization", False),
        order=order,
    )


def _known(name: str, written: object, words: set[str], what: str) -> None:
    strange = sorted(set(written) - words) if isinstance(written, dict) else [""]
    if strange:
        raise FaultyOutline(f"{name}: {what} may say only: {', '.join(sorted(words))}.", strange[0])


def _codes(name: str, word: str, written: object, known: Iterable[str]) -> tuple[str, ...]:
    given = written or []
    if not isinstance(given, list) or any(one not in list(known) for one in given):
        raise FaultyOutline(f"{name}: {word} may list only: {', '.join(known)}.", word)
    return tuple(given)
