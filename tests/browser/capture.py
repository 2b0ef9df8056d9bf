"""What the tests of the capture screen do over and over, and how they break its safety on purpose."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from config import ROOT
from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN
from eventapp.ground.db import db
from eventapp.record.notes.queries import notes_of
from tests.browser.site import Site

TYPED = """async () => new Promise(told => {
    const request = indexedDB.open('record')
    request.onsuccess = () => {
        const all = request.result.transaction('texts').objectStore('texts').getAll()
        all.onsuccess = () => { request.result.close(); told(all.result.map(row => row.fields.find(([name]) => name === 'text')[1])) }
    }
})"""

GATES = """
    globalThis.gates = { passed: {}, waiting: {}, open(name) { this.passed[name] = true; this.waiting[name]?.() } }
    globalThis.gate = name => gates.passed[name] ? null : new Promise(done => {
        document.documentElement.setAttribute(`data-at-${name}`, '')
        gates.waiting[name] = done
    })
"""
KEPT = """words => new Promise((told, failed) => {
    let rows
    const look = () => {
        const request = indexedDB.open('record')
        request.onsuccess = () => {
            const all = request.result.transaction('texts').objectStore('texts').getAll()
            all.onsuccess = () => {
                request.result.close()
                rows = JSON.stringify(all.result)
                const isThere = all.result.some(row => row.fields.some(([name, value]) => name !== 'key' && value === words))
                if (words === null ? !all.result.length : isThere) told()
            }
        }
    }
    new BroadcastChannel('record').onmessage = look
    setTimeout(() => failed(new Error(words === null ? `still kept: ${rows}` : `not kept: ${words}`)), 30000)
    look()
})"""


def opened(context: BrowserContext, site: Site, session: Session, part: str = "") -> Page:
    """The capture screen in a new tab, or another page of the session."""
    page = context.new_page()
    page.goto(f"/meetings/{site.values['slug']}/record/{session.code}{part}")
    if not part:
        may_be_typed_in(page)
    return page


def may_be_typed_in(page: Page) -> None:
    """Wait until the cursor stands in the text: a browser puts it there when it draws the page, which may be after it has loaded."""
    expect(page.locator("#text")).to_be_focused()


def recorded(session: Session) -> list[str]:
    """What the server has of this session, in order."""
    db.session.rollback()
    found = [note.current.text for note in reversed(notes_of(session))]
    db.session.rollback()  # a reading left open would hold up the server
    return found


def being_typed(session: Session) -> list[str]:
    """What the server keeps of this session that is no note yet, in order."""
    query = select(Draft).where(Draft.scope_id == session.id, *OPEN)
    db.session.rollback()
    found = [str(kept.content["text"]) for kept in db.session.scalars(query.order_by(Draft.id))]
    db.session.rollback()
    return found


def in_browser(page: Page) -> list[str]:
    """What IndexedDB has, of every page."""
    return sorted(page.evaluate(TYPED))


def gated(page: Page) -> None:
    """The next pages of this tab stop at the gates that a test has put into a module, until it lets them go."""
    page.add_init_script(GATES)


def held(context: BrowserContext, site: Site, session: Session, part: str = "") -> Page:
    """As opened, with gates."""
    page = context.new_page()
    gated(page)
    page.goto(f"/meetings/{site.values['slug']}/record/{session.code}{part}")
    if not part:
        may_be_typed_in(page)
    return page


def gate(name: str) -> str:
    """What is put into a module to stop there."""
    return f"await globalThis.gate?.('{name}'); "


def waits(page: Page, name: str) -> None:
    """This page has come to this gate."""
    expect(page.locator(f"html[data-at-{name}]")).to_be_attached()


def let_go(page: Page, name: str) -> None:
    page.evaluate("name => gates.open(name)", name)


def kept_here(page: Page, words: str) -> None:
    """Wait until IndexedDB has this text: every change of it is told on a channel."""
    page.evaluate(KEPT, words)


def nothing_here(page: Page) -> None:
    """Wait until IndexedDB has no text any more: a page may say that the server has it before the browser has dropped it."""
    page.evaluate(KEPT, None)


def broken(context: BrowserContext, file: str, *pieces: str, feature: str = "") -> None:
    """Serve this module with pieces of it put out of order: a good one, its bad one, and so on."""
    feature = feature or ("drafts" if (ROOT / "static" / "drafts" / file).exists() else "record")
    source = (ROOT / "static" / feature / file).read_text(encoding="utf-8")
    for good, bad in zip(pieces[::2], pieces[1::2], strict=True):
        assert source.count(good) == 1, f"{file} does not hold {good!r} once"
        source = source.replace(good, bad)

    def serve(route: Route) -> None:
        route.fulfill(body=source, content_type="text/javascript")

    context.route(lambda address: urlsplit(address).path.endswith(f"/{feature}/{file}"), serve)


def saved(page: Page) -> None:
    """Wait until the page says that the note was saved."""
    expect(page.locator("#saved")).to_contain_text("Saved")
    db.session.rollback()
