"""The difference between two texts as an editor reads it: the changed words, with a few around them."""

from collections.abc import Sequence

from eventapp.record.notes.difference import SAME, Run, pieces, words_changed

NEAR = 12  # words and blanks that are left standing beside a change


def nearby(before: str, after: str) -> tuple[Run, ...]:
    """Return what changed with a few words around each change, and … where words are left out."""
    runs = words_changed(before, after)
    return tuple(
        Run(SAME, _shortened(run.text, first=place == 0, last=place == len(runs) - 1)) if run.kind == SAME else run
        for place, run in enumerate(runs)
    )


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words: Sequence[str] = pieces(text)
    head, tail = ([] if first else words[:NEAR]), ([] if last else words[-NEAR:])
    if len(words) <= len(head) + len(tail) or (first and last):
        return text
    return "".join([*head, " … " if head and tail else "…", *tail])
