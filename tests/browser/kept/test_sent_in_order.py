"""What is sent at the same time comes in the order it was written in. Each with its guard removed, too."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from eventapp.agenda.models import Session
from eventapp.drafts import actions
from tests.browser.capture import (
    being_typed,
    broken,
    gate,
    held,
    in_browser,
    let_go,
    nothing_here,
    opened,
    recorded,
    waits,
)
from tests.browser.site import Site


def finished_while_half_is_on_its_way(context: BrowserContext, site: Site, session: Session) -> tuple[Page, Route]:
    """A note saved while the half of it is on its way to be sheltered, held up on the wire."""
    page, on_its_way = opened(context, site, session), list[Route]()
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    page.route("**/typing", lambda route: route.continue_() if on_its_way else on_its_way.append(route))
    with page.expect_request("**/typing"):
        page.keyboard.insert_text("Half")
    page.keyboard.insert_text(" a thought.")
    page.keyboard.press("Control+Enter")
    return page, on_its_way[0]


def test_a_note_goes_after_the_half_of_it_that_is_on_its_way(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page, half = finished_while_half_is_on_its_way(context, site, session)
    expect(page.locator("[data-here] .serif")).to_have_text("Half a thought.")
    half.continue_()
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    assert (recorded(session), being_typed(session)) == (["Half a thought."], [])


def test_a_note_that_overtook_its_half_would_leave_it_behind(
    context: BrowserContext, site: Site, session: Session
) -> None:
    broken(context, "outbox.js", "await this.screen.typing.sending", "")
    page, half = finished_while_half_is_on_its_way(context, site, session)
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    with page.expect_response("**/typing"):
        half.continue_()
    assert (recorded(session), being_typed(session)) == (["Half a thought."], ["Half"])


def typed_on(context: BrowserContext, site: Site, session: Session, *, overtakes: bool) -> None:
    """A text that grows while its beginning is on its way to be sheltered, held up on the wire."""
    page, on_its_way = opened(context, site, session), list[Route]()
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    page.route("**/typing", lambda route: route.continue_() if on_its_way else on_its_way.append(route))
    with page.expect_request("**/typing"):
        page.keyboard.insert_text("AnswerDraft")
    with page.expect_response(lambda answer: "and ended" in (answer.request.post_data or "")):
        page.keyboard.insert_text(" and ended")
        if not overtakes:
            on_its_way[0].continue_()
    if overtakes:
        with page.expect_response("**/typing"):
            on_its_way[0].continue_()


def test_an_older_text_never_comes_after_a_newer_one(context: BrowserContext, site: Site, session: Session) -> None:
    typed_on(context, site, session, overtakes=False)
    assert being_typed(session) == ["AnswerDraft and ended"]


def test_sendings_side_by_side_would_leave_the_older_text_too_if_the_server_took_it(
    context: BrowserContext, site: Site, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = "this.sending = this.sending.then(() => this.sendTyped())"
    broken(context, "draft.js", one_by_one, "this.sending = this.sendTyped()")
    typed_on(context, site, session, overtakes=True)
    assert being_typed(session) == ["AnswerDraft and ended"]  # the server knows the older one by its number
    monkeypatch.setattr(actions, "is_repeat", lambda *_marks: False)
    typed_on(context, site, session, overtakes=True)
    assert "AnswerDraft" in being_typed(session)


def test_a_draft_that_comes_back_is_gone_on_with_at_its_end(
    browser: Browser, context: BrowserContext, site: Site, session: Session
) -> None:
    page = opened(context, site, session)
    page.keyboard.insert_text("AnswerDraft on Monday")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    other = browser.new_context(base_url=site.address, locale="en-GB", storage_state=context.storage_state())
    there = opened(other, site, session)
    expect(there.locator("draft-form[data-ready]")).to_be_visible()
    there.keyboard.type(", ended on Tuesday.")
    expect(there.locator("#text")).to_have_value("AnswerDraft on Monday, ended on Tuesday.")
    other.close()


def sent_while_it_opens(context: BrowserContext, site: Site, session: Session) -> Page:
    """A text that the page was opened with, saved before the page has looked for what is left in this browser."""
    going = "async goOn(texts) {"
    broken(context, "draft.js", going, going + gate("going"))
    page = opened(context, site, session)
    page.keyboard.insert_text("AnswerDraft on Monday.")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    page.close()
    page = held(context, site, session)
    waits(page, "going")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#text")).to_have_value("")
    let_go(page, "going")
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    return page


def test_what_was_saved_while_the_page_opens_does_not_come_back(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = sent_while_it_opens(context, site, session)
    expect(page.locator("#text")).to_have_value("")
    assert (recorded(session), in_browser(page)) == (["AnswerDraft on Monday."], [])


def test_a_page_that_did_not_mark_it_would_bring_it_back(context: BrowserContext, site: Site, session: Session) -> None:
    broken(context, "note-form.js", "this.isTouched = true // it does not come back", "//")
    page = sent_while_it_opens(context, site, session)
    expect(page.locator("#text")).to_have_value("AnswerDraft on Monday.")


def ended_without_a_network(context: BrowserContext, site: Site, session: Session) -> Page:
    """A note that the server has half of as a draft, ended and saved while there was no network; then the page again."""
    page = opened(context, site, session)
    page.keyboard.insert_text("AnswerDraft on Monday")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    with site.cut_off(context):
        page.keyboard.insert_text(", ended on Tuesday.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#saved")).to_contain_text("Offline: 1 note saved in this browser")
        page.close()
    again = opened(context, site, session)
    expect(again.locator("#kept-heading")).to_have_text("1 note in this session")
    expect(again.locator("#saved")).to_contain_text("Saved")
    return again


def test_half_of_a_note_on_its_way_does_not_come_back(context: BrowserContext, site: Site, session: Session) -> None:
    page = ended_without_a_network(context, site, session)
    expect(page.locator("#text")).to_have_value("")
    page.keyboard.type("The next one.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("2 notes in this session")
    assert recorded(session) == ["AnswerDraft on Monday, ended on Tuesday.", "The next one."]
    assert being_typed(session) == []


def test_a_page_that_did_not_look_would_begin_the_next_note_with_it(
    context: BrowserContext, site: Site, session: Session
) -> None:
    broken(context, "draft.js", ", ...await this.onTheirWay()]", "]")
    page = ended_without_a_network(context, site, session)
    expect(page.locator("#text")).to_have_value("AnswerDraft on Monday")


def test_a_changed_note_waits_for_the_network_too(context: BrowserContext, site: Site, session: Session) -> None:
    page = opened(context, site, session)
    page.keyboard.type("Most cases were large.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Edit").click()
    expect(page.locator("draft-form.one[data-ready]")).to_be_visible()
    address = page.url
    with site.cut_off(context):
        page.locator("#text").fill("Most cases were small.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#saved")).to_contain_text("Offline: your text is saved in this browser")
        page.close()
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#text")).to_have_value("Most cases were small.")
    again.locator("#text").press("Control+Enter")
    expect(again.locator("#kept-heading")).to_be_visible()
    nothing_here(again)
    assert recorded(session) == ["Most cases were small."]


def kept_once_more_while_it_is_saved(context: BrowserContext, site: Site, session: Session) -> Page:
    """A text that lost against a faster window, and whose keeping comes due between its sending and the answer's page."""
    to = "const to = new URL(answer.url)"
    broken(context, "form.js", to, gate("answered") + to)
    page = opened(context, site, session)
    page.keyboard.type("First words.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-kept-notes] a", has_text="Edit")).to_be_visible()
    one, other = (held(context, site, session, "/1") for _ in range(2))
    for tab, words in ((one, "One."), (other, "Other.")):
        expect(tab.locator("draft-form[data-ready]")).to_be_visible()
        tab.locator("#text").fill(words)
        tab.keyboard.press("Control+Enter")
        waits(tab, "answered")
    other.evaluate(
        "() => { const { typing } = document.querySelector('draft-form'); typing.shelter(); return typing.sending }"
    )
    return other


def test_a_text_that_lost_is_shown_beside_the_other(context: BrowserContext, site: Site, session: Session) -> None:
    page = kept_once_more_while_it_is_saved(context, site, session)
    let_go(page, "answered")
    expect(page.locator("h1")).to_contain_text("Two texts")


def test_a_keeping_beside_the_saving_would_hide_that(context: BrowserContext, site: Site, session: Session) -> None:
    broken(context, "draft.js", "screen.isBlank || screen.isLeaving && !isLast ||", "screen.isBlank ||")
    page = kept_once_more_while_it_is_saved(context, site, session)
    expect(page.locator("h1")).to_have_text(session.title)
