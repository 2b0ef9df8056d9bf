"""The one clock. Tests set it; nothing else asks the machine for the time."""

from datetime import UTC, datetime, timedelta

from flask import current_app, has_app_context


def now() -> datetime:
    """This moment, aware, in UTC. In development CLOCK_OFFSET moves it, to walk through a meeting of the past."""
    moved = current_app.config["CLOCK_OFFSET"] if has_app_context() else timedelta()
    return datetime.now(UTC) + moved
