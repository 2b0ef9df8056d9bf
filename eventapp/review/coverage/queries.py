"""The notes that coverage counts, as far as counting has to know them: plain values, never whole notes."""

import json
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, cast, func, select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.notes.models import Note, Revision
from eventapp.record.notes.queries import OFF_RECORD
from eventapp.review.coverage.counting import CLEARED, Counting, is_in_group
from eventapp.review.coverage.figures import ALL, Counts, Tagged
from eventapp.review.reports.noted import NOW
from eventapp.review.reports.queries import CLEARED as CLEARED_STATES
from eventapp.review.reports.queries import CLOSED

TAGS = (cast(Revision.action_lines, Text), cast(Revision.goals, Text))
COUNTRIES = (cast(Revision.countries, Text), Revision.country)


class CountedSession(NamedTuple):
    """A session that has notes which are counted."""

    code: str
    title: str


class CountedNote(NamedTuple):
    """A note that is counted: the number of its row, the code of its session, and its tags."""

    id: int
    session: str
    tags: Tagged


def counted_notes(meeting: Meeting, look: Counting) -> list[CountedNote]:
    """The notes on the record that have all that `look` asks for, as the sessions followed. One query."""
    query = select(Note.id, Session.code, *TAGS, *COUNTRIES).select_from(Note).join(Note.session).join(Revision, NOW)
    query = query.where(*_counted(meeting, look)).order_by(Session.starts_at, Session.code, Note.number)
    return [
        CountedNote(number, code, Tagged(codes(lines), codes(goals)))
        for number, code, lines, goals, countries, country in db.session.execute(query)
        if not look.group or _is_of(look.group, countries, country)
    ]


def tags_counted(meeting: Meeting, look: Counting) -> Counts:
    """What the same notes name. One query: the database counts those of the same lines, with the goals of each."""
    lines, goals = TAGS
    wanted, has_lines = (lines, *(COUNTRIES if look.group else ())), bool(themes_of(meeting).lines)
    query = select(func.count(), func.aggregate_strings(goals, "\n"), *wanted).select_from(Note).join(Note.session)
    counts = Counts()
    for many, named, line, *whose in db.session.execute(
        query.join(Revision, NOW).where(*_counted(meeting, look)).group_by(*wanted)
    ):
        if not look.group or _is_of(look.group, *whose):
            counts.add(codes(line) if has_lines else (ALL,), goals_named(named), many)
    return counts


def goals_named(lists: str) -> Counter[int]:
    """How many of these lists, a line of JSON each, have each goal."""
    return Counter(chain.from_iterable(map(codes, lists.split("\n"))))


def cleared_by_session(meeting: Meeting) -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    """The code, the lines and the goals of each cleared note, as the sessions followed."""
    query = select(Session.code, *TAGS).select_from(Note).join(Note.session).join(Revision, NOW)
    query = query.where(*_counted(meeting, Counting(count=CLEARED))).order_by(Session.starts_at, Session.code)
    return [(code, codes(lines), codes(goals)) for code, lines, goals in db.session.execute(query)]


def _counted(meeting: Meeting, look: Counting) -> list[ColumnElement[bool]]:
    """What `look` asks for, but for the group of countries."""
    found = [*_on_record(meeting)]
    if look.session:
        found.append(Session.code == look.session)
    if look.kind:
        found.append(Revision.kind == look.kind)
    if look.count:
        found.append(Note.state.in_(CLEARED_STATES if look.count == CLEARED else (look.count,)))
    return found


def _is_of(group: str, countries: str, country: str) -> bool:
    return any(is_in_group(one, group) for one in {*codes(countries), country} - {""})


def sessions_counted(meeting: Meeting) -> list[CountedSession]:
    """The sessions that have notes on the record, by time."""
    has_notes = (
        select(Note.id)
        .join(Revision, NOW)
        .where(Note.session_id == Session.id, Note.deleted_at.is_(None), Revision.off_record.is_(False))
        .exists()
    )
    query = select(Session.code, Session.title).where(Session.meeting_id == meeting.id, Session.rule != CLOSED)
    rows = db.session.execute(query.where(has_notes).order_by(Session.starts_at, Session.code))
    return [CountedSession(*row) for row in rows]


def known_in(meeting: Meeting, look: Counting) -> Counting:
    """What is asked for, without a session that no counted note is of."""
    return look.known_in(one.code for one in sessions_counted(meeting))


def stand_of(meeting: Meeting) -> list[tuple[object, ...]]:
    """A few figures that change with every note that coverage counts: one that is new, says or stands otherwise."""
    figures = func.count(), func.sum(Note.id), func.sum(Note.head), func.max(Note.state_at)
    query = select(Note.state, *figures).select_from(Note).join(Note.session)
    query = query.where(*_on_record(meeting)).group_by(Note.state).order_by(Note.state)
    return [tuple(row) for row in db.session.execute(query)]


def _on_record(meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    return (
        Session.meeting_id == meeting.id,
        Session.rule != CLOSED,
        Note.deleted_at.is_(None),
        Note.id.not_in(OFF_RECORD),
    )


@lru_cache(maxsize=4096)
def codes(text: str) -> tuple[Any, ...]:  # numbers or texts
    """The codes in a column of JSON, as the database has it, each once."""
    return tuple(dict.fromkeys(json.loads(text)))
