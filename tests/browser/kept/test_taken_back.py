"""A note that is taken back into the form while it is sent is one note in the end, whatever became of the sending."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from eventapp.agenda.models import Session
from tests.browser.capture import broken, kept_here, opened, recorded
from tests.browser.site import Site

FATES = ["answered late", "answer lost", "never arrived"]
REMEMBERED = "valueOf(note.fields, 'again') || (note.state === 'waiting' ? valueOf(note.fields, 'key') : '')"


def taken_back(context: BrowserContext, site: Site, session: Session, fate: str) -> Page:
    """A note taken back while its first sending is on its way, which ends so; then changed and saved."""
    page, held = opened(context, site, session), list[Route]()
    page.route(f"**/record/{session.code}", lambda route: route.continue_() if held else held.append(route))
    page.keyboard.type("Half a thought")
    with page.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith(session.code)):
        page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Sending")
    answer = None if fate == "never arrived" else held[0].fetch()
    page.locator("[data-here]").get_by_role("button", name="Back into the form").click()
    expect(page.locator("#text")).to_have_value("Half a thought")
    expect(page.locator("[data-here]")).to_have_count(0)
    if answer and fate == "answered late":
        held[0].fulfill(response=answer)
        expect(page.locator("[data-kept-notes] article")).to_have_count(1)
    else:
        held[0].abort()
    page.locator("#text").fill("A whole thought")
    kept_here(page, "A whole thought")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith(session.code)):
        page.locator("#text").press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(page.locator("#text")).to_have_value("")
    return page


@pytest.mark.parametrize("fate", FATES)
def test_it_is_one_note_in_the_end(context: BrowserContext, site: Site, session: Session, fate: str) -> None:
    page = taken_back(context, site, session, fate)
    expect(page.locator("[data-kept-notes] article")).to_have_count(1)
    assert recorded(session) == ["A whole thought"]


def test_what_was_saved_before_it_was_taken_back_is_said(context: BrowserContext, site: Site, session: Session) -> None:
    page, held = opened(context, site, session), list[Route]()
    page.route(f"**/record/{session.code}", lambda route: held.append(route))  # noqa: PLW0108 -- it is given a name
    page.keyboard.type("Half a thought")
    with page.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith(session.code)):
        page.keyboard.press("Control+Enter")
    page.locator("[data-here]").get_by_role("button", name="Back into the form").click()
    held[0].continue_()
    expect(page.locator("#saved")).to_contain_text("already: saving it again changes that note")
    expect(page.locator("#text")).to_have_value("Half a thought")


def test_what_was_taken_back_stays_in_the_form_though_a_draft_of_it_is_answered_first(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page, held = opened(context, site, session), list[Route]()
    page.route(f"**/record/{session.code}", lambda route: held.append(route))  # noqa: PLW0108 -- it is given a name
    page.keyboard.insert_text("Half a thought")
    with page.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith(session.code)):
        page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Sending")
    answer = held[0].fetch()
    with page.expect_response("**/typing"):
        page.locator("[data-here]").get_by_role("button", name="Back into the form").click()
    expect(page.locator("#saved")).to_contain_text("already: saving it again changes that note")
    held[0].fulfill(response=answer)
    expect(page.locator("[data-kept-notes] article")).to_have_count(1)
    expect(page.locator("#saved")).to_contain_text("already: saving it again changes that note")
    expect(page.locator("#text")).to_have_value("Half a thought")


@pytest.mark.parametrize("fate", FATES[:2])
def test_without_the_key_it_was_sent_under_there_would_be_two(
    context: BrowserContext, site: Site, session: Session, fate: str
) -> None:
    broken(context, "note-form.js", REMEMBERED, "''")
    taken_back(context, site, session, fate)
    assert recorded(session) == ["Half a thought", "A whole thought"]
