"""Sound and light of the door, in a real browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from eventapp.badges.queries import code_of
from eventapp.checkin.models import Gate
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import STEWARD, Meeting
from tests import make, make_checkin
from tests.browser.site import Site, session_cookie

HEARD = """
    globalThis.tones = []
    globalThis.AudioContext = class {
        currentTime = 0
        destination = null
        resume() {}
        createGain() { return { gain: {}, connect: next => next } }
        createOscillator() { return { frequency: { set value(tone) { tones.push(tone) } }, connect: next => next, start() {}, stop() {} } }
    }
"""
LAMP = """
    globalThis.asked = []
    MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true })
    MediaStreamTrack.prototype.applyConstraints = async wish => { asked.push(wish.advanced[0].torch) }
"""


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting()


def door_of(context: BrowserContext, site: Site, meeting: Meeting, before: str) -> Page:
    """The page of a door on which this ran before its own modules."""
    make_checkin.gate(meeting, "North")
    steward = make.staff(meeting, STEWARD)
    context.add_cookies([{"name": "session", "value": session_cookie(site.app, steward), "url": site.address}])
    page = context.new_page()
    page.add_init_script(before)
    page.goto(f"/meetings/{meeting.slug}/door")
    return page


def read(page: Page, code: str, heading: str) -> list[int]:
    """The tones that were heard with the verdict."""
    page.evaluate("tones.length = 0")
    page.get_by_label("Or type the number under the code").fill(code)
    page.get_by_role("button", name="Check in").click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    heard: list[int] = page.evaluate("tones")
    page.locator("[data-stage] [data-next]").click()
    return heard


def test_welcome_and_refused_sound_different_and_may_be_muted(
    context: BrowserContext, site: Site, meeting: Meeting
) -> None:
    one = make.registration(meeting)
    page = door_of(context, site, meeting, HEARD)
    assert read(page, code_of(one), "Welcome") == [660, 880]
    assert read(page, "nobody-7", "Do not let in yet") == [220, 165]
    button = page.get_by_role("button", name="Sound")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert read(page, "nobody-7", "Do not let in yet") == []
    page.reload()
    expect(page.get_by_role("button", name="Sound")).to_have_attribute("aria-pressed", "false")


def test_the_lamp_is_offered_where_the_camera_has_one(context: BrowserContext, site: Site, meeting: Meeting) -> None:
    context.grant_permissions(["camera"])
    page = door_of(context, site, meeting, LAMP)
    button = page.get_by_role("button", name="Light")
    for is_on in ("true", "false"):
        button.click()
        expect(button).to_have_attribute("aria-pressed", is_on)
    assert page.evaluate("asked") == [True, False]


def test_and_not_where_it_has_none(context: BrowserContext, site: Site, meeting: Meeting) -> None:
    context.grant_permissions(["camera"])
    page = door_of(context, site, meeting, "")
    expect(page.locator("check-in[data-watching]")).to_be_visible()
    expect(page.get_by_role("button", name="Light")).to_have_count(0)


def test_a_phone_at_the_way_out_stays_there(context: BrowserContext, site: Site, meeting: Meeting) -> None:
    one, other = make.registration(meeting), make.registration(meeting)
    page = door_of(context, site, meeting, HEARD)
    with transaction():
        db.session.scalars(select(Gate).where(Gate.meeting_id == meeting.id)).one().reads_out = True
    page.reload()
    page.get_by_label("Out", exact=True).check()
    for reference in (one.reference, other.reference):  # typed: the steward looks at the person first
        page.get_by_label("Or type the number under the code").fill(reference)
        page.get_by_role("button", name="Check out").click()
        expect(page.get_by_role("heading", name="Is it this person?")).to_be_visible()
        page.get_by_role("button", name="Check out").click()
        expect(page.get_by_role("heading", name="Goes out")).to_be_visible()
        page.locator("[data-stage] [data-next]").click()
    page.reload()
    expect(page.get_by_label("Out", exact=True)).to_be_checked()
    page.get_by_role("link", name="Find by name").click()
    page.get_by_label("Name in either script, or delegation").fill(one.badge_name)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("button", name="Check out").first).to_be_visible()
