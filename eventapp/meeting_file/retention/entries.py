"""What a meeting file says about how long one sort of personal data is kept."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from dataclasses import dataclass

from eventapp.meeting_file.kinds import OneOf, Place, Whole
from eventapp.meeting_file.parts.fields import one, place_of
from eventapp.meetings.retention.sorts import SORTS

MOST = max(each.most for each in SORTS.values())


@dataclass(frozen=True, kw_only=True)
class RetentionEntry:
    """How long a sort of personal data is kept."""

    sort: str = one(OneOf(lambda: SORTS), "of personal data")
    days: int = one(Whole(0, MOST), "after the last day of the meeting; each sort has a bound of its own")
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.sort
