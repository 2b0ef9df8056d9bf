"""A form that came back with a fault is shown in another language, with what was typed."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.site import Site


def test_what_was_typed_goes_along_to_the_form_in_another_language(
    context: BrowserContext, demonstration: Site
) -> None:
    demonstration.enter(context, "administrator")
    page = context.new_page()
    page.goto(f"{demonstration.address}/manage/meetings/new")
    page.get_by_label("Title in full").fill("Réunion à Suva")
    page.get_by_label("Country", exact=True).select_option("FJI")
    page.get_by_label("Begin with the usual categories of participants").uncheck()
    page.get_by_role("button", name="Make the meeting").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#title")).to_have_value("Réunion à Suva")
    expect(page.locator("#country")).to_have_value("FJI")
    expect(page.locator("#categories")).not_to_be_checked()
    page.reload()
    expect(page.locator("#title")).to_have_value("")  # it went along once
