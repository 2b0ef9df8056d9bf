"""Papers: the cleared notes of a meeting arranged under the headings of somebody else's form.

A paper is the same value as a report (`review/reports/content.py`), so every format of a report is a format of a
paper, and the same ceilings hold: a note whose words name more than the policy allows is left out and named in the
preview.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from eventapp.ground.text.policy import words_in
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.language.attribution import names_above, never_named
from eventapp.review.language.capitals import names_known
from eventapp.review.language.names import Names
from eventapp.review.language.sentences import paragraph_of
from eventapp.review.reports import content
from eventapp.review.reports.queries import notes_counted
from eventapp.review.versions.publication_snapshot import evidence, facts_of

DISTRIBUTION = "Secretariat"
OPEN = "[No note answers this yet: for the secretariat to complete.]"
NOTICE = "Draft compiled from cleared notes, for the secretariat to complete."


@dataclass(frozen=True)
class Question:
    """One heading of a form, and the notes that answer it, in order.

    `stands` where the form asks it of everybody: then its heading is there without an answer too. With `in_brief`, the
    kinds of notes with the words before them, only titles are told, a paragraph for each; `most` words fit.
    """

    heading: str
    notes: tuple[Note, ...] = ()
    stands: bool = False
    in_brief: tuple[tuple[str, tuple[str, ...]], ...] = ()
    most: int = 0


@dataclass(frozen=True)
class Length:
    """How many words an answer has whose form sets a limit, and how many that is."""

    heading: str
    words: int
    most: int

    @property
    def is_too_long(self) -> bool:
        return self.words > self.most


@dataclass(frozen=True)
class Paper:
    """A filled form: its text, the headings nobody has answered, the notes whose words name too much, the lengths."""

    text: content.Report
    missing: tuple[str, ...]
    withheld: tuple[str, ...]
    lengths: tuple[Length, ...] = ()


@dataclass(frozen=True)
class Kind:
    """What a form is called: its name in an address, its title, and to whom it goes."""

    name: str
    title: str
    recipient: str


def filled(
    meeting: Meeting,
    kind: Kind,
    questions: Sequence[Question],
    *,
    policy: str,
    on: date,
    annexes: tuple[content.Annex, ...] = (),
) -> Paper:
    """Return the form with its questions answered; `on` is the day where the meeting is."""
    notes = {note.id: note for question in questions for note in question.notes}
    unnamed = never_named((note.current for note in notes.values()), policy)
    known = names_known(meeting)
    withheld = {note.id: note.reference for note in notes.values() if says_too_much(note, policy, unnamed, known)}
    rows = {one.heading: list(_answer(one, withheld, policy, unnamed, known)) for one in questions}
    chapters = numbered((one.heading, rows[one.heading] or [Unnumbered(OPEN)] * one.stands) for one in questions)
    missing = tuple(heading for heading, answer in rows.items() if not answer)
    lengths = tuple(
        Length(one.heading, words_in("\n".join(row.text for row in rows[one.heading])), one.most)
        for one in questions
        if one.most and rows[one.heading]
    )
    text = report_of(meeting, kind, chapters, policy=policy, on=on, annexes=annexes)
    return Paper(text, missing, tuple(withheld.values()), lengths)


def _answer(
    question: Question, withheld: Container[int], policy: str, unnamed: Names, known: frozenset[str]
) -> Iterator[Unnumbered]:
    """Say what the notes of a question answer: each in a paragraph, or in brief the titles of each kind in one."""
    notes = [note for note in question.notes if note.id not in withheld]
    if not question.in_brief:
        yield from (said_of(note, policy, unnamed, known) for note in notes)
        return
    for words, kinds in question.in_brief:
        titled = [note for note in of_kinds(notes, *kinds) if note.current.title]
        if fitting := [note for note in titled if fits(note.current.title, note, policy, unnamed)]:
            titles = "; ".join(dict.fromkeys(note.current.title.rstrip(".") for note in fitting))
            yield Unnumbered(f"{words}: {titles}.", tuple(evidence(note.current, policy, unnamed) for note in fitting))


def report_of(
    meeting: Meeting,
    kind: Kind,
    chapters: tuple[content.Chapter, ...],
    *,
    policy: str,
    on: date,
    annexes: tuple[content.Annex, ...] = (),
) -> content.Report:
    """Return the form as a value like a report, so that every format of a report writes it."""
    return content.Report(
        name=kind.name,
        version=1,
        symbol=meeting.symbol,
        title=kind.title,
        bodies=(kind.recipient,),
        language="en",
        policy=policy,
        distribution=DISTRIBUTION,
        issued_on=on,
        notices=tuple(notice for notice in (NOTICE, meeting.illustrative) if notice),
        meeting=facts_of(meeting),
        chapters=chapters,
        annexes=annexes,
    )


def cleared(meeting: Meeting) -> list[Note]:
    """Return the notes an outlet may use: approved or published, on the record."""
    return notes_counted(meeting, cleared=True)


def of_kinds(notes: Iterable[Note], *kinds: str) -> tuple[Note, ...]:
    """Return the notes of these kinds."""
    return tuple(note for note in notes if note.current.kind in kinds)


def says_too_much(note: Note, policy: str, unnamed: Names, known: frozenset[str]) -> bool:
    """Say whether the words of this note name more than policy and ceilings allow; `known` names keep their capital."""
    return not fits(paragraph_of([note.current], policy, known), note, policy, unnamed)


def fits(text: str, note: Note, policy: str, unnamed: Names) -> bool:
    """Say whether these words of a note, or about it, name nobody above policy and ceilings."""
    return not names_above(text, [note.current], policy, unnamed.allowed) and not unnamed.found_in(text)


def said_of(note: Note, policy: str, unnamed: Names, known: frozenset[str], level: int = 0) -> Unnumbered:
    """Return the paragraph that this note becomes, with the note as its evidence; `known` names keep their capital."""
    return Unnumbered(paragraph_of([note.current], policy, known), (evidence(note.current, policy, unnamed),), level)
