"""Papers: the cleared notes of a meeting arranged under the headings of somebody else's form.

A paper is the same value as a report (`review/reports/content.py`), so every format of a report is a format of a
paper, and the same ceilings hold: a note whose words name more than the policy allows is left out and named in the
preview.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eventapp.ground.text.policy import words_in
from eventapp.meetings.models import Meeting
from eventapp.outlets.groups import Material
from eventapp.record.notes.models import Note
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.language.attribution import names_above
from eventapp.review.language.names import Names
from eventapp.review.language.sentences import paragraph_of
from eventapp.review.reports import content
from eventapp.review.reports.content import Rows
from eventapp.review.versions.publication_snapshot import evidence, facts_of

DISTRIBUTION = "Secretariat"
SEEN = ("trend", "challenge", "opportunity", "debated-issue")  # kinds of notes
DONE = ("good-practice", "flagship", "launch", "announcement")
OPEN = "[No note answers this yet: for the secretariat to complete.]"
UNANSWERED = "Questions without an answer"
NOTICE = "Draft compiled from cleared notes, for the secretariat to complete."


@dataclass(frozen=True)
class Question:
    """One heading of a form, and the notes that answer it, in order.

    `stands` where the form asks it of everybody: then its heading is there without an answer too. `answer` is there
    where it is not what the groups tell of the notes; `most` words fit. `lacks` are its parts that have none.
    """

    heading: str
    notes: tuple[Note, ...] = ()
    stands: bool = False
    answer: tuple[Unnumbered, ...] = ()
    most: int = 0
    lacks: tuple[str, ...] = ()


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
    """A filled form: its text, the headings nobody has answered, the notes whose words name too much, the lengths.

    `waiting` are the notes that wait for a translation.
    """

    text: content.Report
    missing: tuple[str, ...]
    withheld: tuple[str, ...]
    lengths: tuple[Length, ...] = ()
    waiting: tuple[str, ...] = ()


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
    material: Material,
    *,
    on: date,
    annexes: tuple[content.Annex, ...] = (),
) -> Paper:
    """Return the form with its questions answered, and those without an answer in a table behind it.

    `on` is the day where the meeting is.
    """
    notes = {note.id: note for question in questions for note in question.notes}
    waiting = tuple(note.reference for note in notes.values() if material.waits(note))
    withheld = [one for one in notes.values() if one.reference not in waiting and not material.sentences_on([one])]
    rows = {one.heading: list(one.answer or _answer(one, material, withheld)) for one in questions}
    chapters = numbered((one.heading, rows[one.heading] or [Unnumbered(OPEN)] * one.stands) for one in questions)
    missing = tuple(
        heading for one in questions for heading in (*([] if rows[one.heading] else [one.heading]), *one.lacks)
    )
    lengths = tuple(
        Length(one.heading, words_in("\n".join(row.text for row in rows[one.heading])), one.most)
        for one in questions
        if one.most and rows[one.heading]
    )
    closing = (*annexes, *_unanswered(missing, len(annexes) + 1))
    text = report_of(meeting, kind, chapters, policy=material.policy, on=on, annexes=closing)
    return Paper(text, missing, tuple(one.reference for one in withheld), lengths, waiting)


def _answer(question: Question, material: Material, withheld: Collection[Note]) -> Iterator[Unnumbered]:
    """Say what the groups tell of the notes of a question: each group in a paragraph."""
    wanted = {note.id for note in question.notes} - {note.id for note in withheld}
    for group in material.groups:
        words, notes = group.words_on(wanted)
        if words:
            yield Unnumbered(words, cited(notes, material))


def cited(notes: Iterable[Note], material: Material) -> tuple[content.Evidence, ...]:
    """Return the notes as the evidence of what is said of them."""
    return tuple(evidence(note.current, material.policy, material.unnamed) for note in notes)


def _unanswered(headings: Sequence[str], number: int) -> tuple[content.Annex, ...]:
    rows = tuple((heading,) for heading in headings)
    return (content.Annex(number, "unanswered", UNANSWERED, ("Question",), (Rows("", rows),)),) if rows else ()


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


def of_kinds(notes: Iterable[Note], *kinds: str) -> tuple[Note, ...]:
    """Return the notes of these kinds."""
    return tuple(note for note in notes if note.current.kind in kinds)


def fits(text: str, note: Note, policy: str, unnamed: Names) -> bool:
    """Say whether these words of a note, or about it, name nobody above policy and ceilings."""
    return not names_above(text, [note.current], policy, unnamed.allowed) and not unnamed.found_in(text)


def said_of(note: Note, policy: str, unnamed: Names, known: Container[str]) -> Unnumbered | None:
    """Return the paragraph that this note becomes, with the note as its evidence; `known` names keep their capital.

    None where its words name more than policy and ceilings allow.
    """
    plain = plain_of(note, policy, unnamed, known)
    return plain and replace(plain, evidence=(evidence(note.current, policy, unnamed),))


def plain_of(note: Note, policy: str, unnamed: Names, known: Container[str]) -> Unnumbered | None:
    """Return the same without its evidence."""
    text = paragraph_of([note.current], policy, known)
    return Unnumbered(text) if fits(text, note, policy, unnamed) else None
