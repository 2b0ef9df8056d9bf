"""What an organizer says about a session and about a part in it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SessionFacts:
    """A session as it should be. Times are aware; languages are codes; `expected` is a number of people."""

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
