"""A text that was emptied in the last moment before its window closed does not come back. With its guards removed, too."""

import time

from playwright.sync_api import BrowserContext, Page, Route, expect

from eventapp.agenda.models import Session
from tests.browser.capture import being_typed, broken, opened
from tests.browser.site import Site, until

GUARD = "    if (this.screen.isBlank) this.discard()\n"


def on_the_server(context: BrowserContext, session: Session, *texts: str) -> None:
    """Wait until the server keeps exactly these texts. Asking the browser lets what it sends through meanwhile."""
    for _look in range(300):
        if being_typed(session) == list(texts):
            return
        context.cookies()
        time.sleep(0.1)
    assert being_typed(session) == list(texts)


def emptied_and_closed(context: BrowserContext, site: Site, session: Session) -> None:
    page = opened(context, site, session)
    page.keyboard.type("Half a thought")
    on_the_server(context, session, "Half a thought")
    page.locator("#text").fill("")
    page.close()


def test_what_was_emptied_as_the_window_closed_stays_away(
    context: BrowserContext, site: Site, session: Session
) -> None:
    emptied_and_closed(context, site, session)
    on_the_server(context, session)
    again = opened(context, site, session)
    expect(again.locator("draft-form[data-ready]")).to_be_visible()
    expect(again.locator("#text")).to_have_value("")
    again.keyboard.type("Another")
    on_the_server(context, session, "Another")


def test_a_window_that_tells_nobody_would_bring_it_back(context: BrowserContext, site: Site, session: Session) -> None:
    broken(context, "draft.js", GUARD, "")
    emptied_and_closed(context, site, session)
    expect(opened(context, site, session).locator("#text")).to_have_value("Half a thought")


def test_what_was_on_its_way_when_it_was_emptied_does_not_come_after_it(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page, held = opened(context, site, session), list[Route]()
    page.route("**/typing", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/typing"):
        page.keyboard.type("Half a thought")
    with page.expect_response("**/typing"):
        page.locator("#text").fill("")
    with page.expect_response("**/typing"):
        held[0].continue_()
    assert being_typed(session) == []


def emptied_without_a_network(context: BrowserContext, site: Site, session: Session) -> Page:
    page = opened(context, site, session)
    page.keyboard.type("Half a thought")
    on_the_server(context, session, "Half a thought")
    context.set_offline(True)
    page.locator("#text").fill("")
    until(
        page,
        """() => new Promise(told => {
            const request = indexedDB.open('record')
            request.onsuccess = () => {
                const all = request.result.transaction('texts').objectStore('texts').getAll()
                all.onsuccess = () => { request.result.close(); told(all.result.some(row => row.state === 'discarded')) }
            }
        })""",
    )
    page.close()
    context.set_offline(False)
    return opened(context, site, session)


def test_what_was_emptied_without_a_network_stays_away_too(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = emptied_without_a_network(context, site, session)
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    expect(page.locator("#text")).to_have_value("")
    on_the_server(context, session)
