"""Two people meet, on a phone: a need is written, whom it fits is found and asked, accepts, and is in the calendar."""

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import Rules, choose_audience, set_networking
from eventapp.networking.models import PARTICIPANTS
from eventapp.networking.offers.actions import Wanted, add_line
from eventapp.networking.offers.models import OFFER
from eventapp.networking.slots.actions import slot_at
from eventapp.registration.entry import calendar_token, own_token
from eventapp.registration.models import Registration
from tests import make
from tests.browser.site import Site
from tests.make_agenda import published

PHONE, TALL = 360, 740
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def people(site: Site) -> tuple[Registration, Registration]:
    """Two who come tomorrow; one of them may be found, and offers a method."""
    tomorrow = now() + timedelta(days=1)
    meeting = make.meeting(
        slug="meeting-up", starts_on=tomorrow.date(), ends_on=(tomorrow + timedelta(days=1)).date(), zone="UTC"
    )
    make.session(meeting, starts_at=tomorrow)
    published(meeting)
    ada, grace = (
        make.registration(meeting, person=make.person(n), record_name=n) for n in ("Ada Byron", "Grace Hopper")
    )
    with transaction():
        set_networking(meeting, Rules(is_open=True), by=None, at=now())
        choose_audience(grace, PARTICIPANTS, at=now())
        add_line(grace, Wanted(OFFER, "A method and a trainer", ("C7-EGOV",), ()), at=now())
        starts = tomorrow + timedelta(hours=3)
        db.session.add(
            slot_at(db.session.get_one(Meeting, meeting.id), "Table 1", starts, starts + timedelta(minutes=15))
        )
    return ada, grace


def test_two_find_each_other_agree_and_have_it_in_both_calendars(
    context: BrowserContext, site: Site, people: tuple[Registration, Registration]
) -> None:
    with transaction():
        mine, hers = (f"{site.address}/registrations/{own_token(one)}" for one in people)
    feeds = [f"{site.address}/calendars/{calendar_token(one)}.ics" for one in people]
    page = context.new_page()
    page.set_viewport_size({"width": PHONE, "height": TALL})
    page.goto(mine)
    page.get_by_role("link", name="Find people to meet").click()
    page.get_by_role("link", name="Change").last.click()
    page.get_by_label("Everybody who has a place").check()
    press(page, "Save")
    page.get_by_role("link", name="Add a need").click()
    page.get_by_label("In one line").fill("Fewer steps of a public service")
    page.get_by_label("C7 gov E-government").or_(page.get_by_label("E-government")).first.check()
    press(page, "Save")
    expect(page.get_by_role("heading", name="1 person offers what you need")).to_be_visible()
    page.get_by_role("link", name="Grace Hopper").click()
    page.get_by_role("link", name="Ask to meet").click()
    page.get_by_label("What about").fill("How did you bring the steps down?")
    page.get_by_label("Table 1").check()
    press(page, "Ask to meet")
    expect(page.get_by_text("Asked", exact=True)).to_be_visible()
    page.goto(f"{hers}/networking")
    expect(page.get_by_role("heading", name="1 request waits for your answer")).to_be_visible()
    page.get_by_role("link", name="Ada Byron").first.click()
    expect(page.get_by_text(people[0].person.email)).to_have_count(0)
    press(page, "Accept")
    expect(page.get_by_role("link", name=people[0].person.email)).to_be_visible()
    for feed in feeds:
        calendar = context.request.get(feed).text()
        assert "UID:bilateral-" in calendar and "STATUS:CONFIRMED" in calendar and "Meeting with" in calendar
    page.goto(mine)
    expect(page.get_by_text("Both agreed")).to_be_visible()


def press(page: Page, words: str) -> None:
    """Press this button, on a page that does not scroll sideways."""
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("button", name=words, exact=True).first.click()
