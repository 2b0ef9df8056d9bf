"""The text of a group: what opens it, what each delegation said, and what was asked for and agreed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from eventapp.record.notes.models import Note
from eventapp.record.reading.tongue import spoken_in
from eventapp.review.compiling.grouping import say_nearly_the_same
from eventapp.review.compiling.practices import present_the_same, together
from eventapp.review.compiling.topics import OTHER, PRACTICES, RESULTS, VIEWS, Group, family_of
from eventapp.review.language.attribution import NOBODY, level_of
from eventapp.review.language.grammar import how_many, in_turn, one_of
from eventapp.review.language.parts.voices import voice_of
from eventapp.review.language.points import cut, lettered
from eventapp.review.language.sentences import NO_NAMES, Place, Sentence, sentences_of
from eventapp.review.reading.notes import ReadNote

OPENS = 3  # delegations from which on a paragraph says how many spoke


def text_of(
    group: Group,
    read: Mapping[int, ReadNote],
    policy: str,
    *,
    took_the_floor: int,
    turn: int,
    names: frozenset[str] = NO_NAMES,
) -> list[Sentence]:
    """Return the sentences of a group's paragraph, in order, from its notes as they are `read`, by number.

    `turn` says whose turn the equal expressions have.
    """
    sentences = [*_opening(group, read, took_the_floor, turn)]
    before: tuple[str, ...] = ()
    again, has_views = 0, False
    last: ReadNote | None = None
    for place, alike in enumerate(together(_alike(group.notes), read)):
        notes = [read[note.id] for note in alike]
        is_result = family_of(alike[0]) == RESULTS
        senders = voice_of(notes, policy).senders
        again = again + 1 if senders and senders == before else 0
        is_named = last is not None and senders == before and present_the_same(last, notes[0])
        where = Place(turn + place + is_named, takes_up=is_result and has_views, again=again, is_named=is_named)
        sentences += sentences_of(notes, policy, names, where)
        before, last = senders, notes[0]
        has_views = not is_result  # one sentence takes up what was said, and those behind it go on
    return [_in_one_line(one) for one in sentences] if len(group.notes) > 1 else sentences


def _in_one_line(one: Sentence) -> Sentence:
    """Put the points of a list in its sentence, (a), (b) …: below each other they would end the paragraph."""
    parts, closing = cut(one.text)
    points = [f"({lettered(place)}) {point}" for place, point in enumerate(parts[1:])]
    return replace(one, text=" ".join(filter(None, [parts[0], *points, closing])))


def in_neutral_words(note: ReadNote, policy: str, language: str) -> ReadNote:
    """Return the note with its neutral wording as its words, where nobody may be named for it and it has one.

    A wording in another language than the report's says nothing here: the translation of the note does.
    """
    revision = note.revision
    if not revision.neutral or note.waits or level_of(revision, policy) != NOBODY:
        return note
    return replace(note, text=revision.neutral) if spoken_in(revision.neutral, note.language) == language else note


def delegations_of(notes: Iterable[ReadNote]) -> set[str]:
    """Return the keys of whom the notes are known to be of: States and organizations, each once."""
    return {note.delegation.key for note in notes if note.delegation.name}


def _alike(notes: Sequence[Note]) -> list[list[Note]]:
    """Put notes of one kind that say nearly the same in one place: they become one sentence."""
    found: list[list[Note]] = []
    for note in notes:
        same = next((some for some in found if say_nearly_the_same(some[0].current, note.current)), None)
        if same:
            same.append(note)
        else:
            found.append([note])
    return found


def _opening(group: Group, read: Mapping[int, ReadNote], took_the_floor: int, turn: int) -> list[Sentence]:
    """Say how many delegations spoke of what, with the notes that make the number."""
    family = next((one for one in (VIEWS, PRACTICES) if one in group.families), "")
    counted = [read[note.id] for note in group.notes if family_of(note) == family and read[note.id].delegation.name]
    delegations = delegations_of(counted)
    if group.topic == OTHER or not family or len(delegations) < OPENS:
        return []
    many = how_many(len(delegations), took_the_floor)
    text = in_turn("opening", family, turn).format(
        many=many[:1].upper() + many[1:], topic=one_of("topics", group.topic)
    )
    return [Sentence("opening", text, tuple(note.revision for note in counted))]
