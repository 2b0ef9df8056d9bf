"""What the web server does not load: a worker starts in a second and stays small because of it."""

import os
import subprocess
import sys
from pathlib import Path

from config import ROOT
from tests.house.guards import HEAVY

FOR_COMMANDS = {"alembic", "flask_migrate", "mako", "yaml"}


def loaded(module: str, folder: Path) -> set[str]:
    """The packages a new process has after importing this module of the project."""
    code = f"import {module}, sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    settings = {**os.environ, "ENVIRONMENT": "development", "SECRET_KEY": "x" * 32, "DATA_DIR": str(folder)}
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split())


def test_the_web_server_does_not_load_what_commands_need(tmp_path: Path) -> None:
    assert loaded("wsgi", tmp_path) & FOR_COMMANDS == set()


def test_the_web_server_does_not_load_what_functions_import_when_they_need_it(tmp_path: Path) -> None:
    assert loaded("wsgi", tmp_path) & HEAVY == set()


def test_the_commands_do(tmp_path: Path) -> None:
    assert loaded("commands", tmp_path) & FOR_COMMANDS == FOR_COMMANDS
