"""A note that is made of a passage of an input is kept in the editor's browser until it is recorded."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.notes.models import Note
from tests import make
from tests.browser.capture import broken, kept_here
from tests.browser.site import Site, session_cookie
from tests.browser.test_kept_here import KEEPS_NOTHING, killed
from tests.make_inputs import RADIO, call, sent

OVERVIEW = "Three things matter."


@pytest.fixture
def read(browser: Browser, site: Site) -> Iterator[tuple[BrowserContext, str]]:
    """An editor's browser, and the page of an input with an overview and one passage."""
    meeting = make.meeting()
    make.session(meeting, code="S3")
    call(meeting)
    sent(meeting, overview=OVERVIEW)
    context = browser.new_context(base_url=site.address, locale="en-GB")
    cookie = session_cookie(site.app, make.staff(meeting, RAPPORTEUR))
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    address = f"/meetings/{meeting.slug}/manage/inputs/1"
    db.session.rollback()
    yield context, address
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator("draft-form:not([data-ready])")).to_have_count(0)
    return page


def begins(page: Page, part: str, words: str) -> None:
    details = page.locator(f"#part-{part} details").first
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    page.fill(f"#text-{part}", words)


def left(site: Site, read: tuple[BrowserContext, str], *, is_kept: bool = True) -> Page:
    """A note of either part begun without a network, the tab killed, and the page opened again."""
    context, address = read
    page = opened(context, address)
    with site.cut_off(context):
        begins(page, "C9", "Licences take two years.")
        begins(page, "overview", "Three things.")
        page.locator("#part-overview .btn.go").click()
        expect(page.locator("#part-overview [data-state]")).to_contain_text(
            "Offline: your text is saved in this browser"
        )
        if is_kept:
            kept_here(page, "Licences take two years.")
            kept_here(page, "Three things.")
        killed(page)
    return opened(context, address)


def test_what_was_begun_outlives_the_tab_and_is_recorded_once(site: Site, read: tuple[BrowserContext, str]) -> None:
    page = left(site, read)
    expect(page.locator("#text-C9")).to_be_visible()
    expect(page.locator("#text-C9")).to_have_value("Licences take two years.")
    expect(page.locator("#text-overview")).to_have_value("Three things.")
    page.locator("#part-C9 .btn.go").click()
    expect(page).to_have_url(re.compile(r"made=S3-01#part-C9$"))
    expect(page.locator("#part-C9 li")).to_contain_text("Saved")
    expect(page.locator("#text-C9")).to_have_value(RADIO)
    expect(page.locator("#text-overview")).to_have_value("Three things.")
    db.session.rollback()
    (note,) = [one for one in db.session.scalars(select(Note)) if one.current.text == "Licences take two years."]
    assert note.current.action_lines == ["C9"]
    db.session.rollback()


def test_a_browser_that_kept_nothing_would_lose_it(site: Site, read: tuple[BrowserContext, str]) -> None:
    broken(read[0], "store.js", *KEEPS_NOTHING)
    page = left(site, read, is_kept=False)
    expect(page.locator("#text-C9")).to_have_value(RADIO)


def test_what_is_wrong_with_one_stays_with_it_and_the_other_comes_back(
    site: Site, read: tuple[BrowserContext, str]
) -> None:
    page = left(site, read)
    begins(page, "C9", "word " * 151)
    kept_here(page, "word " * 151)
    page.locator("#part-C9 .btn.go").click()
    expect(page.locator("#part-C9 p.error")).to_be_visible()
    expect(page.locator("#text-C9")).to_have_value("word " * 150 + "word")
    expect(page.locator("#text-overview")).to_have_value("Three things.")
    begins(page, "C9", "Licences take two years.")
    page.locator("#part-C9 .btn.go").click()
    expect(page.locator("#part-C9 li")).to_contain_text("Saved")


def test_what_was_begun_is_among_the_kept_texts(site: Site, read: tuple[BrowserContext, str]) -> None:
    page = left(site, read)
    page.goto("/account/texts")
    expect(page.locator("[data-list] article")).to_have_count(2)
    page.locator("[data-list] article", has_text="Licences").get_by_role("link").first.click()
    expect(page.locator("#text-C9")).to_have_value("Licences take two years.")


def test_what_was_begun_is_on_the_server_and_stands_on_another_device(
    browser: Browser, site: Site, read: tuple[BrowserContext, str]
) -> None:
    context, address = read
    page = opened(context, address)
    begins(page, "C9", "Licences take two years.")
    expect(page.locator("#part-C9 [data-state]")).to_contain_text("Draft saved")
    other = browser.new_context(base_url=site.address, locale="en-GB", storage_state=context.storage_state())
    there = opened(other, address)
    expect(there.locator("#text-C9")).to_have_value("Licences take two years.")
    expect(there.locator("#part-C9 [data-unsaved]")).to_contain_text("Not finished")
    there.locator("#part-C9 .btn.go").click()
    expect(there.locator("#part-C9 li")).to_contain_text("Saved")
    expect(there.locator("#text-C9")).to_have_value(RADIO)
    other.close()


def test_a_form_that_keeps_here_alone_would_have_it_nowhere_else(
    browser: Browser, site: Site, read: tuple[BrowserContext, str]
) -> None:
    context, address = read
    broken(context, "draft.js", "if (this.screen.dataset.to) this.soon(SAFE_AFTER)", "")
    page = opened(context, address)
    begins(page, "C9", "Licences take two years.")
    kept_here(page, "Licences take two years.")
    other = browser.new_context(base_url=site.address, locale="en-GB", storage_state=context.storage_state())
    expect(opened(other, address).locator("#text-C9")).to_have_value(RADIO)
    other.close()
