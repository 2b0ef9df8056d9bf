from datetime import datetime

from eventapp.desk.bodies.queries import organizes
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.people.actions import know
from eventapp.people.models import Person


def make_organizer(code: str, name: str, email: str, *, by: Person, at: datetime) -> BodyOrganizer:
    """Let whoever has this address organize every meeting of a body from now on. Refused when they do already."""
    person = know(name, email, at=at)
    lock(person)
    if organizes(person.id, code):
        raise Refused(_("%(name)s has this role already.", name=person.name))
    row = BodyOrganizer(code=code, person=person, granted_at=at, granted_by_id=by.id)
    db.session.add(row)
    db.session.flush()
    record("made organizer of a body", row, by=by, at=at, code=code, name=person.name)
    return row


def end_organizer(row: BodyOrganizer, *, by: Person, at: datetime) -> None:
    """End it; the row stays. Refused where it has ended."""
    lock(row)
    if row.ended_at is not None:
        raise Refused(_("This role has ended already."))
    row.ended_at, row.ended_by_id = at, by.id
    record("ended organizer of a body", row, by=by, at=at, code=row.code, name=row.person.name)
