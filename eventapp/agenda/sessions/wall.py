"""What clocks show where the meeting is while a session begins and ends: it stays when the rules of a zone change."""

from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from eventapp.agenda.models import Session


class OnWall(Protocol):
    """What has a time on the wall beside its moments: a session, a slot for two people to meet."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def wall_starts(self) -> str: ...
    @property
    def wall_ends(self) -> str: ...
    @property
    def wall_zone(self) -> str: ...


AGAIN = "/2"  # the second of two hours that clocks show alike
A_MINUTE = 60  # seconds


def put_on_wall(session: Session) -> None:
    """Write down what clocks show by the rules of today; from now on that is what was planned."""
    zone = session.meeting.tz
    session.wall_starts, session.wall_ends = shown(session.starts_at, zone), shown(session.ends_at, zone)
    session.wall_zone, session.is_off_wall = zone.key, False


def shown(moment: datetime, zone: ZoneInfo) -> str:
    """What clocks show at a moment, as 2026-03-16T09:00."""
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%dT%H:%M}{AGAIN if local.fold else ''}"


def moment_on(wall: str, zone: str) -> datetime:
    """The moment at which clocks show this, by the rules of today, in UTC."""
    words = wall.removesuffix(AGAIN)
    local = datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone), fold=int(wall != words))
    return local.astimezone(UTC)


def is_off(first: str, last: str, zone: str, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the rules of today show these moments at other times than clocks were to show; that is minutes."""
    pairs = ((first, starts_at), (last, ends_at))
    return any(abs((moment_on(wall, zone) - moment).total_seconds()) >= A_MINUTE for wall, moment in pairs)


def planned(session: OnWall) -> tuple[datetime, datetime]:
    """When it begins and ends by its clocks and the rules of today; seconds stay."""
    starts, ends = (moment_on(wall, session.wall_zone) for wall in (session.wall_starts, session.wall_ends))
    return with_seconds(starts, session.starts_at), with_seconds(ends, session.ends_at)


def with_seconds(moment: datetime, of: datetime) -> datetime:
    return moment.replace(second=of.second, microsecond=of.microsecond)
