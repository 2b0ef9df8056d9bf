from collections.abc import Collection, Sequence
from datetime import datetime

from flask_babel import force_locale

from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.live import Prepared, release_moved, still
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.live.checking.content import checks_letters
from eventapp.live.models import MOVED, LiveChange
from eventapp.live.moved.queries import Pending, pending_moves, same_press, seen_of
from eventapp.live.undoing import refuse_closed
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

MOST = 10  # codes that a remark names


def publish_moves(
    meeting: Meeting,
    codes: Collection[str],
    *,
    by: Person | None,
    at: datetime,
    seen: str = "",
    has_letters: bool = True,
    ready: Prepared | None = None,
) -> LiveChange:
    """Make public where and when these sessions are, and which are off, with why; the rest of the draft stays.

    Pressed twice it is one. Refused before the first version, where none of them is elsewhere than in public, and
    where somebody moved one since `seen`, which is `seen_of` all that are. `Changed` where what is `ready` is not the
    last version any more.
    """
    lock(meeting)
    refuse_closed(meeting)
    last = newest_release(meeting)
    if last is None:
        raise Refused(_("The agenda is not published yet. Publish its first version."))
    ready = still(ready, last)
    pending = pending_moves(meeting, ready.content, held=True)
    if seen and seen != seen_of(pending):
        if known := same_press(meeting, seen, by):
            return known
        raise Refused(_("Somebody changed the draft meanwhile. See what would change now, then decide."))
    chosen = [one for one in pending if one.session.code in codes]
    if not chosen:
        raise Refused(_("Choose at least one session."))
    change = change_of(meeting, chosen, seen, has_letters=has_letters, by=by, at=at)
    db.session.add(change)
    moved = sorted(one.session.code for one in chosen)
    record("published moves at once", meeting, by=by, at=at, sessions=moved)
    rows, remark = [one.session for one in chosen], remark_of(meeting, chosen)
    release_moved(meeting, rows, by=by, at=at, remark=remark, ready=ready)
    return change


def change_of(
    meeting: Meeting, chosen: Sequence[Pending], seen: str, *, has_letters: bool, by: Person | None, at: datetime
) -> LiveChange:
    return LiveChange(
        meeting=meeting,
        session=chosen[0].session,
        kind=MOVED,
        minutes=0,
        everywhere=False,
        seen=seen,
        before={one.session.code: one.before for one in chosen},
        after={one.session.code: one.after for one in chosen},
        at=at,
        by_id=by.id if by else None,
        undone_at=None,
        has_letters=has_letters,
        notice=None,
        waits=has_letters and checks_letters(meeting),
        written_at=None,
    )


def remark_of(meeting: Meeting, chosen: Collection[Pending]) -> str:
    """What the list of versions says of it, in the first language of the meeting."""
    codes = [one.session.code for one in chosen]
    named = ", ".join(codes[:MOST]) + ("…" if len(codes) > MOST else "")
    with force_locale(next(iter(meeting.languages), "en")):
        return _("Changed at once: %(codes)s", codes=named)
