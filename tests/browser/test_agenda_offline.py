"""The public agenda without a network: the pages that were seen open and say as of when; nothing of who signs in is kept."""

from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, expect

from eventapp.ground.db import db
from tests import make
from tests.browser.site import PARTICIPANT, Site
from tests.make_agenda import published

AS_OF = "The network does not answer. This page is as of"
KEPT = "async () => (await (await caches.open('seen-pages')).keys()).map(one => new URL(one.url).pathname).sort()"
number = count()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """The telephone of a visitor."""
    size = ViewportSize(width=360, height=800)
    context = browser.new_context(base_url=site.address, locale="en-GB", timezone_id="Asia/Bangkok", viewport=size)
    yield context
    context.close()


@pytest.fixture
def slug() -> str:
    """A published agenda of two sessions."""
    slug = f"offline-{next(number)}"
    meeting = make.meeting(slug=slug)
    for code in ("S0", "S1"):
        make.role(make.session(meeting, code=code, title=f"Title {code}"), name="José Ramírez")
    published(meeting)
    db.session.remove()
    return slug


def seen(page: Page, address: str) -> None:
    """Open this page with a network, until the browser has it."""
    page.goto(address)
    expect(page.locator("offline-agenda[data-opens-offline]")).to_be_attached()


def test_what_was_seen_opens_without_a_network_and_says_as_of_when(
    context: BrowserContext, site: Site, slug: str
) -> None:
    page, there = context.new_page(), f"/meetings/{slug}"
    seen(page, f"{there}/agenda")
    seen(page, f"{there}/sessions/S0")
    expect(page.get_by_text(AS_OF)).to_have_count(0)
    with site.cut_off(context):
        page.goto(f"{there}/agenda")
        expect(page.get_by_role("status").filter(has_text=AS_OF)).to_contain_text("GMT+7")
        expect(page.get_by_role("link", name="Title S1")).to_be_visible()
        page.get_by_role("searchbox").fill("S0")  # the scripts of the page are here too
        expect(page.get_by_role("link", name="Title S1")).to_be_hidden()
        page.goto(f"{there}/agenda?view=table")  # never seen so: the agenda as it was seen
        expect(page.get_by_role("link", name="Title S0")).to_be_visible()
        page.goto(f"{there}/sessions/S0")
        expect(page.get_by_role("heading", name="Title S0")).to_be_visible()
        with pytest.raises(Error):
            page.goto(f"{there}/sessions/S1")  # nobody looked at it
    page.goto(f"{there}/agenda")
    expect(page.get_by_role("link", name="Title S1")).to_be_visible()
    expect(page.get_by_text(AS_OF)).to_have_count(0)


def test_nothing_of_who_is_signed_in_is_kept(context: BrowserContext, site: Site, slug: str) -> None:
    page, there = context.new_page(), f"/meetings/{slug}"
    seen(page, f"{there}/agenda")
    assert page.evaluate(KEPT) == [f"{there}/agenda"]
    site.enter(context, PARTICIPANT)
    name = page.goto(f"{there}/agenda") and page.locator(".who bdi").first.inner_text()
    page.goto(f"{there}/sessions/S0")
    assert page.evaluate(KEPT) == [f"{there}/agenda"]
    with site.cut_off(context):
        page.goto(f"{there}/agenda")  # as everybody sees it
        expect(page.get_by_role("link", name="Title S1")).to_be_visible()
        assert name and name not in page.content()


def test_a_page_that_is_not_there_any_more_is_not_kept(context: BrowserContext, site: Site, slug: str) -> None:
    page, there = context.new_page(), f"/meetings/{slug}"
    seen(page, f"{there}/agenda")
    page.evaluate(
        "async there => (await caches.open('seen-pages')).put(there, new Response('<html >old', {headers: {'x-seen-at': 'x'}}))",
        f"{there}/sessions/GONE",
    )
    page.goto(f"{there}/sessions/GONE")
    assert page.evaluate(KEPT) == [f"{there}/agenda"]
