"""Codes and addresses made of what somebody called a thing."""

import re
from collections.abc import Collection
from unicodedata import normalize


def latin_words(text: str) -> list[str]:
    """The words of this in Latin letters and figures, small and without marks; none of another script."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.findall(r"[a-z0-9]+", plain)


def code_for(text: str, taken: Collection[str], *, most: int, otherwise: str) -> str:
    """A code that is not taken, of so many characters at most: of these words, of `otherwise` where none is Latin."""
    stem = "-".join(latin_words(text))[: most - 4].strip("-") or otherwise
    return next(one for one in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if one not in taken)
