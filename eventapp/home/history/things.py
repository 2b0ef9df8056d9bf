"""What a line of history is about, as an organizer calls it: the number of a row means nothing to anybody."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.badges.models import Badge
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.ground.text.policy import search_key
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.record.confirmations.models import Confirmation
from eventapp.registration.models import Registration
from eventapp.review.reports.models import Chapter, Paragraph, Report

PERSON = (Registration.number, Registration.record_name)
SESSION = (Session.code, Session.title)

Column = InstrumentedAttribute[Any]  # numbers, texts and relations
# The number of a row, the words of its name, and the way to them.
NAMED: dict[str, tuple[Column, tuple[Column, ...], tuple[Column, ...]]] = {
    "badge": (Badge.id, PERSON, (Badge.registration,)),
    "confirmation": (Confirmation.id, SESSION, (Confirmation.session,)),
    "gate": (Gate.id, (Gate.name,), ()),
    "letter": (Letter.id, (Letter.to_name, Letter.subject), ()),
    "paragraph": (Paragraph.id, (Report.title,), (Paragraph.chapter, Chapter.report)),
    "registration": (Registration.id, PERSON, ()),
    "report": (Report.id, (Report.title,), ()),
    "scan": (Scan.id, PERSON, (Scan.registration,)),
    "session": (Session.id, SESSION, ()),
    "speaking_role": (SpeakingRole.id, SESSION, (SpeakingRole.session,)),
}


def names_of(entries: list[Entry]) -> dict[tuple[str, int], str]:
    """What each row is called that these lines are about, by its table and number: one question for each table.

    A row that is gone, or has no name of its own, is not among them.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        ids[entry.thing].add(entry.thing_id)
    return {
        (table, row[0]): " ".join(_words(row[1:]))
        for table in ids.keys() & NAMED.keys()
        for row in db.session.execute(_named(table, ids[table]))
    }


def rows_named(table: str, word: str) -> Select[int]:
    """The numbers of the rows of this table whose name has this word; people are found in any script."""
    number, words, way = NAMED[table]
    query = select(number)
    for step in way:
        query = query.join(step)
    if words is PERSON:
        return query.where(Registration.search_text.contains(search_key(word), autoescape=True))
    return query.where(or_(*(column.icontains(word, autoescape=True) for column in words)))


def _named(table: str, ids: set[int]) -> Query:
    number, words, way = NAMED[table]
    query: Query = select(number, *words).where(number.in_(ids))
    for step in way:
        query = query.join(step)
    return query


def _words(parts: Iterable[object]) -> list[str]:
    return [f"R-{part:04d}" if isinstance(part, int) else str(part) for part in parts if part]
