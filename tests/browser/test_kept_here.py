"""A card and an input are kept in the browser too, until the server has them; whoever typed chooses where it has another text."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from eventapp.drafts.actions import Sent
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.practices.actions import keep, open_card
from eventapp.practices.invitations.actions import end
from eventapp.practices.models import Card
from tests import make
from tests.browser.capture import broken, kept_here, nothing_here
from tests.browser.site import Site
from tests.make import TODAY
from tests.make_practices import cleared, invited, practice
from tests.practices.test_views import picture

KEEPS_NOTHING = ("async change({ drop = [], put = null }) {", "async change({ put }) { return put?.id || 1")
KEPT, THAI = re.compile(r"Draft saved \d\d:\d\d:\d\d UTC\+7"), "เกษตรกรได้ราคาจากวิทยุ " * 120


@pytest.fixture
def card(demonstration: Site) -> Iterator[tuple[Card, str]]:
    """A card of its own for each test, and its address."""
    card, token = invited(make.session(make.meeting()))
    with transaction():
        open_card(card, at=TODAY)
    yield card, f"/practices/{token}"
    db.session.rollback()


def opened(window: BrowserContext, address: str) -> Page:
    page = window.new_page()
    page.goto(address)
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    return page


def of_server(card: Card, part: str = "results") -> str:
    db.session.rollback()
    db.session.refresh(card)
    words = str(card.content[part])
    db.session.rollback()  # a reading left open would hold up the server
    return words


def from_another_window(card: Card, words: str) -> None:
    with transaction():
        keep(card, practice(results=words), Sent(card.version), at=TODAY)


def killed(page: Page) -> None:
    """The tab is gone, and nothing it would still send in leaving."""
    page.evaluate("void (globalThis.fetch = () => Promise.reject(new Error('killed')))")
    page.close()


def lost_without_a_network(window: BrowserContext, site: Site, address: str, field: str, words: str) -> Page:
    """Something typed without a network, the tab closed, and opened again with one."""
    page = opened(window, address)
    with site.cut_off(window):
        page.fill(f"#{field}", words)
        expect(page.locator("[data-state]")).to_contain_text(
            re.compile(r"Offline: your text is saved in this browser|No conn")
        )
        killed(page)
    return opened(window, address)


@pytest.mark.parametrize(("endpoint", "field"), [("practices.show", "partners"), ("writing.show", "overview")])
def test_what_is_typed_without_a_network_outlives_the_tab(
    window: BrowserContext, demonstration: Site, endpoint: str, field: str
) -> None:
    address = demonstration.path_of(endpoint)
    page = lost_without_a_network(window, demonstration, address, field, "Written in a tunnel")
    expect(page.locator(f"#{field}")).to_have_value("Written in a tunnel")
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    nothing_here(page)  # the server has it
    expect(opened(window, address).locator(f"#{field}")).to_have_value("Written in a tunnel")


def test_what_the_secretariat_completes_outlives_the_tab_and_is_seen_by_nobody_else(
    window: BrowserContext, demonstration: Site
) -> None:
    address = demonstration.path_of("practices_manage.completion")
    demonstration.enter(window, ORGANIZER)
    page = opened(window, address)
    with demonstration.cut_off(window):
        page.fill("#partners", "Written in a tunnel")
        expect(page.locator("[data-state]")).to_contain_text("Offline: your text is saved in this browser")
        killed(page)
    demonstration.enter(window, RAPPORTEUR)
    page = opened(window, address)
    expect(page.locator("#partners")).not_to_have_value("Written in a tunnel")
    expect(page.locator(".note", has_text="does not have")).to_have_count(0)
    demonstration.enter(window, ORGANIZER)
    page = opened(window, address)
    expect(page.locator("#partners")).to_have_value("Written in a tunnel")
    expect(page.locator("[data-state]")).to_contain_text(KEPT)


def test_a_browser_that_kept_nothing_would_lose_it(
    window: BrowserContext, demonstration: Site, card: tuple[Card, str]
) -> None:
    broken(window, "store.js", *KEEPS_NOTHING)
    page = lost_without_a_network(window, demonstration, card[1], "partners", "Written in a tunnel")
    expect(page.locator("#partners")).to_have_value("")


def stand_still(page: Page) -> None:
    """Stop the clock of this page a minute from now: on a slow machine a second is over before the browser hears of it."""
    page.clock.pause_at(page.evaluate("Date.now() + 60_000"))


def closed_with_more_than_a_page_may_send_in_leaving(window: BrowserContext, address: str) -> Page:
    """Fourteen long passages at once and the tab closed: 64 kB may be sent by then. Its clock stands still."""
    page = window.new_page()
    page.clock.install()
    page.goto(address)
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    stand_still(page)
    page.evaluate(
        """words => {
            const texts = document.querySelectorAll('textarea')
            texts.forEach(text => { text.value = words })
            texts[0].dispatchEvent(new Event('input', { bubbles: true }))
        }""",
        THAI.strip(),
    )
    return page


def test_a_long_text_outlives_the_tab(window: BrowserContext, demonstration: Site) -> None:
    address = demonstration.path_of("writing.show")
    page = closed_with_more_than_a_page_may_send_in_leaving(window, address)
    kept_here(page, THAI.strip())
    page.goto("/privacy")
    page.close()
    page = opened(window, address)
    last = page.locator("textarea").last
    expect(last).to_be_visible()  # its action line is open
    expect(last).to_have_value(THAI.strip())


def test_a_browser_that_kept_nothing_would_lose_a_long_text(window: BrowserContext, demonstration: Site) -> None:
    address = demonstration.path_of("writing.show")
    opened(window, address).close()
    broken(window, "store.js", *KEEPS_NOTHING)
    page = closed_with_more_than_a_page_may_send_in_leaving(window, address)
    page.evaluate(
        "document.querySelectorAll('textarea').forEach(text => { text.value = text.value.replace('วิทยุ', 'โทรทัศน์') })"
    )
    page.goto("/privacy")
    page.close()
    expect(opened(window, address).locator("textarea").last).not_to_have_value(re.compile("โทรทัศน์"))


def test_another_text_on_the_server_is_for_whoever_typed_to_choose(
    window: BrowserContext, demonstration: Site, card: tuple[Card, str]
) -> None:
    page = opened(window, card[1])
    with demonstration.cut_off(window):
        page.fill("#results", "Written in a tunnel.")
        kept_here(page, "Written in a tunnel.")
        page.close()
    from_another_window(card[0], "Written at a desk.")
    page = opened(window, card[1])
    expect(page.locator("#results")).to_have_value("Written at a desk.")
    panel = page.locator(".note", has_text="the server does not have")
    expect(panel.locator(".said")).to_have_text("Written in a tunnel.")
    panel.get_by_role("button", name="Back into the form").click()
    expect(page.locator("#results")).to_have_value("Written in a tunnel.")
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    assert of_server(card[0]) == "Written in a tunnel."
    assert [one.content["results"] for one in card[0].revisions] == ["Written at a desk."]
    expect(opened(window, card[1]).locator(".note", has_text="does not have")).to_have_count(0)


def test_what_is_thrown_away_is_gone(window: BrowserContext, demonstration: Site, card: tuple[Card, str]) -> None:
    page = opened(window, card[1])
    with demonstration.cut_off(window):
        page.fill("#results", "Written in a tunnel.")
        kept_here(page, "Written in a tunnel.")
        page.close()
    from_another_window(card[0], "Written at a desk.")
    page = opened(window, card[1])
    page.get_by_text("Discard…").click()
    page.get_by_role("button", name="Discard it for good").click()
    expect(page.locator(".note", has_text="does not have")).to_have_count(0)
    page = opened(window, card[1])
    expect(page.locator("#results")).to_have_value("Written at a desk.")
    expect(page.locator(".note", has_text="does not have")).to_have_count(0)
    nothing_here(page)


def with_an_answer_lost(window: BrowserContext, address: str) -> Page:
    """The server has the beginning, though the page was never told so; then more, and the tab is closed."""
    page, lost = opened(window, address), list[bool]()

    def lose(route: Route) -> None:
        if not lost:
            route.fetch()
        lost.append(True)
        route.abort()

    page.route("**/draft", lose)
    page.fill("#results", "Half a sentence")
    expect(page.locator("[data-state]")).to_contain_text("Offline")
    page.fill("#results", "Half a sentence, ended")
    kept_here(page, "Half a sentence, ended")
    killed(page)
    return opened(window, address)


def test_an_answer_that_was_lost_leaves_nothing_to_choose(window: BrowserContext, card: tuple[Card, str]) -> None:
    page = with_an_answer_lost(window, card[1])
    expect(page.locator("#results")).to_have_value("Half a sentence, ended")
    expect(page.locator(".note", has_text="does not have")).to_have_count(0)


def test_without_knowing_its_own_window_there_would_be(window: BrowserContext, card: tuple[Card, str]) -> None:
    broken(window, "form.js", "here === there ? num - last : NaN", "NaN")
    page = with_an_answer_lost(window, card[1])
    expect(page.locator("#results")).to_have_value("Half a sentence")
    expect(page.locator(".note .said")).to_have_text("Half a sentence, ended")


def test_the_button_pressed_without_a_network_leaves_the_page_as_it_is(
    window: BrowserContext, demonstration: Site, card: tuple[Card, str]
) -> None:
    page = opened(window, card[1])
    with demonstration.cut_off(window):
        page.fill("#results", "Written in a tunnel.")
        expect(page.locator("[data-state]")).to_contain_text("Offline")
        page.get_by_role("button", name="Save draft").click()
        expect(page.locator("[data-state]")).to_contain_text("Offline")
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    page.get_by_role("button", name="Save draft").click()
    expect(page).to_have_url(re.compile("#kept$"))
    assert of_server(card[0]) == "Written in a tunnel."


@pytest.mark.parametrize("out", [False, True])
def test_a_file_is_kept_as_soon_as_it_is_chosen(window: BrowserContext, card: tuple[Card, str], *, out: bool) -> None:
    if out:
        broken(window, "form.js", "this.dataset.file && ", "false && ")
    page = opened(window, card[1])
    page.set_input_files("#file", {"name": "yield.png", "mimeType": "image/png", "buffer": picture()})
    if not out:
        expect(page.locator("#file-hint")).to_contain_text("On file: yield.png")
        expect(page.locator("#file")).to_have_value("")
    killed(page)
    expect(opened(window, card[1]).locator("#file-hint")).to_contain_text("A PDF or" if out else "On file: yield.png")


def test_a_file_that_is_none_is_told_at_once_and_without_a_network_stays_in_the_form(
    window: BrowserContext, demonstration: Site, card: tuple[Card, str]
) -> None:
    page = opened(window, card[1])
    page.set_input_files("#file", {"name": "yield.png", "mimeType": "image/png", "buffer": b"<script>"})
    expect(page.locator("#file-hint.error")).to_be_visible()
    with demonstration.cut_off(window):
        page.set_input_files("#file", {"name": "yield.png", "mimeType": "image/png", "buffer": picture()})
        expect(page.locator("#file-hint")).to_contain_text("No connection")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#file-hint")).to_contain_text("On file: yield.png")


@pytest.mark.parametrize("is_read", [False, True])
def test_what_the_server_refuses_stays_here(window: BrowserContext, card: tuple[Card, str], *, is_read: bool) -> None:
    words = ("word " * 151).strip()  # the server keeps no white space around a text
    page = opened(window, card[1])
    page.route("**/draft", lambda route: route.abort())
    page.fill("#results", words)
    kept_here(page, words)
    page.unroute("**/draft")
    page.get_by_role("button", name="Send the card").click()
    expect(page.locator("#results-error")).to_be_visible()
    if is_read:  # by the page's own script too, before it is closed
        expect(page.locator("draft-form[data-ready]")).to_be_attached()
    page.close()
    expect(opened(window, card[1]).locator("#results")).to_have_value(words)


def test_a_card_that_nobody_may_write_any_more_still_shows_what_is_only_here(
    window: BrowserContext, demonstration: Site, card: tuple[Card, str]
) -> None:
    page = opened(window, card[1])
    with demonstration.cut_off(window):
        page.fill("#results", "Written in a tunnel.")
        kept_here(page, "Written in a tunnel.")
    cleared(card[0].session)
    page.fill("#results", "Written too late.")
    expect(page.locator("[data-state]")).to_contain_text("The session is cleared")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".note .said")).to_contain_text("Written too late.")
    expect(page.get_by_role("button", name="Back into the form")).to_have_count(0)
    expect(page.get_by_role("button", name="Copy")).to_be_visible()


def test_an_ended_link_says_so_and_leaves_the_words_on_the_page(window: BrowserContext, card: tuple[Card, str]) -> None:
    page = opened(window, card[1])
    with transaction():
        end(card[0], by=None, at=TODAY)
    page.fill("#results", "Written too late.")
    expect(page.locator("[data-state]")).to_contain_text("you may not write here any more")
    assert page.input_value("#results") == "Written too late."


def test_who_signs_in_meanwhile_goes_on_writing(
    window: BrowserContext, demonstration: Site, card: tuple[Card, str]
) -> None:
    page = opened(window, card[1])
    demonstration.enter(window, RAPPORTEUR)
    page.fill("#results", "Written by whoever signed in.")
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    assert of_server(card[0]) == "Written by whoever signed in."
