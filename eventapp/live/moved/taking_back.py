"""What was made public at once is taken back: the sessions go where they were, in the draft and in public."""

from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.agenda.releases.live import Prepared, release_moved
from eventapp.agenda.sessions.actions import cancel_session, move, restore_session
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.live.models import MOVED, LiveChange
from eventapp.live.moved.queries import place_of
from eventapp.live.undoing import is_to_undo, mark_undone, refuse_changed
from eventapp.people.models import Person


def take_back_moves(change: LiveChange, *, by: Person | None, at: datetime, ready: Prepared | None = None) -> None:
    """Put the sessions of this change where they were before it, and publish that at once. Twice is once.

    Refused after ten minutes, and when one of them was changed again since. `Changed` where what is `ready` is not the
    last version any more.
    """
    meeting = change.meeting
    if not is_to_undo(change, at=at):
        return
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code.in_(change.after))
    query = query.order_by(Session.id).options(joinedload(Session.room)).with_for_update(of=Session)
    rows = list(db.session.scalars(query.execution_options(populate_existing=True)))
    refuse_changed(change, rows, place_of)
    rooms = {room.code: room.id for room in meeting.rooms}
    for one in rows:
        put_back(one, change.before[one.code], rooms, by=by, at=at)
    mark_undone(change, MOVED, by=by, at=at)
    codes = sorted(one.code for one in rows)
    record("took back moves", meeting, by=by, at=at, sessions=codes)
    with force_locale(next(iter(meeting.languages), "en")):
        remark = _("Taken back: %(codes)s", codes=", ".join(codes)[:200])
    release_moved(meeting, rows, by=by, at=at, remark=remark, ready=ready)


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
