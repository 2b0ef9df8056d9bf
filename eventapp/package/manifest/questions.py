"""What a package says of the questions of a meeting's own, and of what was answered to them. Since version 4."""

from dataclasses import dataclass, field
from datetime import datetime

from eventapp.ground.db.types import Record
from eventapp.ground.exact import SOMETIMES


@dataclass(frozen=True)
class Wording:
    """A question in the words it was asked in."""

    number: int
    at: datetime
    words: Record


@dataclass(frozen=True)
class Question:
    """A question; answers name it by its code, and one version of its words."""

    code: str
    kind: str
    stage: str
    position: int
    help: Record
    section: Record
    categories: tuple[str, ...]
    condition: Record
    places: Record
    is_required: bool
    is_personal: bool
    retention_days: int | None
    wording_number: int
    made_at: datetime
    wordings: tuple[Wording, ...]
    ended_at: datetime | None = field(default=None, metadata=SOMETIMES)


@dataclass(frozen=True)
class Answer:
    """One answer: the code of a choice, or what was written."""

    question: str
    wording: int
    choice: str = field(default="", metadata=SOMETIMES)
    text: str = field(default="", metadata=SOMETIMES)
