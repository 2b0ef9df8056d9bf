"""Whose lines fit whose: counted and ordered by the database, a page at a time, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Subquery, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.ground.text.policy import figure
from eventapp.meetings.models import Meeting
from eventapp.networking.offers.models import KINDS, OPPOSITE, NetworkingLine, NetworkingTag
from eventapp.networking.queries import finds
from eventapp.registration.models import Registration

A_PAGE = 20


@dataclass(frozen=True)
class Fit:
    """A line of somebody else, the codes that it shares with mine, and the lines of mine it shares them with."""

    line: NetworkingLine
    shared: Sequence[str]
    mine: Sequence[NetworkingLine]


@dataclass(frozen=True)
class Fits:
    """A page of them, the best first; `after` leads to the next one, and is "" on the last."""

    rows: Sequence[Fit]
    after: str


def lines_of(registration: Registration) -> list[NetworkingLine]:
    """What this participant offers and needs, in the order in which it was written."""
    query = select(NetworkingLine).where(NetworkingLine.registration_id == registration.id)
    return list(db.session.scalars(query.order_by(NetworkingLine.id).options(selectinload(NetworkingLine.tags))))


def line_of(registration: Registration, number: int) -> NetworkingLine | None:
    """One of this participant's own lines."""
    query = select(NetworkingLine).where(NetworkingLine.id == number, NetworkingLine.registration_id == registration.id)
    return db.session.scalar(query.options(selectinload(NetworkingLine.tags)))


def fitting(registration: Registration, mine: Sequence[NetworkingLine], kind: str) -> tuple[Query, Subquery]:
    """The lines of this kind whose themes or goals are those of mine, of people whom this participant may find; and how
    many they share, by line. The tags are counted first, by their index, and then who wrote the lines is looked at.
    """
    codes = {code for one in mine if one.kind == OPPOSITE[kind] for code in one.codes}
    counted = select(NetworkingTag.line_id, func.count().label("shared")).where(
        NetworkingTag.meeting_id == registration.meeting_id, NetworkingTag.kind == kind, NetworkingTag.tag.in_(codes)
    )
    tags = counted.group_by(NetworkingTag.line_id).subquery("tags")
    query = select(NetworkingLine.id, tags.c.shared).join(tags, tags.c.line_id == NetworkingLine.id)
    query = query.join(Registration, Registration.id == NetworkingLine.registration_id)
    return query.where(finds(registration)), tags


def people_fitting(registration: Registration, mine: Sequence[NetworkingLine], kind: str) -> int:
    """How many people have a line of this kind that fits one of mine. One query."""
    query, _tags = fitting(registration, mine, kind)
    people = query.with_only_columns(func.count(NetworkingLine.registration_id.distinct()))
    return db.session.scalar(people) or 0


def fits_of(
    registration: Registration, mine: Sequence[NetworkingLine], kind: str, after: str = "", *, most: int = A_PAGE
) -> Fits:
    """Lines of this kind that fit mine, those that share most first, then the newest; behind the key of the page
    before.
    """
    query, tags = fitting(registration, mine, kind)
    shared = tags.c.shared
    if key := key_in(after):
        count, number = key
        query = query.where(or_(shared < count, and_(shared == count, NetworkingLine.id < number)))
    found = db.session.execute(query.order_by(shared.desc(), NetworkingLine.id.desc()).limit(most + 1)).all()
    page = found[:most]
    lines = lines_by_number([number for number, _count in page])
    own = [one for one in mine if one.kind == OPPOSITE[kind]]
    rows = [fit(lines[number], own) for number, _count in page if number in lines]
    return Fits(rows, f"{page[-1][1]}-{page[-1][0]}" if len(found) > most else "")


def listed(registration: Registration, kind: str, tag: str = "", after: str = "", *, most: int = A_PAGE) -> Fits:
    """All lines of this kind, or those with a tag, of people whom this participant may find, the newest first."""
    query = select(NetworkingLine.id).join(Registration, Registration.id == NetworkingLine.registration_id)
    query = query.where(
        NetworkingLine.meeting_id == registration.meeting_id, NetworkingLine.kind == kind, finds(registration)
    )
    if tag:
        has = select(NetworkingTag.line_id).where(
            NetworkingTag.meeting_id == registration.meeting_id, NetworkingTag.kind == kind, NetworkingTag.tag == tag
        )
        query = query.where(NetworkingLine.id.in_(has))
    if key := key_in(after):
        query = query.where(NetworkingLine.id < key[1])
    found = list(db.session.scalars(query.order_by(NetworkingLine.id.desc()).limit(most + 1)))
    lines = lines_by_number(found[:most])
    mine = [one for one in lines_of(registration) if one.kind == OPPOSITE[kind]]
    rows = [fit(lines[number], mine) for number in found[:most] if number in lines]
    return Fits(rows, f"0-{found[most - 1]}" if len(found) > most else "")


def fit(line: NetworkingLine, mine: Sequence[NetworkingLine]) -> Fit:
    """The line with what it shares with mine."""
    codes = set(line.codes)
    own = [one for one in mine if codes & set(one.codes)]
    shared = codes & {code for one in own for code in one.codes}
    return Fit(line, [code for code in line.codes if code in shared], own)


def lines_by_number(numbers: Sequence[int]) -> dict[int, NetworkingLine]:
    """These lines with who wrote them, by number. Two queries."""
    query = select(NetworkingLine).where(NetworkingLine.id.in_(numbers)).options(selectinload(NetworkingLine.tags))
    who = joinedload(NetworkingLine.registration)
    around = (who.joinedload(Registration.delegation), who.joinedload(Registration.category))
    return {one.id: one for one in db.session.scalars(query.options(*around))}


def count_lines(meeting: Meeting) -> dict[str, int]:
    """How many lines of each kind there are at this meeting. One query."""
    query = select(NetworkingLine.kind, func.count()).where(NetworkingLine.meeting_id == meeting.id)
    counted = dict(db.session.execute(query.group_by(NetworkingLine.kind)).all())
    return {kind: counted.get(kind, 0) for kind in KINDS}


def key_in(words: str) -> tuple[int, int] | None:
    """The key in an address, as how much is shared and the number of the line; None where there is none."""
    count, dash, number = words.partition("-")
    return (figure(count), figure(number)) if dash and figure(number) else None
