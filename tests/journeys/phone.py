"""The phone of a door steward: a real browser whose network is taken away."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.journeys.reader import Reader
from tests.journeys.site import Site


def read_without_network(browser: Browser, site: Site, steward: Reader, door: str, codes: list[str]) -> list[str]:
    """Read these badges at the door while there is no network, then have it again until all readings are sent.

    Returns what the phone said of each badge.
    """
    context = browser.new_context(viewport={"width": 360, "height": 720})
    context.add_cookies([{"name": one.name, "value": str(one.value), "url": site.address} for one in steward.cookies])
    page = context.new_page()
    page.goto(f"{site.address}{urlsplit(door).path}")
    expect(page.locator("check-in[data-opens-offline]")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-list-of]")).to_be_visible(timeout=30_000)
    context.set_offline(True)
    answers = []
    for code in codes:
        page.get_by_label("Or type the number under the code").fill(code)
        page.get_by_role("button", name="Check in").click()
        answers.append(page.locator(".verdict").inner_text())
        expect(page.locator(".person .note").first).to_contain_text("decided by the list of")
        page.get_by_role("link", name="Next person").click()
    context.set_offline(False)
    expect(page.locator("[data-count=to-send]")).to_have_text("0", timeout=60_000)
    context.close()
    return answers
