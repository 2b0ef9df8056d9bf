"""Every page, for every role: WCAG 2.2 AA by axe, in both directions, light and dark, and nothing sideways.

One visit looks at a page in three ways: on a phone in the dark, on a wide screen in the light, and on a phone from right
to left. How far it scrolls sideways is measured on both screens in both directions. Pages of a no have all four looks.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from eventapp.meetings.models import ORGANIZER, STEWARD
from tests.browser.pages import AGAIN, NOT_PAGES, PAGES
from tests.browser.site import Site

PHONE, WIDE, HEIGHT = 360, 1280, 800
LOOKS = [(width, scheme) for width in (PHONE, WIDE) for scheme in ("light", "dark")]
FROM_LEFT, FROM_RIGHT = [(PHONE, "dark"), (WIDE, "light")], [(PHONE, "light")]
# Only what is wrong is worked out in full and comes back: the elements that are right are most of a page.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WRONG = """rules => axe.run(rules).then(found => found.violations.map(
    one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 120))]))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def window(browser: Browser, demonstration: Site) -> Iterator[BrowserContext]:
    """A browser that has nothing moving in it, for colours are measured."""
    options: Any = {"locale": "en-GB", "timezone_id": "Asia/Bangkok", "reduced_motion": "reduce"}
    context = browser.new_context(base_url=demonstration.address, **options)
    yield context
    context.close()


def test_every_page_is_looked_at(demonstration: Site) -> None:
    answering = {rule.endpoint for rule in demonstration.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert answering - NOT_PAGES == set(PAGES)


@pytest.mark.parametrize(
    ("endpoint", "role", "question"), [*((name, role, "") for name, role in PAGES.items()), *AGAIN], ids=str
)
def test_the_page_is_for_everyone(
    window: BrowserContext, demonstration: Site, endpoint: str, role: str, question: str
) -> None:
    demonstration.enter(window, role)
    page, complaints = listened_to(window)
    address = demonstration.path_of(endpoint) + question
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert faults(page, FROM_LEFT) == []
    page.goto(f"{address}{'&' if question else '?'}language=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert faults(page, FROM_RIGHT) == []
    assert complaints == []


@pytest.mark.parametrize("address", ["/nowhere", "/sign-out", "/?q=%ff"])
def test_the_page_of_a_no_is_for_everyone(window: BrowserContext, address: str) -> None:
    page = window.new_page()
    page.goto(address)
    assert faults(page) == []


def test_the_door_without_a_connection_is_for_everyone(window: BrowserContext, demonstration: Site) -> None:
    demonstration.enter(window, STEWARD)
    page = window.new_page()
    page.goto(demonstration.path_of("checkin.show") + "?gate=G1")
    window.set_offline(True)
    page.get_by_label("Or type the number under the code").fill("R-0005")
    page.get_by_role("button", name="Check in").click()
    expect(page.locator(".verdict")).to_contain_text("Saved on this phone")
    assert faults(page) == []


def test_the_columns_of_a_table_are_for_everyone(window: BrowserContext, demonstration: Site) -> None:
    demonstration.enter(window, ORGANIZER)
    page = window.new_page()
    page.goto(demonstration.path_of("agenda_imports.index"))
    table = "Title,Day,Start,End,Speakers\nOpening,4 Oct 2016,09:00,10:00,Ada Byron (chair)\n"
    page.locator("main input[type=file]").set_input_files(
        {"name": "agenda.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    page.locator("main form:has(input[type=file]) button.go").click()
    expect(page.locator("main select").first).to_be_visible()
    address = page.url
    assert faults(page, FROM_LEFT) == []
    page.goto(f"{address}?language=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert faults(page, FROM_RIGHT) == []


def test_a_page_that_is_not_for_everyone_is_found_out(window: BrowserContext) -> None:
    """The positive control: without it a harness that sees nothing would be as green."""
    page = window.new_page()
    page.goto("/privacy")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input id=wide><p><img src=/x>')")
    page.evaluate("document.querySelector('#wide').style.inlineSize = '2000px'")
    found = sorted(fault.split(":")[0] for fault in faults(page, [(PHONE, "light")]))
    assert found == ["1280 sideways", "360 light image-alt", "360 light label", "360 sideways"]


def test_a_page_may_be_left_while_it_asks_and_nothing_else_is_overheard(window: BrowserContext) -> None:
    page, complaints = listened_to(window)
    page.goto("/privacy")
    page.evaluate("() => { for (let i = 0; i < 20; i++) fetch('/privacy?' + i) }")
    page.goto("/privacy")
    assert complaints == []
    with page.expect_console_message(lambda line: "127.0.0.1:9" in line.text):
        page.evaluate("fetch('http://127.0.0.1:9/').catch(() => {})")
    with page.expect_console_message(lambda line: "404" in line.text):
        page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/not-there.png alt>')")
    assert any("127.0.0.1:9" in complaint for complaint in complaints)
    assert any("404" in complaint for complaint in complaints)


def listened_to(context: BrowserContext) -> tuple[Page, list[str]]:
    """A new page, and what the browser complains about on it: scripts, policies, files that are not there.

    What ends because its page is left is no complaint: a page whose script looks again each second is left in the
    middle of it now and then. An answer without a body (304) is told in the same way, though the script has it.
    """
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url) if not _left(request) else None)
    return page, complaints


def _left(request: Request) -> bool:
    return request.failure == "net::ERR_ABORTED"


def faults(page: Page, looks: list[tuple[int, str]] = LOOKS) -> list[str]:
    """What axe finds in each look of the page, and how far it can be scrolled sideways on either screen."""
    found = []
    for width in (PHONE, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if sideways := page.evaluate(SIDEWAYS):
            found.append(f"{width} sideways: {sideways}")
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found += [f"{width} {scheme} {rule}: {nodes}" for rule, nodes in page.evaluate(WRONG, RULES)]
    return found
