"""Warnings of sessions over what somebody with a part in them agreed with another; with whom is not said."""

from collections.abc import Iterator, Sequence

from eventapp.agenda.availability.content import Span
from eventapp.agenda.planning.conflicts import Notice
from eventapp.agenda.planning.draft import DraftRole, DraftSession
from eventapp.agenda.planning.taken import over_taken
from eventapp.ground.text.dates import span
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.networking.bilaterals.queries import agreed_spans


def over_bilaterals(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """Each part in a session at a time when its person has agreed to meet somebody. One query."""
    agreed: dict[int, list[Span]] = {}
    for person, starts, ends in agreed_spans(meeting) if sessions else ():
        agreed.setdefault(person, []).append((starts, ends))
    return over_taken("meets", meeting, sessions, agreed, meets)


def meets(meeting: Meeting, session: DraftSession, role: DraftRole) -> str:
    return _(
        "%(name)s is %(part)s in %(code)s, %(when)s, and has an agreed meeting then.",
        name=role.name,
        part=role.label.lower(),
        code=session.code,
        when=span(session.starts_at, session.ends_at, meeting.zone),
    )
