"""What the tests of the capture screen do over and over, and how they break its safety on purpose."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route

from config import ROOT
from eventapp.agenda.models import Session
from eventapp.db import db
from eventapp.outcomes.queries import notes_of
from tests.browser.site import Site

TYPED = """async () => new Promise(told => {
    const request = indexedDB.open('record')
    request.onsuccess = () => {
        const all = request.result.transaction('texts').objectStore('texts').getAll()
        all.onsuccess = () => { request.result.close(); told(all.result.map(row => row.fields.find(([name]) => name === 'text')[1])) }
    }
})"""


def opened(context: BrowserContext, site: Site, session: Session, part: str = "") -> Page:
    """The capture screen in a new tab, or another page of the session."""
    page = context.new_page()
    page.goto(f"/meetings/{site.values['slug']}/record/{session.code}{part}")
    return page


def recorded(session: Session) -> list[str]:
    """What the server has of this session, in order."""
    db.session.rollback()
    found = [note.current.text for note in reversed(notes_of(session))]
    db.session.rollback()  # a reading left open would hold up the server
    return found


def in_browser(page: Page) -> list[str]:
    """What IndexedDB has, of every page."""
    return sorted(page.evaluate(TYPED))


def broken(context: BrowserContext, file: str, *pieces: str) -> None:
    """Serve this module with pieces of it put out of order: a good one, its bad one, and so on."""
    source = (ROOT / "static" / "outcomes" / file).read_text(encoding="utf-8")
    for good, bad in zip(pieces[::2], pieces[1::2], strict=True):
        assert source.count(good) == 1, f"{file} does not hold {good!r} once"
        source = source.replace(good, bad)

    def serve(route: Route) -> None:
        route.fulfill(body=source, content_type="text/javascript")

    context.route(lambda address: urlsplit(address).path.endswith(f"/outcomes/{file}"), serve)
