"""Slips: faults of form in a paragraph that a program can mend: each is told with its sentence, and mended in one step.

Two full stops, a word or a sentence that stands twice; and of a sentence that an editor changed: its end is missing,
its quantifier is not that of the count, or a State is left out of those that are named. A sentence in another language,
and one that another paragraph says too, are only shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.record.notes.models import Note
from eventapp.record.reading.tongue import tongue_in
from eventapp.review.compiling.numbering import without_footnotes
from eventapp.review.compiling.sentence_records import joined
from eventapp.review.language.data import table
from eventapp.review.language.pieces import cut
from eventapp.review.reading.delegations import sender_of
from eventapp.review.reports.models import Paragraph

STOPS, DOUBLED, CUT, QUANTIFIER, STATE, FOREIGN = "stops", "doubled", "cut", "quantifier", "state", "foreign"
AGAIN = "again"  # see again.py
TWO_STOPS = re.compile(r"(?<!\.)\.(?:\s*\.)(?![.\w])")
TWICE = re.compile(r"\b(?P<word>[^\W\d_]{2,}) (?P=word)\b")
MAY_STAND_TWICE = frozenset(("that", "had"))
ENDED = re.compile(r"[.!?…:;][)\]”\"’']*\s*$")


@dataclass(frozen=True)
class Slip:
    """A fault of form, and the sentence that has it."""

    kind: str
    words: str
    what: str = ""  # the State that is left out, the quantifier that is meant; the reference of a note to translate
    note: Note | None = None
    other: int = 0  # the number of the paragraph that says the same

    @property
    def label(self) -> str:
        """What an editor reads of it."""
        if self.kind == STATE:
            return _("%(name)s said it too and is not named", name=self.what)
        if self.kind == QUANTIFIER:
            return _("By the count it is “%(words)s”", words=self.what)
        return {
            STOPS: _("Two full stops"),
            DOUBLED: _("Words that stand twice"),
            CUT: _("The sentence has no end"),
            FOREIGN: _("The sentence is in another language"),
            AGAIN: _("Another paragraph says nearly the same"),
        }[self.kind]

    @property
    def can_be_mended(self) -> bool:
        """Whether a program can do it."""
        return self.kind not in (FOREIGN, AGAIN)


def records_of(paragraph: Paragraph) -> list[Record]:
    """Return the sentences of the paragraph; of one whose sentences are not known, its text cut into them."""
    if paragraph.sentences and joined(paragraph.sentences) == paragraph.text:
        return list(paragraph.sentences)
    return [{"key": "", "text": one, "made": "", "notes": []} for one in cut(paragraph.text)]


def slips_of(paragraph: Paragraph, language: str) -> tuple[Slip, ...]:
    """Return the slips of the paragraph of a report in this language."""
    notes = {one.note_id: one.note for one in paragraph.evidence}
    seen: set[str] = set()
    found: list[Slip] = []
    for one in records_of(paragraph):
        if one["text"]:
            found += _slips(one, notes, language, is_again=one["text"].casefold() in seen)
            seen.add(one["text"].casefold())
    return tuple(found)


def _slips(one: Record, notes: Mapping[int, Note], language: str, *, is_again: bool) -> Iterator[Slip]:
    text = one["text"]
    bare = without_footnotes(text)
    if TWO_STOPS.search(bare):
        yield Slip(STOPS, text)
    if is_again or _doubled(bare):
        yield Slip(DOUBLED, text)
    cited = [notes[number] for number in one["notes"] if number in notes]
    spoken = tongue_in(bare)
    if spoken and spoken != language:
        yield Slip(FOREIGN, text, note=cited[0] if cited else None)
    if one["made"] and text != one["made"]:
        yield from _lost(one, cited, bare)


def _lost(one: Record, cited: Sequence[Note], bare: str) -> Iterator[Slip]:
    """Yield what an editor's words of a sentence lost of those that were made."""
    text, made = one["text"], one["made"]
    if not ENDED.search(bare) and ENDED.search(without_footnotes(made)):
        yield Slip(CUT, text)
    here, meant = quantifier_in(bare), quantifier_in(made)
    if here and meant and here != meant:
        yield Slip(QUANTIFIER, text, meant)
    named = [name for name in dict.fromkeys(sender_of(note.current) for note in cited) if name and name in made]
    missing = [name for name in named if name not in text]
    if missing and len(missing) < len(named):
        yield Slip(STATE, text, ", ".join(missing))


def quantifier_in(text: str) -> str:
    """Return the words for a number of delegations that this text says; '' without any."""
    low = text.casefold()
    return next((words for words in _quantifiers() if re.search(rf"\b{words}\b", low)), "")


def _quantifiers() -> list[str]:
    return sorted((str(one) for one in table("quantifiers").values()), key=len, reverse=True)


def _doubled(text: str) -> bool:
    return any(found["word"] not in MAY_STAND_TWICE for found in TWICE.finditer(text))


def mended(sentences: Sequence[Record], kind: str, words: str) -> list[Record] | None:
    """Return the sentences, the one that says these words mended; None where none says them or it cannot be.

    What no rule puts right goes back to the words that were made for it.
    """
    rows = [one for one in sentences if one["text"]]
    places = [place for place, one in enumerate(rows) if words and words in one["text"]]
    if not places:
        return None
    place = places[-1] if kind == DOUBLED else places[0]
    is_again = rows[place]["text"].casefold() in {one["text"].casefold() for one in rows[:place]}
    now = "" if kind == DOUBLED and is_again else _put_right(rows[place], kind)
    if now is None or now == rows[place]["text"]:
        return None
    target = rows[place]
    return [one | {"text": now} if one is target else one for one in sentences]


def _put_right(one: Record, kind: str) -> str | None:
    text: str = one["text"]
    if kind == STOPS:
        return TWO_STOPS.sub(".", text)
    if kind == DOUBLED:
        return TWICE.sub(lambda found: found[0] if found["word"] in MAY_STAND_TWICE else found["word"], text)
    here, meant = quantifier_in(text), quantifier_in(one["made"])
    if kind == QUANTIFIER and here and meant:
        begins = text[:1].isupper() and text.casefold().startswith(here)
        now = meant[:1].upper() + meant[1:] if begins else meant
        return re.sub(rf"\b{here}\b", now, text, count=1, flags=re.IGNORECASE)
    return str(one["made"]) or None


def goes_back(sentences: Sequence[Record], words: str, what: str) -> bool:
    """Whether the sentence with these words can go back to those that were made, which do not say `what`."""
    found = next((one for one in sentences if words and words in one["text"]), None)
    return bool(found and found["made"] and found["text"] != found["made"] and what not in found["made"])
