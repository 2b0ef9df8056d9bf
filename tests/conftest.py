"""A real database for every test: built by the migrations once, empty for each."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.review.compiling import topics
from eventapp.review.language import sentences
from eventapp.review.language.grammar import in_turn
from tests.browserless import PageClient
from tests.order import deal
from tests.postgres import in_memory, postgres
from tests.shared import TEMPLATE, Emptied, File, SharedApp, is_put_down, new_app, run_sql
from tests.unordered import turn_round

COMPILED = "COMPILED_TEMPLATES_OF_TESTS"
ON_POSTGRESQL = os.environ.get("DATABASE", "sqlite") == "postgresql"

# The examples that Hypothesis finds are the same in each run, and none is timed: a machine that stands still is no fault of ours.
settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")
turn_round()


def pytest_configure(config: pytest.Config) -> None:
    """The folders of tests are in memory where they can be; tests/faults has its own, on the disk.

    A template is compiled once in a run, for all apps of all workers; the next run compiles it anew.
    """
    if folder := in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)
    if not is_worker(config):
        os.environ[COMPILED] = tempfile.mkdtemp(prefix="compiled-", dir=folder)
    compiled = FileSystemBytecodeCache(os.environ[COMPILED])
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": compiled}


def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        shutil.rmtree(os.environ[COMPILED], ignore_errors=True)


def is_worker(config: pytest.Config) -> bool:
    """Whether xdist started this process, which hands over what is in its environment."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what it takes, for -m, and deal them to the workers. One with a server of its own is marked there."""
    for item in items:
        room = item.path.relative_to(ROOT / "tests").parts
        if isinstance(item, pytest.Function) and "server" in item.fixturenames:
            item.add_marker("database")
        if room[0] == "browser":
            item.add_marker("browser")
        if room[0] in ("faults", "run", "journeys") or room[-1].endswith("race.py"):
            item.add_marker("slow")
    deal(items, ROOT / "tests")


@pytest.fixture(scope="session")
def server() -> Iterator[str | None]:
    """The address of a PostgreSQL server of our own, None when the tests run on SQLite."""
    if not ON_POSTGRESQL:
        yield None
        return
    with postgres() as address:
        yield address


@pytest.fixture(scope="session")
def template(server: str | None, request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database that each test gets a copy of."""
    if not server:
        return f"sqlite:///{request.getfixturevalue('migrated_file')}"
    run_sql(server, f"CREATE DATABASE {TEMPLATE}")
    return migrated(server.replace("/postgres?", f"/{TEMPLATE}?"))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with an empty, migrated database, to be copied by whoever fills one for many tests."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    migrated(f"sqlite:///{file}")
    return file


def migrated(address: str) -> str:
    app = create_app(TestConfig(address))
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        is_put_down()
    return address


@pytest.fixture(scope="session")
def shared(server: str | None, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """The app that the tests of this worker have in common. See tests/shared.py."""
    database = Emptied(server) if server else File(template, tmp_path_factory.mktemp("shared") / "eventapp.db")
    yield SharedApp(database)
    database.drop()


@pytest.fixture
def database(request: pytest.FixtureRequest, server: str | None, template: str, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database: of the shared app, or of this test alone where it has another."""
    if shares_its_app(request):
        yield request.getfixturevalue("shared").database.address
        return
    own = Emptied(server) if server else File(template, tmp_path / "eventapp.db")
    own.renew()
    yield own.address
    own.drop()


@pytest.fixture
def app(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[Flask]:
    """The app on this test's database, with its context open."""
    if shares_its_app(request):
        with request.getfixturevalue("shared").lent(tmp_path) as app:
            yield app
        return
    app = new_app(database, tmp_path)
    with app.app_context():
        yield app
        is_put_down()


def shares_its_app(request: pytest.FixtureRequest) -> bool:
    return "app" in request.fixturenames and "fresh_app" not in request.fixturenames


@pytest.fixture
def fresh_app(app: Flask) -> Flask:
    """An app and a database of this test alone, for what alters routes, templates, the engine or the schema."""
    return app


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor with a browser that reads every page it is given. See tests/browserless.py."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


@pytest.fixture
def _first_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say each thing with the first of equal verbs."""
    monkeypatch.setattr(sentences, "in_turn", lambda section, name, _turn: in_turn(section, name, 0))


@pytest.fixture
def _apart(monkeypatch: pytest.MonkeyPatch, _first_verb: None) -> None:
    """Tell each note in a paragraph of its own with the first of equal verbs, for tests of what editors do to them."""
    monkeypatch.setattr(topics, "MOST", 1)
    monkeypatch.setattr(topics, "TOPIC", 1000)
