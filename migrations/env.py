"""How Alembic reaches the app's database and knows its tables."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import context
from alembic.migration import MigrationContext
from alembic.util import CommandError
from flask import current_app
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import db
from eventapp.ground.db.types import Base

config = context.config
config.set_main_option("sqlalchemy.url", "unused")
OLDEST = sa.table("oldest_code", sa.column("migration"))
MIGRATING = 20161004  # the number of the lock, any that nobody else uses
OTHERS_TAKE = 24 * 3600  # seconds at most; a page waits a moment, and who migrates has nothing else to do
# On PostgreSQL whoever comes after a migration that waits for a table waits behind it, and one that has a table while
# it waits for the next may be in a circle: after a second a request is refused for that. It gives way long before.
WAITS, LONGEST_WAIT, PAUSE = 200, 10_000, 1.0  # milliseconds for a lock at first, and at last; seconds between tries
TRIES = 600


def run() -> None:
    """Run the migrations in one writing transaction each; on SQLite in one for all, so that others wait."""
    engine = db.engine.execution_options(writes=True, waits=OTHERS_TAKE)
    with engine.connect() as connection, alone(connection), unchecked(connection):
        waits = WAITS
        for tried in range(1, TRIES + 1):
            try:
                migrate(connection, waits)
                break
            except OperationalError as error:
                if tried == TRIES or not isinstance(error.orig, (LockNotAvailable, DeadlockDetected)):
                    raise
                connection.rollback()
                current_app.logger.warning("A table is in use (try %s of %s); it is asked for again.", tried, TRIES)
                waits = min(LONGEST_WAIT, waits + waits // 10)
                time.sleep(PAUSE)


def migrate(connection: Connection, waits: int) -> None:
    """Run what was not run yet; on PostgreSQL no statement waits longer for a lock than so many milliseconds."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET lock_timeout = {waits}")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=connection.dialect.name != "sqlite",
        transactional_ddl=True,  # on SQLite too, where eventapp/ground/db/sqlite.py begins in words
        on_version_apply=(whole, note_oldest_code),
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        if known():
            context.run_migrations()


def known() -> bool:
    """Whether these migrations are the newest here. False where a newer release has only added to the tables.

    Refuses a database that a newer version has changed; Alembic would only name the file it does not have.
    """
    stands = context.get_context().get_current_revision()
    names = {one.revision for one in context.script.walk_revisions()}
    if not stands or stands in names:
        return True
    if oldest_code(context.get_bind(), otherwise=stands) <= max(names):
        return False
    message = (
        f"A newer version of the software made this database (migration {stands}). "
        "Start that version, or set DATA_DIR or DATABASE_URL to a database of this one."
    )
    raise CommandError(message)


def oldest_code(connection: Connection, *, otherwise: str) -> str:
    """The newest migration that code must know to work on these tables; see eventapp/operations/versions.py."""
    if not sa.inspect(connection).has_table(OLDEST.name):
        return otherwise
    found: str | None = connection.scalar(sa.select(OLDEST.c.migration))
    return otherwise if found is None else found


def note_oldest_code(ctx: MigrationContext, heads: set[str], **_told: object) -> None:
    """Write beside the tables which code they need: what their migrations that took something away say."""
    if sa.inspect(ctx.connection).has_table(OLDEST.name):
        needs = [getattr(one.module, "contracts", "") for one in context.script.iterate_revisions(tuple(heads), "base")]
        ctx.connection.execute(OLDEST.update().values(migration=max(needs)))


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Let several machines that start at once migrate one after the other; whoever comes later finds it done.

    On SQLite their one transaction does. Either way it waits longer than a page does: large tables may take minutes.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    connection.exec_driver_sql(f"SET lock_timeout = {OTHERS_TAKE * 1000}")
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATING})")
    connection.commit()  # the lock is the session's, not the transaction's
    try:
        yield
    finally:
        connection.rollback()
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({MIGRATING})")
        connection.exec_driver_sql("RESET lock_timeout")
        connection.commit()


@contextmanager
def unchecked(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew while rows of others point to it; a transaction cannot switch this any more."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def whole(ctx: MigrationContext, **_told: object) -> None:
    """Refuse a migration that leaves rows pointing to nothing, before it is committed."""
    if ctx.connection.dialect.name == "sqlite":
        lost = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            message = f"This migration would leave rows that point to nothing: {lost[:5]}"
            raise RuntimeError(message)


run()
