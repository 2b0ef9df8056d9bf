from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.releases.live import Prepared, release_live
from eventapp.agenda.sessions.actions import cancel_session, restore_session, set_columns
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.dates import clock
from eventapp.ground.text.i18n import _, ngettext
from eventapp.history.actions import record
from eventapp.live.checking.content import checks_letters
from eventapp.live.late.choices import AFTER, CANCEL, choice_of, end_of, no_time
from eventapp.live.late.queries import Late, lateness, newest_change
from eventapp.live.models import LATE, MOVED, UNDO, LiveChange
from eventapp.live.undoing import is_to_undo, mark_undone, refuse_changed, refuse_closed
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

LONGEST = 240  # minutes


@dataclass(frozen=True)
class Press:
    """What was decided on the preview. `choices` says by code what becomes of what no longer fits."""

    minutes: int
    seen: str
    everywhere: bool = False
    has_letters: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)


def press_late(
    session: Session, press: Press, *, by: Person | None, at: datetime, ready: Prepared | None = None
) -> LiveChange:
    """Let this session run late and what follows give way, and publish that at once. The same press twice is one.

    Refused when the day changed since `press.seen`, when it is cancelled, when what is fixed leaves no time, and
    while it is open what becomes of a session that no longer fits. `ready` is the last version, made ready before.
    """
    meeting = session.meeting
    lock(meeting)
    lock(session)
    refuse_closed(meeting)
    if session.cancelled_at:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    if not 0 < press.minutes <= LONGEST:
        raise Refused(_("Choose from 1 to %(most)s minutes.", most=LONGEST))
    if pressed := same_press(session, press, by):
        return pressed
    late = lateness(session, press.minutes, everywhere=press.everywhere, at=at)
    refuse_unseen(meeting, press, late)
    refuse_senseless(meeting, late, press)
    return carry_out(late, press, by=by, at=at, ready=ready)


def carry_out(
    late: Late, press: Press, *, by: Person | None, at: datetime, ready: Prepared | None = None
) -> LiveChange:
    session, meeting = late.session, late.session.meeting
    rows = [late.sessions[one.item.code] for one in late.delay.outcomes]
    before = times_of(rows)
    for one in sorted(late.delay.changed, key=lambda one: one.item.code):
        set_times(late.sessions[one.item.code], one.starts_at, one.ends_at, by=by, at=at)
    place_homeless(late, press.choices, by=by, at=at)
    after = times_of(rows)
    codes = sorted(code for code in before if before[code] != after[code])
    change = LiveChange(
        meeting=meeting,
        session=session,
        kind=LATE,
        minutes=press.minutes,
        everywhere=press.everywhere,
        seen=press.seen,
        before={code: before[code] for code in codes},
        after={code: after[code] for code in codes},
        at=at,
        by_id=by.id if by else None,
        undone_at=None,
        has_letters=press.has_letters,
        notice=None,
        waits=press.has_letters and checks_letters(meeting),
        written_at=None,
    )
    db.session.add(change)
    record("ran late", session, by=by, at=at, code=session.code, minutes=press.minutes, sessions=codes)
    changed = [one for one in rows if one.code in codes]
    release_live(meeting, changed, by=by, at=at, remark=remark_of(change), ready=ready)
    return change


def undo_late(change: LiveChange, *, by: Person | None, at: datetime, ready: Prepared | None = None) -> LiveChange:
    """Let the day stand as it did before this change, and publish that at once. Twice is once.

    Refused after ten minutes, and when one of its sessions was changed again since.
    """
    meeting = change.meeting
    if not is_to_undo(change, at=at):
        return change
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code.in_(change.after))
    rows = list(db.session.scalars(query.order_by(Session.id).with_for_update()))
    refuse_changed(change, rows, lambda one: times_of([one])[one.code])
    for one in rows:
        was = change.before[one.code]
        if one.cancelled_at and not was["cancelled"]:
            restore_session(one, by=by, at=at)
        starts_at, ends_at = (datetime.fromisoformat(was[name]) for name in ("starts_at", "ends_at"))
        set_times(one, starts_at, ends_at, by=by, at=at)
    mark_undone(change, UNDO, by=by, at=at)
    record("took back a delay", change.session, by=by, at=at, code=change.session.code, minutes=change.minutes)
    release_live(meeting, rows, by=by, at=at, remark=remark_of(change, is_undone=True), ready=ready)
    return change


