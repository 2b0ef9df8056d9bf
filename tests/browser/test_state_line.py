"""What the line of a note says is true of the text in the form, and the copy of the screen tells what was saved since."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR, Meeting
from tests import make
from tests.browser.capture import being_typed, kept_here, may_be_typed_in, opened
from tests.browser.site import Site
from tests.make_record import note


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """A session of its own for each test."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
    yield make.session(meeting)
    db.session.rollback()


@pytest.fixture
def page(context: BrowserContext, site: Site, session: Session) -> Page:
    """The capture screen of that session, open in the rapporteur's browser."""
    site.enter(context, RAPPORTEUR)
    page = opened(context, site, session)
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    return page


def test_a_text_that_the_server_brings_back_is_said_to_be_safe(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    page.keyboard.insert_text("Half a thought")  # at once: what is safe may be the first letters alone
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    page.evaluate("indexedDB.deleteDatabase('record')")  # as on another device
    page.close()
    again = opened(context, site, session)
    expect(again.locator("#text")).to_have_value("Half a thought")
    expect(again.locator("#saved")).to_contain_text("Draft saved")


def test_the_line_speaks_of_the_text_in_the_form_once_the_others_went(page: Page, session: Session) -> None:
    on_their_way: list[Route] = []

    def hold(route: Route) -> None:
        on_their_way.append(route)

    page.route(f"**/record/{session.code}", hold)
    page.keyboard.insert_text("The first one.")
    with page.expect_request(f"**/record/{session.code}"):
        page.keyboard.press("Control+Enter")
    with page.expect_response("**/typing"):
        page.keyboard.insert_text("And the next")
    on_their_way.pop().continue_()
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    assert being_typed(session) == ["And the next"]


def test_without_a_network_the_screen_opens_with_the_notes_saved_since(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    expect(page.locator("draft-form[data-opens-offline]")).to_be_visible()
    page.evaluate("""() => { globalThis.again = new Promise((told, failed) => {
        navigator.serviceWorker.addEventListener('message', () => told(true), { once: true })
        setTimeout(failed, 30000, new Error('the copy was not made again'))
    }) }""")
    page.keyboard.type("Saved after it was opened.")
    page.keyboard.press("Control+Enter")
    assert page.evaluate("() => globalThis.again")
    page.close()
    with site.cut_off(context):
        again = opened(context, site, session)
        expect(again.locator("#kept-heading")).to_have_text("1 note in this session")
        expect(again.locator("[data-kept-notes]")).to_contain_text("Saved after it was opened.")


def test_without_a_network_too_the_time_is_that_of_the_meeting(
    page: Page, context: BrowserContext, site: Site, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where development has moved the clock the browser goes by the moved one, as the server does."""
    monkeypatch.setitem(site.app.config, "CLOCK_OFFSET", timedelta(hours=-5, minutes=-30))
    page.reload()
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    may_be_typed_in(page)
    zone = session.meeting.tz
    with site.cut_off(context):
        page.keyboard.type("Half a thought")
        expect(page.locator("#saved")).to_contain_text("saved in this browser")
        said = page.locator("#saved").inner_text()
    moved = datetime.now(UTC) - timedelta(hours=5, minutes=30)
    hours = {f"{(moved - timedelta(minutes=n)).astimezone(zone):%H:%M}" for n in range(3)}
    assert any(hour in said for hour in hours), said


def test_both_texts_made_into_one_are_kept_while_they_are_typed(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    made = note(session, "Most cases were small.")
    number = made.number
    page.reload()
    way = page.locator(f"article[id$='-{number:02}']").get_by_role("link", name="Edit")
    windows = [page, opened(context, site, session)]
    for window, words in zip(windows, ("Few cases were small.", "Most cases were large."), strict=True):
        window.goto(str(way.get_attribute("href")) if window is windows[0] else windows[0].url)
        expect(window.locator("draft-form[data-ready]")).to_be_visible()
        window.locator("#text").fill(words)
    for window in windows:
        with window.expect_navigation():
            window.locator("#text").press("Control+Enter")
    second = windows[1]
    expect(second.locator("h1")).to_contain_text("Two texts for note")
    second.locator("#text").fill("Few cases were large.")
    kept_here(second, "Few cases were large.")
    address = second.url
    second.close()
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#text")).to_have_value("Few cases were large.")
    again.get_by_role("button", name="Save as one text").click()
    expect(again.locator("[data-kept-notes]")).to_contain_text("Few cases were large.")
