"""The statements and presentations within a session, as our own schedules carry them: JSON, in XML in an instruction.

The schema of schedules has no place for them, and no room for elements of others. A processing instruction is what XML
has for a word to one program: whoever does not know it passes over it, and the file stays valid.
"""

import json
from collections.abc import Collection, Iterator, Sequence

from eventapp.agenda.imports.foreign import Foreign, one_line
from eventapp.agenda.imports.tongues import order_from, order_new
from eventapp.agenda.models import Session
from eventapp.agenda.sessions.more import LINK
from eventapp.agenda.sessions.sub_items import SubItem, from_rows, in_lines
from eventapp.agenda.sessions.sub_items import fault_in as fault_in_all
from eventapp.agenda.taking_back.planning import unheard
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import fault_in

LONGEST = 1440  # minutes
LONGEST_TITLE, LONGEST_LINK, HIGHEST_KEY = 300, 600, 2**31


def rows_in(words: str) -> object:
    """What an instruction holds; None where it is no JSON."""
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return None


def running_order(rows: object, people: Collection[str]) -> tuple[list[Record], list[str]]:
    """The rows as a session has them, and a sentence for all that is wrong with them. `people` are its speakers."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return [], [_("Its running order cannot be read. Write a list of objects that have a “title”.")]
    found = [row_in(row) for row in rows]
    faults = [fault for number, row in enumerate(found, start=1) for fault in faults_of(number, row, people)]
    if not faults and (fault := fault_in_all(from_rows(found))):
        faults = [_("Its running order: %(fault)s", fault=fault)]
    return ([] if faults else found), faults


def row_in(row: Record) -> Record:
    """One of them by the names that we have for it; figures as they were given, for they are looked at."""
    texts = row.get("texts")
    titles = (
        {code: one_line(words.get("title")) for code, words in texts.items() if isinstance(words, dict)}
        if (isinstance(texts, dict))
        else {}
    )
    words: Record = {name: one_line(row.get(name)) for name in ("title", "person", "link")}
    words |= {name: row.get(name) for name in ("minutes", "after", "key")}
    words["texts"] = {code: {"title": title} for code, title in titles.items() if code in LANGUAGES and title}
    return {name: value for name, value in words.items() if value not in ("", None, {})}


def faults_of(number: int, row: Record, people: Collection[str]) -> Iterator[str]:
    """What is wrong with the one at this place."""
    title, person, link = (row.get(name, "") for name in ("title", "person", "link"))
    if not title:
        yield _("Its running order, %(number)s: write the title.", number=number)
    for words, most in ((title, LONGEST_TITLE), (person, LONGEST_TITLE), (link, LONGEST_LINK)):
        if fault := fault_in(words, most=most):
            yield _("Its running order, %(number)s: %(fault)s", number=number, fault=fault)
    for name, least, most in (("minutes", 1, LONGEST), ("after", 0, LONGEST), ("key", 1, HIGHEST_KEY)):
        if name in row and not is_between(row[name], least, most):
            sentence = _("write a number from %(least)s to %(most)s for “%(name)s”.", least=least, most=most, name=name)
            yield _("Its running order, %(number)s: %(fault)s", number=number, fault=sentence)
    if link and not LINK.fullmatch(link):
        sentence = _("a link begins with an address, such as https://example.org.")
        yield _("Its running order, %(number)s: %(fault)s", number=number, fault=sentence)
    if person and person not in people:
        sentence = _("%(name)s is not among the people of the session.", name=person[:80])
        yield _("Its running order, %(number)s: %(fault)s", number=number, fault=sentence)


def is_between(value: object, least: int, most: int) -> bool:
    """Whether this is a whole number from the one to the other."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def wanted(rows: Sequence[Record] | None, tongue: str) -> tuple[SubItem, ...] | None:
    """The same as a new session has them, from a file in this language; None where the file says nothing of them."""
    return order_new(None if rows is None else from_rows(rows), tongue)


def order_for(one: Foreign, there: Session, tongue: str) -> tuple[SubItem, ...] | None:
    """What is to be within the session, by a file in this language; None where the file says nothing of it."""
    if one.sub_items is None:
        return None
    return unheard(there, order_from(there, from_rows(one.sub_items), tongue))


def order_changed(there: Session, sub_items: tuple[SubItem, ...] | None) -> Iterator[list[str]]:
    """What would be within the session otherwise, as one [field, before, after]."""
    stands = from_rows(there.sub_items)
    if sub_items not in (None, stands):
        yield ["sub_items", *("; ".join(in_lines(each))[:300] for each in (stands, sub_items or ()))]
