"""Forms that keep what is typed are shown in another language too, with a script and without; and the second form of a page."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import Site

KEEPING = [
    ("capture.new", "#text"),
    ("capture.edit", "#text"),
    ("summaries.edit", "#discussion"),
    ("extras.translations", "#text"),
]


def opened(page: Page, site: Site, endpoint: str) -> None:
    page.goto(f"{site.address}{site.path_of(endpoint)}?language=en")
    page.goto(site.address + site.path_of(endpoint))


@pytest.mark.parametrize(("endpoint", "field"), KEEPING)
def test_a_text_that_is_kept_crosses_with_a_script(
    context: BrowserContext, site: Site, endpoint: str, field: str
) -> None:
    site.enter(context, "rapporteur")
    page = context.new_page()
    opened(page, site, endpoint)
    expect(page.locator("draft-form")).to_have_attribute("data-ready", "")
    page.locator(field).fill(f"Half a thought for {endpoint}")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(field)).to_have_value(f"Half a thought for {endpoint}")
    page.goto(f"{site.address}/?language=en")


@pytest.mark.parametrize(("endpoint", "field"), KEEPING)
def test_a_text_crosses_without_a_script(browser: Browser, site: Site, endpoint: str, field: str) -> None:
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    site.enter(plain, "rapporteur")
    page = plain.new_page()
    opened(page, site, endpoint)
    page.locator(field).fill(f"Another thought for {endpoint}")
    page.get_by_role("link", name="Français").click()
    page.locator(f"form:has({field}) button[name=redraw][value=fr]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(field)).to_have_value(f"Another thought for {endpoint}")
    page.goto(f"{site.address}/?language=en")
    plain.close()


def test_the_second_form_of_a_page_crosses_without_a_script(browser: Browser, demonstration: Site) -> None:
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    demonstration.enter(plain, "organizer")
    page = plain.new_page()
    page.goto(demonstration.address + demonstration.path_of("inputs_manage.index"))
    page.locator("#asks").fill("What do you plan?")
    page.get_by_role("link", name="Français").click()
    second = page.locator("form:has(#asks) button[name=redraw][value=fr]")
    expect(second).to_be_visible()
    second.click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#asks")).to_have_value("What do you plan?")
    plain.close()
