"""What of which meetings would go at once, or sooner than now, where a kind of meeting is given other days."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from wtforms import BooleanField, HiddenField

from eventapp.desk.retention.labels import in_words
from eventapp.desk.retention.queries import counts_in
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of_words
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_of, goes_on, would_go_on
from eventapp.meetings.retention.sorts import COUNTED


@dataclass(frozen=True)
class Sooner:
    """What of one meeting would go on a day that is earlier than the one on which it goes now."""

    meeting: Meeting
    day: date  # where the meeting takes place
    is_over: bool  # it would go at once
    numbers: Mapping[str, int]

    @property
    def words(self) -> list[str]:
        """So many of each sort."""
        return [in_words(sort, number) for sort, number in self.numbers.items()]


def going_sooner(meetings: Iterable[Meeting], days: Mapping[str, int], at: datetime) -> list[Sooner]:
    """What would go sooner of these meetings if their kind said these days, what goes first at the beginning.

    Rules of their own stay, and what goes within the hour anyway is not told. Asks once, however many there are.
    """
    earlier = {one: changed for one in meetings if (changed := days_that_move(one, days, at))}
    counted = counts_in([one.id for one in earlier]) if earlier else {}
    found = dict[tuple[Meeting, date], Sooner]()
    for meeting, moved in earlier.items():
        today = at.astimezone(meeting.tz).date()
        for sort in COUNTED:
            day, number = moved.get(COUNTED[sort]), counted[meeting.id][sort]
            if day and number:
                goes = max(day, today)
                line = found.setdefault((meeting, goes), Sooner(meeting, goes, day <= today, {}))
                found[meeting, goes] = replace(line, numbers={**line.numbers, sort: number})
    return sorted(found.values(), key=lambda one: (one.day, one.meeting.ends_on, one.meeting.id))


def days_that_move(meeting: Meeting, days: Mapping[str, int], at: datetime) -> dict[str, date]:
    """The sorts that this meeting would keep for a shorter time, each with the day on which it would go."""
    today = at.astimezone(meeting.tz).date()
    return {
        sort: day
        for sort, number in days.items()
        if sort not in meeting.retention and number < days_of(meeting, sort)
        if (day := would_go_on(meeting, sort, number)) < (now := goes_on(meeting, sort)) and now > today
    }


def all_in_words(lines: Sequence[Sooner]) -> str:
    """How much it is of all meetings together: "212 telephone numbers, 14 photographs"."""
    sums = Counter[str]()
    for one in lines:
        sums.update(one.numbers)
    return ", ".join(in_words(sort, number) for sort, number in sums.items())


class AsksFirst(Seen):
    """A form that shows what would go sooner, and saves once that is agreed to."""

    plan = HiddenField()
    agreed = BooleanField(_l("It may go then"))

    def asks_about(self, lines: Sequence[Sooner]) -> bool:
        """Whether something would go sooner, and nobody agreed to just that. Then the tick says so."""
        shown = mark_of_words((f"{one.meeting.slug} {one.day}", str(sorted(one.numbers.items()))) for one in lines)
        asks = bool(lines) and not (self.agreed.data and self.plan.data == shown)
        if asks:
            text = _("Something would be deleted at once or sooner than now. Look at it, and tick this if it may go.")
            self.agreed.errors = [text]
            self.plan.data, self.agreed.data = shown, False
        return asks
