"""The outline: which paragraphs a report should have now, chapter by chapter, from the meeting and its notes."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from eventapp.meetings.kinds.queries import chapters_by_kind
from eventapp.meetings.models import Document, Meeting
from eventapp.record.notes.models import Note, Revision
from eventapp.review.compiling.programme import of_the_programme
from eventapp.review.compiling.sentence_records import joined, made_of, members_of
from eventapp.review.compiling.text import delegations_of, in_neutral_words, text_of
from eventapp.review.compiling.topics import OTHER, Group, grouped, topic_of
from eventapp.review.language.capitals import names_known
from eventapp.review.language.data import phrases, sentence
from eventapp.review.language.grammar import one_of
from eventapp.review.language.report_words import in_its_words
from eventapp.review.language.sentences import NO_NAMES, Sentence
from eventapp.review.language.wording import LABELS, days_between, in_lists, listed, number_in_words, with_article
from eventapp.review.reading.delegations import sender_of
from eventapp.review.reading.notes import ReadNote, read_all
from eventapp.review.reports.attendance import Attendance, attendance
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.outline_file import Outline, Part
from eventapp.review.reports.tailored.queries import outline_for
from eventapp.vocabulary.protocol import alphabetical

FIXED, COUNTED, NOTES, HAND, OWN = "fixed", "counted", "notes", "hand", "own"
ATTENDANCE, REPRESENTED = "attendance", "represented"  # the keys of the paragraphs that count
RESOLUTION = re.compile(r"\d+/\d+$")
# The sub-heading that each piece of an outline's opening stands below, by its label.
HEADINGS = {
    "mandate": "background",
    "objectives": "background",
    "held": "held",
    ATTENDANCE: "attendance",
    REPRESENTED: "attendance",
    "officers": "officers",
    "agenda": "agenda",
}
PROGRAMMED = {"officers", "agenda"}
Standing = Mapping[str, Paragraph]  # what a paragraph was made from → the paragraph
NOTHING: Standing = MappingProxyType({})
Tell = Callable[[int, int], None]


def silent(_done: int, _many: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Planned:
    """A paragraph as it would be made now; `key` finds it again when the report is compiled once more."""

    block: str
    key: str
    origin: str
    text: str
    revisions: tuple[Revision, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    heading: str = ""


@in_its_words
def planned(
    report: Report, notes: Sequence[Note], present: Attendance, *, here: Standing = NOTHING, tell: Tell = silent
) -> list[Planned]:
    """Return the paragraphs of the report in order, chapter by chapter: those of the meeting itself, and from notes.

    Notes of one topic share one; what is `here` already keeps its notes, under its own key. `tell` hears of how many
    notes of how many there are paragraphs.
    """
    outline = outline_for(report)
    codes = [part.code for part in outline.chapters]
    read = {one.revision.note_id: one for one in _read(report, notes)}
    cleared = [note for note in notes if note.id in read]
    names = names_known(report.meeting) if notes else NO_NAMES
    using = Material(read, report.policy, names, chapters_by_kind(report.meeting))
    rows = _counted(_from_notes(outline, cleared, using, here), len(cleared), tell)
    return sorted([*_opening(outline, report.meeting, present), *rows], key=lambda one: codes.index(one.block))


def _counted(rows: Iterable[Planned], many: int, tell: Tell) -> Iterator[Planned]:
    done = 0
    for one in rows:
        done += len(one.revisions)
        tell(done, many)
        yield one


@in_its_words
def counted_now(report: Report) -> dict[str, str]:
    """Return what the paragraphs that count people and States would say if they were compiled now, by their keys.

    That is '' where they may say nothing any more; nothing is known of them where nobody was let in here.
    """
    present = attendance(report.meeting)
    opening = _opening(outline_for(report), report.meeting, present)
    nothing = dict.fromkeys((ATTENDANCE, REPRESENTED), "") if present.has_door else {}
    return nothing | {one.key: one.text for one in opening if one.origin == COUNTED}


def key_of(note: Note) -> str:
    """Return what the paragraph of a note is found by."""
    return f"note:{note.id}"


def free_key(note: Note, taken: Collection[str]) -> str:
    """Return a key for a paragraph of this note that no paragraph has: one may tell others by now under its key."""
    key = key_of(note)
    while key in taken:
        key += "+"
    return key


@dataclass(frozen=True)
class Material:
    """What the text of every group is made with: the notes as read, the policy, and the names that are known."""

    read: Mapping[int, ReadNote]
    policy: str
    names: frozenset[str]
    chapters: Mapping[str, str]  # where each kind of session belongs


def _read(report: Report, notes: Sequence[Note]) -> list[ReadNote]:
    """Read the notes in the report's language, those that nobody may be named for in their neutral wording.

    Those that wait for a translation are left out.
    """
    found = read_all(report.meeting, notes, language=report.language) if notes else []
    return [in_neutral_words(one, report.policy, report.language) for one in found if not one.waits]


def _from_notes(
    outline: Outline, notes: Iterable[Note], material: Material, here: Mapping[str, Paragraph]
) -> Iterator[Planned]:
    """Tell the notes of each chapter in groups; a chapter by representative has a paragraph for each of them."""
    taken: dict[str, list[Note]] = {part.code: [] for part in outline.chapters}
    for note in notes:
        part = outline.chapter_of(note, material.chapters)
        if part:
            taken[part.code].append(note)
    taken_keys = set(here)
    for part in outline.chapters:
        some = taken[part.code]
        spoke = len(delegations_of(material.read[note.id] for note in some))
        groups = _groups(part, some, here)
        topics = {group.topic for group in groups}
        headed: set[str] = set()
        for group in groups:
            heading = one_of("headings", group.topic) if len(topics) > 1 and group.topic not in headed else ""
            headed.add(group.topic)
            turn = group.notes[0].number  # its own, so that a new group elsewhere changes no verb here
            sentences = text_of(
                group, material.read, material.policy, took_the_floor=spoke, turn=turn, names=material.names
            )
            revisions = tuple(note.current for note in group.notes)
            key = group.key or free_key(group.notes[0], taken_keys)
            taken_keys.add(key)
            yield Planned(part.code, key, NOTES, joined(made_of(sentences)), revisions, tuple(sentences), heading)


def _groups(part: Part, notes: Sequence[Note], here: Mapping[str, Paragraph]) -> list[Group]:
    """Return the groups of a chapter: those that have a paragraph in the report keep their notes and their key."""
    known = {note.id: note for note in notes}
    rows = {key: paragraph for key, paragraph in here.items() if paragraph.origin == NOTES}
    present: list[Group] = []
    for key in sorted(rows, key=lambda key: (rows[key].removed_at is not None, not rows[key].sentences)):
        some = [known.pop(note) for note in members_of(rows[key]) if note in known]
        if some:
            present.append(Group(topic_of(some), some, key, rows[key].is_generated))
    if part.order == "representative":
        return [*present, *_by_representative(list(known.values()))]
    return grouped(notes, present)


def _by_representative(notes: Iterable[Note]) -> list[Group]:
    ordered = sorted(notes, key=lambda note: alphabetical(sender_of(note.current)))
    return [Group(OTHER, list(some)) for _sender, some in groupby(ordered, key=lambda note: sender_of(note.current))]


def _opening(outline: Outline, meeting: Meeting, present: Attendance) -> list[Planned]:
    """Return what is said of the meeting itself, below sub-headings: what called for it, when it was, who came."""
    part = outline.organization.code
    programmed = of_the_programme(meeting) if PROGRAMMED & set(outline.opening) else {}
    made = {
        "mandate": [
            Planned(part, f"mandate:{place}", FIXED, cited(paragraph, meeting.documents))
            for place, paragraph in enumerate(meeting.mandate)
        ],
        "objectives": [Planned(part, "objectives", FIXED, _objectives(meeting.objectives))]
        if meeting.objectives
        else [],
        "held": [Planned(part, "held", FIXED, _held(meeting, has_programme="programme" in outline.annexes))],
        "attendance": [Planned(part, ATTENDANCE, COUNTED, _attendance(present))] if present.people else [],
        "represented": [Planned(part, REPRESENTED, COUNTED, _represented(present.states))] if present.states else [],
        **{piece: [Planned(part, piece, FIXED, text)] if text else [] for piece, text in programmed.items()},
    }
    rows = [(HEADINGS[piece], one) for piece in outline.opening for one in made[piece]]
    before = ["", *(heading for heading, _one in rows)]
    return [
        replace(one, heading=LABELS[heading] if heading != above else "")
        for above, (heading, one) in zip(before, rows, strict=False)
    ]


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
    return sentence("objectives", objectives=one_of("joints", "semicolon").join(parts))


def _low(objective: str) -> str:
    text = " ".join(objective.split()).rstrip(" .:;")
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:] == first[1:].lower() else text


def _held(meeting: Meeting, *, has_programme: bool) -> str:
    held = sentence(
        "held",
        venue=with_article(meeting.venue),
        city=meeting.city,
        days=days_between(meeting.starts_on, meeting.ends_on),
        convener=meeting.organization,
    )
    names = listed([body.name for body in meeting.bodies])
    bodies = sentence("bodies", names=names) if names else ""
    programme = sentence("programme") if has_programme else ""
    return " ".join(filter(None, (held, bodies, programme)))


def _represented(states: Mapping[str, Sequence[str]]) -> str:
    """Name member States, associate members and other States apart, for an associate member is no State."""
    texts: list[str] = []
    for standing, some in states.items():
        names = sorted(map(in_lists, some), key=alphabetical)
        noun = phrases("other_states" if texts else "states")[standing]
        form = "represented" if len(names) > 1 else "represented_one"
        texts.append(sentence(form, noun=noun, names=listed(names)))
    return " ".join(texts)


def _attendance(present: Attendance) -> str:
    name = "attendance_listed" if present.has_list else "attendance"
    return sentence(name, number=number_in_words(present.people))
