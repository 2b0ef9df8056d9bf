from datetime import datetime

from sqlalchemy import delete, select

from eventapp.ground.db import db, lock
from eventapp.people.models import Person
from eventapp.presence.models import Presence
from eventapp.presence.queries import AWAY


def arrive(kind: str, scope_id: int, part_id: int | None, *, by: Person, at: datetime) -> None:
    """Note where this person is now; whoever was not seen for a while is forgotten with it."""
    lock(by)  # two windows of one person arrive one after the other
    db.session.execute(delete(Presence).where(Presence.seen_at < at - AWAY))
    row = db.session.scalar(
        select(Presence).where(Presence.kind == kind, Presence.scope_id == scope_id, Presence.person_id == by.id)
    )
    if row is None:
        row = Presence(kind=kind, scope_id=scope_id, person_id=by.id)
        db.session.add(row)
    row.part_id, row.seen_at = part_id, at
