"""The pictures of the README, taken from the shipped meeting: `./run pictures`."""

import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import flask_migrate
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.demo.actions import SLUG, load_bangkok
from eventapp.ground.db import db
from tests.chromium import on_the_machine

FOLDER = ROOT / "docs" / "pictures"
# The page, and the heading it is scrolled to.
SHOWN = {"agenda": (f"/meetings/{SLUG}/agenda", "h1"), "review": (f"/meetings/{SLUG}/reports/review", "h2 >> nth=1")}
SIZE = {"width": 1280, "height": 960}
COLOURS = 128  # a page has few: the file is a third of the size, and looks the same


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, shipped(Path(name)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_the_machine(), args=["--no-sandbox"])
        for title, (page, heading) in SHOWN.items():
            file = FOLDER / f"{title}.png"
            file.write_bytes(picture(browser, f"{address}{page}", heading))
            sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB\n")
        browser.close()


@contextmanager
def shipped(folder: Path) -> Iterator[str]:
    """The application with the shipped meeting, on an address of its own."""
    app = create_app(TestConfig(f"sqlite:///{folder / 'pictures.db'}", folder))
    load(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    with app.app_context():
        db.engine.dispose()


def load(app: Flask) -> None:
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        load_bangkok()
        db.session.remove()


def picture(browser: Browser, address: str, heading: str) -> bytes:
    """This page from that heading on, as a small PNG."""
    page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    page.goto(address)
    if heading != "h1":
        page.get_by_text("Evidence: S2-01").first.click()
        page.locator(heading).evaluate("heading => heading.scrollIntoView()")
    page.wait_for_load_state("networkidle")
    small, out = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS), BytesIO()
    small.save(out, "PNG", optimize=True)
    page.close()
    return out.getvalue()


if __name__ == "__main__":
    main()
