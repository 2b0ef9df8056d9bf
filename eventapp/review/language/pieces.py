"""Pieces: a text cut in its sentences, and what is none put behind the one before it."""

import re
from collections.abc import Sequence

from eventapp.review.language.grammar import is_clause

# Where a sentence ends: not behind an initial or a short form, and not before a small letter.
END = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b(?:No|Mr|Ms|Dr|St|vs)\.)(?<!\b(?:Mrs|Art|cf\.)\.)[”’\"')\]]* +(?=[“\"'(]?[A-Z0-9])"
)


def cut(text: str) -> list[str]:
    """Return the sentences of a text."""
    pieces, start = list[str](), 0
    for found in END.finditer(text):
        pieces.append(text[start : found.end()].strip())
        start = found.end()
    return [*pieces, text[start:].strip()] if text[start:].strip() else pieces


def whole(pieces: Sequence[str]) -> list[str]:
    """Put what is no sentence of its own, as "Winner 2015.", in brackets behind the one before it."""
    whole: list[str] = []
    for piece in pieces:
        if whole and piece.startswith("("):
            whole[-1] = f"{whole[-1]} {piece}"
        elif whole and not is_clause(piece) and not piece.endswith("?"):
            end = re.search(r"[.!?…]?$", whole[-1])
            stop = end[0] if end else ""
            whole[-1] = f"{whole[-1].removesuffix(stop)} ({piece.rstrip(' .')}){stop or '.'}"
        else:
            whole.append(piece)
    return whole
