"""One day of the draft as an organizer plans it: the table, what may be wrong, and what the next version changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eventapp.agenda.models import Release, Session
from eventapp.agenda.planning.conflicts import Notice, warnings
from eventapp.agenda.planning.grid import Grid, days_of, grid
from eventapp.agenda.queries import agenda_of, cancelled_sessions, newest_release, programme
from eventapp.agenda.releases.actions import draft_difference
from eventapp.agenda.releases.changes import ChangeLine, describe, mark_of
from eventapp.agenda.releases.difference import Change, changes
from eventapp.ground.text.worded import worded
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.sessions import SESSION_KINDS


@dataclass(frozen=True)
class Flag:
    """The warning a session carries in the table: its number in the list, and whether it cannot be held so."""

    number: int
    is_hard: bool


@dataclass(frozen=True)
class Plan:
    """The page of one day."""

    day: date
    days: Sequence[date]
    grid: Grid
    warnings: Sequence[Notice]
    flags: Mapping[str, Flag]
    marks: Mapping[str, str]
    changes: Sequence[ChangeLine]
    last: Release | None
    cancelled: Sequence[Session]
    days_by_code: Mapping[str, date]


def plan_of(meeting: Meeting, wished: str) -> Plan:
    """The plan of the wished day (ISO), else of the first; the number of queries does not grow with the sessions."""
    sessions, last = programme(meeting), newest_release(meeting)
    days, found, changed = days_of(meeting, sessions), warnings(meeting, sessions), draft_difference(meeting)
    day = next((one for one in days if one.isoformat() == wished), days[0])
    return Plan(
        day=day,
        days=days,
        grid=grid(meeting, sessions, day),
        warnings=found,
        flags=flags_of(found),
        marks={one.code: mark_of(one) for one in changed} if last else {},
        changes=in_words(meeting, changed),
        last=last,
        cancelled=cancelled_sessions(meeting),
        days_by_code={one.code: one.starts_at.astimezone(meeting.tz).date() for one in sessions},
    )


def flags_of(found: Sequence[Notice]) -> dict[str, Flag]:
    """The first warning of each session; the hard ones come first in the list already."""
    flags: dict[str, Flag] = {}
    for number, one in enumerate(found, start=1):
        for code in one.sessions:
            flags.setdefault(code, Flag(number, one.hard))
    return flags


def changes_of(meeting: Meeting) -> list[ChangeLine]:
    """What the next version would change, in words."""
    return in_words(meeting, draft_difference(meeting))


def in_words(meeting: Meeting, changed: Sequence[Change]) -> list[ChangeLine]:
    rooms = {room.code: room.name for room in meeting.rooms}
    kinds = {code: worded(one, "name") for code, one in kinds_of(meeting).items()}
    return [line for one in changed for line in describe(one, meeting.tz, rooms, kinds)]


def release_lines(meeting: Meeting, release: Release) -> list[ChangeLine]:
    """What a version changed, in words."""
    rooms = dict(release.difference.get("rooms", {}))
    kinds = {code: term.label for code, term in SESSION_KINDS.items()}
    kinds |= {one.code: one.label for one in agenda_of(meeting, release).kinds}
    return [line for one in changes(release.difference) for line in describe(one, meeting.tz, rooms, kinds)]
