"""The adoption of a report in the room, by its keys."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER
from tests import make, make_review
from tests.browser.site import Site, session_cookie, until

pytestmark = pytest.mark.usefixtures("_apart")

number = iter(range(100))
HELD = """() => document.body.dispatchEvent(
  new KeyboardEvent("keydown", {key: "a", code: "KeyA", repeat: true, bubbles: true}))"""
ARABIC = """() => document.body.dispatchEvent(
  new KeyboardEvent("keydown", {key: "ش", code: "KeyA", bubbles: true}))"""


@pytest.fixture
def room(context: BrowserContext, site: Site) -> Page:
    """The screen of a report with three paragraphs, none of them adopted."""
    meeting = make.meeting(slug=f"adoption-{next(number)}", mandate=[], objectives=[])
    session = make.session(meeting, kind="trends")
    for text in ("A.", "B."):
        make_review.note(session, text=text)
    report = make_review.report(meeting)
    address = f"/meetings/{meeting.slug}/review/reports/{report.name}/adoption"
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.goto(address)
    return page


def shows(room: Page, words: str) -> None:
    """Wait until this heading stands there, and the script that hears the keys has come after it."""
    expect(room.get_by_role("heading", name=words)).to_be_visible()
    room.wait_for_load_state()


def test_a_adopts_and_the_arrows_go_back_and_forth(room: Page) -> None:
    room.keyboard.press("a")
    expect(room.get_by_text("1 of 3 paragraphs adopted")).to_be_visible()
    shows(room, "Paragraph 2")
    room.keyboard.press("ArrowRight")
    shows(room, "Paragraph 3")
    room.keyboard.press("ArrowLeft")
    shows(room, "Paragraph 2")
    room.evaluate(ARABIC)
    expect(room.get_by_text("2 of 3 paragraphs adopted")).to_be_visible()


def test_a_key_that_is_held_adopts_one_paragraph_alone(room: Page) -> None:
    room.evaluate("""() => document.getElementById("adopting").addEventListener("submit", (event) => {
      event.preventDefault(); document.body.dataset.sent = Number(document.body.dataset.sent || 0) + 1; })""")
    room.evaluate(HELD)
    assert room.evaluate("document.body.dataset.sent") is None
    room.keyboard.press("a")
    assert room.evaluate("document.body.dataset.sent") == "1"


def test_in_arabic_the_next_paragraph_is_to_the_left(room: Page) -> None:
    screen = room.url
    room.goto(screen.partition("/meetings/")[0])  # the screen of the room has no menu
    room.get_by_role("link", name="العربية").or_(room.get_by_role("button", name="العربية")).click()
    expect(room.locator("html")).to_have_attribute("dir", "rtl")
    room.goto(screen)
    expect(room.locator("html")).to_have_attribute("dir", "rtl")
    room.wait_for_load_state()
    room.keyboard.press("ArrowLeft")
    expect(room.locator('a[rel="prev"]')).to_have_count(1)
    room.wait_for_load_state()
    room.keyboard.press("ArrowRight")
    expect(room.locator('a[rel="prev"]')).to_have_count(0)


def test_the_whole_screen_stays_the_rooms_while_paragraphs_are_adopted(room: Page) -> None:
    room.keyboard.press("f")
    full = "document.fullscreenElement !== null"
    until(room, full)
    expect(room.get_by_role("button", name="Leave full screen")).to_be_visible()
    room.keyboard.press("a")
    expect(room.get_by_text("1 of 3 paragraphs adopted")).to_be_visible()
    shows(room, "Paragraph 2")
    room.keyboard.press("ArrowRight")
    shows(room, "Paragraph 3")
    assert room.evaluate(full)
    room.get_by_role("button", name="Leave full screen").click()
    until(room, "document.fullscreenElement === null")
    expect(room.get_by_role("button", name="Full screen", exact=True)).to_be_visible()
    room.reload()
    shows(room, "Paragraph 3")


def test_a_browser_that_cannot_has_no_button_for_it(room: Page) -> None:
    room.add_init_script("Object.defineProperty(Document.prototype, 'fullscreenEnabled', {get: () => false})")
    room.reload()
    shows(room, "Paragraph 1")
    expect(room.locator("#full-screen")).to_be_hidden()
    room.keyboard.press("f")
    assert room.evaluate("document.fullscreenElement") is None
