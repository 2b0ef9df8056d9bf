"""A day is planned and published with the keyboard alone: every press reaches its place by Tab, as a reader's hands would."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Locator, Page, expect

from eventapp.agenda.queries import released, session_at
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER
from eventapp.meetings.queries import meeting_at
from tests import make
from tests.browser.site import Site, session_cookie

NINE = datetime(2026, 3, 16, 2, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
STOPS = 150  # of the Tab key; no page of the planner has more before its last control
SLUG = "by-keyboard"


def reach(page: Page, control: Locator) -> None:
    """Press Tab until this control has the focus."""
    for _ in range(STOPS):
        if control.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} was not reached by {STOPS} Tabs")


def press(page: Page, name: str, role: str = "button") -> None:
    reach(page, page.get_by_role(role, name=name, exact=True))  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    """Type over what the field holds."""
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)


def add(page: Page, title: str) -> None:
    """A session at the free place that has the focus, with its title."""
    page.keyboard.press("Enter")
    page.wait_for_url("**/new?**")
    write(page, "Title", title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/**")


def test_a_day_is_planned_and_published_by_keyboard(context: BrowserContext, site: Site) -> None:
    meeting = make.meeting(slug=SLUG)
    for number, name in enumerate(("Hall", "Attic")):
        make.room(meeting, code=name.upper(), name=name, position=number)
    make.session(meeting, code="S4", title="Opening", room_id=None, starts_at=NINE)
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.goto(f"/meetings/{SLUG}/manage/agenda/")

    # The session without a room goes to the hall, a quarter later and a quarter longer.
    press(page, "Move S4")
    for key in ("ArrowDown", "Shift+ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_text("S4 moved to")).to_be_attached()

    # A second one is added at a free place.
    reach(page, page.locator("td.free button").first)
    add(page, "Partnerships")

    page.goto(f"/meetings/{SLUG}/manage/agenda/")
    press(page, "Publish version 1…", "link")
    press(page, "Publish version 1")
    expect(page.get_by_role("heading", name="Version 1", exact=True)).to_be_visible()
    db.session.rollback()
    planned = meeting_at(SLUG)
    assert planned is not None
    agenda, session = released(planned), session_at(planned, "S4")
    assert agenda and {code: one.title for code, one in agenda.by_code.items()} == {
        "S4": "Opening",
        "S5": "Partnerships",
    }
    assert session and session.ends_at - session.starts_at == 6 * QUARTER + QUARTER
