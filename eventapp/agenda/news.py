"""What versions of today changed of when and where sessions are: said at the top of a page that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.agenda.models import Release
from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.releases.changes import PLACE, describe
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.releases.difference import CANCELLED, CHANGED, NEW, RESTORED, Change, changes
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import clock, day
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting

MOST = 5  # sessions that are named; the rest is counted


@dataclass(frozen=True)
class Changed:
    """A session, and what became of it in a sentence with what was and what is."""

    code: str
    title: str
    words: str


@dataclass(frozen=True)
class News:
    """What became of sessions, how many sessions more there are, and when the day is over."""

    sessions: Sequence[Changed]
    more: int
    until: datetime


def news_of(meeting: Meeting, at: datetime, zone: str = "") -> News | None:
    """What changed today of sessions that are not over, in this zone, else the meeting's; None where nothing did."""
    last = newest_release(meeting)
    today = at.astimezone(meeting.tz).date()
    is_of_today = last is not None and last.number > 1 and last.released_at.astimezone(meeting.tz).date() == today
    first = first_places(meeting, datetime.combine(today, time(), meeting.tz)) if is_of_today else {}
    if last is None or not first:
        return None
    agenda = agenda_of(meeting, last)
    found = [
        changed_from(first[one.code], one) for one in agenda.all_sessions if one.code in first and one.ends_at > at
    ]
    rooms = {room.code: room.name for room in agenda.rooms}
    sessions = [
        Changed(one.code, one.title, with_reason(agenda, one, ZoneInfo(zone or meeting.zone), rooms))
        for one in found
        if one
    ]
    until = datetime.combine(today + timedelta(days=1), time(), meeting.tz)
    return News(sessions[:MOST], max(len(sessions) - MOST, 0), until) if sessions else None


def first_places(meeting: Meeting, morning: datetime) -> dict[str, Record]:
    """When and where sessions were this morning, as far as that changed since; and `cancelled`, likewise."""
    query = select(Release.difference).where(
        Release.meeting_id == meeting.id, Release.number > 1, Release.released_at >= morning
    )
    first: dict[str, Record] = {}
    for content in db.session.scalars(query.order_by(Release.number)):
        for change in changes(content):
            if change.what == NEW or not change.moved:
                continue
            was = first.setdefault(change.code, {})
            for name in change.fields.keys() & set(PLACE):
                was.setdefault(name, change.fields[name][0])
            if change.what != CHANGED:
                was.setdefault("cancelled", change.what == RESTORED)
    return first


def changed_from(was: Record, session: PublishedSession) -> Change | None:
    """From this morning until now; None for what is back where it was."""
    room = session.room.code if session.room else None
    now = {"starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat(), "room": room}
    fields = {name: (was[name], now[name]) for name in PLACE if name in was and was[name] != now[name]}
    if fields.keys() & {"starts_at", "ends_at"}:  # said whole, from when until when
        fields |= {name: (was.get(name, now[name]), now[name]) for name in ("starts_at", "ends_at")}
    is_another = was.get("cancelled", session.cancelled) != session.cancelled
    what = CHANGED if not is_another else CANCELLED if session.cancelled else RESTORED
    return Change(session.code, session.title, what, fields) if fields or is_another else None


def with_reason(agenda: Published, change: Change, zone: ZoneInfo, rooms: dict[str, str]) -> str:
    """One sentence with what was and what is, and the reason where one was given."""
    words, reason = sentence(change, zone, rooms), agenda.by_code[change.code].more.reason
    return " ".join([words, _("Reason: %(reason)s", reason=reason)]) if reason else words


def sentence(change: Change, zone: ZoneInfo, rooms: dict[str, str]) -> str:
    """One sentence with what was and what is."""
    if change.what == CANCELLED:
        return _("it is cancelled.")
    before, after = (hours(change, side, zone) for side in (0, 1))
    if change.fields.keys() != {"starts_at", "ends_at"} or before[0] != after[0]:
        line = describe(change, zone, rooms)[-1]
        before, after = ("", line.before), ("", line.after)
    return _("it was %(before)s, it is now %(after)s.", before=before[1], after=after[1])


def hours(change: Change, side: int, zone: ZoneInfo) -> tuple[str, str]:
    """The day of one side of a change, and from when until when."""
    found = [datetime.fromisoformat(change.fields[name][side]) for name in PLACE[:2] if name in change.fields]
    return "".join(day(one.astimezone(zone)) for one in found[:1]), "–".join(clock(one, zone.key) for one in found)
