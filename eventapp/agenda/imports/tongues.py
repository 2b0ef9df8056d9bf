"""A file in another language of the meeting than its first: what it says goes where a session says it there.

No kind of file says in which language its titles are: an organizer does. What a file calls the language of a talk is
the one that is spoken. A session keeps its first texts in its columns. Where nobody said a language, a title that is
what the session is called in French is no new title: schedules of ours go out in the reader's language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from eventapp.agenda.imports.foreign import Foreign
from eventapp.agenda.models import Session
from eventapp.agenda.sessions.sub_items import SubItem, from_rows
from eventapp.ground.db.types import Record
from eventapp.ground.text.worded import texts_of

TRANSLATED = ("title", "summary")
# What of a session has no place for another language: of one that is here it stays. A track may still name a body.
IN_ONE_LANGUAGE = ("subtitle", "description", "track", "tags")
Texts = Mapping[str, list[str]]  # of one session in one language: name → [before, after]


def for_columns(there: Session, wanted: Record, tongue: str) -> Record:
    """What of these texts the columns of this session get from a file in this language; '' is the first language."""
    if tongue:
        return {name: words for name, words in wanted.items() if name not in (*TRANSLATED, *IN_ONE_LANGUAGE)}
    return {name: first_for(there, name, words) if name in TRANSLATED else words for name, words in wanted.items()}


def first_for(there: Session, name: str, words: str) -> str:
    others = (texts.get(name) for texts in there.texts.values())
    return str(getattr(there, name)) if words and words in others else words


def texts_changed(there: Session | None, one: Foreign, tongue: str) -> Texts:
    """What a file in this language says otherwise of this session there, and all of a new one.

    The first text is none of its own there: whoever has no French title goes out in French with the first one.
    """
    if not tongue:
        return {}
    texts = {name: words for name in TRANSLATED if (words := getattr(one, name)) is not None}
    if there is None:
        return {name: ["", words] for name, words in texts.items() if words}
    own, found = texts_of(there, tongue), dict[str, list[str]]()
    for name, words in texts.items():
        before, first = own.get(name) or "", getattr(there, name)
        after = "" if words == first and before != first else words
        if before != after:
            found[name] = [before, after]
    return found


def as_they_stand(session: Session, texts: Texts, tongue: str) -> bool:
    """Whether the session says in this language what a file made it say."""
    own = texts_of(session, tongue)
    return all((own.get(name) or "") == after for name, (_before, after) in texts.items())


def order_from(there: Session, sub_items: Sequence[SubItem], tongue: str) -> tuple[SubItem, ...]:
    """What is within the session as a file in this language has it: the titles that it changes are those there."""
    stands = from_rows(there.sub_items)
    if not tongue:
        titles = {title: one.title for one in stands for title in titles_of(one, *one.texts)}
        return tuple(replace(one, title=titles.get(one.title, one.title)) for one in sub_items)
    by_key = {one.key: one for one in stands if one.key}
    by_title = {title: one for one in stands for title in titles_of(one, tongue)}
    return tuple(in_tongue(one, by_key.get(one.key or 0) or by_title.get(one.title), tongue) for one in sub_items)


def in_tongue(one: SubItem, same: SubItem | None, tongue: str) -> SubItem:
    """One of them with its title of a file in this language; `same` is what stands of it, None for a new one."""
    first = same.title if same else one.title
    own = same.texts.get(tongue, {}).get("title") if same else ""
    texts = {code: words for code, words in one.texts.items() if code != tongue}
    if same is None or one.title != first or own == first:
        texts[tongue] = {"title": one.title}
    return replace(one, title=first, texts=texts)


def titles_of(one: SubItem, *tongues: str) -> set[str]:
    """What one of them is called at first, and in each of these languages."""
    return {one.title, *(words["title"] for code in tongues if (words := one.texts.get(code, {})).get("title"))}


def order_new(sub_items: Iterable[SubItem] | None, tongue: str) -> tuple[SubItem, ...] | None:
    """What is within a new session, with its titles in this language too; None where the file says nothing of it."""
    if sub_items is None:
        return None
    return tuple(in_tongue(one, None, tongue) if tongue else one for one in sub_items)
