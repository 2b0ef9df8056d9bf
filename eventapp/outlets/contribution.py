"""The contribution of a United Nations entity to the Secretary-General's report on WSIS follow-up (E/CN.16).

Its executive summary is made of whole sentences of the groups that most delegations stand behind, as many as half a
page holds. Progress is what has happened: what is promised, or is for a later day than the meeting, is a future action.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest

from eventapp.meetings.models import Meeting
from eventapp.outlets.groups import Material, Piece, best_supported, material_of
from eventapp.outlets.papers import DONE, SEEN, Kind, Paper, Question, cited, filled, of_kinds
from eventapp.record.notes.models import Note, Revision
from eventapp.record.reading.dates import dates_in
from eventapp.review.compiling.numbering import Unnumbered, without_footnotes
from eventapp.review.compiling.topics import OTHER
from eventapp.review.first_page.summary import MOST_WORDS, opening, words_in
from eventapp.review.language.data import pattern
from eventapp.review.language.grammar import one_of

CONTRIBUTION = Kind(
    "cstd-contribution",
    "Contribution to the report of the Secretary-General on WSIS follow-up",
    "Commission on Science and Technology for Development",
)
SUMMARY = "Executive summary: activities, progress, obstacles"
ACTIVITIES, PROGRESS, OBSTACLES = "Activities", "Progress", "Obstacles"
PARTS: Mapping[str, tuple[str, ...]] = {
    ACTIVITIES: ("good-practice", "flagship"),
    PROGRESS: ("launch", "announcement", "agreement"),
    OBSTACLES: ("challenge",),
}
PROMISE = "commitment"
TO_COME = pattern("to_come")


def contribution(meeting: Meeting, *, policy: str, on: date) -> Paper:
    """Return the contribution in its three parts."""
    material = material_of(meeting, policy)
    happened = {note.id for note in material.notes if has_happened(note, meeting)}
    overview = of_kinds(material.notes, *SEEN, *DONE, "agreement", "quote")
    future = of_kinds(material.notes, "recommendation", PROMISE, *PARTS[PROGRESS])
    to_come = tuple(note for note in future if note.current.kind not in PARTS[PROGRESS] or note.id not in happened)
    later = {note.id for note in to_come}
    rows, lacks = _summary(meeting, material, happened)
    parts = [
        Question(SUMMARY, stands=True, answer=tuple(rows), most=MOST_WORDS, lacks=tuple(lacks)),
        Question(
            "Analytical overview: trends, challenges and practice",
            tuple(note for note in overview if note.id not in later),
            stands=True,
        ),
        Question("Future actions", to_come, stands=True),
    ]
    return filled(meeting, CONTRIBUTION, parts, material, on=on)


def has_happened(note: Note, meeting: Meeting) -> bool:
    """Whether what a note tells has happened by the end of the meeting: no promise, and nothing of a later day."""
    now, last = note.current, meeting.ends_on
    if now.kind == PROMISE or (now.due_on and now.due_on > last):
        return False
    words = f"{now.title}. {now.text} {now.due_text}"
    days = dates_in(words, note.session.starts_at.date())
    is_later = any(one.last > last if one.is_deadline else one.last.year > last.year for one in days)
    return not is_later and not TO_COME.search(words)


def _summary(meeting: Meeting, material: Material, happened: set[int]) -> tuple[list[Unnumbered], list[str]]:
    """Return the paragraphs of the summary, and the parts of it of which nobody said anything."""
    notes = {part: of_kinds(material.notes, *kinds) for part, kinds in PARTS.items()}
    notes[PROGRESS] = tuple(note for note in notes[PROGRESS] if note.id in happened)
    best = {part: best_supported(material.groups, {note.id for note in some}) for part, some in notes.items()}
    if not any(best.values()):
        return [], []
    cited_here = [note.current for group in material.groups for note in group.notes]
    opened = opening(meeting, cited_here, _by_heading(material))
    chosen = _fitting(MOST_WORDS - words_in([opened, *PARTS]), best)
    rows = [
        Unnumbered(" ".join(_first(one) for one in some), cited(_notes(some), material), heading=part)
        for part, some in chosen.items()
        if some
    ]
    return [Unnumbered(opened), *rows], [f"Executive summary, {part.lower()}" for part in PARTS if not chosen[part]]


def _fitting(most: int, best: Mapping[str, Sequence[Piece]]) -> dict[str, list[Piece]]:
    """Take the best of each part in turn, and leave out what does not fit into so many words."""
    chosen: dict[str, list[Piece]] = {part: [] for part in best}
    left = most
    for row in zip_longest(*best.values()):
        for part, piece in zip(best, row, strict=True):
            words = words_in([_first(piece)]) if piece else 0
            if piece and words <= left:
                chosen[part].append(piece)
                left -= words
    return chosen


def _first(piece: Piece) -> str:
    """Return the sentence that says who did what, without its footnotes: a summary has none."""
    return without_footnotes(piece.alone[0])


def _notes(pieces: Sequence[Piece]) -> Iterator[Note]:
    return (note for piece in pieces for note in piece.notes)


def _by_heading(material: Material) -> dict[str, list[Revision]]:
    found: dict[str, list[Revision]] = {}
    for group in material.groups:
        if group.heading not in ("", one_of("headings", OTHER)):
            found.setdefault(group.heading, []).extend(note.current for note in group.notes)
    return found
