"""import-linter, ruff and mypy see a broken sample; that the project itself is clean is the business of `./run check`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.guards import ROOT

TOOLS = Path(sys.executable).parent


def run(*words: str, cwd: Path = ROOT, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(TOOLS / words[0]), *words[1:]], cwd=cwd, input=typed, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code that may be broken."""
    shutil.copytree(ROOT / "eventapp", tmp_path / "eventapp", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "config.py"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        (
            "people/models.py",
            "import eventapp.review.reports.models",
            "Floors: a feature stands on the ones below it BROKEN",
        ),
        (
            "people/queries.py",
            "import eventapp.people.actions",
            "Rooms: inside a feature, HTTP calls the domain and never the reverse BROKEN",
        ),
        ("meetings/rules.py", "import flask", "The domain does not know the web BROKEN"),
        (
            "review/reports/queries.py",
            "import eventapp.people.sign_in.views",
            "A feature's web rooms are its own BROKEN",
        ),
        (
            "registration/lists/queries.py",
            "import eventapp.registration.decisions.forms",
            "Forms are for pages, and for the imports of tables BROKEN",
        ),
    ],
)
def test_an_import_that_goes_up_is_seen(copy: Path, room: str, line: str, contract: str) -> None:
    target = copy / "eventapp" / room
    target.write_text(f"{target.read_text() if target.exists() else ''}\n{line}\n")

    linted = run("lint-imports", "--no-cache", cwd=copy)

    assert linted.returncode == 1
    assert contract in linted.stdout


def test_ruff_sees_a_bare_except() -> None:
    sample = "try:\n    x = 1\nexcept:\n    pass\n"
    assert run("ruff", "check", "--stdin-filename", "eventapp/sample.py", "-", typed=sample).returncode == 1


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        ("import icalendar\n\nicalendar.Event()\n", "TID253"),
        ("def f() -> None:\n    import json\n\n    json.loads('1')\n", "PLC0415"),
    ],
)
def test_ruff_sees_what_is_imported_too_early_and_what_too_late(sample: str, code: str) -> None:
    linted = run("ruff", "check", "--stdin-filename", "eventapp/sample.py", "-", typed=sample)
    assert (linted.returncode, code in linted.stdout) == (1, True)


def test_mypy_sees_a_function_without_types(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text("def add(one, other):\n    return one + other\n")
    checked = run(
        "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path / "cache"), str(sample)
    )
    assert (checked.returncode, "no-untyped-def" in checked.stdout) == (1, True)
