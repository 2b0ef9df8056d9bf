"""The published agenda in a real browser: found as one types, in any script, and its closed days opened."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from eventapp.agenda.finding import wanted
from eventapp.agenda.sessions.actions import move
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from tests import make
from tests.browser.site import Site
from tests.make_agenda import published

NINE = datetime(2026, 3, 16, 2, tzinfo=UTC)
number = iter(range(100))


def agenda(context: BrowserContext, days: int = 2) -> Page:
    """An agenda of three sessions on each day."""
    slug = f"find-{next(number)}"
    meeting = make.meeting(slug=slug, ends_on=(NINE + timedelta(days=days - 1)).date())
    hall, attic = make.room(meeting, code="HALL", name="Hall"), make.room(meeting, code="ATTIC", name="Attic")
    for day in range(days):
        at = NINE + timedelta(days=day)
        made = make.session(
            meeting, code=f"A{day}", title=f"Opening {day}", room_id=hall.id, starts_at=at, track="Plenary"
        )
        make.role(made, name="José Ramírez")
        title = f"المناهج {day}"
        make.session(meeting, code=f"B{day}", title=title, kind="plans", room_id=attic.id, starts_at=at)
        make.session(
            meeting, code=f"C{day}", title=f"Closing {day}", room_id=hall.id, starts_at=at + timedelta(hours=3)
        )
    published(meeting)
    db.session.remove()
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/meetings/{slug}/agenda")
    return page


def expect_shown(page: Page, codes: list[str]) -> None:
    """Wait until these sessions are on the page, in this order, and no others."""
    slots = page.locator(".slot:visible")
    expect(slots).to_have_count(len(codes))
    for place, code in enumerate(codes):
        expect(slots.nth(place)).to_have_attribute("data-code", code)


@pytest.mark.parametrize(
    ("words", "found"),
    [("jose ramirez", ["A0", "A1"]), ("المناهج", ["B0", "B1"]), ("CLOSING 1", ["C1"]), ("c1", ["C1"])],
)
def test_sessions_are_found_as_one_types(context: BrowserContext, site: Site, words: str, found: list[str]) -> None:
    page = agenda(context)
    page.get_by_label("Title, person or room").fill(words)

    expect(page.get_by_text(f"{len(found)} of 6 sessions")).to_be_visible()
    expect_shown(page, found)
    page.get_by_label("Title, person or room").fill("")
    expect(page.locator(".slot:visible")).to_have_count(6)


def test_a_search_that_finds_nothing_says_so_and_leads_back(context: BrowserContext, site: Site) -> None:
    page = agenda(context)
    none = page.get_by_text("No session is like that.")
    expect(none).to_be_hidden()
    page.get_by_label("Title, person or room").fill("zzzz")
    expect(none).to_be_visible()
    none.get_by_role("link", name="Show the whole agenda").click()
    expect(page.locator(".slot:visible")).to_have_count(6)
    expect(page.get_by_text("No session is like that.")).to_be_hidden()


def test_filters_work_together_and_stand_in_the_address(context: BrowserContext, site: Site) -> None:
    page = agenda(context)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Room", exact=True).select_option("HALL")
    page.get_by_label("Track", exact=True).select_option("Plenary")
    page.get_by_label("Day", exact=True).select_option("2026-03-17")
    page.get_by_label("Person", exact=True).fill("RAMI")

    expect(page.get_by_text("1 of 6 sessions")).to_be_visible()
    expect_shown(page, ["A1"])
    expect(page).to_have_url(re.compile("room=HALL"))
    page.reload()
    expect_shown(page, ["A1"])
    page.get_by_label("Track", exact=True).select_option("")
    page.get_by_label("Person", exact=True).fill("")
    expect(page.get_by_text("2 of 6 sessions")).to_be_visible()
    expect_shown(page, ["A1", "C1"])  # the page that was made for one search looks through the whole agenda


def test_the_closed_days_of_a_large_agenda_are_opened_and_searched(
    context: BrowserContext, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wanted, "SMALL", 4)
    page = agenda(context, days=3)
    expect_shown(page, ["A0", "B0", "C0"])
    page.get_by_role("link", name="Tuesday 17 March 2026").click()
    expect(page.locator(".slot:visible")).to_have_count(6)
    expect(page.get_by_role("heading", name="Tuesday 17 March 2026")).to_be_focused()

    page.get_by_label("Title, person or room").fill("closing")
    expect(page.get_by_text("3 of 9 sessions")).to_be_visible()
    expect_shown(page, ["C0", "C1", "C2"])


def test_days_that_did_not_come_are_told_and_asked_for_again(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wanted, "SMALL", 4)
    context = browser.new_context(base_url=site.address, locale="en-GB", service_workers="block")
    page = agenda(context, days=3)
    page.route("**/agenda?day=2026-03-17*", lambda route: route.abort())

    page.get_by_label("Title, person or room").fill("closing")
    expect(
        page.get_by_text("2 of 9 sessions. Days that could not be fetched and were not searched: 1.")
    ).to_be_visible()
    page.unroute("**/agenda?day=2026-03-17*")
    page.get_by_label("Title, person or room").fill("closing ")
    expect(page.get_by_text("3 of 9 sessions", exact=True)).to_be_visible()
    context.close()


def test_the_day_and_the_hour_stay_in_sight(context: BrowserContext, site: Site) -> None:
    page = agenda(context)
    page.set_viewport_size({"width": 360, "height": 600})
    page.locator('.slot[data-code="B0"]').evaluate(
        "one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 250)"
    )

    expect(page.get_by_label("Title, person or room")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Monday 16 March 2026")).to_be_in_viewport()
    expect(page.locator(".at").first).to_be_in_viewport()


def test_without_scripts_the_form_finds(context: BrowserContext, site: Site) -> None:
    page = agenda(context)
    bare = context.browser.new_context(base_url=site.address, java_script_enabled=False) if context.browser else context
    plain = bare.new_page()
    plain.goto(page.url)
    plain.get_by_label("Title, person or room").fill("ramirez")
    plain.locator(".find button").click()

    expect_shown(plain, ["A0", "A1"])
    bare.close()


def test_stars_are_kept_and_a_clash_is_shown(context: BrowserContext, site: Site) -> None:
    page = agenda(context)
    for title in ("Opening 0", "المناهج 0", "Closing 1"):
        page.get_by_role("button", name=f"In my agenda: {title}").click()
    expect(page.get_by_text("At the same time as المناهج 0, which you chose too.")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="My agenda (3)").click()

    expect(page.get_by_text("3 of 6 sessions")).to_be_visible()
    expect_shown(page, ["A0", "B0", "C1"])
    calendar = page.get_by_role("link", name="My agenda as a calendar").get_attribute("href") or ""
    assert (calendar.startswith("webcal:"), calendar.endswith("/agenda.ics?only=A0%2CB0%2CC1")) == (True, True)
    page.get_by_role("button", name="In my agenda: المناهج 0").press("Enter")
    expect(page.get_by_text("2 of 6 sessions")).to_be_visible()
    expect(page.get_by_text("At the same time as")).to_have_count(0)


def test_the_page_of_a_session_has_its_star(context: BrowserContext, site: Site) -> None:
    page = agenda(context)
    page.get_by_role("link", name="Opening 0").click()
    star = page.get_by_role("button", name="In my agenda: Opening 0")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page.get_by_role("button", name="My agenda (1)")).to_be_visible()


def test_what_changed_today_is_told_until_the_day_is_over(context: BrowserContext, site: Site) -> None:
    at = now()
    days = {"starts_on": at.date(), "ends_on": (at + timedelta(days=9)).date()}
    meeting = make.meeting(slug=f"find-{next(number)}", zone=make.zone_past_ten(at), **days)  # no midnight meanwhile
    session = make.session(meeting, code="A1", title="Opening", starts_at=at + timedelta(days=5))
    published(meeting, at=at - timedelta(days=3))
    starts_at = session.starts_at + timedelta(hours=1)
    with transaction():
        move(session, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), room_id=None, by=None, at=at)
    published(meeting, at=at)
    address = f"/meetings/{meeting.slug}/agenda"
    db.session.remove()
    page = context.new_page()
    page.goto(address)
    news = page.get_by_role("heading", name="Changed today")
    expect(news).to_be_visible()
    page.clock.set_fixed_time(at + timedelta(days=2))
    page.reload()
    expect(page.get_by_role("heading", name="Agenda", exact=True)).to_be_visible()
    expect(news).to_be_hidden()
