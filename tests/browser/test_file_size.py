"""A file that is larger than the server takes is told beside its field before anything of its form is sent."""

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.site import Site
from tests.practices.test_views import picture

MEGABYTE = 1024 * 1024
OVER_EVERY_LIMIT = {"name": "scan.png", "mimeType": "image/png", "buffer": bytes(13 * MEGABYTE)}
FORMS = [
    ("registration.new", "?category=UN", "#photo", "#family_name", 6),
    ("practices.show", "", "#file", "#partners", 5),
    ("writing.show", "", "#file", "#overview", 8),
]


def with_the_file(request: Request) -> bool:
    """Whether this sends parts, as only a form with a file does here."""
    return request.method == "POST" and "filename=" in (request.post_data_buffer or b"").decode("latin-1")


def sends(page: Page) -> None:
    page.locator("main form[enctype] button.go").last.click()


@pytest.mark.parametrize(("endpoint", "question", "field", "words", "most"), FORMS)
def test_a_file_too_large_is_told_before_it_is_sent(
    window: BrowserContext, demonstration: Site, endpoint: str, question: str, field: str, words: str, most: int
) -> None:
    page, files = window.new_page(), list[Request]()
    page.on("request", lambda request: files.append(request) if with_the_file(request) else None)
    page.goto(demonstration.address + demonstration.path_of(endpoint) + question)
    chosen, told = page.locator(field), page.locator(f"{field}-error")
    page.fill(words, "What was typed stays")

    chosen.set_input_files(OVER_EVERY_LIMIT)  # type: ignore[arg-type]
    expect(told).to_have_text(f"Error: The file is 13.0 MB. Choose a file of {most} MB or less.")
    expect(chosen).to_have_attribute("aria-invalid", "true")
    assert f"{field[1:]}-error" in (chosen.get_attribute("aria-describedby") or "").split()

    sends(page)
    expect(chosen).to_be_focused()
    expect(page.locator(words)).to_have_value("What was typed stays")
    assert files == []

    chosen.set_input_files({"name": "scan.png", "mimeType": "image/png", "buffer": picture()})
    expect(told).to_have_count(0)
    expect(chosen).not_to_have_attribute("aria-invalid", "true")
