"""The server of the tests starts wherever the project lies, and each test that has a branch for it runs on it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT
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


def test_what_has_a_branch_for_postgresql_runs_on_it() -> None:
    """A full run takes on PostgreSQL what is marked `database`: by conftest.py, or by the module itself."""
    branching = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search("^from tests.conftest import .*ON_POSTGRESQL", path.read_text(), re.MULTILINE)
    }
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--collect-only", "-m", "database", *sorted(branching)],
        check=True, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "DATABASE": "postgresql"},
    ).stdout  # fmt: skip
    assert {"tests/faults/test_full_disk.py", "tests/faults/test_database_gone.py"} <= branching
    assert {line.partition("::")[0] for line in told.splitlines() if "::" in line} == branching
