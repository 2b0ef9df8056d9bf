"""One outline as its file says it: what is read of it, and what is wrong with it, in which line."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from eventapp.ground.db.types import Record
from eventapp.record.notes.models import Note
from eventapp.review.reports.outline_words import FaultyWords, Tables, read_words
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import NOTE_KINDS
from eventapp.vocabulary.sessions import CHAPTERS

OPENING = ("mandate", "objectives", "held", "attendance", "represented", "officers", "agenda")
ANNEXES = (
    *("documents", "speakers", "programme", "participants", "recommendations", "commitments", "practices"),
    *("statistics", "evidence"),
)
ORDERS = ("session", "representative")
LANGUAGES = ("en", "fr")  # that a report may be written in
LONGEST_CODE, LONGEST_TITLE = 40, 300  # characters, as reports keep them


CHAPTER = re.compile(r"\s*\[\[\s*[\"']?chapters[\"']?\s*\]\]")


HEAD = re.compile(r"\s*\[")


class FaultyOutline(Exception):  # noqa: N818 -- the answer to a file, not a failure of ours
    """What is wrong with an outline file, and what may stand there; `word` and `chapter` or `table` tell where."""

    def __init__(
        self, sentence: str, word: str = "", *, chapter: int | None = None, line: int = 0, table: str = ""
    ) -> None:
        super().__init__(sentence)
        self.word, self.chapter, self.line, self.table = word, chapter, line, table

    def in_text(self, text: str) -> "FaultyOutline":
        """The same with its line, as an editor counts."""
        found = line_in_table(text, self.table, self.word) if self.table else line_of(text, self.word, self.chapter)
        self.line = self.line or found
        return self


@dataclass(frozen=True)
class Part:
    """One chapter. It asks for notes by session, first action line or kind; `rest` takes what nobody asks for.

    `organization` says that the meeting's own paragraphs (`opening` of the outline) stand here.
    """

    code: str
    title: str
    titles: Mapping[str, str] = field(default_factory=dict)  # in other languages
    sessions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: bool = False  # it stands for a chapter of each theme of the meeting's own
    rest: bool = False
    organization: bool = False
    section_of: str = ""  # the code of the chapter that it is printed as a section of
    order: str = "session"

    def title_in(self, language: str) -> str:
        """Return its title in the language of a report, as it stands where it has none there."""
        return self.titles.get(language, self.title)

    def takes(self, note: Note, chapters: Mapping[str, str]) -> bool:
        """Whether the note is asked for by name here; `chapters` says where each kind of session belongs."""
        revision, belongs = note.current, chapters.get(note.session.kind)
        return (
            belongs in self.sessions
            or (belongs == self.code and belongs not in CHAPTERS)
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
    language: str = "en"  # of a report that is begun with it and chooses none
    words: Mapping[str, Tables] = field(default_factory=dict)  # by language: what the grammar says otherwise

    @property
    def goes_by_theme(self) -> bool:
        """Whether it has a chapter for each theme of a meeting's own."""
        return any(part.themes for part in self.chapters)

    @property
    def organization(self) -> Part:
        """Return the chapter that tells of the meeting itself."""
        return next((part for part in self.chapters if part.organization), self.chapters[0])

    def chapter_of(self, note: Note, chapters: Mapping[str, str]) -> Part | None:
        """Return the first chapter that asks for this note, else the one that takes the rest, else None.

        `chapters` says which of the vocabulary's each kind of session belongs to.
        """
        asked = next((part for part in self.chapters if part.takes(note, chapters)), None)
        return asked or next((part for part in self.chapters if part.rest), None)


def line_of(text: str, word: str, chapter: int | None) -> int:
    """The line where this word is given: in this chapter, or before the first one; else where its part begins."""
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if CHAPTER.match(line)]
    first = heads[chapter] if chapter is not None and chapter < len(heads) else 0
    end = next((head for head in heads if head > first), len(lines))
    given = re.compile(rf"\s*[\"']?{re.escape(word)}[\"']?\s*=") if word else None
    found = (number for number in range(first, end) if given and given.match(lines[number]))
    return next(found, first) + 1


