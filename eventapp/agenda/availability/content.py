"""The days of a meeting as somebody says of them when they can take part. Times are those of clocks at the meeting."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import itemgetter
from zoneinfo import ZoneInfo

from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import weekday
from eventapp.ground.text.i18n import _, _l
from eventapp.vocabulary.term import terms

MIDNIGHT = 24 * 60  # the end of a day, in minutes
FREE, OFF, ONLY, BUT = "free", "off", "only", "but"
STATES = terms(
    (FREE, _l("I can take part all day")),
    (OFF, _l("I cannot take part")),
    (ONLY, _l("Only between these times")),
    (BUT, _l("Not between these times")),
)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class DayHours:
    """One day that is not free: off, or only or not between two times, as 09:00."""

    day: str
    state: str
    starts: str = ""
    ends: str = ""

    def away(self, zone: ZoneInfo) -> Sequence[Span]:
        """From when until when the person cannot take part, in UTC."""
        return spans_of(self, zone)

    @property
    def is_sound(self) -> bool:
        """Whether it can be kept: a day that there is, and two times, the second later, where it asks for times."""
        try:
            date.fromisoformat(self.day)
            times = [time.fromisoformat(one) for one in (self.starts, self.ends) if one]
        except ValueError:
            return False
        if self.state == OFF:
            return not times
        shape = [f"{one:%H:%M}" for one in times]
        return self.state in (ONLY, BUT) and shape == [self.starts, self.ends] and times[0] < times[1]

    def minutes(self, first: date) -> list[list[int]]:
        """The same in few figures, as a page has it: each time that is not free as day, from and until.

        Days are counted from this first one; times are minutes by the clock, and a day ends at 1440.
        """
        day = (date.fromisoformat(self.day) - first).days
        if self.state == OFF:
            return [[day, 0, MIDNIGHT]]
        starts, ends = (60 * one.hour + one.minute for one in map(time.fromisoformat, (self.starts, self.ends)))
        return [[day, starts, ends]] if self.state == BUT else [[day, 0, starts], [day, ends, MIDNIGHT]]

    @property
    def words(self) -> str:
        """What it says, in the reader's language."""
        named = {"day": weekday(date.fromisoformat(self.day)), "starts": self.starts, "ends": self.ends}
        if self.state == OFF:
            return _("not on %(day)s", **named)
        if self.state == ONLY:
            return _("on %(day)s only from %(starts)s to %(ends)s", **named)
        return _("on %(day)s not from %(starts)s to %(ends)s", **named)


@lru_cache(4096)  # rooms of a house, and people of a delegation, have the same hours
def spans_of(hours: DayHours, zone: ZoneInfo) -> Sequence[Span]:
    day = date.fromisoformat(hours.day)
    dawn, night = moment(day, "00:00", zone), moment(day + timedelta(days=1), "00:00", zone)
    if hours.state == OFF:
        return ((dawn, night),)
    starts, ends = moment(day, hours.starts, zone), moment(day, hours.ends, zone)
    spans = [(starts, ends)] if hours.state == BUT else [(dawn, starts), (ends, night)]
    return tuple(one for one in spans if one[0] < one[1])


def first_within(spans: Sequence[Span], starts: datetime, ends: datetime) -> Span | None:
    """The first of these, which are in order and do not overlap, that has a moment in common with this time."""
    place = bisect_right(spans, starts, key=itemgetter(1))
    return spans[place] if place < len(spans) and spans[place][0] < ends else None


def minutes_of(span: Span, first: date, zone: ZoneInfo) -> list[list[int]]:
    """A time in few figures, as `DayHours.minutes` has them, by the clocks of this zone; one row for each day."""
    starts, ends = (one.astimezone(zone) for one in span)
    rows = []
    for number in range((ends.date() - starts.date()).days + 1):
        begins = 60 * starts.hour + starts.minute if number == 0 else 0
        until = 60 * ends.hour + ends.minute if starts.date() + timedelta(days=number) == ends.date() else MIDNIGHT
        if begins < until:
            rows.append([(starts.date() - first).days + number, begins, until])
    return rows


def moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def rows_of(days: Iterable[DayHours]) -> list[Record]:
    """They as JSON has them, without what nothing is said of."""
    return [{name: value for name, value in asdict(one).items() if value} for one in days]


def from_rows(rows: Iterable[Record]) -> list[DayHours]:
    """The same, read back."""
    return [DayHours(**row) for row in rows]
