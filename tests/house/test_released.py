"""Migrations that were released are never edited: databases ran them as they were. migrations/RELEASED says which."""

from hashlib import sha256

import pytest

from config import ROOT

VERSIONS = ROOT / "migrations" / "versions"


def released() -> dict[str, str]:
    """The hash of each migration that was released, by the name of its file; the lines are those of sha256sum."""
    lines = (ROOT / "migrations" / "RELEASED").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def edited(files: dict[str, bytes], hashes: dict[str, str]) -> list[str]:
    """What is wrong with these migrations, where those with these hashes were released."""
    faults = [f"{name} is missing" for name in hashes if name not in files]
    for name, content in files.items():
        if name in hashes and sha256(content).hexdigest() != hashes[name]:
            faults.append(f"{name} was changed: put it back, and write a new migration")
        if name not in hashes and name[:4] <= max(hashes)[:4]:
            faults.append(f"{name} is new: give it a number after {max(hashes)[:4]}")
    return faults


@pytest.fixture
def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in VERSIONS.glob("*.py")}


def test_no_released_migration_is_edited(files: dict[str, bytes]) -> None:
    assert edited(files, released()) == []


def test_released_migrations_are_listed_once_and_in_order() -> None:
    lines = (ROOT / "migrations" / "RELEASED").read_text(encoding="utf-8").splitlines()
    names = [line.split("  ")[1] for line in lines]

    assert names == sorted(set(names))


@pytest.mark.parametrize("name", [min(released()), max(released())])
def test_one_byte_that_is_altered_is_found(files: dict[str, bytes], name: str) -> None:
    """The control."""
    altered = files[name].replace(b"upgrade", b"upgradE", 1)
    assert len(altered) == len(files[name]) and altered != files[name]

    assert edited({**files, name: altered}, released()) == [
        f"{name} was changed: put it back, and write a new migration"
    ]


def test_a_released_migration_that_is_missing_is_found(files: dict[str, bytes]) -> None:
    """The control."""
    name = sorted(released())[7]
    del files[name]

    assert edited(files, released()) == [f"{name} is missing"]


def test_a_migration_that_is_not_released_may_be_edited_where_it_comes_last(files: dict[str, bytes]) -> None:
    hashes = released()

    assert edited({**files, "9001_next.py": b"anything"}, hashes) == []
    assert edited({**files, "0007_late.py": b""}, hashes) == [
        f"0007_late.py is new: give it a number after {max(hashes)[:4]}"
    ]
