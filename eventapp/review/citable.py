"""Notes that a paragraph may cite, by the words somebody looks for."""

from collections.abc import Iterable

from eventapp.outcomes.models import Note
from eventapp.review.parts import plain, words_of

MOST = 12  # notes shown; more words find fewer


def citable(notes: Iterable[Note], sought: str) -> list[Note]:
    """The notes in which every word that is sought stands, as it or as a beginning; a reference finds its own note."""
    wanted = words_of(sought)
    found = [note for note in notes if wanted and all(_has(word, _words(note)) for word in wanted)]
    exact = [note for note in found if plain(note.reference) == plain(sought)]
    return (exact or found)[:MOST]


def _words(note: Note) -> list[str]:
    now = note.current
    return words_of(f"{note.reference} {note.session.title} {now.title} {now.text} {now.speaker} {now.organization}")


def _has(word: str, words: Iterable[str]) -> bool:
    return any(one.startswith(word) for one in words)
