"""Warnings of sessions at times when somebody with a part in them cannot take part."""

from collections.abc import Iterator, Sequence

from eventapp.agenda.availability.content import from_rows
from eventapp.agenda.availability.queries import not_free
from eventapp.agenda.planning.conflicts import Notice
from eventapp.agenda.planning.draft import DraftRole, DraftSession
from eventapp.agenda.planning.taken import over_taken
from eventapp.ground.text.dates import span
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting


def absences(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """Each part in a session at a time when its person said that they cannot take part."""
    zone = meeting.tz
    away = {
        person: sorted(each for hours in from_rows(days) for each in hours.away(zone))
        for person, days in not_free(meeting).items()
    }
    return over_taken("away", meeting, sessions, away, absent)


def absent(meeting: Meeting, session: DraftSession, role: DraftRole) -> str:
    return _(
        "%(name)s is %(part)s in %(code)s, %(when)s, and said that they cannot take part then.",
        name=role.name,
        part=role.label.lower(),
        code=session.code,
        when=span(session.starts_at, session.ends_at, meeting.zone),
    )
