"""From the texts of a row to entries of a file, and back."""

from dataclasses import fields
from typing import TypeVar

from eventapp.ground.db.types import Record
from eventapp.meeting_file.texts.entries import Texts
from eventapp.meetings.worded import Worded

T = TypeVar("T", bound=Texts)


def entries_of(row: Worded, of: type[T]) -> tuple[T, ...]:
    """What this row says in other languages, as a meeting file has it."""
    return tuple(of(language=tongue, **frozen(words)) for tongue, words in sorted(row.texts.items()))


def frozen(words: Record) -> Record:
    """The texts with their lists as a file has them."""
    return {name: tuple(text) if isinstance(text, list) else text for name, text in words.items()}


def words_in(entry: Texts) -> Record:
    """The texts that an entry has, as a row keeps them."""
    there = {one.name: getattr(entry, one.name) for one in fields(entry) if one.name not in ("language", "place")}
    return {name: list(text) if isinstance(text, tuple) else text for name, text in there.items() if text}
