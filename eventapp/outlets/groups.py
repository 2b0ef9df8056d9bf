"""Groups: what the report of a meeting tells together, for the forms of others.

They are the paragraphs of the report that draws on the whole meeting, with the words an editor gave their sentences;
a note that stands in none is a group alone. Nothing says more than the policy and the ceilings allow.
"""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note
from eventapp.review.compiling.sentence_records import OPENING, members_of
from eventapp.review.compiling.text import in_neutral_words
from eventapp.review.first_page.statements import alone, delegations
from eventapp.review.language.attribution import names_above, never_named, never_named_of
from eventapp.review.language.capitals import names_known, names_to_look_up
from eventapp.review.language.names import Names
from eventapp.review.language.sentences import NO_NAMES, sentences_of
from eventapp.review.reading.notes import ReadNote, read_all
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.noted import cleared_voices, notes_with, paragraphs_citing, paragraphs_on
from eventapp.review.reports.queries import chapters_of, is_cleared, notes_counted, reports_of


@dataclass(frozen=True)
class Piece:
    """The sentences of a group that rest on the same notes; `alone` is how they read without those before them.

    Where nobody asks for that, it is how they read behind them.
    """

    sentences: tuple[str, ...]
    alone: tuple[str, ...]
    notes: tuple[Note, ...]
    is_opening: bool = False

    @property
    def support(self) -> int:
        """How many delegations it is of."""
        return delegations(note.current for note in self.notes)

    @property
    def reference(self) -> str:
        """The note by which somebody chooses it."""
        return self.notes[0].reference

    def rests_on(self, notes: Collection[int]) -> bool:
        """Whether it rests on these notes alone."""
        return all(note.id in notes for note in self.notes)


@dataclass(frozen=True)
class Group:
    """What is told together, and the sub-heading it stands below in the report."""

    pieces: tuple[Piece, ...]
    heading: str = ""

    @property
    def support(self) -> int:
        """How many delegations it is of."""
        return delegations(note.current for note in self.notes)

    @property
    def notes(self) -> list[Note]:
        """The notes that it tells, once each."""
        return list({note.id: note for piece in self.pieces for note in piece.notes}.values())

    def words_on(self, notes: Collection[int]) -> tuple[str, list[Note]]:
        """Return what it tells of these notes alone, with those it tells of."""
        words, covered, is_in_row = list[str](), dict[int, Note](), True
        for piece in self.pieces:
            if piece.rests_on(notes):
                words += piece.sentences if is_in_row else piece.alone
                covered |= {note.id: note for note in piece.notes}
            is_in_row = piece.rests_on(notes)
        return " ".join(words), list(covered.values())


@dataclass(frozen=True)
class Material:
    """The notes that an outlet may use, as they are read and told under one policy."""

    policy: str
    notes: tuple[Note, ...]
    unnamed: Names
    known: Container[str]  # names that keep their capital
    read: Mapping[int, ReadNote]
    groups: tuple[Group, ...] = ()

    def fits(self, text: str, notes: Sequence[Note]) -> bool:
        """Whether these words, of these notes, name nobody above policy and ceilings."""
        revisions = [note.current for note in notes]
        is_above = names_above(text, revisions, self.policy, self.unnamed.allowed)
        return not is_above and not self.unnamed.found_in(text)

    def sentences_on(self, notes: Sequence[Note]) -> tuple[str, ...]:
        """Return the sentences of notes that say nearly the same, as they read alone; none where they say too much."""
        made = tuple(one.text for one in sentences_of([self.read[note.id] for note in notes], self.policy, self.known))
        return made if self.fits(" ".join(made), notes) else ()

    def waits(self, note: Note) -> bool:
        """Whether the note waits for a translation."""
        return self.read[note.id].waits


IsWanted = Callable[[Collection[int]], bool]  # of the numbers of notes


def every(_notes: Collection[int]) -> bool:
    return True


def cleared(meeting: Meeting, sessions: Collection[int] | None = None) -> list[Note]:
    """Return the notes an outlet may use: approved or published, on the record; `sessions`: only of these."""
    return notes_counted(meeting, cleared=True, sessions=sessions)


def material_of(meeting: Meeting, policy: str) -> Material:
    """Return the cleared notes of a meeting with the groups that tell them."""
    notes = tuple(cleared(meeting))
    unnamed = never_named((note.current for note in notes), policy)
    plain = Material(policy, notes, unnamed, names_known(meeting), _read(meeting, notes, policy))
    report = report_followed(meeting)
    chapters = chapters_of(report) if report else []
    return replace(plain, groups=tuple(_groups((one.paragraphs for one in chapters), plain)))


def unnamed_at(meeting: Meeting, policy: str) -> Names:
    """Return the names that no outlet may say, without reading the notes of the meeting."""
    return never_named_of(cleared_voices(meeting), policy)


def material_for(meeting: Meeting, policy: str, sessions: Collection[int], unnamed: Names) -> Material:
    """Return the cleared notes of these sessions with the groups that tell them: the rest of the meeting is not read.

    What is told together with them is there too, for a group counts by all its delegations; nothing says how that
    reads alone. Groups have no heading.
    """
    notes = cleared(meeting, sessions)
    here = {note.id for note in notes}
    report = report_followed(meeting)
    citing = paragraphs_citing(report, [*here]) if report else {}
    chapters = chapters_of(report, set(citing.values()), citing.keys()) if report else []
    cited = {one.note_id for chapter in chapters for row in chapter.paragraphs for one in row.evidence}
    notes = [one for one in notes_with([*cited, *here]) if is_cleared(one)]
    plain = Material(policy, tuple(notes), unnamed, names_to_look_up(meeting), _read(meeting, notes, policy))
    return replace(plain, groups=tuple(_groups((one.paragraphs for one in chapters), plain, here.issuperset)))


