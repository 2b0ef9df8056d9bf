"""Warnings of sessions over what somebody with a part in them agreed with another; with whom is not said."""

from collections.abc import Iterator, Sequence
from functools import partial

from eventapp.agenda.availability.content import Span
from eventapp.agenda.planning.conflicts import Notice, day_of
from eventapp.agenda.planning.draft import DraftRole, DraftSession
from eventapp.ground.text.dates import span
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.networking.bilaterals.queries import agreed_spans


def over_bilaterals(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """Each part in a session at a time when its person has agreed to meet somebody. One query."""
    agreed: dict[int, list[Span]] = {}
    for person, starts, ends in agreed_spans(meeting) if sessions else ():
        agreed.setdefault(person, []).append((starts, ends))
    for session in sessions if agreed else ():
        for role in session.roles:
            spans = agreed.get(role.person_id or 0, []) if role.holds else []
            hit = next((one for one in spans if one[0] < session.ends_at and one[1] > session.starts_at), None)
            if hit is not None:
                cause = (role.person_id, role.role, session.starts_at, session.ends_at, *hit)
                tell = partial(meets, meeting, session, role)
                yield Notice("meets", (session.code,), day_of(meeting, session.starts_at), tell, cause)


def meets(meeting: Meeting, session: DraftSession, role: DraftRole) -> str:
    return _(
        "%(name)s is %(part)s in %(code)s, %(when)s, and has an agreed meeting then.",
        name=role.name,
        part=role.label.lower(),
        code=session.code,
        when=span(session.starts_at, session.ends_at, meeting.zone),
    )
