"""The statements and presentations within a session: set, and called anew with the people who make them."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import set_columns
from eventapp.agenda.sessions.sub_items import SubItem, fault_in, from_rows, keyed, rows_of
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person


def set_sub_items(session: Session, sub_items: Sequence[SubItem], *, by: Person | None, at: datetime) -> None:
    """Let a session have these, in this order. The same twice is one.

    Refused when the session is cancelled, or where one is there twice or there are too many.
    """
    lock(session)
    if session.is_off:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    if fault := fault_in(sub_items):
        raise Refused(fault)
    stands = from_rows(session.sub_items)
    rows = rows_of(keyed(sub_items, stands, at=at))
    if tuple(sub_items) == stands:
        session.sub_items = rows  # those of before keys were given get theirs
        return
    set_columns(session, {"sub_items": rows}, by=by, at=at)


def call_anew(session: Session, before: str, after: str, *, by: Person | None, at: datetime) -> None:
    """Call somebody by another name wherever one of them is theirs."""
    rows = [{**row, "person": after} if row.get("person") == before else row for row in session.sub_items]
    set_columns(session, {"sub_items": rows}, by=by, at=at)
