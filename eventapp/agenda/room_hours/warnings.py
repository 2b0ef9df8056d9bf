"""Warnings of sessions outside the hours of their room."""

from collections.abc import Iterator, Sequence
from functools import partial

from eventapp.agenda.availability.content import Span, first_within
from eventapp.agenda.planning.conflicts import Notice, day_of
from eventapp.agenda.planning.draft import DraftSession
from eventapp.agenda.room_hours.content import shut_hours
from eventapp.ground.text.dates import span
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting


def out_of_hours(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """Each session that is in a room while it is not open. No query: the rooms of the meeting are read already."""
    shut: dict[int, list[Span]] = {one.id: shut_hours(meeting, one) for one in meeting.rooms if one.hours}
    for session in sessions if shut else ():
        spans = shut.get(session.room.id, []) if session.room else []
        hit = first_within(spans, session.starts_at, session.ends_at)
        if session.room and hit is not None:
            cause = (session.room.id, session.starts_at, session.ends_at, *hit)
            tell = partial(outside, meeting, session, session.room.name)
            yield Notice("hours", (session.code,), day_of(meeting, session.starts_at), tell, cause)


def outside(meeting: Meeting, session: DraftSession, room: str) -> str:
    return _(
        "%(code)s, %(when)s, is in %(room)s while that is not open.",
        code=session.code,
        when=span(session.starts_at, session.ends_at, meeting.zone),
        room=room,
    )
