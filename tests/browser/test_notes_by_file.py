"""A file of notes in the browser: chosen, checked, shown for everybody to read, stopped, then let in."""

import os

from playwright.sync_api import BrowserContext, Page, expect

from eventapp.ground.clock import now
from eventapp.ground.jobs.scheduler import work_long
from eventapp.record.loading.arriving.jobs import LONG_JOBS
from tests.browser.site import Site
from tests.browser.test_pages_are_accessible import FROM_LEFT, FROM_RIGHT, faults, window  # noqa: F401 -- a fixture

CSV = "session,kind,delegation,words,support\nS2,challenge,Fiji,One cable serves us.,some\nS2,trend,ITU,Les prix ont baissé dans la région.,\n"


def choose(page: Page, text: str, name: str = "notes.csv") -> None:
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.locator("#choose button:not([name=redraw])").click()
    page.wait_for_url("**/outcomes/file/*")


def worked() -> None:
    assert work_long(LONG_JOBS, at=now()) == {"let notes in": 1}


def pressed(page: Page, act: str) -> None:
    page.locator(f"form[action$='/{act}'] button:not([name=redraw])").click()


def drawn(page: Page, name: str) -> None:
    """Keep a picture of this state, where somebody wants to look at it."""
    if folder := os.environ.get("PICTURES"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=f"{folder}/loading-{name}-{width}.png", full_page=True)


def test_a_file_is_shown_then_let_in(window: BrowserContext, demonstration: Site) -> None:  # noqa: F811 -- the fixture
    demonstration.enter(window, "organizer")
    page = window.new_page()
    for question, looks in (("", FROM_LEFT), ("?language=ar", FROM_RIGHT), ("?language=en", FROM_LEFT)):
        page.goto(demonstration.path_of("record_loading.show") + question)
        drawn(page, f"choose{question[-2:]}")
        choose(page, CSV)
        expect(page.locator("progress")).to_be_visible()
        assert faults(page, looks) == []
        drawn(page, f"checking{question[-2:]}")
        worked()
        expect(page.locator("#preview tbody tr")).to_have_count(2)  # the page looks by itself
        assert faults(page, looks) == []
        drawn(page, f"checked{question[-2:]}")
    pressed(page, "load")
    expect(page.locator("progress")).to_be_visible()
    drawn(page, "coming")
    pressed(page, "stop")
    expect(page.get_by_role("alert")).to_contain_text("What came in until then stays.")
    assert faults(page, FROM_LEFT) == []
    drawn(page, "stopped")
    pressed(page, "load")
    worked()
    expect(page.locator("#came dd").first).to_have_text("2")
    assert faults(page, FROM_LEFT) == []
    drawn(page, "came")


def test_every_fault_is_shown_and_the_file_is_checked_again(
    window: BrowserContext,  # noqa: F811 -- the fixture
    demonstration: Site,
) -> None:
    demonstration.enter(window, "organizer")
    page = window.new_page()
    page.goto(demonstration.path_of("record_loading.show"))
    choose(
        page,
        "session,kind,words\n" + "S99,trend,Prices fall.\n" * 60,
        "a long name of minutes of the closing session.csv",
    )
    pressed(page, "stop")
    expect(page.get_by_role("alert")).to_contain_text("Stopped")
    pressed(page, "again")
    worked()
    expect(page.locator("table.faults tbody tr")).to_have_count(50)
    assert faults(page, FROM_LEFT) == []
    drawn(page, "faulty")
    page.locator(".pager a[rel=next]").click()
    expect(page.locator("table.faults tbody tr")).to_have_count(10)
    page.goto(demonstration.path_of("record_loading.show"))
    expect(page.locator("table.folds tbody tr").first).to_contain_text("Lines to put right")
    assert faults(page, FROM_LEFT) == []
    drawn(page, "before")
