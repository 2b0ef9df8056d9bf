"""One year of a body's meetings as values: what the notes covered, and what became of the commitments."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.commitments.register import Counted, is_late
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.notes.content import DELIVERIES
from eventapp.review.coverage.figures import Counts, Coverage, table_of
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.matrix import MATRIX

LEFT, WIDE, FLOOR, TALL, MOST = 9.0, 88.0, 170, 130, 12  # across in hundredths of the width, down in pixels
WIDEST, CROWDED = 21.0, 5  # of one year; years from which on a phone has no room for the numbers


@dataclass(frozen=True)
class Year:
    """The meetings of one body in one year, all their notes and all that was promised there."""

    year: int
    meetings: tuple[Meeting, ...]
    table: Coverage  # of its meetings that have the action lines of WSIS and the Goals, against the Matrix
    named: Mapping[str, int]  # label of a theme of a meeting's own -> notes that name it
    promised: Mapping[str, int]  # how far it is -> commitments
    overdue: int
    notes: int  # all that are counted, of meetings with other themes and with none too

    @property
    def commitments(self) -> int:
        return sum(self.promised.values())

    @property
    def under_way(self) -> int:
        """What is still waited for: neither done nor dropped."""
        return self.commitments - self.promised.get("done", 0) - self.promised.get("dropped", 0)

    def covered(self, line: str) -> tuple[int, int]:
        """How many of the expected goals of this line had notes, and how many there are."""
        row = next(row for row in self.table.rows if row.line == line)
        return row.expected - row.gaps, row.expected


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: what it is, its number, and where it is drawn: across in hundredths, down in pixels."""

    kind: str
    number: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Chart:
    """Bars by year, with the places of the years and the number a full bar stands for."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[float, int], ...]
    top: int

    @property
    def is_crowded(self) -> bool:
        """Whether it is to keep a width of its own, in which a phone scrolls."""
        return len(self.years) > CROWDED


@dataclass(frozen=True)
class Covered:
    """The notes that were made for one body ('' for those of the meeting), counted by what they cover."""

    body: str
    counts: Counts


@dataclass(frozen=True)
class Known:
    """What a reader may count: meetings, the notes of each by its number, and commitments."""

    meetings: tuple[Meeting, ...]
    notes: Mapping[int, Sequence[Covered]]
    commitments: Sequence[Counted]
    has_more: bool  # than what is public

    @property
    def bodies(self) -> dict[str, str]:
        """The bodies of these meetings, by code; named as the newest meeting names them."""
        by_age = sorted(self.meetings, key=lambda one: (one.starts_on, one.id))
        return {body.code: body.name for meeting in by_age for body in meeting.bodies}


def years(known: Known, body: str, *, at: datetime) -> list[Year]:
    """Return the years of a body's meetings, the earliest first; without a body, of all meetings."""
    by_year: dict[int, list[Meeting]] = {}
    for meeting in sorted(known.meetings, key=lambda one: (one.starts_on, one.id)):
        if not body or any(one.code == body for one in meeting.bodies):
            by_year.setdefault(meeting.starts_on.year, []).append(meeting)
    return [_year(year, held, known, body, at) for year, held in by_year.items()]


def _year(year: int, held: Sequence[Meeting], known: Known, body: str, at: datetime) -> Year:
    here = {meeting.id: meeting for meeting in held}  # each of the body that is asked for
    themes = {meeting.id: themes_of(meeting) for meeting in held}
    counted = {number: _counts(known.notes.get(number, ()), body) for number in here}
    compared = Counts()
    for number, counts in counted.items():
        if themes[number].matrix:
            compared.update(counts)
    is_compared = any(one.matrix for one in themes.values())
    named = Counter[str]()
    for number, counts in counted.items():
        own = {line.code: line.label for each in themes[number].sets for line in each.lines}
        named.update(dict.fromkeys(own.values(), 0))
        for code, notes in counts.lines.items():
            if code in own:
                named[own[code]] += notes
    theirs = [one for one in known.commitments if one.meeting_id in here and (not body or one.body in ("", body))]
    status = Counter[str]()
    for one in theirs:
        status[one.status] += one.number
    return Year(
        year,
        tuple(held),
        table_of(compared, matrix=MATRIX if is_compared else {}),
        named,
        {code: status[code] for code in DELIVERIES},
        sum(one.number for one in theirs if is_late(one.status, one.due_on, here[one.meeting_id], at)),
        sum(counts.notes for counts in counted.values()),
    )


