"""One day of the draft as an organizer plans it: the table, what may be wrong, and what the next version changes."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from eventapp.agenda.availability.on_board import OnBoard, on_board
from eventapp.agenda.models import Release, Session
from eventapp.agenda.planning.conflicts import Notice
from eventapp.agenda.planning.draft import draft_of, places_of_breaks
from eventapp.agenda.planning.grid import Grid, days_of, grid
from eventapp.agenda.queries import (
    agenda_of,
    cancelled_sessions,
    count_waiting,
    newest_release,
    sessions_numbered,
    waiting_sessions,
)
from eventapp.agenda.releases.actions import changed_since, draft_difference
from eventapp.agenda.releases.changes import ChangeLine, describe, mark_of
from eventapp.agenda.releases.difference import Change, changes
from eventapp.agenda.warnings.queries import warnings_now
from eventapp.ground.text.worded import worded
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.sessions import BREAK, SESSION_KINDS

IN_POOL, IN_GROUP, IN_CHANGES = 40, 6, 20  # shown on the page; the rest is counted


@dataclass(frozen=True)
class DayTab:
    """A day, how many sessions it has and how many warnings."""

    day: date
    sessions: int
    warnings: int


@dataclass(frozen=True)
class Group:
    """The warnings of one kind: the first of them, how many there are, and how many on each day."""

    kind: str
    title: str
    hard: bool
    first: Sequence[Notice]
    count: int
    days: Mapping[date, int]


@dataclass(frozen=True)
class Plan:
    """The page of one day."""

    day: date
    tabs: Sequence[DayTab]
    grid: Grid
    pool: Sequence[Session]
    in_pool: int
    waiting: Sequence[Session]
    count_waiting: int
    warnings: int
    acknowledged: int
    groups: Sequence[Group]
    flags: Mapping[str, Notice]
    marks: Mapping[str, str]
    changed: int
    changes: Sequence[ChangeLine]
    last: Release | None
    cancelled: Sequence[Session]
    wide: Collection[str]
    away: OnBoard


def plan_of(meeting: Meeting, wished: str, wide: Collection[str] = ()) -> Plan:
    """The plan of the wished day (ISO), else of the first. Of the other days only plain rows are read."""
    draft, last = draft_of(meeting), newest_release(meeting)
    days = days_of(meeting, [one.starts_at for one in draft])
    day = next((one for one in days if one.isoformat() == wished), days[0])
    on_day = {one.id: one.starts_at.astimezone(meeting.tz).date() for one in draft}
    pooled = [one for one in draft if one.room is None and one.kind != BREAK]
    shown = {one.id for one in draft if on_day[one.id] == day} | {one.id for one in pooled[:IN_POOL]}
    sessions = sessions_numbered(meeting, shown)
    waiting = waiting_sessions(meeting, IN_POOL)
    table = grid(meeting, sessions, day, wide, idle=places_of_breaks(draft, BREAK))
    drawn = {one.id for one in sessions if one.room is None or one.room in table.rooms}
    looked = warnings_now(meeting, draft)
    found = looked.open
    changed = changed_since(meeting, last) if last else []
    return Plan(
        day=day,
        tabs=tabs_of(days, Counter(on_day.values()), found),
        grid=table,
        pool=[one for one in sessions if one.room_id is None and one.kind != BREAK][:IN_POOL],
        in_pool=len(pooled),
        waiting=waiting,
        count_waiting=count_waiting(meeting),
        warnings=len(found),
        acknowledged=len(looked.acknowledged),
        groups=groups_of(found, day),
        flags=flags_of(found),
        marks={one.code: mark_of(one) for one in changed},
        changed=len(changed) if last else len(draft),
        changes=in_words(meeting, changed[:IN_CHANGES]),
        last=last,
        cancelled=cancelled_sessions(meeting),
        wide=wide,
        away=on_board(meeting, drawn | {one.id for one in waiting}),
    )


def tabs_of(days: Sequence[date], sessions: Mapping[date, int], found: Sequence[Notice]) -> list[DayTab]:
    counts = Counter(one.day for one in found)
    return [DayTab(day, sessions.get(day, 0), counts[day]) for day in days]


def groups_of(found: Sequence[Notice], day: date) -> list[Group]:
    """The warnings by kind; of each kind those of this day come first."""
    groups = []
    for kind, notices in groupby(found, key=lambda one: one.kind):
        listed = sorted(notices, key=lambda one: one.day != day)
        days = Counter(one.day for one in listed)
        first = listed[0]
        groups.append(Group(kind, first.title, first.hard, listed[:IN_GROUP], len(listed), dict(sorted(days.items()))))
    return groups


def flags_of(found: Sequence[Notice]) -> dict[str, Notice]:
    """The first warning of each session; the hard ones come first in the list already."""
    flags: dict[str, Notice] = {}
    for one in found:
        for code in one.sessions:
            flags.setdefault(code, one)
    return flags


def warnings_of(meeting: Meeting, code: str) -> list[Notice]:
    """The open warnings that are about the session with this code."""
    return [one for one in warnings_now(meeting).open if code in one.sessions]


def changes_of(meeting: Meeting) -> list[ChangeLine]:
    """What the next version would change, in words."""
    return in_words(meeting, draft_difference(meeting))


def in_words(meeting: Meeting, changed: Sequence[Change]) -> list[ChangeLine]:
    rooms = {room.code: room.name for room in meeting.rooms}
    kinds = {code: worded(one, "name") for code, one in kinds_of(meeting).items()}
    return [line for one in changed for line in describe(one, meeting.tz, rooms, kinds)]


def release_lines(meeting: Meeting, release: Release, most: int | None = None) -> list[ChangeLine]:
    """What a version changed, in words; of the first `most` sessions, if that is said."""
    return lines_of(meeting, release, changes(release.difference)[:most], release.difference.get("rooms", {}))


def lines_of(
    meeting: Meeting, release: Release, changed: Sequence[Change], rooms: Mapping[str, str]
) -> list[ChangeLine]:
    """What is different in this version, in words. `rooms` are names by code."""
    kinds = {code: term.label for code, term in SESSION_KINDS.items()}
    if any("kind" in one.fields for one in changed):  # the version is as large as the meeting
        kinds |= {one.code: one.label for one in agenda_of(meeting, release).kinds}
    return [line for one in changed for line in describe(one, meeting.tz, rooms, kinds)]
