"""What clocks show where the meeting is while a session begins and ends: it stays when the rules of a zone change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from eventapp.agenda.models import Session

AGAIN = "/2"  # the second of two hours that clocks show alike


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


def planned(session: Session) -> tuple[datetime, datetime]:
    """When it begins and ends by its clocks and the rules of today; seconds stay."""
    starts, ends = (moment_on(wall, session.wall_zone) for wall in (session.wall_starts, session.wall_ends))
    return with_seconds(starts, session.starts_at), with_seconds(ends, session.ends_at)


def with_seconds(moment: datetime, of: datetime) -> datetime:
    return moment.replace(second=of.second, microsecond=of.microsecond)
