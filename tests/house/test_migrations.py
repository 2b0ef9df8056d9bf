"""The migrations and the models say the same, up and down, on the database of this run."""

import re

import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from config import ROOT
from eventapp.ground.db import db
from eventapp.ground.db.types import Base

MIGRATIONS = ROOT / "migrations"


def drift() -> list[object]:
    """What the models say and the database does not, or the other way round."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return [change for change in compare_metadata(context, Base.metadata) if "_fts" not in str(change)]


def tables() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names())


def test_models_and_migrations_do_not_drift(app: Flask) -> None:
    assert drift() == []


def test_drift_is_seen(app: Flask) -> None:
    extra = sa.Table("forgotten", Base.metadata, sa.Column("id", sa.Integer, primary_key=True))
    try:
        assert [change[0] for change in drift()] == ["add_table"]  # type: ignore[index]
    finally:
        Base.metadata.remove(extra)


def test_down_to_nothing_and_up_again(app: Flask) -> None:
    before = tables()
    db.session.remove()
    flask_migrate.downgrade(directory=str(MIGRATIONS), revision="base")
    assert tables() == {"alembic_version"}
    flask_migrate.upgrade(directory=str(MIGRATIONS))
    assert tables() == before


def test_the_newest_migration_is_the_tracked_head() -> None:
    numbers = sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("*.py"))
    assert numbers[-1] == (MIGRATIONS / "HEAD").read_text().strip()
    assert all(re.fullmatch(r"\d{4}", number) for number in numbers)
