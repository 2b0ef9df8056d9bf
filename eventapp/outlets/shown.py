"""What was cleared and published of sessions, as their reports have it: read for all of them at once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from flask_babel import force_locale

from eventapp.agenda.models import Session
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note
from eventapp.record.sessions.queries import records_of
from eventapp.record.summaries.attendance import Came, group_names
from eventapp.record.summaries.content import Summary
from eventapp.record.summaries.queries import published_summaries
from eventapp.review.annexes.speakers import who_spoke

ENGLISH = "en"


@dataclass(frozen=True)
class Shown:
    """What was cleared and published of a session: its notes, its summary, who came, and who took the floor."""

    notes: Sequence[Note]
    summary: Summary
    came: Came | None
    spoke: Sequence[str]  # who took the floor, as far as the policy lets them be named


def shown_of(
    meeting: Meeting, sessions: Sequence[Session], notes: Sequence[Note], policy: str, only: Collection[int] | None
) -> Callable[[Session], Shown]:
    """Return what tells of one of these sessions what was published; it asks the database no more.

    `only` are the numbers of their rows, where they are not all of the meeting.
    """
    by_session: dict[int, list[Note]] = {}
    for note in notes:
        by_session.setdefault(note.session_id, []).append(note)
    these = () if only is None else (Session.id.in_(only),)
    summaries, records = published_summaries(meeting, *these), records_of(meeting, *these)
    spoke = who_spoke(sessions, notes, policy)
    with force_locale(ENGLISH):
        groups = group_names(meeting)
        came = {number: Came.read(record.attendance, groups) for number, record in records.items()}
    return lambda session: Shown(
        by_session.get(session.id, []),
        summaries.get(session.id, Summary()),
        came.get(session.id),
        spoke.get(session.id, ()),
    )
