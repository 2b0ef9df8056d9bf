from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.drafts.models import Draft
from eventapp.drafts.queries import UNFINISHED
from eventapp.ground.db import db
from eventapp.people.models import Person
from eventapp.presence.models import Presence

AWAY = timedelta(seconds=25)  # not seen for so long: two of the pages' messages were missed


class Typing(NamedTuple):
    """A text that somebody types and has not saved: where, and when it was kept last."""

    person_id: int
    name: str
    place: str  # the kind of the draft and what it is of, such as over-7
    at: datetime


class Other(NamedTuple):
    """Somebody else on a page: in which part of it, and the places where they write."""

    name: str
    part: int | None
    writes: tuple[str, ...]


def typing_in(scope_id: int, kinds: Collection[str], *, since: datetime | None = None) -> list[Typing]:
    """The unsaved texts of a page; those that were kept `since` then, where one asks who is writing this moment."""
    query = (
        select(Person.id, Person.name, Draft.kind, Draft.target_id, Draft.updated_at)
        .join(Draft, Draft.person_id == Person.id)
        .where(Draft.scope_id == scope_id, Draft.kind.in_(kinds), *UNFINISHED)
        .order_by(Person.name, Draft.id)
    )
    rows = db.session.execute(query if since is None else query.where(Draft.updated_at >= since))
    return [Typing(who, name, f"{kind}-{target or 0}", at) for who, name, kind, target, at in rows]


def others_at(
    kind: str, scope_id: int, person: Person | None, *, at: datetime, typing: Sequence[Typing] = ()
) -> list[Other]:
    """Who else has this page open now, by name, and which of the texts in `typing` are theirs.

    Who kept one of these texts a moment ago is here too, though their page did not say where they are.
    """
    query = (
        select(Presence)
        .where(Presence.kind == kind, Presence.scope_id == scope_id, Presence.seen_at >= at - AWAY)
        .options(joinedload(Presence.person))
    )
    here = {one.person_id: (one.person.name, one.part_id) for one in db.session.scalars(query)}
    for one in typing:
        if one.at >= at - AWAY:
            here.setdefault(one.person_id, (one.name, None))
    own = person.id if person else 0
    found = [
        (name, who, Other(name, part, tuple(one.place for one in typing if one.person_id == who)))
        for who, (name, part) in here.items()
        if who != own
    ]
    return [other for _name, _who, other in sorted(found, key=lambda one: one[:2])]
