"""A real browser on a real server on a real database with one whole meeting in it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect

from config import TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db
from tests.browser.bangkok import bangkok
from tests.browser.site import Plug, Site, filled
from tests.chromium import on_the_machine

# As long as an action waits: a loaded machine stands still for seconds, and who finds the thing at once waits for nothing.
expect.set_options(timeout=30_000)

LAUNCH = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The chromium of the machine where it has one; nothing is fetched."""
    found = on_the_machine()
    return {**browser_type_launch_args, "args": LAUNCH, **({"executable_path": found} if found else {})}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Site]:
    """The running application with one small meeting, and somebody of every role."""
    with running(tmp_path_factory.mktemp("site"), migrated_file, filled) as site:
        yield site


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Site]:
    """The running application with the whole Bangkok meeting, on its afternoon."""
    with running(tmp_path_factory.mktemp("demonstration"), migrated_file, bangkok) as site:
        yield site


@pytest.fixture(autouse=True)
def _its_rows(request: pytest.FixtureRequest) -> Iterator[None]:
    """The rows that a test reads and makes are those of the site it looks at: both sites may run."""
    looked_at = next((name for name in ("site", "demonstration") if name in request.fixturenames), None)
    if looked_at is None:
        yield
        return
    with request.getfixturevalue(looked_at).app.app_context():
        yield
        db.session.remove()


@contextmanager
def running(folder: Path, migrated_file: Path, fill: Callable[[Flask, str], Site]) -> Iterator[Site]:
    """A server of its own, on a database of its own that `fill` has filled."""
    shutil.copyfile(migrated_file, folder / "site.db")
    app = create_app(TestConfig(f"sqlite:///{folder / 'site.db'}", folder))
    with app.app_context():
        plug = Plug(app)
        plug.start()
        address = f"http://127.0.0.1:{plug.port}"
        app.config["BASE_URL"] = address
        site = fill(app, address)
        site.plug = plug
        db.session.remove()
        yield site
        plug.stop()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser with nothing in it, in English."""
    context = browser.new_context(
        base_url=site.address, locale="en-GB", timezone_id="Asia/Bangkok", reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.fixture
def window(browser: Browser, demonstration: Site) -> Iterator[BrowserContext]:
    """A telephone without an account."""
    context = browser.new_context(
        base_url=demonstration.address, locale="en-GB", viewport={"width": 360, "height": 800}, reduced_motion="reduce"
    )
    yield context
    context.close()
