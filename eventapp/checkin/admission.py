"""Who may enter at a gate, and when: part of the people with a place, between two times of the day."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import time
from typing import Any

NOT_HERE, OUT_OF_HOURS = "not-here", "out-of-hours"


@dataclass(frozen=True)
class Admission:
    """The rule of a gate. It lets in who has one of these categories, tags or delegations, by their numbers, may enter
    one of these zones, or has a part in its session (of the building's: in any); everybody with a place where nothing
    of it is chosen. A zone that lets in nobody, or is gone, is a choice all the same.

    `opens` and `shuts` are times of the day on the wall of the meeting, such as 08:30; "" for no such bound.
    """

    categories: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    delegations: tuple[int, ...] = ()
    parts: bool = False
    opens: str = ""
    shuts: str = ""
    zones: tuple[int, ...] = ()

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Admission":  # JSON
        """The rule as it is stored: what is left out is as usual."""
        if not record:  # as for most gates, and this is asked at each reading
            return EVERYBODY
        values: dict[str, Any] = {  # as above
            name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
        }
        return cls(**values)

    def as_record(self) -> dict[str, Any]:  # JSON
        """As it is stored: only what was chosen."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in chosen.items()}

    def with_members(self, categories: Collection[int], tags: Collection[int]) -> "Admission":
        """The same with those whom its zones let in."""
        whole = {*self.categories, *categories}, {*self.tags, *tags}
        return replace(self, categories=tuple(sorted(whole[0])), tags=tuple(sorted(whole[1])))

    @property
    def is_for_some(self) -> bool:
        """Whether it lets in only part of those with a place."""
        return bool(self.categories or self.tags or self.delegations or self.zones or self.parts)

    @property
    def has_hours(self) -> bool:
        """Whether it is open at some times only."""
        return bool(self.opens or self.shuts)

    def is_open(self, clock: time) -> bool:
        """Whether it lets people in at this time of the day; one that shuts before it opens is open over midnight."""
        opens = time.fromisoformat(self.opens) if self.opens else time.min
        shuts = time.fromisoformat(self.shuts) if self.shuts else time.max
        return opens <= clock < shuts if opens <= shuts else clock >= opens or clock < shuts


EVERYBODY = Admission()  # with a place, at any time
