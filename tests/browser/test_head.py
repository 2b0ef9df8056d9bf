"""The head of a page on a phone: two lines and one strip of sections, with the languages and the way out in a menu."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site

PHONE, TALL, MOST = 360, 740, 120  # CSS pixels
BARS = "(bars) => bars.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0)"


def opened(context: BrowserContext, site: Site, endpoint: str, language: str = "en") -> Page:
    site.enter(context, "organizer")
    page = context.new_page()
    page.set_viewport_size({"width": PHONE, "height": TALL})
    page.goto(f"{site.address}{site.path_of(endpoint)}?language={language}")
    return page


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("endpoint", ["meetings.show", "desk.show", "settings.index"])
def test_the_head_takes_no_more_than_a_sixth_of_a_phone(
    context: BrowserContext, demonstration: Site, endpoint: str, language: str
) -> None:
    page = opened(context, demonstration, endpoint, language)
    bars = page.locator("header > :is(.top, .here)")  # beside them stand announcements, and what only development shows
    assert 80 < bars.evaluate_all(BARS) <= MOST
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_the_way_out_is_found_in_the_menu_by_keyboard(context: BrowserContext, demonstration: Site) -> None:
    page = opened(context, demonstration, "desk.show")
    out, menu = page.get_by_role("button", name="Sign out"), page.get_by_role("button", name="Menu")
    expect(out).to_be_hidden()
    menu.press("Enter")
    expect(out).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Français")).to_be_focused()
    page.keyboard.press("Escape")
    expect(out).to_be_hidden()
    expect(menu).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": TALL})
    expect(out).to_be_visible()
    expect(menu).to_be_hidden()
