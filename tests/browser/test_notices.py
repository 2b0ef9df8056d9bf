"""Notices in a browser. No push service answers here: what it would give is made up, all else is the browser's own."""

from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from eventapp.ground.db import db
from eventapp.meetings.queries import meeting_at
from eventapp.registration.entry import own_token
from tests import make
from tests.browser.site import Site
from tests.make_agenda import published

KEYS = (
    "{p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',"
    "auth: 'BTBZMqHH6r4Tts7J_aSIgg'}"
)
SUBSCRIBES = f"""PushManager.prototype.subscribe = async options => options.userVisibleOnly && options.applicationServerKey && {{
  toJSON: () => ({{ endpoint: 'https://fcm.googleapis.com/fcm/send/abc', keys: {KEYS} }}) }}"""
SHOWN = """async slug => {
  const found = await navigator.serviceWorker.getRegistration(`/meetings/${slug}/agenda`)
  return (await found.getNotifications()).map(one => [one.title, one.body, one.data.address])
}"""
PRESS = "Show notices in this browser"
number = count()


@pytest.fixture
def context(browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[BrowserContext]:
    monkeypatch.setitem(site.app.config, "PUSH_KEY", "0123456789abcdef" * 4)
    context = browser.new_context(base_url=site.address, locale="en-GB", viewport={"width": 360, "height": 800})
    yield context
    context.close()


@pytest.fixture
def slug(context: BrowserContext) -> str:
    """A published agenda of one session, and somebody who is registered."""
    slug = f"notices-{next(number)}"
    meeting = make.meeting(slug=slug)
    make.session(meeting, code="S0", title="Opening")
    published(meeting)
    return slug


@pytest.fixture
def mine(slug: str) -> str:
    meeting = meeting_at(slug)
    assert meeting is not None
    token = own_token(make.registration(meeting, person=make.person("Cleo", email=f"{slug}@example.org")))
    db.session.remove()
    return f"/registrations/{token}/agenda"


def test_who_says_no_is_told_that_letters_come_all_the_same(context: BrowserContext, mine: str) -> None:
    page = context.new_page()
    page.goto(mine)
    page.get_by_role("button", name=PRESS).click()
    expect(page.locator("push-ask [role=status]")).to_contain_text("you still get the letters")


def test_a_browser_is_asked_added_and_ended(context: BrowserContext, site: Site, mine: str) -> None:
    context.grant_permissions(["notifications"], origin=site.address)
    page = context.new_page()
    page.add_init_script(SUBSCRIBES)
    page.goto(mine)
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text("A browser, since")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_text("A browser, since")).to_have_count(0)


def test_a_notice_that_comes_is_shown(context: BrowserContext, site: Site, slug: str) -> None:
    context.grant_permissions(["notifications"], origin=site.address)
    page = context.new_page()
    page.goto(f"/meetings/{slug}/agenda")
    expect(page.locator("offline-agenda[data-opens-offline]")).to_be_attached()
    deliver(
        page, site, slug, '{"title": "Spring", "body": "Opening: it is cancelled.", "address": "/meetings/x/agenda"}'
    )
    page.wait_for_function(f"async () => (await ({SHOWN})('{slug}')).length")
    assert page.evaluate(SHOWN, slug) == [["Spring", "Opening: it is cancelled.", "/meetings/x/agenda"]]


def deliver(page: Page, site: Site, slug: str, words: str) -> None:
    """Hand this to the worker of the agenda, as the browser does with what a push service sends."""
    protocol, found = page.context.new_cdp_session(page), list[str]()
    protocol.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(
            one["registrationId"] for one in event["registrations"] if one["scopeURL"].endswith(f"/{slug}/agenda")
        ),
    )
    protocol.send("ServiceWorker.enable")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    assert found
    protocol.send(
        "ServiceWorker.deliverPushMessage", {"origin": site.address, "registrationId": found[0], "data": words}
    )
