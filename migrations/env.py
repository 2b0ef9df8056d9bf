"""How Alembic reaches the app's database and knows its tables."""

from alembic import context
from flask import current_app

from eventapp.db import Base, db

config = context.config
config.set_main_option("sqlalchemy.url", "unused")


def run() -> None:
    """Run the migrations in one writing transaction each, on whichever database is configured."""
    engine = db.engine.execution_options(writes=True)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
