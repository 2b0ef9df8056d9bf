"""Who signed up for a session, as a table; read some at a time."""

from collections.abc import Sequence

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import local
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.tables import Table, in_slices
from eventapp.my_agenda.models import SIGNED, SignUp
from eventapp.my_agenda.queries import listed

SIGN_UPS = "sign_ups"


def read_sign_ups(meeting: Meeting, wanted: Record) -> Table:
    """The table of everybody who signed up for the session that is wanted, or stands in line."""
    query = listed(db.session.get_one(Session, wanted["session"]))
    numbers = db.session.scalars(query.options().with_only_columns(SignUp.id)).all()
    head = [_("Number"), _("Name"), _("Represents"), _("Type"), _("Email"), _("Sign-up"), _("Since")]

    def lines(some: Sequence[int]) -> list[list[str]]:
        found = db.session.scalars(query.where(SignUp.id.in_(some)))
        return [cells(one, meeting.zone) for one in found]

    taken = {"session": wanted["session"], "lines": len(numbers)}
    return Table(wanted["code"], head, len(numbers), in_slices(numbers, lines), taken)


def cells(one: SignUp, zone: str) -> list[str]:
    who = one.registration
    state = _("signed up") if one.state == SIGNED else _("in line")
    since = local(one.at, zone).isoformat(timespec="minutes")
    kind = worded(who.category, "name")
    return [who.reference, who.record_name, who.delegation.label, kind, who.person.email, state, since]
