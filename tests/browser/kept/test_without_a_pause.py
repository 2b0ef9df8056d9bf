"""Whoever types for minutes without a pause has a draft on the server all the same: the clock goes on only between the keys."""

from playwright.sync_api import BrowserContext, Page, expect

from eventapp.agenda.models import Session
from tests.browser.capture import being_typed, broken
from tests.browser.site import Site
from tests.browser.test_kept_here import stand_still

WORDS = ["Most", "cases", "were", "small", "and", "far", "away"]
PAUSE = 300  # milliseconds, less than what is waited for
PATIENT = "if (this.timer && this.due <= due) return", ""


def typed(page: Page, field: str) -> list[str]:
    """The words of which a draft was sent while they were typed, a pause after each that is too short to be one."""
    sent: list[str] = []
    page.on(
        "request", lambda one: sent.append(one.post_data or "") if one.url.endswith(("/typing", "/draft")) else None
    )
    stand_still(page)
    page.focus(field)
    for word in WORDS:
        page.keyboard.type(f"{word} ")
        page.clock.run_for(PAUSE)
    page.evaluate("indexedDB.databases()")  # what was due is on its way by now
    return sent


def capture(context: BrowserContext, site: Site, session: Session) -> Page:
    page = context.new_page()
    page.clock.install()
    page.goto(f"/meetings/{site.values['slug']}/record/{session.code}")
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    return page


def test_a_note_is_safe_while_it_is_typed(context: BrowserContext, site: Site, session: Session) -> None:
    page = capture(context, site, session)
    typed(page, "#text")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    (draft,) = being_typed(session)
    assert draft.startswith("Most cases were")


def test_a_page_that_waits_for_a_pause_would_keep_nothing(
    context: BrowserContext, site: Site, session: Session
) -> None:
    broken(context, "draft.js", *PATIENT)
    assert typed(capture(context, site, session), "#text") == []
    assert being_typed(session) == []


def card(window: BrowserContext, site: Site) -> Page:
    page = window.new_page()
    page.clock.install()
    page.goto(site.path_of("practices.show"))
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    return page


def test_a_card_is_kept_while_it_is_typed(window: BrowserContext, demonstration: Site) -> None:
    page = card(window, demonstration)
    typed(page, "#results")
    expect(page.locator("[data-state]")).to_contain_text("Draft saved ")


def test_a_card_that_waits_for_a_pause_would_not_be(window: BrowserContext, demonstration: Site) -> None:
    broken(window, "draft.js", *PATIENT)
    assert typed(card(window, demonstration), "#results") == []
