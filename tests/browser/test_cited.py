"""The notes behind a paragraph of a published report: read in their place when they are opened."""

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import Site


def opened(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.goto(site.address + site.path_of("review.show"))
    return page


def test_they_are_read_once_when_they_are_opened(context: BrowserContext, demonstration: Site) -> None:
    page, asked = opened(context, demonstration), list[str]()
    page.on("request", lambda request: asked.append(request.url) if "/paragraphs/" in request.url else None)
    part = page.locator("details.evidence").first
    assert part.locator(".source").count() == 0
    part.locator("summary").press("Enter")
    expect(part.locator(".source .serif").first).to_be_visible()
    assert page.locator(".source").count() == part.locator(".source").count()  # no other paragraph's
    part.locator("summary").press("Enter")
    part.locator("summary").press("Enter")
    expect(part.locator(".source .serif").first).to_be_visible()
    assert len(asked) == 1


def test_the_letter_of_a_sentence_opens_them(context: BrowserContext, demonstration: Site) -> None:
    page = opened(context, demonstration)
    letter = page.locator("sup.em a").first
    letter.click()
    part = page.locator(letter.get_attribute("href") or "")
    expect(part.locator(".source .serif").first).to_be_visible()


def test_a_connection_that_fails_leaves_the_link(context: BrowserContext, demonstration: Site) -> None:
    page = opened(context, demonstration)
    context.set_offline(True)
    part = page.locator("details.evidence").first
    with page.expect_event("requestfailed"):
        part.locator("summary").click()
    expect(part).not_to_have_attribute("aria-busy", "true")
    expect(part.get_by_role("link")).to_be_visible()
    context.set_offline(False)
    part.locator("summary").click()
    part.locator("summary").click()
    expect(part.locator(".source .serif").first).to_be_visible()


def test_without_a_script_the_link_leads_to_them(browser: Browser, demonstration: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, demonstration)
    part = page.locator("details.evidence").first
    number = (part.get_attribute("id") or "").removesuffix("e").removeprefix("p")
    part.locator("summary").click()
    part.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Evidence for paragraph {number}")
    expect(page.locator(".source .serif").first).to_be_visible()
    context.close()
