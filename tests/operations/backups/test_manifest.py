import random
import shutil
from pathlib import Path

import pytest
from flask import Flask

from eventapp.ground.refusal import Refused
from eventapp.operations.backups import manifest
from eventapp.operations.backups.making import back_up
from eventapp.operations.backups.restoring import checked
from tests import make

FLIPS, CUTS = 200, 20


def flip(file: Path, chance: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def is_found(folder: Path) -> bool:
    try:
        checked(folder)
    except Refused:
        return True
    return False


def found_of(folder: Path, scratch: Path) -> list[bool]:
    """Whether each of the flips was found: half in the database, half in the manifest, as many as FLIPS."""
    chance, answers = random.Random(20), []
    for number in range(FLIPS):
        shutil.copytree(folder, scratch, dirs_exist_ok=True)
        name = manifest.NAME if number % 2 else manifest.read(folder).file
        flip(scratch / name, chance)
        answers.append(is_found(scratch))
    return answers


def test_each_of_two_hundred_flipped_bits_is_found(folder: Path, tmp_path: Path) -> None:
    checked(folder)

    assert all(found_of(folder, tmp_path / "scratch"))


def test_without_the_checksum_flips_would_pass(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    monkeypatch.setattr(manifest, "digest_of", lambda _file: manifest.read(folder).sha256)

    assert found_of(folder, tmp_path / "scratch").count(False) == FLIPS // 2


def test_every_cut_is_found(folder: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    for name in (manifest.NAME, manifest.read(folder).file):
        for part in range(CUTS):
            shutil.copytree(folder, scratch, dirs_exist_ok=True)
            content = (folder / name).read_bytes()
            (scratch / name).write_bytes(content[: len(content) * part // CUTS])

            with pytest.raises(Refused):
                checked(scratch)


def test_a_file_of_another_backup_is_found(folder: Path, app: Flask, tmp_path: Path) -> None:
    make.meeting(title="Another meeting", slug="another")
    other, facts = back_up(tmp_path, at=make.TODAY)
    shutil.copyfile(other / facts.file, folder / facts.file)

    with pytest.raises(Refused):
        checked(folder)


def test_backups_that_changed_places_are_found(folder: Path, app: Flask, tmp_path: Path) -> None:
    other, _facts = back_up(tmp_path, at=make.TODAY)
    runner = app.test_cli_runner()
    folder.rename(tmp_path / "one")
    other.rename(folder)
    (tmp_path / "one").rename(other)

    for path, right in ((folder, other), (other, folder)):
        with pytest.raises(Refused, match=f"is the backup {right.name} under another name"):
            checked(path)
        assert runner.invoke(args=["operations", "check-backup", f"{path}/"]).exit_code == 1
    checked(folder.rename(tmp_path / "a name of ours"))


def test_a_folder_without_a_manifest_and_one_without_its_file_are_no_backups(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no backup"):
        checked(tmp_path)
    (folder / manifest.read(folder).file).unlink()
    with pytest.raises(Refused, match="missing"):
        checked(folder)


def test_a_difference_is_told_table_by_table() -> None:
    right = manifest.Contents("0094", {"meeting": 3, "note": 5}, 7, "a" * 64)
    found = manifest.Contents("0093", {"meeting": 2}, 7, "b" * 64)

    assert manifest.difference(right, right) == []
    assert manifest.difference(found, right) == [
        "meeting has 2 rows, not 3.",
        "note has 0 rows, not 5.",
        "Its tables are of version 0093, not 0094.",
        "Its history does not end where the manifest says.",
    ]
