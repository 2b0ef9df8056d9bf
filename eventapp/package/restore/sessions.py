"""The sessions and releases of a package become those of its meeting again."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial

from eventapp.agenda.models import CONFIRMED, Release, Session, SpeakingRole
from eventapp.agenda.releases.difference import difference
from eventapp.ground.db import db, json_of
from eventapp.ground.db.types import Record
from eventapp.meetings.arriving.coming import Act
from eventapp.package.export.more import columns_of, own_texts
from eventapp.package.manifest import content
from eventapp.package.restore.arrival import Arrival, values


def sessions_from(one: Arrival, sessions: Sequence[content.Session]) -> None:
    """Keep these sessions with their parts."""
    meeting = one.meeting
    rooms, bodies = {room.code: room for room in meeting.rooms}, {body.name: body for body in meeting.bodies}
    rows = [
        Session(
            **values(each, but=["body", "room", "cancelled", "roles", "texts", "more"]),
            **(columns_of(each.more) if each.more else {}),
            texts=own_texts(each.texts),
            meeting=meeting,
            body=bodies.get(each.body),
            room=rooms.get(each.room or ""),
            cancelled_at=each.changed_at if each.cancelled else None,
            roles=[
                SpeakingRole(**asdict(role), position=place, state=CONFIRMED) for place, role in enumerate(each.roles)
            ],
        )
        for each in sessions
    ]
    db.session.add_all(rows)


def releases_from(one: Arrival) -> Iterator[Act]:
    """Keep each release, the earliest first, with what it changed."""
    before = None
    for each in (*one.package.agenda.earlier, one.package.agenda.release):
        if each is not None:
            what = each.changes or difference(before, each.content)
            yield partial(release_from, one, each, what, json.dumps(each.content))
            before = each.content


def release_from(one: Arrival, release: content.Release, what: Record, written: str) -> None:
    columns = values(release, but=["changes", "content"])
    db.session.add(Release(meeting=one.meeting, difference=what, content=json_of(written), **columns))
