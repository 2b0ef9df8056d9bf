"""Papers: the cleared notes of a meeting arranged under the headings of somebody else's form.

A paper is the same value as a report (`review/content.py`), so every format of a report is a format of a paper, and the
same ceilings hold: a note whose words name more than the policy allows is left out and named in the preview.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from eventapp.meetings.models import Meeting
from eventapp.outcomes.models import Note
from eventapp.review import content
from eventapp.review.attribution import names_above, never_named
from eventapp.review.freezing import evidence, facts_of
from eventapp.review.names import Names
from eventapp.review.numbering import Unnumbered, numbered
from eventapp.review.queries import notes_counted
from eventapp.review.sentences import paragraph_of

DISTRIBUTION = "Secretariat"
NOTICE = "Draft compiled from cleared notes, for the secretariat to complete."


@dataclass(frozen=True)
class Question:
    """One heading of a form, and the notes that answer it, in order."""

    heading: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Paper:
    """A filled form: its text, the headings nobody has answered, and the notes whose words name too much."""

    text: content.Report
    missing: tuple[str, ...]
    withheld: tuple[str, ...]


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
    withheld = {note.id: note.reference for note in notes.values() if says_too_much(note, policy, unnamed)}
    chapters = numbered(
        (question.heading, [said_of(note, policy, unnamed) for note in question.notes if note.id not in withheld])
        for question in questions
    )
    answered = {chapter.title for chapter in chapters}
    missing = tuple(question.heading for question in questions if question.heading not in answered)
    text = report_of(meeting, kind, chapters, policy=policy, on=on, annexes=annexes)
    return Paper(text, missing, tuple(withheld.values()))


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


def says_too_much(note: Note, policy: str, unnamed: Names) -> bool:
    """Say whether the words of this note name more than policy and ceilings allow."""
    said = paragraph_of([note.current], policy)
    return bool(names_above(said, [note.current], policy, unnamed.allowed) or unnamed.found_in(said))


def said_of(note: Note, policy: str, unnamed: Names, level: int = 0) -> Unnumbered:
    """Return the paragraph that this note becomes, with the note as its evidence."""
    return Unnumbered(paragraph_of([note.current], policy), (evidence(note.current, policy, unnamed),), level)
