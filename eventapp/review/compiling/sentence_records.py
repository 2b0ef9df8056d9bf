"""Sentences as a paragraph has them: {"key", "text", "made", "notes"}.

`key` finds a sentence again when the report is compiled once more, '' for one that an editor wrote; `text` is how it
reads now, '' where the editor took it out; `made` is how it was made of the notes; `notes` are the numbers of the notes
that it rests on. The texts, joined by blanks, are the text of the paragraph.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from eventapp.ground.db.types import Record
from eventapp.review.language.pieces import cut
from eventapp.review.language.sentences import Sentence
from eventapp.review.reports.models import Paragraph

OPENING = "opening"  # the key of the sentence that says how many spoke of what
ALIKE = 0.5  # of the letters of both: a sentence that an editor changed, and no other one


def made_of(sentences: Sequence[Sentence]) -> list[Record]:
    """Return the sentences as a paragraph has them when it is made."""
    return [
        {"key": one.key, "text": one.text, "made": one.text, "notes": [note.note_id for note in one.revisions]}
        for one in sentences
    ]


def members_of(paragraph: Paragraph) -> list[int]:
    """Return the numbers of the notes that a paragraph tells, and not of those that an editor only cited under it.

    A paragraph of before, which knows no sentences, tells all that it cites.
    """
    told = [note for one in paragraph.sentences for note in one["notes"]]
    return list(dict.fromkeys(told if paragraph.sentences else [one.note_id for one in paragraph.evidence]))


def place_for(note_id: int) -> Record:
    """Return the place of a note that is to be told in a paragraph: its sentences come when the report is compiled."""
    return {"key": f"note:{note_id}:0", "text": "", "made": "", "notes": [note_id]}


def without(sentences: Sequence[Record], note_id: int) -> list[Record]:
    """Return the sentences that rest on something besides this note, without it; what an editor typed stays."""
    rest = [one | {"notes": [note for note in one["notes"] if note != note_id]} for one in sentences]
    return [now for now, one in zip(rest, sentences, strict=True) if now["notes"] or not one["notes"]]


def by_hand(sentences: Iterable[Record]) -> list[Record]:
    """Return the sentences that an editor wrote or changed."""
    return [one for one in sentences if one["text"] != one["made"]]


def joined(sentences: Iterable[Mapping[str, str]]) -> str:
    """Return the text of a paragraph."""
    return " ".join(one["text"] for one in sentences if one["text"])


def renewed(before: Sequence[Record], now: Sequence[Sentence]) -> list[Record]:
    """Return the sentences made now, each one that an editor changed with the editor's words.

    What the editor wrote stays behind the sentence it stood behind; what the editor took out stays out.
    """
    known = {one["key"]: one for one in before if one["key"]}
    own: dict[str, list[Record]] = {}
    behind = ""
    for one in before:
        behind = one["key"] or behind
        if not one["key"]:
            own.setdefault(behind, []).append(one)
    keys = {one.key for one in now}
    found = [*own.pop("", [])]
    for made in made_of(now):
        was = known.get(made["key"])
        by_hand = was is not None and was["text"] != was["made"]
        found += [made | {"text": was["text"]} if was and by_hand else made, *own.pop(made["key"], [])]
    lost = [one for one in before if one["key"] and one["key"] not in keys and one["text"] not in {"", one["made"]}]
    return [*found, *lost, *(one for some in own.values() for one in some)]


def refitted(before: Sequence[Record], text: str) -> list[Record]:
    """Return the sentences of a text that an editor typed over the paragraph, with the notes of those it is like."""
    if not before:
        return []
    pieces = _pieces([one["text"] for one in before if one["text"]], text)
    found: list[Record] = []
    left = list(before)
    for piece in pieces:
        same = next((one for one in left if one["text"] == piece), None) or _most_alike(piece, left, pieces)
        if same is None:
            found.append({"key": "", "text": piece, "made": "", "notes": []})
            continue
        while left[0] is not same and left[0]["text"] not in pieces:
            found.append(left.pop(0) | {"text": ""})
        left.remove(same)
        found.append(same | {"text": piece})
    return [one for one in [*found, *(one | {"text": ""} for one in left)] if one["key"] or one["text"]]


def _pieces(known: Sequence[str], text: str) -> list[str]:
    """Cut a text in sentences; one that is known as a whole is not cut further."""
    for one in known:
        before, found, after = text.partition(one)
        if found:
            others = [other for other in known if other is not one]
            return [
                *(_pieces(others, before) if before.strip() else ()),
                one,
                *(_pieces(others, after) if after.strip() else ()),
            ]
    return cut(text.strip())


def _most_alike(piece: str, left: Sequence[Record], pieces: Sequence[str]) -> Record | None:
    """Return the sentence of before that this one is, with other words."""
    rated = [
        (SequenceMatcher(None, one["text"], piece, autojunk=False).ratio(), -place, one)
        for place, one in enumerate(left)
        if one["text"] and one["text"] not in pieces
    ]
    best = max(rated, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] >= ALIKE else None
