"""The outline: which paragraphs a report should have now, chapter by chapter, from the meeting and its notes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventapp.meetings.models import Document, Meeting
from eventapp.outcomes.models import Note, Revision
from eventapp.review.models import Report
from eventapp.review.queries import Attendance
from eventapp.review.sentences import paragraph_of
from eventapp.review.wording import CHAPTERS, days_between, listed, number_in_words, with_article

BACKGROUND, DISCUSSION = "background", "discussion"
FIXED, COUNTED, NOTES, HAND, OWN = "fixed", "counted", "notes", "hand", "own"
RESOLUTION = re.compile(r"\d+/\d+$")


@dataclass(frozen=True)
class Planned:
    """A paragraph as it would be made now; `key` finds it again when the report is compiled once more."""

    block: str
    key: str
    origin: str
    text: str
    revisions: tuple[Revision, ...] = ()


def planned(report: Report, notes: Sequence[Note], present: Attendance) -> list[Planned]:
    """Return the paragraphs of the report in order: what opens it, then one for each note by block of the agenda."""
    return [*_opening(report.meeting, present), *(planned_from(note, report.policy) for note in _ordered(notes))]


def planned_from(note: Note, policy: str) -> Planned:
    """Return the paragraph for one note."""
    revision = note.current
    return Planned(_block(note), f"note:{note.id}", NOTES, paragraph_of(revision, policy), (revision,))


def _ordered(notes: Iterable[Note]) -> list[Note]:
    """Keep the order of the sessions, under the chapters' own order."""
    blocks = list(CHAPTERS)
    return sorted(notes, key=lambda note: blocks.index(_block(note)))


def _block(note: Note) -> str:
    """The chapter of a note is that of its session's kind; what fits none is discussed with the rest."""
    return note.session.kind if note.session.kind in CHAPTERS else DISCUSSION


def _opening(meeting: Meeting, present: Attendance) -> list[Planned]:
    fixed = [
        Planned(BACKGROUND, f"mandate:{place}", FIXED, cited(paragraph, meeting.documents))
        for place, paragraph in enumerate(meeting.mandate)
    ]
    if meeting.objectives:
        fixed.append(Planned(BACKGROUND, "objectives", FIXED, _objectives(meeting.objectives)))
    fixed.append(Planned(BACKGROUND, "held", FIXED, _held(meeting)))
    if present.people:
        fixed.append(Planned(BACKGROUND, "attendance", COUNTED, _attendance(present)))
    if present.states:
        states = f"The following States were represented: {listed(present.states)}."
        fixed.append(Planned(BACKGROUND, "represented", COUNTED, states))
    return fixed


def cited(text: str, documents: Iterable[Document]) -> str:
    """Return the text with a footnote behind the first mention of each resolution among the meeting's documents."""
    text = " ".join(text.split())
    for document in documents:
        number = RESOLUTION.search(document.symbol)
        found = number and re.search(rf"(?<!\d){re.escape(number[0])}(?![\d/])[)”\"]*[,.;]?", text)
        if found:
            footnote = f"{document.symbol}, {document.title}".replace("[", "(").replace("]", ")")
            text = f"{text[: found.end()]}^[{footnote}.]{text[found.end() :]}"
    return text


def _objectives(objectives: Sequence[str]) -> str:
    parts = [f"({chr(ord('a') + place)}) {_low(one)}" for place, one in enumerate(objectives)]
    return f"The objectives of the meeting were: {'; '.join(parts)}."


def _low(objective: str) -> str:
    text = " ".join(objective.split()).rstrip(" .:;")
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:] == first[1:].lower() else text


def _held(meeting: Meeting) -> str:
    days = days_between(meeting.starts_on, meeting.ends_on)
    where = f"{with_article(meeting.venue)}, {meeting.city}"
    held = f"The meeting was held at {where}, on {days}, and was convened by {meeting.organization}."
    names = listed([body.name for body in meeting.bodies])
    bodies = f" It served the following bodies: {names}." if names else ""
    return f"{held}{bodies} The programme is contained in annex I."


def _attendance(present: Attendance) -> str:
    people = "One participant" if present.people == 1 else f"{number_in_words(present.people)} participants"
    return f"{people} attended, counted at the door{' (see annex II)' if present.has_list else ''}."
