"""A session runs late: the chair presses once, and a phone, the hall's screen, a calendar and a letter follow."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
import vobject
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import browser_type_launch_args
from tests.journeys.meeting import local, meeting_file
from tests.journeys.reader import Reader
from tests.journeys.site import Site, body_of, link_in, running
from tests.journeys.test_whole_meeting import HERE, load

__all__ = ["browser_type_launch_args"]  # the browser of the machine, as in tests/browser

MINUTE = timedelta(minutes=1)
A_SCREEN_ASKS = 60_000  # milliseconds: it asks every twenty seconds


@cache
def moment_now() -> datetime:
    """The minute in which this journey begins: what is imported may be an hour older where the other tests come first."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with a meeting whose day it is."""
    folder = tmp_path_factory.mktemp("late")
    file = folder / "meeting.yaml"
    file.write_text(meeting_file(moment_now()))
    with running(folder) as site:
        load(site, file)
        yield site


def clock(moment: datetime) -> str:
    return f"{local(moment, moment_now()):%H:%M}"


def plan(organizer: Reader, code: str, title: str, starts_at: datetime, ends_at: datetime) -> None:
    """One session of today, in the one room."""
    page = organizer.open(f"{HERE}/manage/agenda/new")
    form = page.form("/manage/agenda/").fill(
        day=local(starts_at, moment_now()).date().isoformat(), room="CR4", body="REVIEW"
    )
    form.fill(code=code, title=title, kind="trends", starts=clock(starts_at), ends=clock(ends_at))
    assert title in organizer.submit(form).text


def give_part(site: Site, organizer: Reader, code: str) -> None:
    """Samira speaks there, and said yes by the mailed link."""
    form = organizer.open(f"{HERE}/manage/agenda/sessions/{code}").form("/roles", "Assign role")
    form.fill(role__role="speaker", role__name="Samira Haddad", role__email="samira@example.org")
    organizer.submit(form)
    guest = site.reader()
    page = guest.open(link_in(site.postbox.newest("samira@example.org"), "/roles/"))
    assert "Accepted" in guest.submit(page.form("/roles/").press("answer", "accept")).text


def signed_in(browser: Browser, site: Site, reader: Reader) -> BrowserContext:
    """The same person in a real browser."""
    context = browser.new_context(base_url=site.address)
    context.add_cookies([{"name": one.name, "value": str(one.value), "url": site.address} for one in reader.cookies])
    return context


def opened(browser: Browser, site: Site, path: str, width: int) -> Page:
    """A visitor's page."""
    page = browser.new_context(base_url=site.address, viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{HERE}{path}")
    return page


def event_of(site: Site, code: str) -> vobject.base.Component:
    """The session as a calendar reads it from the feed of the meeting."""
    feed = vobject.readOne(site.reader().open(f"{HERE}/agenda.ics").body.decode())
    (event,) = [one for one in feed.vevent_list if one.summary.value.startswith(code)]
    return event


def test_ten_minutes_reach_a_phone_a_screen_a_calendar_and_a_letter(browser: Browser, site: Site) -> None:
    now = moment_now()
    begins, turns, ends = now - 60 * MINUTE, now + 30 * MINUTE, now + 90 * MINUTE
    organizer = site.sign_in("organizer@example.org")
    plan(organizer, "S1", "Emerging trends", begins, turns)
    plan(organizer, "S2", "Partnerships", turns, ends)
    give_part(site, organizer, "S2")
    form = organizer.open(f"{HERE}/manage/agenda/releases").form("/manage/agenda/releases")
    assert "Version 1" in organizer.submit(form).text
    before = event_of(site, "S2")
    phone = opened(browser, site, "/sessions/S2", 360)
    screen = opened(browser, site, "/screens/hall", 1280)
    old, new = clock(turns), clock(turns + 10 * MINUTE)
    expect(phone.locator("main")).to_contain_text(old)
    expect(screen.locator("live-screen")).to_contain_text(old)

    desk = signed_in(browser, site, organizer).new_page()
    desk.goto(f"{HERE}/record/S1/late")
    desk.get_by_role("button", name="+10").press("Enter")
    desk.get_by_role("button", name="Run 10 minutes late").press("Enter")
    expect(desk.get_by_text("S1 runs 10 minutes late")).to_be_visible()

    expect(screen.locator("live-screen")).to_contain_text(new, timeout=A_SCREEN_ASKS)  # nobody touched it
    phone.reload()
    expect(phone.locator("main")).to_contain_text(new)
    after = event_of(site, "S2")
    assert after.uid.value == before.uid.value
    assert (after.sequence.value, after.dtstart.value) == ("1", turns + 10 * MINUTE)

    letter = site.postbox.newest("samira@example.org", "session has changed")
    assert old in body_of(letter) and new in body_of(letter)
    (entry,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
    told = vobject.readOne(entry.get_payload(decode=True).decode()).vevent  # type: ignore[union-attr]
    assert (told.uid.value, told.dtstart.value) == (before.uid.value, turns + 10 * MINUTE)
