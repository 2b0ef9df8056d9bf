"""The bodies of all meetings, and who organizes every meeting of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.meetings.models import Body
from eventapp.meetings.organizers.models import BodyOrganizer


@dataclass(frozen=True)
class KnownBody:
    """A body by its code, as the newest meeting names it, with who organizes all its meetings now."""

    code: str
    name: str
    meetings: int
    organizers: Sequence[BodyOrganizer]


def known_bodies() -> list[KnownBody]:
    """Every body that a meeting has, by name. Three queries, however many meetings there are."""
    counts = select(Body.code, func.count(Body.id), func.max(Body.id)).group_by(Body.code)
    rows = [(str(code), int(count), int(newest)) for code, count, newest in db.session.execute(counts)]
    newest_ones = select(Body.id, Body.name).where(Body.id.in_([newest for _code, _count, newest in rows]))
    names = {row.id: row.name for row in db.session.execute(newest_ones)}
    holders = db.session.scalars(
        select(BodyOrganizer)
        .where(BodyOrganizer.ended_at.is_(None))
        .order_by(BodyOrganizer.id)
        .options(joinedload(BodyOrganizer.person))
    ).all()
    found = [
        KnownBody(code, names[newest], count, [one for one in holders if one.code == code])
        for code, count, newest in rows
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.code))


def organizer_with(number: int) -> BodyOrganizer | None:
    """The role of an organizer of a body with this number, ended or not; None where there is none."""
    return db.session.get(BodyOrganizer, number)


def organizes(person_id: int, code: str) -> bool:
    """Whether this person organizes every meeting of the body with this code now."""
    query = select(BodyOrganizer.id).where(
        BodyOrganizer.person_id == person_id, BodyOrganizer.code == code, BodyOrganizer.ended_at.is_(None)
    )
    return db.session.scalar(query.limit(1)) is not None
