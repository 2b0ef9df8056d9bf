"""A form is shown in another language half way through, with what was typed and chosen; with a script and without."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import Site
from tests.registration.filling import PDF

NEW = "/manage/meetings/new"


def typed(page: Page) -> None:
    page.get_by_label("Title in full").fill("Réunion à Suva")
    page.get_by_label("Country", exact=True).select_option("FJI")
    page.get_by_label("Begin with the usual categories of participants").uncheck()


def expect_typed(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#title")).to_have_value("Réunion à Suva")
    expect(page.locator("#country")).to_have_value("FJI")
    expect(page.locator("#categories")).not_to_be_checked()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_was_typed_goes_along_to_the_form_in_another_language(
    context: BrowserContext, demonstration: Site
) -> None:
    demonstration.enter(context, "administrator")
    page = context.new_page()
    page.goto(f"{demonstration.address}{NEW}")
    typed(page)
    page.get_by_role("link", name="Français").click()
    expect_typed(page)
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="Make the meeting").click()
    expect(page.get_by_role("alert")).to_be_visible()  # a fault is one still
    page.get_by_role("link", name="Français").click()
    expect_typed(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_it_goes_along_without_a_script_and_enter_still_sends_the_form(
    browser: Browser, demonstration: Site, width: int
) -> None:
    size = {"width": width, "height": 800}
    plain = browser.new_context(java_script_enabled=False, locale="en-GB", viewport=size)  # type: ignore[arg-type]
    demonstration.enter(plain, "administrator")
    page = plain.new_page()
    page.goto(f"{demonstration.address}{NEW}")
    typed(page)
    french = page.get_by_role("button", name="Français")
    expect(french).not_to_be_in_viewport()
    if width < 640:
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Français").click()
    expect(french).to_be_in_viewport()
    french.click()
    expect_typed(page)
    page.locator("#title").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    plain.close()


def test_a_file_goes_along_too(browser: Browser, demonstration: Site, tmp_path: Path) -> None:
    letter = tmp_path / "note verbale.pdf"
    letter.write_bytes(PDF)
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = plain.new_page()
    page.goto(demonstration.address + demonstration.path_of("registration.new") + "?category=MEM")
    page.locator("#family_name").fill("Byron")
    page.locator("#letter").set_input_files(letter)
    page.get_by_role("link", name="العربية").click()
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#family_name")).to_have_value("Byron")
    expect(page.locator("main")).to_contain_text(re.compile("note verbale.pdf"))
    plain.close()
