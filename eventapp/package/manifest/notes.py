"""What a package says of a note: its revisions and translations."""

from dataclasses import dataclass, field
from datetime import date, datetime

from eventapp.ground.exact import SOMETIMES
from eventapp.package.manifest.summaries import Delivery


@dataclass(frozen=True)
class Figure:
    """A figure that a note states, and where it is from."""

    figure: str
    source: str


@dataclass(frozen=True)
class Revision:
    """What a note said from one moment on. Words that name more than may be said are left empty."""

    number: int
    at: datetime
    act: str
    deleted: bool
    kind: str
    title: str
    text: str
    language: str
    speaker: str
    organization: str
    stakeholder_type: str
    country: str
    ceiling: str
    action_lines: tuple[str, ...]
    goals: tuple[int, ...]
    targets: tuple[str, ...]
    countries: tuple[str, ...]
    support: str
    figures: tuple[Figure, ...]
    sources: tuple[str, ...]
    who: str
    due_on: date | None
    due_text: str
    delivery: str
    partners: tuple[str, ...]
    replicability: str
    sustainability: str
    gender_relevance: str
    outlets: tuple[str, ...]
    neutral: str = field(default="", metadata=SOMETIMES)


@dataclass(frozen=True)
class Translation:
    """What a note said at one revision, in another language."""

    language: str
    of_revision: int
    at: datetime
    title: str
    text: str
    translator: str


@dataclass(frozen=True)
class Note:
    """One note with its revisions; `head` is the number of the one that counts."""

    session: str
    number: int
    head: int
    state: str
    state_at: datetime
    created_at: datetime
    illustrative: bool
    revisions: tuple[Revision, ...]
    translations: tuple[Translation, ...]
    deliveries: tuple[Delivery, ...] = field(default=(), metadata=SOMETIMES)  # since version 2
    is_takeaway: bool = field(default=False, metadata=SOMETIMES)  # in an archive

    @property
    def reference(self) -> str:
        return f"{self.session}-{self.number:02d}"
