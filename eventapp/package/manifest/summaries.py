"""What packages say since version 2 of the schema: the summaries of sessions, and what became of commitments."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Delivery:
    """What stood of a commitment from one moment on. Words that name more than may be said are left empty."""

    at: datetime
    state: str
    due_on: date | None
    due_text: str
    remark: str


@dataclass(frozen=True)
class Presentation:
    """What is said of one presentation; `role` is the place of who gave it among the roles of the session, or null."""

    role: int | None
    text: str


@dataclass(frozen=True)
class SummaryRevision:
    """What the summary of a session said from one moment on. Parts that name more than may be said are left empty."""

    number: int
    at: datetime
    act: str
    key_issues: tuple[str, ...]
    presentations: tuple[Presentation, ...]
    discussion: str
    divergence: str
    way_forward: str


@dataclass(frozen=True)
class Summary:
    """The summary of one session; `approved` is the revision the world reads, `head` the newest one."""

    session: str
    head: int
    approved: int | None
    approved_at: datetime | None
    revisions: tuple[SummaryRevision, ...]
