from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import move
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person


def swap(one: Session, other: Session, *, by: Person | None, at: datetime, reason: str = "", seen: str = "") -> None:
    """Give each of two sessions the time and the room of the other, however long it was. The reason is that of both.

    Refused where one of them does not take place, where they stand at the same place, and where somebody changed one
    of them since `seen`, which is `state_of` both.
    """
    lock(one.meeting)
    for session in sorted((one, other), key=lambda each: each.id):
        lock(session)
    off = next((each.code for each in (one, other) if each.cancelled_at), None)
    if off:
        raise Refused(_("%(code)s has no time that could be swapped. Choose another session.", code=off))
    places = [(each.starts_at, each.ends_at, each.room_id) for each in (one, other)]
    if places[0] == places[1]:
        raise Refused(_("Both are in the same room at the same time: there is nothing to swap."))
    if seen and seen != state_of(one, other):
        raise Refused(_("Somebody changed one of the two meanwhile. See what the swap would do now, then decide."))
    for session, (starts_at, ends_at, room) in zip((one, other), reversed(places), strict=True):
        move(session, starts_at=starts_at, ends_at=ends_at, room_id=room, by=by, at=at, reason=reason)


def state_of(one: Session, other: Session) -> str:
    """A mark that is another one once somebody changed one of the two."""
    return f"{one.version}.{other.version}"
