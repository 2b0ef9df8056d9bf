"""A change of the day that is public at once: the last version with other times for some sessions, and nothing else."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from eventapp.agenda.models import Release, Session
from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.content import canonical, room_content
from eventapp.agenda.releases.difference import difference
from eventapp.agenda.sessions.more import REASONS, without_reason
from eventapp.ground.db import db, json_of
from eventapp.ground.db.apart import Changed
from eventapp.ground.db.types import Record
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


@dataclass(frozen=True)
class Prepared:
    """A version read and written again piece by piece: to do so for 2,500 sessions would take 200 ms under the lock."""

    number: int
    content: Record
    pieces: Mapping[str, str]  # of each session, by its code
    rest: Mapping[str, str]  # of all else, by its name

    def changed(self, now: Mapping[str, Record], rooms: Collection[Record] = ()) -> tuple[str, Record]:
        """The whole of it in canonical form where sessions have these other values by code, and what that changes.

        `rooms` are those that it has not yet.
        """
        sessions: list[Record] = self.content["sessions"]
        rows = [{**without_reason(one), **now[one["code"]]} if one["code"] in now else one for one in sessions]
        rows.sort(key=lambda one: one["starts_at"])
        before, after = ([one for one in some if one["code"] in now] for some in (sessions, rows))
        every = [*self.content["rooms"], *rooms]
        what = difference({**self.content, "sessions": before}, {**self.content, "sessions": after, "rooms": every})
        pieces = {**self.pieces, **{one["code"]: canonical(one) for one in after}}
        parts = {**self.rest, "sessions": f"[{','.join(pieces[one['code']] for one in rows)}]"}
        parts |= {"rooms": f"[{','.join(map(canonical, every))}]"} if rooms else {}
        return "{" + ",".join(f"{json.dumps(name)}:{parts[name]}" for name in sorted(parts)) + "}", what


def prepared(meeting: Meeting) -> Prepared | None:
    """The last version, made ready for a live change; None before the first. To be asked before anything is held."""
    last = newest_release(meeting)
    return prepared_from(last) if last else None


def prepared_from(last: Release) -> Prepared:
    content = last.content
    pieces = {one["code"]: canonical(one) for one in content["sessions"]}
    rest = {name: canonical(part) for name, part in content.items() if name != "sessions"}
    return Prepared(last.number, content, pieces, rest)


def still(ready: Prepared | None, last: Release) -> Prepared:
    """What is `ready`, where it is of the last version, made now where nothing is. `Changed` where it is of another."""
    if ready is not None and ready.number != last.number:
        raise Changed
    return ready or prepared_from(last)


def release_live(
    meeting: Meeting,
    sessions: Collection[Session],
    *,
    by: Person | None,
    at: datetime,
    remark: str,
    ready: Prepared | None = None,
) -> Release | None:
    """Publish where and when these sessions are now, and which are off; the rest of the draft stays with the planners.

    Returns the release; None where nothing is published yet, or nothing of it changed. Under `lock(meeting)` only.
    `Changed` where `ready` is no longer the last version.
    """
    last = newest_release(meeting)
    if last is None:
        return None
    ready = still(ready, last)
    written, what = ready.changed({one.code: placed(one) for one in sessions})
    return written_down(meeting, last, written, what, by=by, at=at, remark=remark) if what["sessions"] else None


def release_moved(
    meeting: Meeting,
    sessions: Collection[Session],
    *,
    by: Person | None,
    at: datetime,
    remark: str,
    ready: Prepared | None = None,
) -> Release | None:
    """As `release_live`, with the rooms and why they are elsewhere or off. They are in the last version."""
    last = newest_release(meeting)
    if last is None:
        return None
    ready = still(ready, last)
    known = {room["code"] for room in ready.content["rooms"]}
    rooms = {one.room.code: one.room for one in sessions if one.room and one.room.code not in known}
    was = {one["code"]: one for one in ready.content["sessions"]}
    now = {one.code: {**placed(one), **moved_to(one, was[one.code])} for one in sessions}
    written, what = ready.changed(now, [room_content(room) for room in rooms.values()])
    return written_down(meeting, last, written, what, by=by, at=at, remark=remark) if what["sessions"] else None


def moved_to(session: Session, was: Record) -> Record:
    """Its room, and what the version had of it beside the rest, with the reason of now."""
    reasons = {name: getattr(session, name) for name in REASONS if getattr(session, name)}
    more = {**without_reason(was).get("more", {}), **reasons}
    return {"room": session.room.code if session.room else None, **({"more": more} if more else {})}


def written_down(
    meeting: Meeting, last: Release, written: str, what: Record, *, by: Person | None, at: datetime, remark: str
) -> Release:
    made = Release(
        meeting=meeting,
        number=last.number + 1,
        released_at=at,
        released_by_id=by.id if by else None,
        content=json_of(written),
        difference=what,
        remark=remark,
        digest=sha256(written.encode()).hexdigest(),
    )
    db.session.add(made)
    record("released agenda", made, by=by, at=at, number=made.number, digest=made.digest)
    return made


def placed(session: Session) -> Record:
    return {
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "sequence": session.sequence,
        "changed_at": session.changed_at.isoformat(),
        "cancelled": session.cancelled_at is not None,
    }
