"""Which readings say that somebody came or left, as conditions of a query."""

from datetime import datetime

from sqlalchemy import ColumnElement, case, func

from eventapp.checkin.models import LEFT, WELCOME, Scan


def came_or_left() -> tuple[ColumnElement[bool], ...]:
    """That a reading let somebody in, or was made on the way out, and was not undone."""
    return Scan.verdict.in_((WELCOME, LEFT)), Scan.undone_at.is_(None)


def latest(verdict: str) -> ColumnElement[datetime]:
    """Of a group of readings the time of the last with this verdict."""
    return func.max(case((Scan.verdict == verdict, Scan.scanned_at)))
