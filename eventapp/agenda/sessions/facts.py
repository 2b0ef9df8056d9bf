"""What an organizer says about a session and about a part in it."""

import re
from dataclasses import dataclass, fields
from datetime import datetime

from eventapp.ground.db.types import Record

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # what can stand in an address
TIMES, LISTS = ("starts_at", "ends_at"), ("interpretation", "links", "tags")


@dataclass(frozen=True)
class SessionFacts:
    """A session as it should be. Times are aware; languages are codes; `expected` is a number of people.

    A link is its address, and after a blank what it leads to.
    """

    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    room_id: int | None = None
    body_id: int | None = None
    agenda_item: str = ""
    summary: str = ""
    rule: str = "open"
    interpretation: tuple[str, ...] = ()
    expected: int | None = None
    subtitle: str = ""
    description: str = ""
    language: str = ""
    track: str = ""
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    licence: str = ""
    no_recording: bool = False
    illustrative: bool = False  # made up, and marked so
    waits: bool = False  # for a time: those given only say how long it is to be


@dataclass(frozen=True)
class RoleFacts:
    """A part in a session and whose it is. With an address, the person is asked by letter."""

    role: str
    name: str
    email: str = ""
    name_own: str = ""
    name_language: str = ""
    position_held: str = ""
    organization: str = ""
    country: str = ""
    illustrative: bool = False


def facts_for_row(before: SessionFacts, after: SessionFacts) -> Record:
    """The facts that are about to change, as JSON has them."""
    changed = [one.name for one in fields(SessionFacts) if getattr(before, one.name) != getattr(after, one.name)]
    values = {name: getattr(before, name) for name in changed}
    values |= {name: values[name].isoformat() for name in TIMES if name in values}
    return values | {name: list(values[name]) for name in LISTS if name in values}


def facts_from_row(values: Record) -> Record:
    """The same, back."""
    times = {name: datetime.fromisoformat(values[name]) for name in TIMES if name in values}
    return {**values, **times, **{name: tuple(values[name]) for name in LISTS if name in values}}
