"""A summary and a translation stay in the browser until the server has them, over a bad network and a sign-in that ended."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.record.extras.queries import translations_of
from eventapp.record.notes.queries import notes_of
from eventapp.record.summaries.actions import summary_of
from tests import make
from tests.browser.capture import broken, gate, gated, held, kept_here, let_go, opened, waits
from tests.browser.site import Site
from tests.make_record import note


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """A session of its own for each test, with one note."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
    session = make.session(meeting)
    note(session, "Most cases were small.")
    yield session
    db.session.rollback()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site.address, locale="en-GB", service_workers="block")
    site.enter(context, RAPPORTEUR)
    yield context
    context.close()


def written(context: BrowserContext, site: Site, session: Session, part: str, field: str, words: str) -> Page:
    """These words typed without a network, the tab closed after trying to save them, and the page opened again."""
    page = opened(context, site, session, part)
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    with site.cut_off(context):
        page.locator(field).fill(words)
        page.locator("draft-form .btn.go").click()
        expect(page.locator("#saved")).to_contain_text("Offline: your text is saved in this browser")
        page.close()
    page = opened(context, site, session, part)
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    return page


def test_a_summary(context: BrowserContext, site: Site, session: Session) -> None:
    page = written(context, site, session, "/summary", "#discussion", "They spoke about radio.")
    expect(page.locator("#discussion")).to_have_value("They spoke about radio.")
    page.locator("draft-form .btn.go").click()
    expect(page.locator("h1")).to_contain_text("Close")
    db.session.rollback()
    assert summary_of(session).discussion == "They spoke about radio."
    db.session.rollback()
    page.goto("/account/texts")
    expect(page.locator("draft-list[data-ready]")).to_be_visible()
    expect(page.locator("[data-list] article")).to_have_count(0)


def test_a_translation(context: BrowserContext, site: Site, session: Session) -> None:
    page = written(context, site, session, "/1/translations", "#text", "La plupart des cas étaient petits.")
    expect(page.locator("#text")).to_have_value("La plupart des cas étaient petits.")
    page.locator("draft-form .btn.go").click()
    expect(page.locator("section#ar, section#fr, section#zh, section#es, section#ru").first).to_be_visible()
    db.session.rollback()
    assert [one.text for one in translations_of(notes_of(session)[0])] == ["La plupart des cas étaient petits."]
    db.session.rollback()


def test_a_browser_that_kept_nothing_would_lose_it(context: BrowserContext, site: Site, session: Session) -> None:
    broken(
        context,
        "store.js",
        "  async change({ drop = [], put = null }) {",
        "  async change({ put }) { return put?.id || 1",
    )
    page = written(context, site, session, "/summary", "#discussion", "They spoke about radio.")
    expect(page.locator("#discussion")).to_have_value("")


