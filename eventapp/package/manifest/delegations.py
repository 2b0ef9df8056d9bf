"""What a package says of delegations. Since version 4."""

from dataclasses import dataclass, field
from datetime import date, datetime

from eventapp.ground.db.types import Record
from eventapp.ground.exact import SOMETIMES


@dataclass(frozen=True)
class Letter:
    """That a letter came which names the whole delegation; what it says stays behind."""

    reference: str
    dated: date | None
    uploaded_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True)
class Delegation:
    """Who sent people: its places, its other names, whether it was accredited and in spite of what."""

    name: str
    country: str
    is_state: bool
    places: int | None
    accredited_at: datetime | None
    accredited_why: str
    other_names: tuple[str, ...]
    letters: tuple[Letter, ...]
    role_places: Record = field(default_factory=dict, metadata=SOMETIMES)  # role -> how many of them
