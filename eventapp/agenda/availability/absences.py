"""Warnings of sessions at times when somebody with a part in them cannot take part."""

from collections.abc import Iterator, Sequence
from functools import partial

from eventapp.agenda.availability.content import Span, first_within, from_rows
from eventapp.agenda.availability.queries import not_free
from eventapp.agenda.planning.conflicts import Notice, day_of
from eventapp.agenda.planning.draft import DraftRole, DraftSession
from eventapp.ground.text.dates import span
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting


def absences(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """Each part in a session at a time when its person said that they cannot take part."""
    away: dict[int, list[Span]] = {}
    zone = meeting.tz
    for person, days in not_free(meeting).items():
        away[person] = sorted(each for hours in from_rows(days) for each in hours.away(zone))
    for session in sessions if away else ():
        for role in session.roles:
            spans = away.get(role.person_id or 0, []) if role.holds else []
            hit = first_within(spans, session.starts_at, session.ends_at) if spans else None
            if hit is not None:
                cause = (role.person_id, role.role, session.starts_at, session.ends_at, *hit)
                tell = partial(absent, meeting, session, role)
                yield Notice("away", (session.code,), day_of(meeting, session.starts_at), tell, cause)


def absent(meeting: Meeting, session: DraftSession, role: DraftRole) -> str:
    return _(
        "%(name)s is %(part)s in %(code)s, %(when)s, and said that they cannot take part then.",
        name=role.name,
        part=role.label.lower(),
        code=session.code,
        when=span(session.starts_at, session.ends_at, meeting.zone),
    )
