"""What packages say since version 3 of the schema: written inputs and good practice cards, as far as was consented."""

from dataclasses import dataclass, field
from datetime import datetime

from eventapp.ground.exact import SOMETIMES
from eventapp.package.manifest.questions import Answer


@dataclass(frozen=True)
class Passage:
    """What an input says under one action line."""

    line: str
    text: str


@dataclass(frozen=True)
class MadeOf:
    """A note that was made of a passage; `part` is its action line, or empty for the overview."""

    note: str
    part: str
    revision: int


@dataclass(frozen=True)
class Input:
    """A written input as it was last sent, whose sender lets everybody read it. Never who wrote it."""

    number: int
    revision: int
    sent_at: datetime
    public_since: datetime
    behalf: str
    organization: str
    country: str
    language: str
    overview: str
    passages: tuple[Passage, ...]
    illustrative: bool
    notes: tuple[MadeOf, ...]
    answers: tuple[Answer, ...] = field(default=(), metadata=SOMETIMES)  # in an archive, since version 4

    @property
    def reference(self) -> str:
        return f"IN-{self.number:02d}"


@dataclass(frozen=True)
class Measure:
    """A result in numbers: the figure, what is counted, and who says so."""

    figure: str
    unit: str
    source: str


@dataclass(frozen=True)
class Agreed:
    """An outlet that the presenter lets the card be forwarded to, and since when."""

    outlet: str
    since: datetime


@dataclass(frozen=True)
class Card:
    """A good practice card as it was last sent, whose presenter lets it be forwarded. Never who presents it."""

    number: int
    session: str
    kind: str
    revision: int
    sent_at: datetime
    illustrative: bool
    agreed: tuple[Agreed, ...]
    note: str
    noted_revision: int
    language: str
    project: str
    owner: str
    country: str
    action_lines: tuple[str, ...]
    goals: tuple[int, ...]
    results: str
    measures: tuple[Measure, ...]
    partners: str
    challenges: str
    prospects: str
    pitch: str
    impact: str
    replicability: str
    sustainability: str
    activity: str
    coverage: str
    keywords: str
    website: str
    starts_on: str
    ends_on: str
    is_ongoing: bool
    prize_line: str

    @property
    def reference(self) -> str:
        return f"GP-{self.number:02d}"
