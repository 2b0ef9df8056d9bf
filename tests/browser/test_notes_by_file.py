"""A file of notes in the browser: chosen, shown for everybody to read, then let in."""

import os

from playwright.sync_api import BrowserContext, expect

from tests.browser.site import Site
from tests.browser.test_pages_are_accessible import FROM_LEFT, FROM_RIGHT, faults, window  # noqa: F401 -- a fixture

CSV = "session,kind,delegation,words,support\nS2,challenge,Fiji,One cable serves us.,some\nS2,trend,ITU,Les prix ont baissé dans la région.,\n"


def test_a_file_is_shown_then_let_in(window: BrowserContext, demonstration: Site) -> None:  # noqa: F811 -- the fixture
    demonstration.enter(window, "organizer")
    page = window.new_page()
    for question, looks in (("", FROM_LEFT), ("?language=ar", FROM_RIGHT), ("?language=en", FROM_LEFT)):
        page.goto(demonstration.path_of("record_loading.show") + question)
        page.set_input_files("#file", {"name": "notes.csv", "mimeType": "text/csv", "buffer": CSV.encode()})
        page.locator("#choose button:not([name=redraw])").click()
        expect(page.locator("#preview tbody tr")).to_have_count(2)
        assert faults(page, looks) == []
        if folder := os.environ.get("PICTURES"):
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                page.screenshot(path=f"{folder}/loading-{question[-2:]}-{width}.png", full_page=True)
    page.set_input_files(
        "#file", {"name": "notes.csv", "mimeType": "text/csv", "buffer": CSV.replace("S2", "S99").encode()}
    )
    page.locator("#choose button:not([name=redraw])").click()
    expect(page.locator("table.faults tbody tr")).to_have_count(2)
    assert faults(page, FROM_LEFT) == []
    page.set_input_files("#file", {"name": "notes.csv", "mimeType": "text/csv", "buffer": CSV.encode()})
    page.locator("#choose button:not([name=redraw])").click()
    page.locator("#preview button:not([name=redraw])").click()
    expect(page.get_by_role("status").first).to_contain_text("2 notes came in.")
