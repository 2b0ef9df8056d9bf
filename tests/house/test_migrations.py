"""The migrations and the models say the same, up and down, on the database of this run."""

import ast
import re
from collections.abc import Collection, Mapping
from itertools import chain

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from config import ROOT
from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from tests.house.test_released import released

MIGRATIONS = ROOT / "migrations"
THINGS = "table|column|constraint|index|view|materialized|trigger|function|type|domain|sequence|schema"
TAKES_AWAY = re.compile(rf"\b(?:drop|alter)\s+(?:(?:{THINGS})\b|$)", re.IGNORECASE)


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


def breaking(number: str, source: str, released: Collection[str]) -> list[str]:
    """What the upgrade of the migration of this number does that code of the release before cannot live with.

    It takes something away, or adds a column that must be filled and has no default. A migration that says in
    `contracts` which code it needs may take away what that code does not use any more; this code was released before.
    """
    tree = ast.parse(source)
    parts = {name: node for node in tree.body for name in names_of(node)}
    if "contracts" in parts:
        needed = parts["contracts"].value if isinstance(parts["contracts"], ast.Assign) else None
        says = str(needed.value) if isinstance(needed, ast.Constant) else "no number"
        return [] if says in released and says < number else [f"contracts names no older release: {says}"]
    found = list[str]()
    for node in chain.from_iterable(ast.walk(part) for part in used_by("upgrade", parts)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and breaks(node, node.func.attr):
            found.append(node.func.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [" ".join(words.upper().split()) for words in TAKES_AWAY.findall(node.value)]
    return found


def names_of(node: ast.stmt) -> list[str]:
    """What this statement of a module defines."""
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]


def used_by(name: str, parts: Mapping[str, ast.stmt]) -> list[ast.stmt]:
    """The part of the module with this name, and each that it uses."""
    reached, ahead = dict[str, ast.stmt](), [name]
    while ahead:
        name = ahead.pop()
        if name in parts and name not in reached:
            reached[name] = parts[name]
            ahead += [one.id for one in ast.walk(parts[name]) if isinstance(one, ast.Name)]
    return list(reached.values())


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

    numbers = {name[:4] for name in released()}
    found = {file.name: breaking(file.name[:4], file.read_text(encoding="utf-8"), numbers) for file in files[since:]}
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
        ('op.execute("ALTER TABLE person DROP COLUMN name")', ["ALTER TABLE", "DROP COLUMN"]),
        ('op.get_bind().execute(sa.text("drop\\n table person"))', ["DROP TABLE"]),
        ('op.execute("ALTER TABLE " + name)', ["ALTER TABLE"]),
        ('op.execute(f"DROP {kind} person")', ["DROP"]),
        ("op.execute(SQL)", ["DROP INDEX"]),
        ("anew()", ["drop_column"]),
        ("op.execute(\"UPDATE person SET name = 'Altering Drops'\")", []),
    ],
)
def test_what_the_release_before_cannot_live_with(line: str, found: list[str]) -> None:
    source = f"{BESIDE}\ndef upgrade():\n    {line}\n"

    assert breaking("0166", source, {"0095"}) == found
    assert breaking("0166", f'contracts = "0095"\n{source}', {"0095"}) == []


BESIDE = """
SQL = "Drop index ix_person"
UNUSED = "DROP TABLE person"

def anew():
    op.drop_column("person", "name")

def downgrade():
    op.drop_table("person")
"""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('contracts = "0165"', None),
        ('contracts = "0166"', "0166"),  # was released together with it
        ('contracts = "0167"', "0167"),  # itself
        ('contracts = "0168"', "0168"),
        ('contracts = "165"', "165"),
        ('contracts = ""', ""),
        ("contracts = down_revision", "no number"),
        ('contracts: str = "0165"', "no number"),
    ],
)
def test_what_goes_was_not_used_by_an_older_release(line: str, says: str | None) -> None:
    """0166 and 0167 come with one release, and 0165 was the newest one of the release before."""
    source = f'{line}\ndef upgrade():\n    op.drop_table("person")\n'
    found = [] if says is None else [f"contracts names no older release: {says}"]

    assert breaking("0167", source, {"0164", "0165"}) == found
