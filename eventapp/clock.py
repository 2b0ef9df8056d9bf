"""The one clock. Tests set it; nothing else asks the machine for the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)