def _counts(notes: Iterable[Covered], body: str) -> Counts:
    """Those of this body and of the meeting itself, together; without a body, all."""
    counts = Counts()
    for one in notes:
        if not body or one.body in ("", body):
            counts.update(one.counts)
    return counts


def covered_chart(found: Sequence[Year]) -> Chart:
    """A bar a year: the expected pairs that have notes, on the scale of all that are expected."""
    top = max((year.table.expected for year in found), default=0)
    return _chart(found, top, lambda year: (("covered", year.table.recorded),))


def promised_chart(found: Sequence[Year]) -> Chart:
    """Three bars a year: commitments that are done, under way, and dropped."""
    top = max((max(number for _kind, number in _kinds(year)) for year in found), default=0)
    return _chart(found, top, _kinds)


def _kinds(year: Year) -> tuple[tuple[str, int], ...]:
    return (("done", year.promised["done"]), ("way", year.under_way), ("dropped", year.promised["dropped"]))


def _chart(found: Sequence[Year], top: int, bars_of: Callable[[Year], tuple[tuple[str, int], ...]]) -> Chart:
    shown = found[-MOST:]
    step = min(WIDE / max(len(shown), 1), WIDEST)
    bars, marks = [], []
    for place, year in enumerate(shown):
        numbers = bars_of(year)
        width = step * 0.7 / len(numbers)
        start = LEFT + step * place + step * 0.15
        for at, (kind, number) in enumerate(numbers):
            height = TALL * number / top if top else 0
            bars.append(
                Bar(
                    kind,
                    number,
                    round(start + at * width, 2),
                    round(FLOOR - height, 1),
                    round(width * 0.9, 2),
                    round(height, 1),
                )
            )
        marks.append((round(LEFT + step * (place + 0.5), 2), year.year))
    return Chart(tuple(bars), tuple(marks), top)


def heads(found: Sequence[Year]) -> list[str]:
    """The heads of the columns of the table."""
    return [
        _("Year"),
        _("Meetings"),
        _("Notes"),
        _("Expected pairs"),
        _("With notes"),
        _("Not expected, came up"),
        _("Commitments"),
        *(str(term.label) for term in DELIVERIES.values()),
        _("Overdue"),
        *(line.label for line in ACTION_LINES.values() if are_compared(found)),
        *own_themes(found),
    ]


def are_compared(found: Iterable[Year]) -> bool:
    """Whether any meeting of these years has the action lines of WSIS and the Goals, which the Matrix sets together."""
    return any(year.table.expected for year in found)


def own_themes(found: Iterable[Year]) -> list[str]:
    """The themes of the meetings' own in all these years, as their code and title, each once."""
    return list(dict.fromkeys(label for year in found for label in year.named))


def lines(found: Sequence[Year]) -> list[list[str]]:
    """One line for each year, as text; of each action line, the expected goals that had notes, of themes the notes."""
    codes, labels = tuple(ACTION_LINES) if are_compared(found) else (), own_themes(found)
    return [
        [
            str(year.year),
            "; ".join(meeting.short_title for meeting in year.meetings),
            *(str(number) for number in (year.notes, year.table.expected, year.table.recorded, year.table.extra)),
            *(str(number) for number in (year.commitments, *year.promised.values(), year.overdue)),
            *(str(year.covered(line)[0]) for line in codes),
            *(str(year.named.get(label, 0)) for label in labels),
        ]
        for year in found
    ]
