"""What a line of history is about, as an organizer calls it: the number of a row means nothing to anybody.

SQLite gives the number of a removed row again. So a line names a row of its own meeting alone, and none that came into
being after the line was written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.badges.models import Badge
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.ground.text.policy import search_key
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.record.confirmations.models import Confirmation
from eventapp.registration.models import Registration
from eventapp.review.reports.models import Chapter, Paragraph, Report

Column = InstrumentedAttribute[Any]  # numbers, texts, moments and relations
PERSON = (Registration.number, Registration.record_name)
SESSION = (Session.code, Session.title)


@dataclass(frozen=True)
class Named:
    """The number of a row, the words of its name, the way to them, and its meeting.

    It came into being at the moment `since`, or with a line that says one of `made`; parts and people are never removed
    but with their meeting.
    """

    number: Column
    words: tuple[Column, ...]
    meeting_id: Column
    way: tuple[Column, ...] = ()
    since: Column | None = None
    made: tuple[str, ...] = ()


NAMED: dict[str, Named] = {
    "badge": Named(Badge.id, PERSON, Registration.meeting_id, (Badge.registration,), made=("badge issued",)),
    "confirmation": Named(
        Confirmation.id, SESSION, Session.meeting_id, (Confirmation.session,), since=Confirmation.asked_at
    ),
    "gate": Named(Gate.id, (Gate.name,), Gate.meeting_id, made=("gate opened",)),
    "letter": Named(Letter.id, (Letter.to_name, Letter.subject), Letter.meeting_id, since=Letter.posted_at),
    "paragraph": Named(
        Paragraph.id, (Report.title,), Report.meeting_id, (Paragraph.chapter, Chapter.report), since=Report.created_at
    ),
    "registration": Named(Registration.id, PERSON, Registration.meeting_id, made=("added from a file",)),
    "report": Named(Report.id, (Report.title,), Report.meeting_id, since=Report.created_at),
    "scan": Named(Scan.id, PERSON, Registration.meeting_id, (Scan.registration,), since=Scan.received_at),
    "session": Named(Session.id, SESSION, Session.meeting_id, made=("made session",)),
    "speaking_role": Named(SpeakingRole.id, SESSION, Session.meeting_id, (SpeakingRole.session,)),
}


def names_of(entries: list[Entry], meeting: Meeting) -> dict[int, str]:
    """What the row is called that each of these lines of this meeting is about, by the number of the line's row.

    One question for each table. A line whose row is gone, or has no name of its own, is not among them.
    """
    tables = {entry.thing for entry in entries} & NAMED.keys()
    numbers = [entry.id for entry in entries]
    return {
        row[0]: " ".join(_words(row[1:]))
        for table in tables
        for row in db.session.execute(_lines(table, meeting, *NAMED[table].words).where(Entry.id.in_(numbers)))
    }


def lines_named(table: str, word: str, meeting: Meeting) -> Select[int]:
    """Ask for the lines about rows of this table whose name has this word; people are found in any script."""
    words = NAMED[table].words
    query = _lines(table, meeting)
    if words is PERSON:
        return query.where(Registration.search_text.contains(search_key(word), autoescape=True))
    return query.where(or_(*(column.icontains(word, autoescape=True) for column in words)))


def _lines(table: str, meeting: Meeting, *words: Column) -> Query:
    """Ask for the lines of this meeting about rows of this table that were there, each with these words."""
    named = NAMED[table]
    query: Query = select(Entry.id, *words).join(named.number.class_, named.number == Entry.thing_id)
    for step in named.way:
        query = query.join(step)
    here = (Entry.meeting_id == meeting.id, Entry.thing == table, named.meeting_id == meeting.id)
    return query.where(*here, was_there(named))


def was_there(named: Named) -> ColumnElement[bool]:
    """Whether the row was there when the line was written, as far as can be told."""
    if named.since is not None:
        return and_(named.since <= Entry.at)
    later = aliased(Entry)
    same = (later.thing == Entry.thing, later.thing_id == Entry.thing_id, later.meeting_id == Entry.meeting_id)
    return ~exists().where(*same, later.verb.in_(named.made), later.number > Entry.number)


def _words(parts: Iterable[object]) -> list[str]:
    return [f"R-{part:04d}" if isinstance(part, int) else str(part) for part in parts if part]
