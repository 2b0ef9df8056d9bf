"""The migrations and the models say the same, up and down, on the database of this run."""

import ast
import re

import flask_migrate
import pytest
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


def breaking(source: str) -> list[str]:
    """What the upgrade of this migration does that code of the release before cannot live with.

    It takes something away, or adds a column that must be filled and has no default. A migration that says in
    `contracts` which code it needs may take away what that code does not use any more.
    """
    tree = ast.parse(source)
    if any(isinstance(node, ast.Assign) and names_of(node) == ["contracts"] for node in tree.body):
        return []
    up = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "upgrade")
    return [
        node.func.attr
        for node in ast.walk(up)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and breaks(node, node.func.attr)
    ]


def names_of(node: ast.Assign) -> list[str]:
    return [one.id for one in node.targets if isinstance(one, ast.Name)]


def breaks(call: ast.Call, name: str) -> bool:
    if name in ("drop_column", "drop_table", "rename_table"):
        return True
    words = {one.arg: ast.unparse(one.value) for one in call.keywords}
    if name == "alter_column":
        return "new_column_name" in words or words.get("nullable") == "False"
    if name != "add_column":
        return False
    column = next((one for one in call.args if isinstance(one, ast.Call)), call)
    given = {one.arg: ast.unparse(one.value) for one in column.keywords}
    return given.get("nullable") == "False" and "server_default" not in given


def test_a_release_only_adds_to_the_tables_of_the_one_before() -> None:
    files = sorted((MIGRATIONS / "versions").glob("*.py"))
    since = next(
        number for number, file in enumerate(files) if file.name.endswith("_say_which_code_the_tables_need.py")
    )

    found = {file.name: breaking(file.read_text(encoding="utf-8")) for file in files[since:]}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('op.drop_column("person", "name")', ["drop_column"]),
        ('op.rename_table("person", "people")', ["rename_table"]),
        ('op.alter_column("person", "name", nullable=False)', ["alter_column"]),
        ('op.alter_column("person", "name", nullable=True)', []),
        ('op.add_column("person", sa.Column("age", sa.Integer(), nullable=False))', ["add_column"]),
        ('op.add_column("person", sa.Column("age", sa.Integer(), nullable=False, server_default="0"))', []),
        ('op.add_column("person", sa.Column("age", sa.Integer(), nullable=True))', []),
    ],
)
def test_what_the_release_before_cannot_live_with(line: str, found: list[str]) -> None:
    source = f"def upgrade():\n    {line}\n"

    assert breaking(source) == found
    assert breaking(f'contracts = "0095"\n{source}') == []
