"""Every page, for every role: WCAG 2.2 AA by axe on a phone and a wide screen, in light and dark, and nothing sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.pages import AGAIN, NOT_PAGES, PAGES
from tests.browser.site import VISITOR, Site

PHONE, WIDE, HEIGHT = 360, 1280, 800
LOOKS = [(width, scheme) for width in (PHONE, WIDE) for scheme in ("light", "dark")]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_page_is_looked_at(site: Site) -> None:
    answering = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert answering - NOT_PAGES == set(PAGES)


@pytest.mark.parametrize(("endpoint", "role"), [*PAGES.items(), *AGAIN], ids=str)
def test_the_page_is_for_everyone(context: BrowserContext, site: Site, endpoint: str, role: str) -> None:
    site.enter(context, role)
    page, complaints = listened_to(context)
    answer = page.goto(site.path_of(endpoint))
    assert answer is not None
    assert answer.status == 200
    assert faults(page) == []
    assert complaints == []


@pytest.mark.parametrize("endpoint", [name for name, role in PAGES.items() if role == VISITOR], ids=str)
def test_the_page_runs_from_right_to_left(context: BrowserContext, site: Site, endpoint: str) -> None:
    page, complaints = listened_to(context)
    page.goto(site.path_of(endpoint) + "?language=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert faults(page, looks=[(PHONE, "light"), (WIDE, "light")]) == []
    assert complaints == []


def test_the_page_of_a_missing_page_is_for_everyone(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto("/nowhere")
    assert faults(page) == []


def test_a_page_that_is_not_for_everyone_is_found_out(context: BrowserContext, site: Site) -> None:
    """The positive control: without it a harness that sees nothing would be as green."""
    page = context.new_page()
    page.goto("/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><p><img src=/x>')")
    page.evaluate("document.querySelector('main').firstElementChild.style.width = '2000px'")
    found = faults(page, looks=[(PHONE, "light")])
    assert sorted(fault.split(":")[0] for fault in found) == ["360 light image-alt", "360 light label", "360 sideways"]


def listened_to(context: BrowserContext) -> tuple[Page, list[str]]:
    """A new page, and what the browser complains about on it: scripts, policies, files that are not there."""
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    return page, complaints


def faults(page: Page, looks: list[tuple[int, str]] = LOOKS) -> list[str]:
    """What axe finds in each look of the page, and how far it can be scrolled sideways."""
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        if sideways := page.evaluate(SIDEWAYS):
            found.append(f"{width} sideways: {sideways}")
        for violation in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]][:3]
            found.append(f"{width} {scheme} {violation['id']}: {nodes}")
    return found
