"""The outline: which paragraphs a report should have now, chapter by chapter, from the meeting and its notes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from eventapp.meetings.models import Document, Meeting
from eventapp.outcomes.models import Note, Revision
from eventapp.review.attribution import sender_of
from eventapp.review.capitals import names_known
from eventapp.review.grouping import grouped
from eventapp.review.models import Paragraph, Report
from eventapp.review.outlines import Outline, Part, outline_of
from eventapp.review.queries import Attendance, attendance
from eventapp.review.sentences import NO_NAMES, paragraph_of
from eventapp.review.wording import days_between, listed, number_in_words, with_article
from eventapp.vocabulary.protocol import alphabetical

FIXED, COUNTED, NOTES, HAND, OWN = "fixed", "counted", "notes", "hand", "own"
ATTENDANCE, REPRESENTED = "attendance", "represented"  # the keys of the paragraphs that count
CALLED = {"member": "member State", "associate": "associate member", "state": "State"}
RESOLUTION = re.compile(r"\d+/\d+$")

Standing = Mapping[str, Paragraph]  # what a paragraph was made from → the paragraph
NOTHING: Standing = MappingProxyType({})


@dataclass(frozen=True)
class Planned:
    """A paragraph as it would be made now; `key` finds it again when the report is compiled once more."""

    block: str
    key: str
    origin: str
    text: str
    revisions: tuple[Revision, ...] = ()


def planned(report: Report, notes: Sequence[Note], present: Attendance, *, here: Standing = NOTHING) -> list[Planned]:
    """Return the paragraphs of the report in order: what opens it, then those from notes, chapter by chapter.

    Notes that say nearly the same share one, unless they are `here` already, each under its own key.
    """
    outline = outline_of(report.outline)
    names = names_known(report.meeting) if notes else NO_NAMES
    return [*_opening(outline, report.meeting, present), *_from_notes(outline, notes, report.policy, here, names)]


def counted_now(report: Report) -> dict[str, str]:
    """Return what the paragraphs that count people and States would say if they were compiled now, by their keys.

    That is '' where they may say nothing any more; nothing is known of them where nobody was let in here.
    """
    present = attendance(report.meeting)
    opening = _opening(outline_of(report.outline), report.meeting, present)
    nothing = dict.fromkeys((ATTENDANCE, REPRESENTED), "") if present.has_door else {}
    return nothing | {one.key: one.text for one in opening if one.origin == COUNTED}


def key_of(note: Note) -> str:
    """Return what the paragraph of a note is found by."""
    return f"note:{note.id}"


def _from_notes(
    outline: Outline, notes: Iterable[Note], policy: str, here: Mapping[str, Paragraph], names: frozenset[str]
) -> Iterator[Planned]:
    """Keep the order of the sessions inside a chapter, or put together what each representative said."""
    taken: dict[str, list[Note]] = {part.code: [] for part in outline.chapters}
    for note in notes:
        part = outline.chapter_of(note)
        if part:
            taken[part.code].append(note)
    for part in outline.chapters:
        groups = grouped(
            _ordered(part, taken[part.code]),
            has_paragraph=lambda note: key_of(note) in here,
            takes_more=lambda note: key_of(note) not in here or here[key_of(note)].is_generated,
        )
        yield from (_planned_from(group, part, policy, names) for group in groups)


def _planned_from(group: Sequence[Note], part: Part, policy: str, names: frozenset[str]) -> Planned:
    revisions = tuple(note.current for note in group)
    return Planned(part.code, key_of(group[0]), NOTES, paragraph_of(revisions, policy, names), revisions)


def _ordered(part: Part, notes: list[Note]) -> list[Note]:
    if part.order != "representative":
        return notes
    return sorted(notes, key=lambda note: alphabetical(sender_of(note.current)))


def _opening(outline: Outline, meeting: Meeting, present: Attendance) -> list[Planned]:
    first = outline.chapters[0].code
    made = {
        "mandate": [
            Planned(first, f"mandate:{place}", FIXED, cited(paragraph, meeting.documents))
            for place, paragraph in enumerate(meeting.mandate)
        ],
        "objectives": [Planned(first, "objectives", FIXED, _objectives(meeting.objectives))]
        if meeting.objectives
        else [],
        "held": [Planned(first, "held", FIXED, _held(meeting, has_programme="programme" in outline.annexes))],
        "attendance": [Planned(first, ATTENDANCE, COUNTED, _attendance(present))] if present.people else [],
        "represented": [Planned(first, REPRESENTED, COUNTED, _represented(present.states))] if present.states else [],
    }
    return [one for piece in outline.opening for one in made[piece]]


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


def _held(meeting: Meeting, *, has_programme: bool) -> str:
    days = days_between(meeting.starts_on, meeting.ends_on)
    where = f"{with_article(meeting.venue)}, {meeting.city}"
    held = f"The meeting was held at {where}, on {days}, and was convened by {meeting.organization}."
    names = listed([body.name for body in meeting.bodies])
    bodies = f" It served the following bodies: {names}." if names else ""
    programme = " The programme is contained in {annex:programme}." if has_programme else ""
    return f"{held}{bodies}{programme}"


def _represented(states: Mapping[str, Sequence[str]]) -> str:
    """Name member States, associate members and other States apart, for an associate member is no State."""
    said: list[str] = []
    for standing, names in states.items():
        other = "other " if standing == "state" and said else ""
        verb = "were" if len(names) > 1 else "was"
        noun = CALLED[standing] + ("s" if len(names) > 1 else "")
        said.append(f"The following {other}{noun} {verb} represented: {listed(names)}.")
    return " ".join(said)


def _attendance(present: Attendance) -> str:
    see = " (see {annex:participants})" if present.has_list else ""
    return f"{number_in_words(present.people)} participants attended, counted at the door{see}."
