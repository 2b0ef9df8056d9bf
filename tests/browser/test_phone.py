"""The record on a phone: nothing of a table is out of sight, and the bar never stands on what is written."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.capture import broken, may_be_typed_in
from tests.browser.site import Site

PHONE, TALL = 360, 740
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ENDLESS = """() => {
  const address = "https://example.org/" + "x".repeat(200);
  document.querySelector(".outline a span span").textContent = address;
  for (const [kind, name] of [["article", "mini-note"], ["article", "outcome"], ["label", "pick"]]) {
    const part = document.createElement(kind), text = document.createElement("span");
    part.className = name;
    text.textContent = address;
    part.append(text);
    document.querySelector("main").append(part);
  }
}"""  # an address that somebody pasted into each
FOLDING = [
    "registration_manage.index",
    "record.index",
    "record_manage.index",
    "practices_manage.index",
    "inputs_manage.index",
    "commitments_manage.index",
    "commitments.index",
    "speaking.index",
]
OUT_OF_SIGHT = (
    "cells => cells.filter(one => one.getBoundingClientRect().right > innerWidth).map(one => one.textContent)"
)


def on_a_phone(context: BrowserContext, site: Site, role: str) -> Page:
    site.enter(context, role)
    page = context.new_page()
    page.set_viewport_size({"width": PHONE, "height": TALL})
    return page


@pytest.mark.parametrize("endpoint", FOLDING)
def test_no_cell_of_a_table_is_out_of_sight(context: BrowserContext, demonstration: Site, endpoint: str) -> None:
    page = on_a_phone(context, demonstration, "organizer")
    page.goto(demonstration.address + demonstration.path_of(endpoint))
    assert page.locator("tbody td").count() > 3
    assert page.locator("tbody :is(td, th)").evaluate_all(OUT_OF_SIGHT) == []
    page.set_viewport_size({"width": 1280, "height": TALL})
    expect(page.get_by_role("columnheader").last).to_be_visible()  # on a wide screen it is a table as ever


def test_a_long_address_is_broken_and_does_not_widen_the_page(context: BrowserContext, demonstration: Site) -> None:
    page = on_a_phone(context, demonstration, "organizer")
    page.goto(
        demonstration.address + demonstration.path_of("registration_manage.index") + "?state=everyone&open=R-0001"
    )
    page.locator(".facts dd").first.evaluate("one => one.textContent = 'x'.repeat(90)")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_a_word_without_an_end_moves_nothing_out_of_sight(context: BrowserContext, demonstration: Site) -> None:
    page = on_a_phone(context, demonstration, "rapporteur")
    page.goto(demonstration.address + demonstration.path_of("review_editor.show"))
    expect(page.locator(".outline a").first).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0
    page.evaluate(ENDLESS)
    assert page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_charts_of_the_years_fit(browser: Browser, demonstration: Site, language: str) -> None:
    context = browser.new_context(locale=language, viewport={"width": PHONE, "height": TALL})
    page = context.new_page()
    page.goto(demonstration.address + demonstration.path_of("progress.index"))
    charts = page.locator(".chart .scroll")
    assert charts.evaluate_all("all => all.map(one => one.scrollWidth <= one.clientWidth)") == [True, True]
    drawn = page.locator(".chart :is(text, rect)")
    assert drawn.count() > 4
    assert drawn.evaluate_all("all => all.filter(one => one.getBoundingClientRect().left < 0).length") == 0
    context.close()


def test_without_javascript_no_key_is_promised(browser: Browser, demonstration: Site) -> None:
    for able in (True, False):
        context = browser.new_context(java_script_enabled=able)
        demonstration.enter(context, "rapporteur")
        page = context.new_page()
        page.goto(demonstration.address + demonstration.path_of("capture.new"))
        keys = page.locator("draft-form :is(kbd, .keys) >> visible=true")
        expect(keys).to_have_count(0) if not able else expect(keys.first).to_be_visible()
        context.close()


def test_the_bar_does_not_stand_on_the_text(context: BrowserContext, demonstration: Site) -> None:
    page = on_a_phone(context, demonstration, "rapporteur")
    page.goto(demonstration.address + demonstration.path_of("capture.new"))
    text, bar = page.locator("#text"), page.locator(".savebar")
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    expect(text).to_be_focused()
    box, over = text.bounding_box(), bar.bounding_box()
    assert box
    assert over
    assert box["y"] + box["height"] <= over["y"]
    assert over["height"] < TALL / 8  # one row


@pytest.mark.parametrize("width", [PHONE, 768, 1280])
def test_what_is_missing_from_a_session_stays_in_its_column(
    context: BrowserContext, demonstration: Site, width: int
) -> None:
    page = on_a_phone(context, demonstration, "organizer")
    page.set_viewport_size({"width": width, "height": TALL})
    page.goto(demonstration.address + demonstration.path_of("clearing.show").replace("/S2/", "/S10/"))
    expect(page.locator(".checklist li")).not_to_have_count(0)
    outside = "marks => marks.filter(one => one.getBoundingClientRect().right > one.closest('li').getBoundingClientRect().right + 1).length"
    assert page.locator(".checklist .state").evaluate_all(outside) == 0


def moved_by_a_longer_line(context: BrowserContext, site: Site) -> float:
    """How far the text moves on the screen once the line above it says that somebody is signed out."""
    page = on_a_phone(context, site, "rapporteur")
    page.goto(site.address + site.path_of("capture.new").replace("/S2", "/S1"))  # of few lines: no browser anchors it
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    may_be_typed_in(page)
    before = page.locator("#text").bounding_box()
    context.clear_cookies()
    page.keyboard.type("Typed after the session had ended")
    expect(page.locator("#saved")).to_contain_text("Signed out")
    after = page.locator("#text").bounding_box()
    assert before
    assert after
    return abs(after["y"] - before["y"])


def test_a_longer_line_pushes_no_text_under_the_bar(context: BrowserContext, demonstration: Site) -> None:
    assert moved_by_a_longer_line(context, demonstration) < 2


def test_without_its_guard_it_would(browser: Browser, demonstration: Site) -> None:
    context = browser.new_context(locale="en-GB", service_workers="block")
    broken(context, "state-line.js", "if (text) scrollBy", "if (false) scrollBy")
    assert moved_by_a_longer_line(context, demonstration) > 10
    context.close()
