"""A list put in order in a real browser: by dragging, by keys, and by arrows without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER
from tests import make
from tests.browser.site import Site, session_cookie

number = iter(range(100))


def documents(context: BrowserContext, site: Site) -> Page:
    """The documents A, B and C of a meeting."""
    meeting = make.meeting(slug=f"order-{next(number)}")
    for place, symbol in enumerate("ABC", start=1):
        make.document(meeting, symbol=symbol, position=place)
    address, cookie = meeting.slug, session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.goto(f"{site.address}/meetings/{address}/manage/settings/documents")
    return page


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    return documents(context, site)


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[Page]:
    """The same in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield documents(context, site)
    context.close()


def expect_order(page: Page, order: str) -> None:
    expect(page.locator(".papers .ref")).to_have_text(list(order))


def test_by_keys(page: Page) -> None:
    grip = page.get_by_role("button", name="Move C", exact=True)
    grip.focus()
    grip.press("Alt+ArrowUp")
    expect_order(page, "ACB")
    expect(page.get_by_role("status").get_by_text("Place 2.")).to_be_attached()
    expect(page.get_by_role("button", name="Move C", exact=True)).to_be_focused()
    page.reload()
    expect_order(page, "ACB")


def test_by_dragging(page: Page) -> None:
    grip, first = page.get_by_role("button", name="Move C", exact=True), page.locator(".papers li").first
    start, end = grip.bounding_box(), first.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 12, steps=5)
    page.mouse.up()
    expect_order(page, "CAB")


def test_by_arrows_without_a_script(plain: Page) -> None:
    plain.get_by_role("button", name="Move A down").click()
    expect_order(plain, "BAC")
