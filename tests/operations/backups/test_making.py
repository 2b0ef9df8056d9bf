"""What a backup leaves in the folder for backups while it is made, and when it is killed."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pyrage
import pytest
from flask import Flask
from sqlalchemy import URL

from config import ROOT
from eventapp.ground.refusal import Refused
from eventapp.operations.backups import making
from eventapp.operations.backups.databases import FILES
from eventapp.operations.backups.making import back_up
from eventapp.operations.backups.sealing import seal
from eventapp.operations.backups.temporary import PREFIX, held, temporary_folder
from tests import make


def test_what_is_to_be_sealed_never_lies_open_among_backups(
    app: Flask, elsewhere: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[str] = []

    def look_and_seal(file: Path, recipient: pyrage.x25519.Recipient, sealed: Path) -> Path:
        there.extend(path.name for path in (tmp_path / "backups").rglob("*"))
        return seal(file, recipient, sealed)

    monkeypatch.setattr(making, "seal", look_and_seal)
    (tmp_path / "backups").mkdir()
    key = pyrage.x25519.Identity.generate()
    made, facts = back_up(tmp_path / "backups", at=make.TODAY, recipient=str(key.to_public()))

    assert there == [f".{made.name}.part"]
    assert facts.file.removesuffix(".age") in FILES.values()


def test_the_command_says_whether_what_it_wrote_is_sealed(
    app: Flask, elsewhere: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    for number, (recipient, words) in enumerate((("", "not sealed"), (key, f"sealed for {key}"))):
        monkeypatch.setitem(app.config, "BACKUP_RECIPIENT", recipient)
        folder = tmp_path / str(number)
        folder.mkdir()
        done = app.test_cli_runner().invoke(args=["operations", "backup", str(folder)])

        assert (done.exit_code, f", {words}; " in done.output) == (0, True), done.output


def test_what_a_killed_run_left_is_removed_and_what_another_writes_is_not(
    app: Flask, elsewhere: URL, tmp_path: Path
) -> None:
    left, others, no_backup = (
        tmp_path / name for name in (".2016-01-01T021500Z.part", ".2016-01-02T021500Z.part", ".mine.part")
    )
    for folder in (left, others, no_backup):
        folder.mkdir()
        (folder / "database.db").touch()
    with held(others):
        made, _facts = back_up(tmp_path, at=make.TODAY)

    assert not left.exists()
    assert [path.exists() for path in (others, no_backup, made)] == [True] * 3


def test_the_open_copy_of_a_killed_run_goes_with_the_next_and_that_of_another_stays(
    app: Flask, elsewhere: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed = (
        "import os, signal; from eventapp.operations.backups.temporary import temporary_folder\n"
        "with temporary_folder() as folder:\n    (folder / 'open').touch(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", killed], cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, check=False
    )
    (left,) = tmp_path.glob(f"{PREFIX}*/open")
    assert done.returncode == -signal.SIGKILL
    (tmp_path / "backups").mkdir()
    with temporary_folder() as others:
        assert not left.exists()
        key = str(pyrage.x25519.Identity.generate().to_public())
        back_up(tmp_path / "backups", at=make.TODAY, recipient=key)
        assert others.exists()

    assert [path.name for path in tmp_path.iterdir()] == ["backups"]


def test_two_of_one_moment_do_not_write_to_one_folder(app: Flask, elsewhere: URL, tmp_path: Path) -> None:
    made, _facts = back_up(tmp_path, at=make.TODAY)
    part = made.rename(tmp_path / f".{made.name}.part")
    with held(part), pytest.raises(Refused, match="there already"):
        back_up(tmp_path, at=make.TODAY)

    assert part.exists()
