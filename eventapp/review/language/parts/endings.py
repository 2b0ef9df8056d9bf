"""The ends of sentences and of what stands before them: full stops, colons, quotation marks, and "the following"."""

import re
from collections.abc import Mapping

from eventapp.review.language.data import phrases
from eventapp.review.language.grammar import one_of

ENDED = re.compile(r"[.!?…”»][)\]”’\"']*$")
# How a sentence goes on where what follows is no clause, and where it says what is to be done.
FOLLOWING, TO_DO = phrases("following"), phrases("to_do")


def following(head: str) -> str:
    """Return what stands before words that are no clause: "Fiji noted the following" for "Fiji noted that"."""
    return with_ending(head, FOLLOWING) if ends_with(head, FOLLOWING) else head.removesuffix(":").rstrip()


def ends_with(head: str, endings: Mapping[str, str]) -> bool:
    """Whether the head ends with one of these."""
    return any(head.endswith(one) for one in endings)


def with_ending(head: str, endings: Mapping[str, str]) -> str:
    """Return the head with another ending: "Fiji noted the following" for "Fiji noted that"."""
    found = next(one for one in endings if head.endswith(one))
    return f"{head.removesuffix(found)}{endings[found]}"


def quoted(words: str) -> str:
    """Return the words in the quotation marks of the language."""
    return one_of("joints", "quote").format(words=words)


def colon() -> str:
    """Return the colon as the language writes it, with a space before it or not."""
    return one_of("joints", "colon")


def joint() -> str:
    """Return what joins two parts of a sentence, between spaces."""
    return f" {one_of('joints', 'following')} "


def small(text: str) -> str:
    """Return the text with a small first letter."""
    return text[:1].lower() + text[1:]


def ended(text: str) -> str:
    """Return the text with a full stop, where nothing ends it yet."""
    return text if ENDED.search(text) else f"{text}."
