"""How Alembic reaches the app's database and knows its tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from alembic.migration import MigrationContext
from flask import current_app
from sqlalchemy import Connection

from eventapp.db import Base, db

config = context.config
config.set_main_option("sqlalchemy.url", "unused")


def run() -> None:
    """Run the migrations in one writing transaction each, on whichever database is configured."""
    engine = db.engine.execution_options(writes=True)
    with engine.connect() as connection, unchecked(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transaction_per_migration=True,
            on_version_apply=whole,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


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
