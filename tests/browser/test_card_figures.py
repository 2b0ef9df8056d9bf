"""Figures in the words of a card are offered for its rows while they are typed, as on the capture screen."""

from playwright.sync_api import BrowserContext, Response, expect

from tests.browser.site import Site

WORDS = "Of 1,200 islands 96 per cent are connected since 2024, 45 per cent of them by cable."


def has_the_last_words(answer: Response) -> bool:
    body = answer.request.post_data or ""
    return answer.url.endswith("/draft") and "All pay." in body and "96%" not in body


def test_figures_are_offered_as_they_are_typed_and_taken_by_one_press(
    window: BrowserContext, demonstration: Site
) -> None:
    page = window.new_page()
    page.goto(demonstration.path_of("practices.show"))
    offer, figures = page.locator("[data-offer]"), page.locator("[name=measures]")
    page.fill("#results", "")
    expect(offer).to_be_hidden()
    before = [one for one in figures.evaluate_all("all => all.map(one => one.value)") if one]
    page.locator("#results").press_sequentially(WORDS)
    expect(offer).to_contain_text("1,200 · 96 per cent · 45 per cent")
    assert [
        one for one in figures.evaluate_all("all => all.map(one => one.value)") if one
    ] == before  # nothing by itself

    offer.get_by_role("button", name="Take them").click()
    expect(offer).to_be_hidden()
    now = [one for one in figures.evaluate_all("all => all.map(one => one.value)") if one]
    assert now == [*before, "1,200", "96 per cent", "45 per cent"]  # a row more than the page had
    assert page.evaluate("document.activeElement.name") == "source"  # where the first is from is asked
    assert page.evaluate("document.activeElement.closest('.measure').querySelector('[name=measures]').value") == "1,200"
    expect(page.locator("[data-state]")).to_contain_text("Draft saved")
    figures.nth(len(before) + 1).fill("96%")
    page.locator("#results").press_sequentially(" All pay.")
    expect(offer).to_be_hidden()
    with page.expect_response(has_the_last_words):  # an older draft may be saved just before it
        figures.nth(len(before) + 1).fill("96 per cent")
    page.reload()
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    assert [one for one in figures.evaluate_all("all => all.map(one => one.value)") if one] == now
