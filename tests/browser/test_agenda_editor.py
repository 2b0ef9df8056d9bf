"""The planning table in a real browser: its dialog by keyboard, and dragging."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from eventapp.agenda.queries import session_at
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import meeting_at
from tests import make
from tests.browser.site import Site, session_cookie

NINE = datetime(2026, 3, 16, 2, tzinfo=UTC)
number = iter(range(100))


@pytest.fixture
def plan(context: BrowserContext, site: Site) -> Page:
    """The plan of a day with one session, S1, from nine to half past ten in the first of two rooms."""
    slug = f"plan-{next(number)}"
    meeting = make.meeting(slug=slug)
    hall, _attic = make.room(meeting, code="HALL", name="Hall"), make.room(meeting, code="ATTIC", name="Attic")
    make.session(meeting, code="S1", title="Opening", room_id=hall.id, starts_at=NINE)
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.goto(f"/meetings/{slug}/manage/agenda/")
    return page


def placed(page: Page) -> tuple[datetime, datetime, str]:
    """Where the session is in the database."""
    db.session.rollback()
    meeting: Meeting | None = meeting_at(page.url.split("/")[4])
    session = session_at(meeting, "S1") if meeting else None
    assert session is not None
    return session.starts_at, session.ends_at, session.room.code if session.room else ""


def test_the_dialog_moves_a_session_and_gives_the_focus_back(plan: Page) -> None:
    plan.get_by_role("link", name="Move S1").press("Enter")
    expect(plan.get_by_role("dialog")).to_be_visible()
    expect(plan.get_by_label("From", exact=True)).to_be_focused()
    plan.get_by_role("button", name="15 min later").click()
    expect(plan.get_by_label("Until", exact=True)).to_have_value("10:45")
    plan.get_by_label("Room", exact=True).select_option("ATTIC")
    plan.get_by_role("dialog").get_by_role("button", name="Move").click()

    expect(plan.get_by_text("S1 moved to Attic, 09:15.")).to_be_attached()
    expect(plan.get_by_role("link", name="Move S1")).to_be_focused()
    quarter = timedelta(minutes=15)
    assert placed(plan) == (NINE + quarter, NINE + timedelta(minutes=90) + quarter, "ATTIC")


def test_escape_closes_the_dialog_and_changes_nothing(plan: Page) -> None:
    plan.get_by_role("link", name="Move S1").click()
    plan.get_by_label("From", exact=True).fill("14:00")
    plan.keyboard.press("Escape")

    expect(plan.get_by_role("dialog")).to_be_hidden()
    assert placed(plan) == (NINE, NINE + timedelta(minutes=90), "HALL")


def test_what_the_dialog_got_wrong_is_told_by_the_page_of_the_move(plan: Page) -> None:
    plan.get_by_role("link", name="Move S1").click()
    plan.get_by_label("Until", exact=True).fill("08:00")
    plan.get_by_role("dialog").get_by_role("button", name="Move").click()

    expect(plan.get_by_role("alert")).to_contain_text("It ends before it begins. Write a later time.")


def test_a_session_is_dragged_to_a_free_row_and_keeps_its_length(plan: Page) -> None:
    plan.set_viewport_size({"width": 1280, "height": 1800})  # nothing scrolls away under the pointer
    target = plan.locator('tr[data-at="11:00"] td.free[data-room="ATTIC"]')
    plan.locator('[data-ref="S1"]').drag_to(target)

    expect(plan.get_by_text("S1 moved to Attic, 11:00.")).to_be_attached()
    assert placed(plan) == (NINE + timedelta(hours=2), NINE + timedelta(hours=3, minutes=30), "ATTIC")


def test_without_scripts_the_move_button_is_a_page(context: BrowserContext, site: Site, plan: Page) -> None:
    bare = context.browser.new_context(base_url=site.address, java_script_enabled=False) if context.browser else context
    bare.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = bare.new_page()
    page.goto(plan.url)
    page.get_by_role("link", name="Move S1").click()
    page.get_by_label("From", exact=True).fill("11:00")
    page.get_by_label("Until", exact=True).fill("12:00")
    page.get_by_role("button", name="Move").click()

    assert placed(page)[0] == NINE + timedelta(hours=2)
    bare.close()
