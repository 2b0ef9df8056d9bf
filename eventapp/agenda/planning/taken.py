"""Warnings of sessions at times that somebody with a part in them has for something else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from eventapp.agenda.planning.conflicts import Notice, day_of
from eventapp.agenda.planning.draft import DraftRole, DraftSession
from eventapp.meetings.models import Meeting

Taken = Mapping[int, Sequence[tuple[datetime, datetime]]]  # number of the person -> from when until when, in order
Tell = Callable[[Meeting, DraftSession, DraftRole], str]


def over_taken(
    kind: str, meeting: Meeting, sessions: Sequence[DraftSession], taken: Taken, tell: Tell
) -> Iterator[Notice]:
    """Each part in a session at a time that its person has for something else; `tell` says it. No query."""
    for session in sessions if taken else ():
        for role in session.roles:
            spans = taken.get(role.person_id or 0, ()) if role.holds else ()
            hit = next((one for one in spans if one[0] < session.ends_at and one[1] > session.starts_at), None)
            if hit is not None:
                cause = (role.person_id, role.role, session.starts_at, session.ends_at, *hit)
                sentence = partial(tell, meeting, session, role)
                yield Notice(kind, (session.code,), day_of(meeting, session.starts_at), sentence, cause)
