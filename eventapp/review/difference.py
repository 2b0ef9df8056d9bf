"""The difference between two texts, word by word, as an editor reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, REMOVED, ADDED = "same", "removed", "added"
NEAR = 6  # words that are left standing beside a change


@dataclass(frozen=True)
class Change:
    """A run of words that stayed, went or came."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Change]:
    """Return the runs of words of both texts in reading order; joined without the removed ones they are `after`."""
    old, new = _words(before), _words(after)
    changes: list[Change] = []
    for tag, left, left_end, right, right_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            changes.append(Change(SAME, "".join(old[left:left_end])))
            continue
        if left < left_end:
            changes.append(Change(REMOVED, "".join(old[left:left_end])))
        if right < right_end:
            changes.append(Change(ADDED, "".join(new[right:right_end])))
    return changes


def nearby(changes: list[Change]) -> list[Change]:
    """Return the changes with only a few words around each, and … where words are left out."""
    return [
        Change(SAME, _shortened(change.text, first=place == 0, last=place == len(changes) - 1))
        if change.kind == SAME
        else change
        for place, change in enumerate(changes)
    ]


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words = _words(text)
    if first and last:
        return text
    head = words[:NEAR] if not first else []
    tail = words[-NEAR:] if not last else []
    if len(words) <= len(head) + len(tail):
        return text
    return "".join([*head, "… ", *tail]) if head else "".join(["… ", *tail])


def _words(text: str) -> list[str]:
    return list(_split(text))


def _split(text: str) -> Iterator[str]:
    """Yield each word with the space behind it."""
    yield from re.findall(r"\S+\s*|^\s+", text)
