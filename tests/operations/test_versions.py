"""Two releases on one database: the newer one only adds, and the older one goes on."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from config import ROOT
from eventapp.ground.db import db
from eventapp.operations.versions import OldestCode, works_with
from tests.browserless import PageClient
from tests.house.test_migrations import tables

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{number}", "{before}", None, None
{contracts}

def upgrade() -> None:
    op.create_table("of_{number}", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("registration", sa.Column("of_{number}", sa.Integer(), nullable=True))
    op.create_index("ix_registration_of_{number}", "registration", ["meeting_id", "of_{number}"])


def downgrade() -> None:
    op.drop_index("ix_registration_of_{number}", "registration")
    with op.batch_alter_table("registration") as batch:
        batch.drop_column("of_{number}")
    op.drop_table("of_{number}")
"""
OWN = (ROOT / "migrations" / "HEAD").read_text().strip()


def release(folder: Path, number: str, *, before: str, contracts: str = "") -> Path:
    """The migrations of a release with one more, which says that it takes something away where `contracts` is set."""
    if not folder.exists():
        shutil.copytree(ROOT / "migrations", folder)
    line = f'contracts = "{contracts}"' if contracts else ""
    words = NEXT.format(number=number, before=before, contracts=line)
    (folder / "versions" / f"{number}_next.py").write_text(words)
    (folder / "HEAD").write_text(f"{number}\n")
    return folder


def upgrade(app: Flask, folder: Path) -> tuple[int, str]:
    db.session.remove()
    answer = app.test_cli_runner().invoke(args=["db", "upgrade", "--directory", str(folder)])
    return answer.exit_code, answer.output


def test_a_release_that_only_adds_leaves_the_one_before_ready(app: Flask, client: PageClient, tmp_path: Path) -> None:
    newer = release(tmp_path / "newer", "9001", before=OWN)
    upgrade(app, newer)

    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready, on the tables of 9001\n")
    assert upgrade(app, ROOT / "migrations")[0] == 0  # the older one is started anew: it changes nothing
    assert "of_9001" in tables()
    app.config["MIGRATIONS"] = newer
    assert client.get("/readyz").text == "ready\n"


def test_one_that_takes_away_what_only_older_code_used_says_so(app: Flask, client: PageClient, tmp_path: Path) -> None:
    newer = release(tmp_path / "newer", "9001", before=OWN)
    contracted = release(newer, "9002", before="9001", contracts="9001")
    upgrade(app, contracted)

    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "migrations\n")
    refused = upgrade(app, ROOT / "migrations")
    assert refused[0] == 1
    with db.engine.connect() as connection:
        assert (works_with(connection, "9001"), works_with(connection, OWN)) == ("9002", None)


def test_a_way_back_forgets_what_was_taken_away(app: Flask, tmp_path: Path) -> None:
    newer = release(tmp_path / "newer", "9001", before=OWN, contracts="9001")
    upgrade(app, newer)
    assert db.session.scalar(select(OldestCode.migration)) == "9001"
    db.session.remove()

    app.test_cli_runner().invoke(args=["db", "downgrade", "--directory", str(newer), OWN])

    assert db.session.scalar(select(OldestCode.migration)) == ""


@pytest.mark.parametrize(
    ("there", "oldest", "fine"), [("9001", "", True), ("9001", "9001", False), ("0000", "", False)]
)
def test_what_tables_this_version_works_on(app: Flask, client: PageClient, there: str, oldest: str, fine: bool) -> None:
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DELETE FROM oldest_code"))
        connection.execute(text("INSERT INTO oldest_code (id, migration) VALUES (1, :oldest)"), {"oldest": oldest})
        connection.execute(text("UPDATE alembic_version SET version_num = :there"), {"there": there})

    assert (client.get("/readyz").status_code == 200) is fine
