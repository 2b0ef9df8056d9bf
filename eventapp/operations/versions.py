"""Which versions of the code may work on which tables, so that machines are brought to a new release one by one.

A release only adds to the tables what the code before it can leave alone; what nobody uses any more goes with a later
one, whose migration says in `contracts` which code it needs. So a machine of the release before works on, and a new
one comes beside it. docs/decisions/0033.
"""

from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, String, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base


class OldestCode(Base):
    """The newest migration that the oldest code must know which may work on these tables; one row."""

    __tablename__ = "oldest_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    migration: Mapped[str] = mapped_column(String(32))


def migration_of(connection: Connection) -> str | None:
    """The migration of the tables in this database, None where it has no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    there: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return there


def newest_migration() -> str:
    """The migration this version of the code needs, read from where they are kept: Alembic is for commands."""
    return (Path(current_app.config["MIGRATIONS"]) / "HEAD").read_text(encoding="utf-8").strip()


def works_with(connection: Connection, own: str) -> str | None:
    """The migration of these tables where code whose newest one is `own` works on them; None where it does not.

    Older tables lack what the code reads. Newer ones are fine as long as nothing was taken away since.
    """
    there = migration_of(connection)
    if there is None or there < own:
        return None
    if there > own:
        oldest = connection.scalar(select(OldestCode.migration))
        if oldest is None or oldest > own:
            return None
    return there
