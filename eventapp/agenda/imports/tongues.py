"""A file in another language of the meeting: what it says as a session says it there already changes nothing.

Schedules, calendars and tables of a meeting go out in the reader's language, and none of them says which one that is.
A session keeps its first texts in its columns. A title that is what the session is called in French is no new title.
"""

from collections.abc import Sequence
from dataclasses import replace

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.sub_items import SubItem, from_rows
from eventapp.ground.db.types import Record

TRANSLATED = ("title", "summary")


def in_first_language(there: Session, wanted: Record) -> Record:
    """The same texts; where one is that of this session in another language, the one of its columns."""
    return {name: first_for(there, name, words) if name in TRANSLATED else words for name, words in wanted.items()}


def first_for(there: Session, name: str, words: str) -> str:
    others = (texts.get(name) for texts in there.texts.values())
    return str(getattr(there, name)) if words and words in others else words


def order_in_first_language(there: Session, sub_items: Sequence[SubItem]) -> tuple[SubItem, ...]:
    """The same for the titles of what is within it."""
    stands = from_rows(there.sub_items)
    titles = {texts["title"]: one.title for one in stands for texts in one.texts.values() if texts.get("title")}
    titles |= {one.title: one.title for one in stands}
    return tuple(replace(one, title=titles.get(one.title, one.title)) for one in sub_items)
