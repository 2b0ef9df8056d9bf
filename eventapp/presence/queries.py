from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.people.models import Person
from eventapp.presence.models import Presence

AWAY = timedelta(seconds=25)  # not seen for so long: two of the pages' messages were missed


def others_at(kind: str, scope_id: int, person: Person | None, *, at: datetime) -> list[Presence]:
    """Who else has this page open now, by name."""
    query = (
        select(Presence)
        .join(Presence.person)
        .where(Presence.kind == kind, Presence.scope_id == scope_id, Presence.seen_at >= at - AWAY)
        .order_by(Person.name, Presence.id)
        .options(joinedload(Presence.person))
    )
    return [one for one in db.session.scalars(query) if person is None or one.person_id != person.id]
