"""What the web server does not load: a worker starts in a second and stays small because of it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.server import HEAP, THREADS, WORKERS
from config import ROOT
from tests.house.guards import HEAVY

FOR_COMMANDS = {"alembic", "flask_migrate", "mako"}  # YAML is read by the page that takes a meeting file, too


def told(code: str, folder: Path) -> list[str]:
    """The words that a new process prints which runs this in the project."""
    settings = {**os.environ, "ENVIRONMENT": "development", "SECRET_KEY": "x" * 32, "DATA_DIR": str(folder)}
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    )
    return answer.stdout.split()


def loaded(module: str, folder: Path) -> set[str]:
    """The packages a new process has after importing this module of the project."""
    return set(told(f"import {module}, sys; print(*{{name.partition('.')[0] for name in sys.modules}})", folder))


def test_the_web_server_does_not_load_what_commands_need(tmp_path: Path) -> None:
    assert loaded("wsgi", tmp_path) & FOR_COMMANDS == set()


def test_the_web_server_does_not_load_what_functions_import_when_they_need_it(tmp_path: Path) -> None:
    assert loaded("wsgi", tmp_path) & HEAVY == set()


def test_the_web_server_on_sqlite_does_not_load_the_other_kind(tmp_path: Path) -> None:
    """It takes 3 MB and a fiftieth of a second in every worker: see split_indexes in eventapp/ground/db."""
    assert (
        told("import wsgi, sys; print(*(name for name in sys.modules if 'dialects.postgresql' in name))", tmp_path)
        == []
    )


def test_the_press_of_reports_loads_no_database(tmp_path: Path) -> None:
    """It is started for each file: with SQLAlchemy and the tables it took three times the processor until it began."""
    press = "import runpy, sys; runpy.run_path('eventapp/review/formats/render_worker.py'); print(*sys.modules)"
    found = told(press, tmp_path)
    assert "eventapp.review.formats.pdf" in found
    assert {"sqlalchemy", "flask_sqlalchemy", "eventapp.meetings.models"} & set(found) == set()


def test_the_commands_do(tmp_path: Path) -> None:
    assert loaded("commands", tmp_path) & FOR_COMMANDS == FOR_COMMANDS


def test_the_server_that_is_measured_is_the_one_that_run_starts() -> None:
    shipped = dict(re.findall(r"\$\{(\w+):-([^}]+)\}", (ROOT / "run").read_text()))
    assert {name: shipped.get(name) for name in HEAP} == HEAP
    assert (shipped["WORKERS"], shipped["THREADS"]) == (str(WORKERS), str(THREADS))


@pytest.mark.parametrize("module", ["wsgi", "commands"])
def test_what_was_loaded_is_not_looked_through_for_garbage_again(tmp_path: Path, module: str) -> None:
    (frozen,) = told(f"import gc, {module}; print(gc.get_freeze_count())", tmp_path)
    assert int(frozen) > 10_000


@pytest.mark.parametrize("module", ["wsgi", "commands", "bench.site"])
def test_nothing_is_looked_through_while_the_application_is_loaded(tmp_path: Path, module: str) -> None:
    full = "gc.get_stats()[2]['collections']"
    code = f"import gc; print({full}); import {module}; print({full})"
    before, after = told(code, tmp_path)
    assert after == before


@pytest.mark.parametrize("module", ["wsgi", "commands"])
def test_afterwards_it_is_looked_for_again(tmp_path: Path, module: str) -> None:
    (is_on,) = told(f"import gc, {module}; print(gc.isenabled())", tmp_path)
    assert is_on == "True"


@pytest.mark.parametrize("module", ["wsgi", "commands", "bench.site"])
def test_it_is_looked_for_seldom(tmp_path: Path, module: str) -> None:
    told_first = told(
        f"import gc; print(gc.get_threshold()[0]); import {module}; print(gc.get_threshold()[0])", tmp_path
    )
    usual, seldom = map(int, told_first)
    assert seldom > 5 * usual


def test_nothing_is_opened_before_the_workers_are_forked(tmp_path: Path) -> None:
    """A connection, a file or a thread would be shared by all of them, or be gone: see serve.py."""
    code = "import os, threading, wsgi; print(threading.active_count(), *map(os.readlink, LINKS))"
    links = "[f'/proc/self/fd/{n}' for n in range(3, 100) if os.path.exists(f'/proc/self/fd/{n}')]"

    assert told(code.replace("LINKS", links), tmp_path) == ["1"]
    assert list(tmp_path.iterdir()) == []


def test_the_words_of_languages_are_read_before_workers_are_forked(tmp_path: Path) -> None:
    """In memory once, and not in each worker."""
    code = "import wsgi; from babel import Locale, localedata; import tracemalloc as t; t.start();"
    read = "[Locale.parse(code).get_display_name() for code in ('en', 'fr', 'ar')]; print(t.get_traced_memory()[1])"
    assert int(told(code + read, tmp_path)[0]) < 500_000
