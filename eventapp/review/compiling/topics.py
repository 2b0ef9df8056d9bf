"""Topics: which of a chapter's notes are told together. A group has one action line in common and is one paragraph.

A group that stands in the report already keeps its notes, whatever comes: a note that is new joins the group that it is
most like among those of one of its lines, or begins one. So one changed note changes its own group and no other.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from eventapp.record.notes.models import Note
from eventapp.review.compiling.likeness import Likeness
from eventapp.review.language.data import own
from eventapp.vocabulary.lines import ACTION_LINES

MOST = 6  # notes that one paragraph tells
TOPIC = 2  # notes that make a topic
CLOSE = 0.3  # of likeness: notes as close as that stand together before others
OTHER = ""  # the topic of notes that share no line
VIEWS, PRACTICES, RESULTS = "views", "practices", "results"
FAMILIES: Mapping[str, str] = {
    "good-practice": PRACTICES,
    "flagship": PRACTICES,
    "launch": PRACTICES,
    "recommendation": RESULTS,
    "agreement": RESULTS,
    "commitment": RESULTS,
}


@dataclass
class Group:
    """Notes of one topic; `key` is that of its paragraph in the report, '' for a new one."""

    topic: str
    notes: list[Note] = field(default_factory=list)
    key: str = ""
    is_open: bool = True  # whether it takes more notes

    @property
    def families(self) -> set[str]:
        """Return which of views, practices and results its notes are."""
        return {family_of(note) for note in self.notes}


def family_of(note: Note) -> str:
    """Return what a note is to a text: a view, a practice or a result."""
    return FAMILIES.get(note.current.kind, VIEWS)


def grouped(notes: Sequence[Note], present: Sequence[Group]) -> list[Group]:
    """Return the groups of a chapter in the order of its text: those that are present, and of the notes not in one."""
    taken = {note.id for group in present for note in group.notes}
    fresh = [note for note in notes if note.id not in taken]
    likeness = Likeness({note.id: f"{note.current.title} {note.current.text}" for note in notes})
    left = [note for note in fresh if not _joins(note, present, likeness)]
    made = [group for topic, some in _topics(left).items() for group in _groups(topic, some, likeness)]
    return _in_order([*present, *made], notes)


def topic_of(notes: Collection[Note]) -> str:
    """Return the action line that most of these notes share; OTHER where it is not one for all of several."""
    counted = Counter(line for note in notes for line in set(note.current.action_lines))
    shared = [line for line, many in counted.items() if many == len(notes) > 1]
    return min(shared, key=_order, default=OTHER)


def _joins(note: Note, present: Sequence[Group], likeness: Likeness) -> bool:
    """Put a new note in the group that it is most like; return whether there is one that takes it."""
    lines = set(note.current.action_lines)
    open_groups = [
        group
        for group in present
        if group.is_open
        and len(group.notes) < MOST
        and (lines & _lines_of(group) or not (group.topic or lines))
        and group.families == {family_of(note)}
    ]
    if not open_groups:
        return False
    best = max(open_groups, key=lambda group: likeness.to_all(note.id, (one.id for one in group.notes)))
    best.notes.append(note)
    return True


def _lines_of(group: Group) -> set[str]:
    """Return the action lines that all notes of a group have."""
    return set.intersection(*(set(note.current.action_lines) for note in group.notes))


def _topics(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Give each note the line among its own that most notes share; a line of one note alone is no topic."""
    left, topics = list(notes), dict[str, list[Note]]()
    while left:
        counted = Counter(line for note in left for line in dict.fromkeys(note.current.action_lines))
        line, many = min(counted.items(), key=lambda one: (-one[1], _order(one[0])), default=(OTHER, 0))
        if many < TOPIC:
            topics[OTHER] = left
            break
        topics[line] = [note for note in left if line in note.current.action_lines]
        left = [note for note in left if line not in note.current.action_lines]
    return topics


def _groups(topic: str, notes: Sequence[Note], likeness: Likeness) -> list[Group]:
    """Cut a topic in groups: by what the notes are to the text, and where there are many by likeness."""
    families: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        families[family_of(note)].append(note)
    largest = max(families, key=lambda family: len(families[family]))
    for family in [one for one in families if one != largest and len(families[one]) == 1]:
        if len(families[largest]) < MOST:
            families[largest] += families.pop(family)
    order = (VIEWS, PRACTICES, RESULTS)
    return [
        Group(topic, some)
        for family in sorted(families, key=order.index)
        for some in _close_together(families[family], likeness)
    ]


def _close_together(notes: Sequence[Note], likeness: Likeness) -> list[list[Note]]:
    """Part many notes: each begins a paragraph or joins the most alike one that has room."""
    if len(notes) <= MOST:
        return [list(notes)]
    found: list[list[Note]] = []
    for note in notes:
        room = [some for some in found if len(some) < MOST]
        best = max(room, key=lambda some: likeness.to_all(note.id, (one.id for one in some)), default=None)
        needs = len(found) * MOST >= len(notes)  # as many paragraphs as the notes fill are begun
        if best is not None and (needs or likeness.to_all(note.id, (one.id for one in best)) >= CLOSE):
            best.append(note)
        else:
            found.append([note])
    return found


def _in_order(groups: Sequence[Group], notes: Sequence[Note]) -> list[Group]:
    """Keep the topics together, as the vocabulary lists the lines; inside, as the sessions followed."""
    at = {note.id: place for place, note in enumerate(notes)}
    rank = {VIEWS: 0, PRACTICES: 1, RESULTS: 2}
    for group in groups:
        group.notes.sort(key=lambda note: (rank[family_of(note)], at.get(note.id, len(at))))
    return sorted(
        (group for group in groups if group.notes),
        key=lambda group: (
            _order(group.topic),
            min(rank[one] for one in group.families),
            min(at.get(note.id, len(at)) for note in group.notes),
        ),
    )


def _order(line: str) -> tuple[int, int, str]:
    """Put action lines as they are numbered, then the meeting's own themes in its order, then what has no topic."""
    if line in ACTION_LINES:
        return 0, ACTION_LINES[line].order, line
    named = [code for code, _name in own("headings")]
    return 1 if line else 2, named.index(line) if line in named else len(named), line
