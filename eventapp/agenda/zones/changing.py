"""A meeting gets another time zone: what its clocks showed stays, or the moments stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import set_columns
from eventapp.agenda.sessions.wall import put_on_wall
from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.local_time import comes_twice
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

NAMED = 5  # sessions that a sentence names


@dataclass(frozen=True)
class ZoneChange:
    """How many sessions another zone concerns, and which of them have an hour that it has twice, or not at all."""

    sessions: int
    missing: Sequence[str]
    twice: Sequence[str]

    def names(self, codes: Sequence[str]) -> str:
        """The first of these codes, as a sentence names them."""
        return ", ".join(codes[:NAMED]) + (" …" if len(codes) > NAMED else "")


def zone_change(meeting: Meeting, zone: str) -> ZoneChange:
    """What this zone would do to the sessions of this meeting. One query, for columns alone."""
    there, here = ZoneInfo(zone), meeting.tz
    query = select(Session.code, Session.starts_at, Session.ends_at, Session.cancelled_at)
    rows = db.session.execute(query.where(Session.meeting_id == meeting.id).order_by(Session.starts_at, Session.code))
    shown = [(code, [one.astimezone(here).replace(tzinfo=None) for one in both], off) for code, *both, off in rows]
    return ZoneChange(
        sum(off is None for _code, _both, off in shown),
        [code for code, both, _off in shown if any(not exists(one, there) for one in both)],
        [code for code, both, _off in shown if any(comes_twice(one, there) for one in both)],
    )


def exists(shown: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in that zone show this time at all."""
    return shown.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == shown


def same_clock(moment: datetime, before: ZoneInfo, after: ZoneInfo, *, second: bool = False) -> datetime:
    """When clocks in another zone show what clocks showed at this moment; of an hour that comes twice the first, or the
    `second`. One that does not exist is as much later as the clocks go forward.
    """
    shown = moment.astimezone(before).replace(tzinfo=None)
    return shown.replace(tzinfo=after, fold=int(second and comes_twice(shown, after))).astimezone(UTC)


def follow_zone(
    meeting: Meeting, before: ZoneInfo, *, keeps_clocks: bool, second: bool, by: Person | None, at: datetime
) -> int:
    """Plan every session where the meeting is now: at what clocks showed in the zone of `before`, or at its moments.

    The meeting is held, and has its new zone. Returns how many sessions are at another moment. Refused where clocks are
    kept and the new zone does not have the hour of one.
    """
    rows = db.session.scalars(select(Session).where(Session.meeting_id == meeting.id).order_by(Session.id)).all()
    if keeps_clocks:
        refuse_missing(rows, before, meeting.tz)
    moved = 0
    for one in rows:
        if keeps_clocks:
            names = ("starts_at", "ends_at", "sign_up_until")
            moments = {name: getattr(one, name) for name in names if getattr(one, name) is not None}
            after = {name: same_clock(found, before, meeting.tz, second=second) for name, found in moments.items()}
            moved += bool(set_columns(one, after, by=by, at=at))
        put_on_wall(one)
    if rows:
        verb = "kept the clocks of sessions in another zone" if keeps_clocks else "kept the moments of sessions"
        record(verb, meeting, by=by, at=at, sessions=moved if keeps_clocks else len(rows))
    return moved


def refuse_missing(rows: Sequence[Session], before: ZoneInfo, after: ZoneInfo) -> None:
    """Refuse an hour that clocks of the new zone never show, by the codes of its sessions."""
    found = [
        row.code
        for row in rows
        if any(
            not exists(moment.astimezone(before).replace(tzinfo=None), after) for moment in (row.starts_at, row.ends_at)
        )
    ]
    if found:
        change = ZoneChange(len(rows), found, ())
        raise Refused(hour_missing(change, after.key))


def hour_missing(change: ZoneChange, zone: str) -> str:
    """What is said of sessions whose hour the zone does not have."""
    return _(
        "In %(zone)s the clocks go forward at the hour of %(codes)s: it does not exist there. "
        "Move them first, or keep the moments.",
        zone=zone,
        codes=change.names(change.missing),
    )
