"""The server of the tests starts wherever the project lies."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import NOBODY, installed, is_open_to_nobody, open_to_nobody

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of the user that PostgreSQL runs as."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        if AS_ROOT:
            shutil.chown(folder, NOBODY)
        yield Path(folder)


def test_its_programs_run_from_a_closed_home_too(home: Path, tmp_path: Path) -> None:
    """As nobody where root starts it, from a copy; else as whoever owns the home."""
    package = installed().parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    for folder in (package, libraries):
        shutil.copytree(folder, tmp_path / "closed" / folder.name, symlinks=True)
    (tmp_path / "closed").chmod(0o700)
    closed = tmp_path / "closed" / installed().relative_to(package.parent)
    assert not is_open_to_nobody(closed)

    programs, user = (open_to_nobody(closed, home), NOBODY) if AS_ROOT else (closed, None)

    version = subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, text=True, user=user)
    assert version.stdout.startswith("initdb (PostgreSQL)")
