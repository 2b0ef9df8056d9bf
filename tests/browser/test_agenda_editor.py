"""The planning table in a real browser: by keys, by dragging, by hand in its dialog, taken back, and seen by two."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from eventapp.agenda.availability.content import DayHours
from eventapp.agenda.availability.models import Availability
from eventapp.agenda.queries import session_at
from eventapp.agenda.room_hours.actions import set_hours
from eventapp.agenda.sessions.actions import move
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import meeting_at
from tests import make
from tests.browser.site import Site, session_cookie

NINE = datetime(2026, 3, 16, 2, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
LASTS = timedelta(minutes=90)
number = iter(range(100))


@pytest.fixture
def plan(context: BrowserContext, site: Site) -> Page:
    """The plan of a day with S1 from nine to half past ten in the first of two rooms, a break at noon, and S2 in none."""
    slug = f"plan-{next(number)}"
    meeting = make.meeting(slug=slug)
    hall, _attic = (
        make.room(meeting, code="HALL", name="Hall", position=1),
        make.room(meeting, code="ATTIC", name="Attic", position=2),
    )
    make.session(meeting, code="S1", title="Opening", room_id=hall.id, starts_at=NINE)
    make.session(meeting, code="S2", title="Waits", starts_at=NINE)
    make.session(meeting, code="TEA", title="Tea", kind="break", starts_at=NINE + 3 * QUARTER * 4)
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 1900})  # nothing scrolls away under the pointer
    page.goto(f"/meetings/{slug}/manage/agenda/")
    return page


def placed(page: Page, code: str = "S1") -> tuple[datetime, datetime, str]:
    """Where a session is in the database."""
    db.session.rollback()
    meeting: Meeting | None = meeting_at(page.url.split("/")[4])
    session = session_at(meeting, code) if meeting else None
    assert session is not None
    return session.starts_at, session.ends_at, session.room.code if session.room else ""


def test_a_session_is_picked_up_moved_and_dropped_by_keys_alone(plan: Page) -> None:
    plan.get_by_role("button", name="Move S1").press("Enter")
    expect(plan.locator("[data-holding]")).to_have_text("S1 is picked up: Hall, 09:00–10:30.")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowDown"):
        plan.keyboard.press(key)
    expect(plan.locator("[data-holding]")).to_have_text("S1 is picked up: Attic, 09:30–11:15.")
    assert placed(plan) == (NINE, NINE + LASTS, "HALL")
    plan.keyboard.press("Enter")

    expect(plan.get_by_text("S1 moved to Attic, 09:30.")).to_be_attached()
    expect(plan.get_by_role("button", name="Move S1")).to_be_focused()
    assert placed(plan) == (NINE + 2 * QUARTER, NINE + LASTS + 3 * QUARTER, "ATTIC")


def test_escape_puts_a_session_back_and_changes_nothing(plan: Page) -> None:
    plan.get_by_role("button", name="Move S1").press("Enter")
    plan.keyboard.press("ArrowDown")
    plan.keyboard.press("Escape")

    expect(plan.get_by_text("S1 was put back.")).to_be_attached()
    expect(plan.get_by_role("button", name="Drop here")).to_be_hidden()
    expect(plan.get_by_role("button", name="Move S1")).to_be_focused()
    assert placed(plan) == (NINE, NINE + LASTS, "HALL")


def test_a_tap_on_the_board_moves_what_is_picked_up_and_a_button_drops_it(plan: Page) -> None:
    plan.get_by_role("button", name="Move S2").click()
    plan.locator('tr[data-at="11:00"] td.free[data-room="ATTIC"]').click()
    plan.get_by_role("button", name="15 min longer").click()
    expect(plan.locator("[data-holding]")).to_have_text("S2 is picked up: Attic, 11:00–12:45.")
    plan.get_by_role("button", name="Drop here").click()

    expect(plan.get_by_text("S2 moved to Attic, 11:00.")).to_be_attached()
    assert placed(plan, "S2") == (NINE + 8 * QUARTER, NINE + 15 * QUARTER, "ATTIC")


def test_the_dialog_takes_a_time_by_hand(plan: Page) -> None:
    plan.get_by_role("button", name="Move S1").press("Enter")
    plan.get_by_role("button", name="Write the time…").click()
    expect(plan.get_by_label("From", exact=True)).to_be_focused()
    plan.get_by_role("dialog").get_by_role("button", name="15 min later").click()
    expect(plan.get_by_label("Until", exact=True)).to_have_value("10:45")
    plan.get_by_label("Room", exact=True).select_option("ATTIC")
    plan.get_by_role("dialog").get_by_role("button", name="Move").click()

    expect(plan.get_by_text("S1 moved to Attic, 09:15.")).to_be_attached()
    assert placed(plan) == (NINE + QUARTER, NINE + LASTS + QUARTER, "ATTIC")


def test_what_the_dialog_got_wrong_is_told_by_the_page_of_the_move(plan: Page) -> None:
    plan.get_by_role("button", name="Move S1").click()
    plan.get_by_role("button", name="Write the time…").click()
    plan.get_by_label("Until", exact=True).fill("08:00")
    plan.get_by_role("dialog").get_by_role("button", name="Move").click()

    expect(plan.get_by_role("alert")).to_contain_text("It ends before it begins. Write a later time.")


def test_a_session_is_dragged_to_a_free_row_and_keeps_its_length(plan: Page) -> None:
    target = plan.locator('tr[data-at="11:00"] td.free[data-room="ATTIC"]')
    plan.locator('[data-ref="S1"]').drag_to(target)

    expect(plan.get_by_text("S1 moved to Attic, 11:00.")).to_be_attached()
    assert placed(plan) == (NINE + timedelta(hours=2), NINE + timedelta(hours=3, minutes=30), "ATTIC")


def test_a_session_is_dragged_over_another_and_both_are_seen_beside_each_other(plan: Page) -> None:
    plan.locator('[data-ref="S2"]').drag_to(plan.locator('tr[data-at="09:30"] td.free[data-room="ATTIC"]'))
    expect(plan.get_by_text("S2 moved to Attic, 09:30.")).to_be_attached()
    plan.locator('[data-ref="S2"]').drag_to(plan.locator('[data-ref="S1"]'))

    expect(plan.locator("td.clash")).to_have_count(2)
    first, second = (plan.locator(f'td[data-ref="{code}"]').bounding_box() for code in ("S1", "S2"))
    assert first and second and first["x"] + first["width"] <= second["x"] + 4
    assert placed(plan, "S2")[2] == "HALL"


def test_what_is_dropped_is_drawn_there_before_it_is_answered(plan: Page) -> None:
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    plan.route("**/S1/move*", wait)
    with plan.expect_request("**/S1/move*"):
        plan.locator('[data-ref="S1"]').drag_to(plan.locator('tr[data-at="11:00"] td.free[data-room="ATTIC"]'))
    expect(plan.locator(".ghost.sent")).to_have_text("11:00–12:30")
    waiting.pop().abort()
    expect(plan.locator(".ghost")).to_have_count(0)
    expect(plan.locator(".up")).to_have_count(0)

    plan.get_by_role("button", name="Move S1").press("Enter")
    plan.keyboard.press("ArrowDown")
    with plan.expect_request("**/S1/move*"):
        plan.keyboard.press("Enter")
    expect(plan.locator(".ghost.sent")).to_have_text("09:15–10:45")
    waiting.pop().continue_()
    expect(plan.get_by_text("S1 moved to Hall, 09:15.")).to_be_attached()
    expect(plan.locator(".ghost")).to_have_count(0)


def test_a_session_is_made_longer_by_its_end_over_a_break_which_keeps_its_place(plan: Page) -> None:
    box = plan.locator('td[data-ref="S1"]').bounding_box()
    row = plan.locator('tr[data-at="12:15"]').bounding_box()
    assert box and row
    plan.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)
    plan.mouse.down()
    plan.mouse.move(box["x"] + box["width"] / 2, row["y"] + row["height"] / 2, steps=4)
    plan.mouse.up()

    expect(plan.get_by_text("S1 runs from 09:00 to 12:30, over the break TEA at 12:00.")).to_be_attached()
    assert placed(plan)[1] == NINE + 14 * QUARTER
    expect(plan.locator('td.band[data-ref="TEA"]')).to_have_count(1)


def test_a_break_moves_as_a_session_does(plan: Page) -> None:
    plan.get_by_role("button", name="Move TEA").press("Enter")
    plan.keyboard.press("ArrowDown")
    plan.keyboard.press("Enter")

    expect(plan.get_by_text("TEA moved")).to_be_attached()
    assert placed(plan, "TEA")[0] == NINE + 13 * QUARTER


def test_a_move_is_taken_back_and_made_again(plan: Page) -> None:
    undo, redo = plan.get_by_role("button", name="Undo"), plan.get_by_role("button", name="Redo")
    expect(undo).to_be_hidden()
    plan.locator('[data-ref="S1"]').drag_to(plan.locator('tr[data-at="11:00"] td.free[data-room="ATTIC"]'))
    expect(plan.get_by_text("S1 moved to Attic, 11:00.")).to_be_attached()
    undo.click()
    expect(plan.get_by_text("S1 moved to Hall, 09:00.")).to_be_attached()
    assert placed(plan) == (NINE, NINE + LASTS, "HALL")
    plan.reload()
    redo.click()
    expect(plan.get_by_text("S1 moved to Attic, 11:00.")).to_be_attached()
    assert placed(plan)[2] == "ATTIC"


def by_another(page: Page) -> None:
    """Somebody else moves S1 to eleven, in no room."""
    db.session.rollback()
    meeting = meeting_at(page.url.split("/")[4])
    session = session_at(meeting, "S1") if meeting else None
    assert session is not None
    starts = NINE + 8 * QUARTER
    with transaction():
        move(session, starts_at=starts, ends_at=starts + LASTS, room_id=None, by=None, at=make.TODAY)


def test_what_another_moves_is_seen_without_reload(plan: Page) -> None:
    by_another(plan)

    expect(plan.locator('.pool [data-ref="S1"]')).to_have_count(1)


def test_a_drop_over_what_another_moved_meanwhile_changes_nothing_and_says_so(plan: Page) -> None:
    plan.get_by_role("button", name="Move S1").press("Enter")
    by_another(plan)
    plan.keyboard.press("ArrowDown")
    plan.keyboard.press("Enter")

    expect(plan.get_by_text("S1 was moved by somebody else meanwhile.")).to_be_attached()
    assert placed(plan) == (NINE + 8 * QUARTER, NINE + 8 * QUARTER + LASTS, "")
    expect(plan.locator('.pool [data-ref="S1"]')).to_have_count(1)


def test_a_free_place_makes_a_session_there(plan: Page) -> None:
    plan.locator('tr[data-at="14:00"] td.free[data-room="ATTIC"]').hover()
    plan.get_by_role("button", name="Add a session: Attic, 14:00").press("ArrowDown")
    plan.keyboard.press("ArrowLeft")
    expect(plan.get_by_role("button", name="Add a session: Hall, 14:15")).to_be_focused()
    plan.keyboard.press("Enter")

    plan.wait_for_url("**/new?**")
    for name, value in (("starts", "14:15"), ("ends", "15:00"), ("room", "HALL")):
        expect(plan.locator(f"[name={name}]")).to_have_value(value)


def test_without_scripts_the_move_button_is_a_page(context: BrowserContext, site: Site, plan: Page) -> None:
    bare = context.browser.new_context(base_url=site.address, java_script_enabled=False) if context.browser else context
    bare.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = bare.new_page()
    page.goto(plan.url)
    page.get_by_role("link", name="Move S1").click()
    page.get_by_label("From", exact=True).fill("11:00")
    page.get_by_label("Until", exact=True).fill("12:00")
    with page.expect_navigation():
        page.get_by_role("button", name="Move").click()

    assert placed(page)[0] == NINE + timedelta(hours=2)
    bare.close()


def test_on_a_telephone_a_room_fills_the_page_and_its_link_brings_it(plan: Page) -> None:
    plan.set_viewport_size({"width": 360, "height": 900})
    hall, attic = (plan.locator(f"th[data-room={code}]") for code in ("HALL", "ATTIC"))
    expect(hall).to_be_in_viewport(ratio=0.9)
    expect(attic).not_to_be_in_viewport(ratio=0.5)
    plan.get_by_role("navigation", name="Rooms").get_by_role("link", name="Attic").press("Enter")
    expect(attic).to_be_in_viewport(ratio=0.9)
    expect(plan.locator("td.band .ti")).to_be_in_viewport(ratio=0.9)
    plan.set_viewport_size({"width": 1280, "height": 900})
    expect(plan.get_by_role("navigation", name="Rooms")).to_be_hidden()


def test_a_session_waits_without_a_time_by_keys_and_by_dragging_and_gets_one_again(plan: Page) -> None:
    waiting = plan.locator('[data-pool] [data-ref="S1"]')
    plan.get_by_role("button", name="Move S1").press("Enter")
    plan.keyboard.press("0")
    expect(plan.locator("[data-holding]")).to_have_text("S1 is picked up: Hall, no time yet.")
    plan.keyboard.press("Enter")
    expect(plan.get_by_text("S1 waits without a time.")).to_be_attached()
    expect(waiting).to_have_count(1)
    plan.get_by_role("button", name="Move S1").press("Enter")
    plan.keyboard.press("ArrowDown")
    plan.keyboard.press("Enter")
    expect(plan.get_by_text("S1 moved to Hall, 09:15.")).to_be_attached()
    assert placed(plan) == (NINE + QUARTER, NINE + QUARTER + LASTS, "HALL")
    plan.locator('table [data-ref="S1"]').drag_to(plan.locator("[data-pool]"))
    expect(waiting).to_have_count(1)
    plan.get_by_role("button", name="Undo").click()
    expect(plan.get_by_text("S1 moved to Hall, 09:15.")).to_be_attached()
    expect(waiting).to_have_count(0)


def test_hours_that_are_not_open_are_drawn_and_heard_and_people_who_are_away_while_their_session_is_held(
    context: BrowserContext, site: Site, plan: Page
) -> None:
    meeting = meeting_at(plan.url.split("/")[4])
    assert meeting is not None
    session, grace = session_at(meeting, "S1"), make.person("Grace Hopper")
    assert session is not None
    make.role(session, name="Grace Hopper", person_id=grace.id)
    days = [{"day": "2026-03-16", "state": "but", "starts": "10:45", "ends": "11:30"}]
    make.kept(Availability(meeting_id=meeting.id, person_id=grace.id, answered_at=NINE, days=days))
    with transaction():
        set_hours(meeting.rooms[1], [DayHours("2026-03-16", "but", "08:00", "09:30")], by=None, at=NINE)
    db.session.remove()
    plan.reload()
    shut = plan.locator("td.free.shut")
    expect(shut).to_have_count(6)
    expect(plan.locator('[data-room="ATTIC"].room')).to_contain_text("Not open 08:00–09:30")
    assert "gradient" in shut.first.evaluate("one => getComputedStyle(one).backgroundImage")
    away = plan.locator("tr.away")
    expect(away).to_have_count(0)
    plan.get_by_role("button", name="Move S1").press("Enter")
    expect(away).to_have_count(3)
    assert "gradient" in away.first.locator("td.free").first.evaluate("one => getComputedStyle(one).backgroundImage")
    said = plan.locator("[data-said]")
    expect(said).to_have_text("S1 is picked up: Hall, 09:00–10:30.")
    plan.keyboard.press("ArrowRight")
    expect(said).to_have_text("S1 is picked up: Attic, 09:00–10:30. Attic is not open then.")
    for _time in range(2):
        plan.keyboard.press("ArrowDown")
    expect(said).to_have_text("S1 is picked up: Attic, 09:30–11:00. Grace Hopper cannot take part then.")
    plan.keyboard.press("Escape")
    expect(away).to_have_count(0)