def pieces_in_list(
    meeting: Meeting, policy: str, notes: Sequence[Note], unnamed: Names, is_wanted: IsWanted
) -> Iterator[Piece]:
    """Walk what is told of these notes alone, for a list, which ranks nothing and shows no words.

    A piece is told only where `is_wanted` says so of the numbers of its notes when its turn comes, and no names that
    keep their capital are looked up.
    """
    report = report_followed(meeting)
    paragraphs = paragraphs_on(report, [one.id for one in notes]) if report else []
    material = Material(policy, tuple(notes), unnamed, NO_NAMES, _read(meeting, notes, policy))
    return (piece for _group, piece in _walk([paragraphs], material, is_wanted))


def _read(meeting: Meeting, notes: Sequence[Note], policy: str) -> dict[int, ReadNote]:
    found = (in_neutral_words(one, policy, "en") for one in read_all(meeting, notes)) if notes else ()
    return {one.revision.note_id: one for one in found}


def report_followed(meeting: Meeting) -> Report | None:
    """Return the report whose groups outlets follow: one of all bodies before one of a single body."""
    made = [one for one in reports_of(meeting) if one.compiled_at]
    return min(made, key=lambda one: (one.body_id is not None, one.id), default=None)


def best_supported(groups: Sequence[Group], notes: Collection[int]) -> list[Piece]:
    """Return what the groups tell of these notes, one piece of each, those of the most delegations first."""
    return [one for one, _support in _in_order(groups, notes, rounds=1)]


def ranked(groups: Sequence[Group], notes: Collection[int]) -> list[tuple[Piece, int]]:
    """Return all that they tell of these notes, with the support of its group: one piece of each, then the others."""
    return _in_order(groups, notes)


def _in_order(groups: Sequence[Group], notes: Collection[int], rounds: int | None = None) -> list[tuple[Piece, int]]:
    found = []
    for place, group in enumerate(groups):
        some = [one for one in group.pieces if one.alone and not one.is_opening and one.rests_on(notes)]
        support = group.support if some else 0
        best_first = sorted(some, key=lambda one: -one.support)
        for turn, piece in enumerate(best_first[:rounds]):
            found.append(((turn > 0, -support, -piece.support, place, turn), piece, support))
    return [(piece, support) for _rank, piece, support in sorted(found, key=lambda one: one[0])]


def _groups(
    chapters: Iterable[Iterable[Paragraph]], material: Material, reads_alone: IsWanted = every
) -> Iterator[Group]:
    """Walk the groups of the report, then the notes that are in none; those of a removed paragraph are left out."""
    pieces = _walk(chapters, material, every, reads_alone)
    for (_group, heading), some in groupby(pieces, key=lambda one: one[0]):
        yield Group(tuple(piece for _where, piece in some), heading)


def _walk(
    chapters: Iterable[Iterable[Paragraph]], material: Material, is_wanted: IsWanted, reads_alone: IsWanted = every
) -> Iterator[tuple[tuple[int, str], Piece]]:
    """Walk the pieces of these groups one by one, each with a number of its group alone and the sub-heading there.

    Only those that are wanted; how they read alone is told of those for which it is asked.
    """
    usable = {note.id: note for note in material.notes if not material.waits(note)}
    covered: set[int] = set()
    for chapter in chapters:
        heading = ""
        for paragraph in chapter:
            is_here = paragraph.removed_at is None
            heading = paragraph.heading or heading if is_here else heading
            covered.update(members_of(paragraph) if paragraph.sentences else ())
            for piece in _pieces(paragraph, usable, material, is_wanted, reads_alone) if is_here else ():
                yield (paragraph.id, heading), piece
    for note in usable.values():
        words = material.sentences_on([note]) if note.id not in covered and is_wanted([note.id]) else ()
        if words:
            yield (-note.id, ""), Piece(words, words, (note,))


def _pieces(
    paragraph: Paragraph,
    usable: Mapping[int, Note],
    material: Material,
    is_wanted: IsWanted,
    reads_alone: IsWanted,
) -> Iterator[Piece]:
    rows = [one for one in paragraph.sentences if one["text"] and one["notes"] and usable.keys() >= set(one["notes"])]
    for (is_opening, numbers), some in groupby(rows, key=lambda one: (one["key"] == OPENING, tuple(one["notes"]))):
        if not is_wanted(numbers):
            continue
        notes, records = tuple(usable[number] for number in numbers), list(some)
        words = tuple(str(one["text"]) for one in records)
        fits = material.fits(" ".join(words), notes)
        anew = () if is_opening or (fits and not reads_alone(numbers)) else material.sentences_on(notes)
        words = words if fits else anew
        if words:
            is_by_hand = any(one["text"] != one["made"] for one in records)
            by_itself = (alone(words[0]), *words[1:]) if is_by_hand and words != anew else anew or words
            yield Piece(words, by_itself, notes, is_opening)