def same_press(session: Session, press: Press, by: Person | None) -> LiveChange | None:
    """What this person made of this very page before: the button was pressed twice."""
    query = select(LiveChange).where(
        LiveChange.kind == LATE,
        LiveChange.session_id == session.id,
        LiveChange.seen == press.seen,
        LiveChange.minutes == press.minutes,
        LiveChange.by_id == (by.id if by else None),
        LiveChange.undone_at.is_(None),
    )
    return db.session.scalar(query)


def refuse_unseen(meeting: Meeting, press: Press, late: Late) -> None:
    """Nobody's minutes are added to another's without their knowing."""
    if press.seen == late.seen:
        return
    last = newest_change(meeting)
    if last is None or last.kind == MOVED or press.seen.partition(".")[0] == str(last.id):
        raise Refused(
            _("Somebody changed the programme of this day meanwhile. See what would happen now, then decide.")
        )
    words = {
        "name": last.by.name if last.by else _("Somebody"),
        "code": last.session.code,
        "minutes": last.minutes,
        "time": clock(last.at, meeting.zone),
    }
    if last.kind == UNDO:
        raise Refused(
            _("The delay of %(code)s was taken back at %(time)s. See what would happen now, then decide.", **words)
        )
    raise Refused(
        _(
            "%(name)s let %(code)s run %(minutes)s minutes late at %(time)s: that is in the times below. "
            "Press again only if it runs later still.",
            **words,
        )
    )


def refuse_senseless(meeting: Meeting, late: Late, press: Press) -> None:
    if late.delay.missing:
        raise Refused(no_time(late.delay, press.minutes))
    open_ones = [one.item.code for one in late.delay.homeless if not choice_of(one, late, press.choices)]
    if open_ones:
        raise Refused(_("Choose what becomes of %(codes)s first.", codes=", ".join(open_ones)))


def place_homeless(late: Late, choices: Mapping[str, str], *, by: Person | None, at: datetime) -> None:
    ends: dict[str | None, datetime] = {}
    for one in late.delay.homeless:
        session, chosen = late.sessions[one.item.code], choice_of(one, late, choices)
        if chosen == CANCEL:
            cancel_session(session, by=by, at=at)
        elif chosen == AFTER:
            starts_at = max(end_of(one, late), ends.get(one.item.room, one.item.ends_at))
            ends[one.item.room] = starts_at + one.item.length
            set_times(session, starts_at, ends[one.item.room], by=by, at=at)


def set_times(session: Session, starts_at: datetime, ends_at: datetime, *, by: Person | None, at: datetime) -> None:
    set_columns(session, {"starts_at": starts_at, "ends_at": ends_at}, by=by, at=at)


def times_of(sessions: Iterable[Session]) -> dict[str, Record]:
    """When these sessions are and which are off, by code, as JSON keeps it."""
    return {
        one.code: {
            "starts_at": one.starts_at.isoformat(),
            "ends_at": one.ends_at.isoformat(),
            "cancelled": one.cancelled_at is not None,
        }
        for one in sessions
    }


def remark_of(change: LiveChange, *, is_undone: bool = False) -> str:
    """What the list of versions says of it, in the first language of the meeting."""
    with force_locale(next(iter(change.meeting.languages), "en")):
        words = ngettext(
            "%(code)s runs %(num)s minute late.",
            "%(code)s runs %(num)s minutes late.",
            change.minutes,
            code=change.session.code,
        )
        return _("Taken back: %(what)s", what=words) if is_undone else words
