"""A card and an input are kept while somebody types, over a bad network too, and never over a newer text."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import Site

KEPT, NOT_KEPT, SPLIT = re.compile(r"Kept \d\d:\d\d:\d\d"), "No connection", "changed in another window"


@pytest.fixture
def window(browser: Browser, demonstration: Site) -> BrowserContext:
    """A telephone."""
    return browser.new_context(
        base_url=demonstration.address, locale="en-GB", viewport={"width": 360, "height": 800}, reduced_motion="reduce"
    )


def opened(window: BrowserContext, address: str) -> Page:
    page = window.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize(
    ("endpoint", "field", "most"), [("practices.show", "results", 150), ("writing.show", "overview", 250)]
)
def test_what_is_typed_is_kept_counted_and_there_again(
    window: BrowserContext, demonstration: Site, endpoint: str, field: str, most: int
) -> None:
    address = demonstration.path_of(endpoint)
    page = opened(window, address)
    page.fill(f"#{field}", "Three short words")
    expect(page.locator(f"[data-count={field}]")).to_have_text(f"3 of {most} words")
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    assert opened(window, address).input_value(f"#{field}") == "Three short words"


def test_without_a_network_the_page_says_so_and_keeps_it_afterwards(
    window: BrowserContext, demonstration: Site
) -> None:
    address = demonstration.path_of("practices.show")
    page = opened(window, address)
    with demonstration.cut_off(window):
        page.fill("#partners", "Written in a tunnel")
        expect(page.locator("[data-state]")).to_contain_text(NOT_KEPT)
    expect(page.locator("[data-state]")).to_contain_text(KEPT, timeout=15_000)
    assert opened(window, address).input_value("#partners") == "Written in a tunnel"


def test_a_second_window_is_told_and_nothing_is_overwritten(window: BrowserContext, demonstration: Site) -> None:
    address = demonstration.path_of("practices.show")
    first, second = opened(window, address), opened(window, address)
    first.fill("#prospects", "From the first window")
    expect(first.locator("[data-state]")).to_contain_text(KEPT)
    second.fill("#prospects", "From the second window")
    expect(second.locator("[data-state]")).to_contain_text(SPLIT)
    assert opened(window, address).input_value("#prospects") == "From the first window"
    second.get_by_role("button", name="Keep it and go on later").click()
    expect(second.get_by_role("alert")).to_contain_text("changed in another window")
    assert second.input_value("#prospects") == "From the second window"
