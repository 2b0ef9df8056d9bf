"""What the tests of files that become meetings ask over and over."""

from collections.abc import Callable, Collection

from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.meetings.arriving import working
from eventapp.meetings.arriving.models import MeetingImport


def only() -> MeetingImport:
    """The one import, as it is now."""
    db.session.rollback()
    return db.session.scalars(select(MeetingImport).execution_options(populate_existing=True)).one()


def rows_beside(names: Collection[str]) -> dict[str, int]:
    """How many rows each table has, but for those with these names."""
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table.name not in names
    }


def after(many: int, act: Callable[[], object]) -> Callable[..., int]:
    """What does so many transactions of the worker as ever, then this before the next."""
    as_ever, done = working._some_of, 0

    def counted(*given: object) -> int:
        nonlocal done
        done += 1
        if done > many:
            act()
        return as_ever(*given)  # type: ignore[arg-type]

    return counted
