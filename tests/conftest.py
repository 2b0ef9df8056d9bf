"""A real database for every test: built by the migrations once, copied for each."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.db import db
from tests.browserless import PageClient
from tests.postgres import postgres

ON_POSTGRESQL = os.environ.get("DATABASE", "sqlite") == "postgresql"

# The examples that Hypothesis finds are the same in each run, and none is timed: a machine that stands still is no fault of ours.
settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def server() -> Iterator[str | None]:
    """The address of a PostgreSQL server of our own, None when the tests run on SQLite."""
    if not ON_POSTGRESQL:
        yield None
        return
    with postgres() as address:
        yield address


@pytest.fixture(scope="session")
def template(server: str | None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an empty, migrated database that each test gets a copy of."""
    if server:
        run_sql(server, "CREATE DATABASE template_of_tests")
        address = server.replace("/postgres?", "/template_of_tests?")
    else:
        address = f"sqlite:///{tmp_path_factory.mktemp('template') / 'template.db'}"
    app = create_app(TestConfig(address))
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        db.session.remove()
        db.engine.dispose()
    return address


@pytest.fixture
def database(server: str | None, template: str, tmp_path: Path) -> Iterator[str]:
    """The address of this test's own database, gone afterwards."""
    if not server:
        copy = tmp_path / "eventapp.db"
        shutil.copyfile(template.removeprefix("sqlite:///"), copy)
        yield f"sqlite:///{copy}"
        return
    name = f"t{os.urandom(6).hex()}"
    run_sql(server, f"CREATE DATABASE {name} TEMPLATE template_of_tests STRATEGY wal_log")
    yield server.replace("/postgres?", f"/{name}?")
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[Flask]:
    """The app on this test's database, with its context open."""
    app = create_app(TestConfig(database, tmp_path))
    app.test_client_class = PageClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor with a browser that reads every page it is given. See tests/browserless.py."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def run_sql(server: str, sql: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sql))
    engine.dispose()
