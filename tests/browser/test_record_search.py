"""The search by keyboard, and limits that are counted while somebody types."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site
from tests.ground.test_text import COUNTED


@pytest.fixture
def page(context: BrowserContext, demonstration: Site) -> Page:
    """A page of the rapporteur of the whole Bangkok meeting."""
    demonstration.enter(context, "rapporteur")
    return context.new_page()


def test_slash_goes_to_the_words_and_the_arrows_through_what_was_found(page: Page, demonstration: Site) -> None:
    page.goto(demonstration.address + demonstration.path_of("search.show") + "?q=broadband")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    hits = page.locator("a.hit")
    expect(hits.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("broad/band")  # a stroke inside the words is a stroke
    expect(page.locator("#q")).to_have_value("broad/band")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/S*/*")


def test_the_search_begins_in_its_field_and_what_was_found_is_not_moved_by_it(page: Page, demonstration: Site) -> None:
    search = demonstration.address + demonstration.path_of("search.show")
    page.goto(search)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("broadband")
    page.keyboard.press("Enter")
    expect(page.locator("a.hit").first).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_choices_are_made_and_sent_by_keyboard_alone(page: Page, demonstration: Site) -> None:
    page.goto(demonstration.address + demonstration.path_of("search.show"))
    expect(page.locator("#q")).to_be_focused()
    for key in ("Tab", "Tab", "Enter", "Tab"):  # the button, what is folded, the first choice in it
        page.keyboard.press(key)
    page.keyboard.type("Challenge")
    for _choice in range(7):  # past the last of them
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=challenge**")
    expect(page.locator("a.hit").first).to_contain_text("Challenge")


def test_the_words_of_a_note_made_of_an_input_are_counted(page: Page, demonstration: Site) -> None:
    page.goto(demonstration.address + demonstration.path_of("inputs_manage.show"))
    folded = page.locator("details", has_text="Make a note of it").first
    folded.locator("summary").click()
    text, count = folded.locator("textarea"), folded.locator("word-count")
    text.fill("Radio comes first.")
    expect(count).to_have_text("3")
    text.fill("word " * 151)
    expect(count).to_have_class("error")


def test_a_limit_is_counted_while_somebody_types(page: Page, demonstration: Site) -> None:
    page.goto(demonstration.address + demonstration.path_of("capture.new"))
    page.locator("details", has=page.locator("#replicability")).locator("> summary").click()
    page.locator("#replicability").fill("one two three")
    count = page.locator("word-count[for=replicability]")
    expect(count).to_have_text("3")
    page.locator("#replicability").fill("word " * 51)
    expect(count).to_have_class("error")
    page.locator("#title").fill("x" * 121)
    expect(page.locator("word-count[for=title]")).to_have_class("error")


def test_the_page_counts_words_as_the_server_does(page: Page, demonstration: Site) -> None:
    page.goto(demonstration.address + demonstration.path_of("capture.new"))
    count = "async texts => { const { wordsIn } = await import('/static/house/words.js'); return texts.map(wordsIn) }"
    assert page.evaluate(count, list(COUNTED)) == list(COUNTED.values())
    page.locator("#text").fill("农民通过手机收听广播。")
    expect(page.locator("#words")).to_have_text("5")
