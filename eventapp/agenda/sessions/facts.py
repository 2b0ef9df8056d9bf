"""What an organizer says about a session and about a part in it."""

import re
from dataclasses import dataclass
from datetime import datetime

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # what can stand in an address


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
    licence: str = ""
    no_recording: bool = False
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
