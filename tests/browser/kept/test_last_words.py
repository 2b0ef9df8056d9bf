"""The last words of a window that goes are kept, and told from those of another one. Each with its guard removed, too."""

from playwright.sync_api import BrowserContext, Page, expect

from eventapp.agenda.models import Session
from tests.browser.capture import broken, gate, held, kept_here, opened, waits
from tests.browser.site import Site


def left_in_haste(context: BrowserContext, site: Site, session: Session) -> Page:
    """A page that is loaded again while the last words of it wait until the ones before are told to be kept."""
    tells = "screen.tell()\n  }"
    broken(context, "draft.js", tells, gate("told") + tells)
    context.route("**/typing", lambda route: route.abort())
    page = held(context, site, session)
    page.keyboard.insert_text("Half")
    waits(page, "told")
    page.keyboard.insert_text(" a thought")
    page.reload()
    return page


def test_the_last_words_are_kept_where_the_page_goes(context: BrowserContext, site: Site, session: Session) -> None:
    page = left_in_haste(context, site, session)
    expect(page.locator("#text")).to_have_value("Half a thought")


def test_a_page_that_just_went_would_lose_the_last_words(context: BrowserContext, site: Site, session: Session) -> None:
    context.add_init_script(
        "const add = addEventListener; addEventListener = (name, act) => name !== 'pagehide' && add(name, act)"
    )
    page = left_in_haste(context, site, session)
    expect(page.locator("#text")).to_have_value("Half")


def left_slowly(context: BrowserContext, site: Site, session: Session, *pieces: str) -> tuple[Page, Page]:
    """A page with half a thought, and one that takes its name as soon as it lets go: a browser that is slow to."""
    broken(context, "tabs.js", *pieces)
    context.route("**/typing", lambda route: route.abort())
    page, slow = opened(context, site, session), context.new_page()
    page.keyboard.insert_text("Half a thought")
    kept_here(page, "Half a thought")
    slow.goto("/privacy")
    slow.evaluate(HOLD, page.evaluate("sessionStorage.getItem('record-window')"))
    return page, slow


HOLD = """name => {
    globalThis.held = new Promise(told => {
        navigator.locks.request(`window:${name}`, () => new Promise(done => { globalThis.done = done; told() }))
    })
}"""


def test_a_window_that_loads_again_waits_for_its_name(context: BrowserContext, site: Site, session: Session) -> None:
    page, slow = left_slowly(context, site, session, "RELOADS = 1000", "RELOADS = 1")
    page.reload()
    slow.evaluate("async () => { await held; done() }")
    expect(page.locator("#text")).to_have_value("Half a thought")


def test_a_window_that_gave_it_up_would_seem_to_be_another(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page, _slow = left_slowly(context, site, session, "left().includes(before) ? LEAVING : RELOADS", "1", CLOSES, "")
    page.reload()
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    expect(page.locator("#text")).to_have_value("")


CLOSES = "  for (const name of left()) if (!open.delete(name)) leaves(name, false)\n"


def test_a_window_that_has_left_is_not_open(context: BrowserContext, site: Site, session: Session) -> None:
    page, _slow = left_slowly(context, site, session)
    page.goto("/privacy")
    expect(opened(context, site, session).locator("#text")).to_have_value("Half a thought")


def test_a_window_of_which_only_the_name_is_held_would_be(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page, _slow = left_slowly(context, site, session, CLOSES, "")
    page.goto("/privacy")
    again = opened(context, site, session)
    expect(again.locator("draft-form[data-ready]")).to_be_visible()
    expect(again.locator("#text")).to_have_value("")