def line_in_table(text: str, table: str, word: str) -> int:
    """The line of a word in a table such as words.en.quantifiers; else that of the table, or of what it stands in."""
    lines = text.splitlines()
    heads = {number: line.strip().strip("[]").replace(" ", "") for number, line in enumerate(lines) if HEAD.match(line)}
    first = next((number for number, head in heads.items() if head == table), None)
    if first is None:
        within = [number for number, head in heads.items() if head.startswith(("words.", "words"))]
        return (
            line_of("\n".join(lines[within[0] :]), word, None) + within[0] if within else line_of(text, "words", None)
        )
    end = next((number for number in heads if number > first), len(lines))
    given = re.compile(rf"\s*[\"']?{re.escape(word)}[\"']?\s*=")
    return next((number for number in range(first, end) if word and given.match(lines[number])), first) + 1


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
    _known(name, written, {"title", "opening", "chapters", "annexes", "language", "words"}, "the outline")
    language = written.get("language", LANGUAGES[0])
    _codes(name, "language", [language], LANGUAGES)
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
    _check_sections(name, chapters)
    organized = [number for number, part in enumerate(chapters) if part.organization]
    if len(organized) > 1:
        raise FaultyOutline(f"{name}: only one chapter may have organization.", "organization", chapter=organized[1])
    return Outline(
        name=name,
        title=str(written["title"]),
        opening=_codes(name, "opening", written.get("opening"), OPENING),
        chapters=chapters,
        annexes=_codes(name, "annexes", written.get("annexes"), ANNEXES),
        language=language,
        words=_words(name, written.get("words", {})),
    )


def _check_sections(name: str, chapters: Sequence[Part]) -> None:
    """Refuse a section that does not follow its chapter, or another section of that."""
    for number, part in enumerate(chapters):
        above = chapters[number - 1] if number else None
        if part.section_of and not (above and part.section_of == (above.section_of or above.code)):
            raise FaultyOutline(
                f"{name}: section_of may name only the chapter that the section follows.", "section_of", chapter=number
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
    for word in ("rest", "organization", "themes"):
        if not isinstance(written.get(word, False), bool):
            raise FaultyOutline(f"{name}: {word} may be only: true, false.", word)
    order = written.get("order", ORDERS[0])
    _codes(name, "order", [order], ORDERS)
    return Part(
        code=str(written["code"]),
        title=str(written["title"]),
        titles=_titles(name, written.get("titles", {})),
        sessions=_codes(name, "sessions", written.get("sessions"), CHAPTERS),
        lines=_codes(name, "lines", written.get("lines"), ACTION_LINES),
        kinds=_codes(name, "kinds", written.get("kinds"), NOTE_KINDS),
        themes=written.get("themes", False),
        rest=written.get("rest", False),
        organization=written.get("organization", False),
        section_of=str(written.get("section_of", "")),
        order=order,
    )


def _words(name: str, written: object) -> dict[str, Tables]:
    try:
        return read_words(written, LANGUAGES)
    except FaultyWords as fault:
        raise FaultyOutline(f"{name}: {fault}", fault.word, table=fault.table) from None


def _titles(name: str, written: object) -> dict[str, str]:
    """The title of a chapter in other languages: titles = { fr = "…" }."""
    _known(name, written, set(LANGUAGES), "titles")
    found = dict(written) if isinstance(written, dict) else {}
    if any(not isinstance(title, str) or not title or len(title) > LONGEST_TITLE for title in found.values()):
        raise FaultyOutline(f"{name}: a title is a text of {LONGEST_TITLE} characters at most.", "titles")
    return found


def _known(name: str, written: object, words: set[str], what: str) -> None:
    strange = sorted(set(written) - words) if isinstance(written, dict) else [""]
    if strange:
        raise FaultyOutline(f"{name}: {what} may say only: {', '.join(sorted(words))}.", strange[0])


def _codes(name: str, word: str, written: object, known: Iterable[str]) -> tuple[str, ...]:
    given = written or []
    if not isinstance(given, list) or any(one not in list(known) for one in given):
        raise FaultyOutline(f"{name}: {word} may list only: {', '.join(known)}.", word)
    return tuple(given)