def test_what_is_wrong_is_said_by_the_server_and_stays_on_the_page(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = opened(context, site, session, "/summary")
    page.locator("#divergence").fill("word " * 151)
    page.locator("draft-form .btn.go").click()
    expect(page.locator(".summary")).to_contain_text("Take out 1 word")
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    expect(page.locator("#divergence")).to_have_value("word " * 150 + "word")
    page.locator("#divergence").fill("They agreed.")
    page.locator("draft-form .btn.go").click()
    expect(page.locator("h1")).to_contain_text("Close")
    page = opened(context, site, session, "/summary")
    expect(page.locator("#divergence")).to_have_value("They agreed.")


def corrected_at_once(context: BrowserContext, site: Site, session: Session) -> Page:
    """A summary that the server refused, corrected while its page still opens in a slow browser, saved, and opened again."""
    looks, changes = "return [...rows.values()]", "id = await this.place.change("
    broken(context, "store.js", looks, gate("look") + looks, changes, gate("change") + changes)
    page = opened(context, site, session, "/summary")
    page.locator("#divergence").fill("word " * 151)
    kept_here(page, "word " * 151)
    gated(page)
    page.locator("draft-form .btn.go").click()
    expect(page.locator(".summary")).to_contain_text("Take out 1 word")
    waits(page, "look")
    page.locator("#divergence").fill("They agreed.")
    let_go(page, "look")
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    let_go(page, "change")
    page.locator("draft-form .btn.go").click()
    expect(page.locator("h1")).to_contain_text("Close")
    page = opened(context, site, session, "/summary")
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    return page


def test_a_correction_goes_on_in_the_text_that_was_kept(context: BrowserContext, site: Site, session: Session) -> None:
    page = corrected_at_once(context, site, session)
    expect(page.locator("#divergence")).to_have_value("They agreed.")


def test_a_page_that_opens_beside_what_is_typed_would_bring_the_old_text_back(
    context: BrowserContext, site: Site, session: Session
) -> None:
    one_after_another = "this.order = this.order.then(() => alone("
    beside = "return this.order.then(() => alone("
    broken(context, "draft.js", one_after_another, beside)
    page = corrected_at_once(context, site, session)
    expect(page.locator("#divergence")).to_have_value("word " * 151)


def opened_while_another_saves(context: BrowserContext, site: Site, session: Session, *pieces: str) -> Page:
    """A second window that sees a text of the first one, which saves it and closes before the second asks who is open."""
    asking = "let open = await openWindows()"
    broken(context, "draft.js", asking, gate("asking") + asking, *pieces)
    one = opened(context, site, session, "/summary")
    one.locator("#divergence").fill("They agreed.")
    kept_here(one, "They agreed.")
    other = held(context, site, session, "/summary")
    waits(other, "asking")
    # the answer that it is saved already would load the page again
    other.route("**/summary/typing", lambda route: route.abort())
    one.locator("draft-form .btn.go").click()
    expect(one.locator("h1")).to_contain_text("Close")
    let_go(other, "asking")
    expect(other.locator("draft-form[data-ready]")).to_be_visible()
    return other


def test_what_another_window_has_just_saved_does_not_come_back(
    context: BrowserContext, site: Site, session: Session
) -> None:
    expect(opened_while_another_saves(context, site, session).locator("#divergence")).to_have_value("")


def test_a_window_that_looks_once_would_bring_it_back(context: BrowserContext, site: Site, session: Session) -> None:
    twice = "const texts = (await this.left()).filter("
    page = opened_while_another_saves(context, site, session, twice, "const texts = before.filter(")
    expect(page.locator("#divergence")).to_have_value("They agreed.")


def opened_at_once(context: BrowserContext, site: Site, session: Session, *pieces: str) -> list[str]:
    """What two windows hold that open at the same moment, after one was closed with a text in it."""
    going = "async goOn(texts) {"
    broken(context, "draft.js", going, going + gate("going"), *pieces)
    before = opened(context, site, session, "/summary")
    before.locator("#divergence").fill("They agreed.")
    kept_here(before, "They agreed.")
    before.close()
    one = held(context, site, session, "/summary")
    waits(one, "going")
    other = held(context, site, session, "/summary")
    if pieces:
        waits(other, "going")
    for page in (one, other):
        let_go(page, "going")
        expect(page.locator("draft-form[data-ready]")).to_be_visible()
    return [page.locator("#divergence").input_value() for page in (one, other)]


def test_of_two_windows_that_open_at_once_one_goes_on_with_the_text(
    context: BrowserContext, site: Site, session: Session
) -> None:
    assert opened_at_once(context, site, session) == ["They agreed.", ""]


def test_windows_that_look_at_the_same_time_would_both_write_into_it(
    context: BrowserContext, site: Site, session: Session
) -> None:
    one_by_one = "alone(`find:${this.mine.page}`, () => this.find())"
    assert opened_at_once(context, site, session, one_by_one, "this.find()") == ["They agreed."] * 2


def typed_while_it_is_saved(context: BrowserContext, site: Site, session: Session) -> Page:
    """Two words more while the summary is on its way, and the page opened again."""
    page, on_its_way = opened(context, site, session, "/summary"), list[Route]()
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    page.locator("#divergence").fill("They agreed.")
    page.route("**/summary", lambda route: route.continue_() if on_its_way else on_its_way.append(route))
    with page.expect_request("**/summary"):
        page.locator("draft-form .btn.go").click()
    page.locator("#divergence").fill("They agreed. All of them.")
    on_its_way[0].continue_()
    expect(page.locator("h1")).to_contain_text("Close")
    page = opened(context, site, session, "/summary")
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    return page


def test_what_is_typed_while_it_is_saved_is_not_lost(context: BrowserContext, site: Site, session: Session) -> None:
    page = typed_while_it_is_saved(context, site, session)
    expect(page.locator("#divergence")).to_have_value("They agreed. All of them.")


def test_a_page_that_forgot_it_all_would_lose_it(context: BrowserContext, site: Site, session: Session) -> None:
    broken(context, "form.js", "this.words === words ?", "true ?")
    page = typed_while_it_is_saved(context, site, session)
    expect(page.locator("#divergence")).to_have_value("They agreed.")


def test_who_is_signed_out_keeps_the_summary(context: BrowserContext, site: Site, session: Session) -> None:
    page = opened(context, site, session, "/summary")
    context.clear_cookies()
    page.locator("#discussion").fill("They spoke about radio.")
    page.locator("draft-form .btn.go").click()
    expect(page.locator("#saved")).to_contain_text("Signed out: your text is saved in this browser")
    site.enter(context, RAPPORTEUR)
    page.reload()
    expect(page.locator("#discussion")).to_have_value("They spoke about radio.")
    page.locator("draft-form .btn.go").click()
    expect(page.locator("h1")).to_contain_text("Close")


def test_a_summary_is_gone_on_with_on_another_device(
    browser: Browser, context: BrowserContext, site: Site, session: Session
) -> None:
    page = opened(context, site, session, "/summary")
    page.locator("#discussion").fill("They spoke about")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    page.close()
    page = opened(context, site, session, "/summary")  # here it is in the form already
    expect(page.locator("#discussion")).to_have_value("They spoke about")
    expect(page.locator("[data-unsaved]")).to_have_count(0)
    tablet = browser.new_context(base_url=site.address, locale="en-GB", service_workers="block")
    site.enter(tablet, RAPPORTEUR)
    there = opened(tablet, site, session, "/summary")
    expect(there.locator("#discussion")).to_have_value("")
    there.get_by_role("link", name="Go on with it").click()
    expect(there.locator("#discussion")).to_have_value("They spoke about")
    there.locator("#discussion").fill("They spoke about radio.")
    there.locator("draft-form .btn.go").click()
    expect(there.locator("h1")).to_contain_text("Close")
    tablet.close()
    db.session.rollback()
    assert summary_of(session).discussion == "They spoke about radio."
    db.session.rollback()
