"""Times as people write them where the meeting is: 2016-10-04 09:00."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from eventapp.ground.text.i18n import _

SHORTEST = len("2016-10-04 9")
YEARS = range(1900, 3000)  # any other is a slip of the hand, and the first and last have no other zones
MOST_DAYS = 60


class NotAMoment(ValueError):  # noqa: N818 -- it is told beside a field, not raised at anybody
    """These words are no moment; the message says what to write."""


def moment_of(words: str, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks in that zone show this. Raises NotAMoment.

    The hour that comes twice, when clocks go back, is the first one, unless the distance from UTC is written too.
    """
    try:
        found = datetime.fromisoformat(words) if len(words) >= SHORTEST else None
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise NotAMoment(_("Write a day and a time like 2016-10-04 09:00; it says “%(words)s”.", words=words))
    if found.tzinfo:
        return found.astimezone(UTC)
    moment = found.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != found:
        raise NotAMoment(
            _("%(words)s does not exist in %(zone)s, the clocks go forward: move it.", words=words, zone=zone.key)
        )
    return moment


def typed_moment(words: str, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, that somebody typed. Raises NotAMoment as `moment_of`, and for an hour that clocks show twice
    unless the distance from UTC is typed too; the sentence says how each of the two is written.
    """
    moment = moment_of(words, zone)
    shown = datetime.fromisoformat(words)
    if shown.tzinfo is None and comes_twice(shown, zone):
        first, second = (
            shown.replace(tzinfo=zone, fold=fold).isoformat(sep=" ", timespec="minutes") for fold in (0, 1)
        )
        raise NotAMoment(
            _(
                "%(words)s comes twice in %(zone)s, the clocks go back. Write %(first)s or %(second)s.",
                words=words,
                zone=zone.key,
                first=first,
                second=second,
            )
        )
    return moment


def comes_twice(shown: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in that zone show this time twice, for they go back."""
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def are_days(starts: date, ends: date) -> bool:
    """Whether a meeting may last from one day to the other; a year that was mistyped would make it last for ever."""
    return starts.year in YEARS and 0 <= (ends - starts).days < MOST_DAYS


def words_of(moment: datetime, zone: ZoneInfo) -> str:
    """What `moment_of` and `typed_moment` read back as the same moment."""
    local = moment.astimezone(zone)
    precision = "auto" if local.second or local.microsecond else "minutes"
    shown = local.replace(tzinfo=None)
    plain = local if comes_twice(shown, zone) else shown
    return plain.isoformat(sep=" ", timespec=precision)


def zone_names() -> list[str]:
    """Return the zones that somebody may choose: those named after a place, and UTC."""
    return sorted(name for name in available_timezones() if "/" in name or name == "UTC")


def zone_called(words: str) -> str:
    """Return the zone of this name, or whose place is called so ("kathmandu", "new york"); '' where there is none."""
    return _zones_by_name().get(" ".join(words.replace("_", " ").split()).casefold(), "")


@cache
def _zones_by_name() -> dict[str, str]:
    """Return the zones by their whole names and by their places; of several, the one with the shortest name."""
    names: dict[str, str] = {}
    for zone in sorted(zone_names(), key=len):
        for name in (zone, zone.rpartition("/")[2]):
            names.setdefault(name.replace("_", " ").casefold(), zone)
    return names


def day(value: date | None) -> date:
    """Return the day that a form has required, once it is sound."""
    assert value is not None  # noqa: S101 -- as it says
    return value
