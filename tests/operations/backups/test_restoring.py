from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pyrage
import pytest
from flask import Flask
from sqlalchemy import URL, create_engine, make_url, text

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.actions import record
from eventapp.operations.backups import databases, manifest
from eventapp.operations.backups.making import back_up
from eventapp.operations.backups.restoring import restore
from tests import make


def titles(address: URL) -> list[str]:
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text("SELECT title FROM meeting")).scalars())
    finally:
        engine.dispose()


def test_a_backup_is_restored_to_an_empty_place(folder: Path, elsewhere: URL) -> None:
    facts = restore(folder, elsewhere)

    assert titles(elsewhere) == ["Spring review"]
    assert (facts.contents.rows["meeting"], facts.contents.chain_number) == (1, 1)
    assert facts.contents.rows == databases_contents(elsewhere).rows


def databases_contents(address: URL) -> manifest.Contents:
    engine = create_engine(address)
    with engine.connect() as connection:
        found = databases.contents_of(connection)
    engine.dispose()
    return found


def test_what_is_there_is_not_written_over(folder: Path, elsewhere: URL) -> None:
    restore(folder, elsewhere)

    with pytest.raises(Refused, match="not written over"):
        restore(folder, elsewhere)
    assert titles(elsewhere) == ["Spring review"]


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_what_lies_beside_the_place_is_not_read_together_with_it(folder: Path, elsewhere: URL, ending: str) -> None:
    if elsewhere.get_backend_name() != "sqlite":
        return  # where a database is more than files
    beside = Path(f"{elsewhere.database}{ending}")
    beside.touch()

    with pytest.raises(Refused, match=f"restored.db{ending} is there already"):
        restore(folder, elsewhere)
    beside.rename(f"{elsewhere.database}.part{ending}")
    restore(folder, elsewhere)
    assert [path.name for path in beside.parent.glob("restored.db*")] == ["restored.db"]


def test_nothing_is_restored_of_a_backup_that_was_changed(folder: Path, elsewhere: URL) -> None:
    file = folder / manifest.read(folder).file
    file.write_bytes(file.read_bytes()[:-1] + b"\0\0")

    with pytest.raises(Refused):
        restore(folder, elsewhere)
    with pytest.raises(Exception, match=r"(?i)meeting"):  # no table of that name
        titles(elsewhere)


def test_a_backup_that_does_not_hold_what_its_manifest_says_is_refused(folder: Path, elsewhere: URL) -> None:
    facts = manifest.read(folder)
    rows = {**facts.contents.rows, "meeting": 7}
    wrong = replace(facts, contents=replace(facts.contents, rows=rows))
    (folder / manifest.NAME).write_bytes(manifest.written(wrong))
    on_sqlite = elsewhere.get_backend_name() == "sqlite"
    stays = "" if on_sqlite else f" It is in the database {elsewhere.database}, to be served: drop it"

    with pytest.raises(Refused, match=f"meeting has 1 rows, not 7.{stays}"):
        restore(folder, elsewhere)
    if on_sqlite:
        assert list(Path(str(elsewhere.database)).parent.glob("restored.db*")) == []
        (folder / manifest.NAME).write_bytes(manifest.written(facts))
        restore(folder, elsewhere)
        assert titles(elsewhere) == ["Spring review"]


def test_what_is_not_committed_is_not_in_a_backup_and_only_its_owner_reads_it(
    app: Flask, elsewhere: URL, tmp_path: Path
) -> None:
    meeting = make.meeting(title="Spring review")
    with transaction():
        record("asked", db.session.merge(meeting), by=None, at=make.TODAY)
        db.session.flush()
        made, facts = back_up(tmp_path, at=make.TODAY)

    assert (facts.contents.rows["meeting"], facts.contents.rows["entry"]) == (1, 0)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (made, made / facts.file))
    assert sorted(path.name for path in made.iterdir()) == sorted([facts.file, manifest.NAME])


def test_a_sealed_backup_tells_nothing_and_opens_by_its_key_alone(app: Flask, elsewhere: URL, tmp_path: Path) -> None:
    make.meeting(title="Spring review")
    own, other = tmp_path / "own.txt", tmp_path / "other.txt"
    key = pyrage.x25519.Identity.generate()
    own.write_text(f"# made for this test\n{key}\n")
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    made, facts = back_up(tmp_path, at=make.TODAY, recipient=str(key.to_public()))

    content = (made / facts.file).read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert b"Spring review" not in content
    assert sorted(path.name for path in made.iterdir()) == sorted([facts.file, manifest.NAME])
    for identity in (None, other):
        with pytest.raises(Refused, match=r"--identity|does not open"):
            restore(made, elsewhere, identity=identity)
    restore(made, elsewhere, identity=own)
    assert titles(elsewhere) == ["Spring review"]


def test_a_recipient_that_is_none_writes_nothing(app: Flask, elsewhere: URL, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    with pytest.raises(Refused, match="age1"):
        back_up(tmp_path / "backups", at=make.TODAY, recipient="age1nobody")
    assert list((tmp_path / "backups").iterdir()) == []


def test_the_command_says_what_a_backup_holds_and_what_is_wrong_with_one(
    folder: Path, app: Flask, tmp_path: Path
) -> None:
    run = app.test_cli_runner().invoke
    fine = run(args=["operations", "check-backup", str(folder)])
    broken = copytree(folder, tmp_path / "broken")
    (broken / manifest.NAME).write_text("{}")
    refused = run(args=["operations", "check-backup", str(broken)])

    assert (fine.exit_code, refused.exit_code) == (0, 1)
    assert "history ends at line 1" in fine.output
    assert ", not sealed; " in fine.output
    assert "was changed" in str(refused.exception)


def test_postgresql_without_its_programs_is_refused_in_a_sentence(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Refused, match="postgresql-client"):
        databases.program("pg_dump", to=make_url("postgresql+psycopg://nobody@localhost/nothing"))
