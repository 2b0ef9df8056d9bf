"""A text that stands in several languages: which of them a reader gets, and which language that is in.

What has such texts keeps the first in its columns, in the language its meeting is written in, and the others by
language in `texts`: {"fr": {"title": …}}. A text that is not there in a language reads as the first one.
Some columns are lists of texts; they go the same way.
"""

from dataclasses import replace
from typing import TypeVar

from eventapp.ground.exact import Dataclass
from eventapp.ground.text.i18n import _, language

Copied = TypeVar("Copied", bound=Dataclass)


def texts_of(thing: object, tongue: str) -> dict[str, str]:
    """Every text that there is in this language, by its column."""
    return (getattr(thing, "texts", None) or {}).get(tongue) or {}


def text_in(thing: object, name: str, tongue: str) -> tuple[str, str]:
    """The text of this column for a reader of this language, and the language it is in; "" is that of the columns."""
    own = texts_of(thing, tongue).get(name)
    if own:
        return own, tongue
    first = getattr(thing, name)
    if first and getattr(thing, "in_vocabulary", False) and tongue == language():
        shipped = _(first)
        return shipped, tongue if shipped != first else ""
    return first, ""


def in_language(thing: Copied, tongue: str, *names: str) -> Copied:
    """The same dataclass with these texts in this language where they are there."""
    own = texts_of(thing, tongue)
    return replace(thing, **{name: own[name] for name in names if own.get(name)}) if own else thing


def worded(thing: object, name: str) -> str:
    """In a template: the text of this column in the reader's language."""
    return text_in(thing, name, language())[0]


def tongue(thing: object, name: str, first: str = "") -> str:
    """In a template: the language of that text; `first` is the one the columns are in."""
    return text_in(thing, name, language())[1] or first
