"""What the text of a report is measured by, from the report as values and the notes it was made from.

Nothing of the generator is asked: sentences are counted, read and compared here anew.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventapp.review.reports.content import Chapter, Paragraph, Report

CLAUSE = 6  # so many words in a row that stand twice in a paragraph are a clause that does
SMALL = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "that",
            "is",
            "are",
            "for",
            "with",
            "was",
            "were",
            "by",
            "on",
            "it",
            "its",
            "at",
            "from",
            "as",
            "be",
            "not",
            "which",
            "has",
            "have",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "de",
            "du",
            "et",
            "une",
            "un",
            "est",
            "dans",
            "que",
            "qui",
            "pour",
            "sur",
            "au",
            "aux",
            "par",
            "ne",
            "pas",
            "ce",
            "cette",
        ]
    ),
    "es": frozenset(
        ["el", "los", "las", "del", "de", "y", "una", "un", "es", "en", "que", "para", "por", "con", "no", "se", "su"]
    ),
}
WHO = r"(?:delegations|participants|representatives|speakers|Governments|States|members|organizations)"
QUANTIFIERS = (
    (re.compile(rf"\bone (?:delegation|participant|representative|speaker|Government)\b", re.IGNORECASE), "one"),  # noqa: F541
    (re.compile(rf"\btwo {WHO}\b", re.IGNORECASE), "two"),
    (re.compile(rf"\bseveral {WHO}\b", re.IGNORECASE), "several"),
    (re.compile(rf"\ba number of {WHO}\b", re.IGNORECASE), "a number"),
    (re.compile(rf"\bmany {WHO}\b", re.IGNORECASE), "many"),
    (re.compile(rf"\bmost {WHO}\b", re.IGNORECASE), "most"),
    (re.compile(rf"\ball {WHO}\b", re.IGNORECASE), "all"),
)
THE_MEETING = re.compile(r"\bthe meeting (?:also |further )*[a-z]+ed\b", re.IGNORECASE)
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Spoken:
    """A note as the report may use it: its words in the language of the report ('' where there are none)."""

    reference: str
    words: str
    delegation: str
    state: tuple[str, ...] = ()  # every way to name the State it was said for
    is_agreed: bool = False


@dataclass(frozen=True)
class Claim:
    """One sentence with the notes that it rests on, and where it stands."""

    words: str
    notes: tuple[str, ...]
    paragraph: Paragraph
    chapter: Chapter


def paragraphs(report: Report) -> list[Paragraph]:
    """Those that are made of notes."""
    return [one for one in report.paragraphs if one.evidence]


def claims(report: Report) -> Iterator[Claim]:
    """Every sentence of these paragraphs; one that was cut before sentences were has no notes of its own."""
    for chapter in report.chapters:
        for one in chapter.paragraphs:
            if one.evidence:
                yield from claims_of(one, chapter)


def claims_of(one: Paragraph, chapter: Chapter) -> Iterator[Claim]:
    start = 0
    for sentence in one.sentences:
        yield Claim(one.text[start : sentence.end].strip(), sentence.notes, one, chapter)
        start = sentence.end
    if one.text[start:].strip():
        yield Claim(one.text[start:].strip(), (), one, chapter)


def paragraphs_per_note(report: Report, notes: Sequence[Spoken]) -> float:
    return len(paragraphs(report)) / max(1, len(notes))


def same_beginnings(report: Report) -> float:
    """The share of paragraphs that begin with the same three words as the most do."""
    found = [" ".join(one.text.casefold().split()[:3]) for one in paragraphs(report)]
    most = max(Counter(found).values(), default=0)
    return most / len(found) if most > 1 else 0.0


def with_evidence(report: Report) -> float:
    found = list(claims(report))
    return share(sum(bool(one.notes) for one in found), len(found))


def quantifiers(report: Report, notes: Mapping[str, Spoken]) -> float:
    """The share of quantifiers that equal the count of the delegations behind their sentence."""
    floor = floors(report, notes)
    right = [
        said == word_for(len(delegations(one.notes, notes)), floor[one.paragraph.number])
        for one in claims(report)
        for pattern, said in QUANTIFIERS
        if pattern.search(one.words)
    ]
    return share(sum(right), len(right))


def floors(report: Report, notes: Mapping[str, Spoken]) -> dict[int, int]:
    """How many delegations are heard on the item of each paragraph: in its section, else in its chapter."""
    found: dict[int, int] = {}
    for rows in items(report):
        heard = len(delegations((one.note for row in rows for one in row.evidence), notes))
        found.update((row.number, heard) for row in rows)
    return found


def items(report: Report) -> Iterator[list[Paragraph]]:
    """The paragraphs of each section, and of each chapter that has none."""
    for chapter in report.chapters:
        rows: list[Paragraph] = []
        for one in chapter.paragraphs:
            if one.section and rows:
                yield rows
                rows = []
            rows.append(one)
        yield rows


def delegations(references: Iterable[str], notes: Mapping[str, Spoken]) -> set[str]:
    return {notes[one].delegation or one for one in references if one in notes}


def word_for(many: int, floor: int) -> str:
    """The word for so many of those that took the floor."""
    if many <= 5:
        return ("", "one", "two", "several", "several", "several")[many]
    if many >= floor:
        return "all"
    return "most" if many * 4 >= floor * 3 else "many" if many * 2 >= floor else "a number"


def meeting_without_agreement(report: Report, notes: Mapping[str, Spoken]) -> int:
    """How many sentences say it was the meeting, though no note behind them says that it agreed."""
    return sum(
        bool(THE_MEETING.search(one.words)) and not any(notes[n].is_agreed for n in behind(one) if n in notes)
        for one in claims(report)
    )


def behind(one: Claim) -> tuple[str, ...]:
    """The notes of a sentence; of one without any, those of its paragraph."""
    return one.notes or tuple(evidence.note for evidence in one.paragraph.evidence)


def foreign(report: Report) -> int:
    """How many sentences are in another script or have more small words of another language than English ones."""
    return sum(is_foreign(one.words) for one in claims(report))


def is_foreign(words: str) -> bool:
    bare = re.sub(r"[“\"«][^”\"»]*[”\"»]", " ", words)
    letters = [one for one in bare if one.isalpha()]
    if sum(ord(one) > 0x24F for one in letters) * 4 > len(letters):
        return True
    found = re.findall(r"[^\W\d_]+", bare.casefold())
    many = {code: sum(word in small for word in found) for code, small in SMALL.items()}
    return max(many["fr"], many["es"]) > max(1, many["en"])


def broken_clauses(report: Report) -> int:
    """How many sentences were cut or say a clause that their paragraph has said."""
    broken = 0
    for paragraph in paragraphs(report):
        seen: set[tuple[str, ...]] = set()
        for one in claims_of(paragraph, report.chapters[0]):
            words = re.findall(r"[^\W_]+", one.words.casefold())
            runs = [tuple(words[place : place + CLAUSE]) for place in range(len(words) - CLAUSE + 1)]
            is_cut = (
                "…" in one.words or ".." in one.words or one.words.rstrip('”"’)»')[-1:] not in (".", "?", "!", ":", ";")
            )
            broken += is_cut or len({*runs}) < len(runs) or any(run in seen for run in runs)
            seen.update(runs)
    return broken


def states_named(report: Report, notes: Mapping[str, Spoken]) -> float:
    """Of the sentences that rest on one delegation of a State and say who spoke, those that name the State."""
    named = [
        any(state in one.paragraph.text for state in heard.state)
        for one in claims(report)
        for heard in [notes.get(behind(one)[0]) if len({*behind(one)}) == 1 else None]
        if heard and heard.state and re.search(r"\b(?:representatives?|delegation|Government) of\b", one.words)
    ]
    return share(sum(named), len(named))


def figures_that_survive(report: Report, notes: Sequence[Spoken]) -> float:
    """Of the figures, also those of days, in the notes' words, those that stand in a paragraph that cites the note, or in a table."""
    texts: dict[str, str] = {}
    for paragraph in report.paragraphs:
        for one in paragraph.evidence:
            texts[one.note] = f"{texts.get(one.note, '')} {paragraph.text}"
    tables = [
        " ".join(row)
        for annex in report.annexes
        if annex.code != "evidence"
        for part in annex.parts
        for row in part.rows
    ]
    kept = [
        figure in FIGURE.findall(texts.get(one.reference, ""))
        or any(one.reference in row and figure in row for row in tables)
        for one in notes
        for figure in FIGURE.findall(one.words)
    ]
    return share(sum(kept), len(kept))


def words_of_summary(report: Report) -> int:
    """The words of the Summary; of a report without one, 0."""
    summary = getattr(report, "summary", ())
    return len(" ".join(summary if not isinstance(summary, str) else (summary,)).split())


def share(part: int, whole: int) -> float:
    """A share of one; of nothing, all."""
    return part / whole if whole else 1.0
