"""What a meeting file says about the slots that are open for bilateral meetings."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from eventapp.meeting_file.kinds import Moment, Place, Whole, Words
from eventapp.meeting_file.parts.fields import one, place_of

LONGEST = 1440  # minutes: a slot over which clocks were changed may be longer than a form opens one
KEY = "%Y-%m-%d %H:%M UTC"


@dataclass(frozen=True, kw_only=True)
class SlotsEntry:
    """Slots for bilateral meetings at one place, one after the other."""

    where: str = one(Words(120), "a table or a corner, as people find it")
    starts: datetime = one(Moment(), "when the first begins, in the time of the meeting's zone")
    ends: datetime = one(Moment(), "when the last ends")
    minutes: int = one(Whole(1, LONGEST), "how long each is; a whole number of them fits")
    place: Place = place_of()

    @property
    def key(self) -> tuple[str, str]:
        return (self.where, f"{self.starts.astimezone(UTC):{KEY}}")

    @property
    def length(self) -> timedelta:
        """How long each is."""
        return timedelta(minutes=self.minutes)

    @property
    def count(self) -> int:
        """How many slots these are."""
        return max(0, (self.ends - self.starts) // self.length)

    @property
    def beginnings(self) -> Iterator[datetime]:
        """When each of them begins."""
        return (self.starts + self.length * number for number in range(self.count))
