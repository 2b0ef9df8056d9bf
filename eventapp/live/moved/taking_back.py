"""What was made public at once is taken back: the sessions go where they were, in the draft and in public."""

from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.agenda.releases.live import release_moved
from eventapp.agenda.sessions.actions import cancel_session, move, restore_session
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.live.late.actions import UNDO_LASTS, refuse_closed
from eventapp.live.models import MOVED, LiveChange
from eventapp.live.moved.queries import place_of
from eventapp.people.models import Person


def take_back_moves(change: LiveChange, *, by: Person | None, at: datetime) -> None:
    """Put the sessions of this change where they were before it, and publish that at once. Twice is once.

    Refused after ten minutes, and when one of them was changed again since.
    """
    meeting = change.meeting
    lock(meeting)
    lock(change)
    refuse_closed(meeting)
    if change.undone_at:
        return
    if at - change.at > UNDO_LASTS:
        raise Refused(_("Ten minutes are over: this cannot be undone any more. Move the sessions in the planner."))
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code.in_(change.after))
    query = query.order_by(Session.id).options(joinedload(Session.room)).with_for_update(of=Session)
    rows = list(db.session.scalars(query.execution_options(populate_existing=True)))
    again = sorted(one.code for one in rows if place_of(one) != change.after[one.code])
    if again:
        raise Refused(_("%(codes)s changed again since. Move it back in the planner instead.", codes=", ".join(again)))
    rooms = {room.code: room.id for room in meeting.rooms}
    for one in rows:
        put_back(one, change.before[one.code], rooms, by=by, at=at)
    change.undone_at, change.undone_by_id = at, by.id if by else None
    db.session.add(way_back(change, by=by, at=at))
    codes = sorted(one.code for one in rows)
    record("took back moves", meeting, by=by, at=at, sessions=codes)
    with force_locale(next(iter(meeting.languages), "en")):
        remark = _("Taken back: %(codes)s", codes=", ".join(codes)[:200])
    release_moved(meeting, rows, by=by, at=at, remark=remark)


def put_back(one: Session, was: Record, rooms: dict[str, int], *, by: Person | None, at: datetime) -> None:
    """Give a session the time, the room and the state of before."""
    if not was["cancelled"]:
        restore_session(one, by=by, at=at)
    starts_at, ends_at = (datetime.fromisoformat(was[name]) for name in ("starts_at", "ends_at"))
    room_id = rooms.get(was["room"]) if was["room"] else None
    if (one.starts_at, one.ends_at, one.room_id) != (starts_at, ends_at, room_id):
        move(one, starts_at=starts_at, ends_at=ends_at, room_id=room_id, by=by, at=at)
        db.session.refresh(one, ["room"])
    if was["cancelled"]:
        cancel_session(one, by=by, at=at)


def way_back(change: LiveChange, *, by: Person | None, at: datetime) -> LiveChange:
    """The change that this is, for who heard of the first one."""
    return LiveChange(
        meeting=change.meeting,
        session=change.session,
        kind=MOVED,
        minutes=0,
        everywhere=False,
        seen="",
        before=change.after,
        after=change.before,
        at=at,
        by_id=by.id if by else None,
        undone_at=None,
        has_letters=change.has_letters,
        notice=None,
        written_at=None,
    )
