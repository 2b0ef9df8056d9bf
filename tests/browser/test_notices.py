"""Notices in a browser. No push service answers here: what it would give is made up, all else is the browser's own."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, Worker, expect

from eventapp.ground.db import db
from eventapp.meetings.queries import meeting_at
from eventapp.registration.entry import own_token
from tests import make
from tests.browser.site import Site, until
from tests.chromium import on_the_machine
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
GONE = """async slug => {
  const found = await navigator.serviceWorker.getRegistration(`/meetings/${slug}/agenda`)
  return !(await found.getNotifications()).length
}"""
WAITS = """() => {
  const { registration } = self, shows = registration.showNotification.bind(registration)
  self.hasShown = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('nothing was shown')), 30000)
    registration.showNotification = (...words) => { const work = shows(...words); work.then(resolve); return work }
  })
}"""
PRESSED = """async () => {
  const [notification] = await self.registration.getNotifications(), { prototype } = self.WindowClient
  const doors = { open: self.clients.openWindow, focus: prototype.focus }, rest = []
  const found = new Promise((resolve, reject) => {
    self.clients.openWindow = async address => resolve(['open', address])
    prototype.focus = async function () { resolve(['focus', this.url]) }
    const event = new NotificationEvent('notificationclick', { notification })
    event.waitUntil = work => rest.push(work.then(() => reject(new Error('nothing was opened')), reject))
    self.dispatchEvent(event)
    if (!rest.length) reject(new Error('nothing was waited for'))
  })
  const done = await found.finally(() => Promise.all(rest))
  self.clients.openWindow = doors.open
  prototype.focus = doors.focus
  return done
}"""
PRESS = "Show notices in this browser"
number = count()


@pytest.fixture(scope="module")
def browser(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser that shows notices of the system."""
    path = on_the_machine(whole=True)
    which = {"executable_path": path} if path else {"channel": "chromium"}
    browser = browser_type.launch(**{**browser_type_launch_args, **which})
    yield browser
    browser.close()


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
    page.get_by_role("button", name="End it", exact=True).click()
    expect(page.get_by_text("A browser, since")).to_have_count(0)


def test_a_notice_that_comes_is_shown(context: BrowserContext, site: Site, slug: str) -> None:
    page = agenda_with_worker(context, site, slug)
    deliver(
        page, site, slug, '{"title": "Spring", "body": "Opening: it is cancelled.", "address": "/meetings/x/agenda"}'
    )
    assert shown(page, slug) == [["Spring", "Opening: it is cancelled.", "/meetings/x/agenda"]]


@pytest.mark.parametrize(
    "words", ["", "no JSON", "null", "[1, 2]", '{"title": "Spring"}', '{"title": {}, "body": "x", "address": "/"}']
)
def test_a_push_that_cannot_be_read_says_where_to_look(
    context: BrowserContext, site: Site, slug: str, words: str
) -> None:
    page = agenda_with_worker(context, site, slug)
    deliver(page, site, slug, words)
    agenda = f"{site.address}/meetings/{slug}/agenda"
    host = site.address.removeprefix("http://")
    assert shown(page, slug) == [[host, "Something of your programme has changed. Press to read it.", agenda]]
    assert pressed(context, slug) == ["focus", agenda]


def test_the_page_that_a_notice_names_is_opened(context: BrowserContext, site: Site, slug: str) -> None:
    page = agenda_with_worker(context, site, slug)
    deliver(page, site, slug, as_json(f"/meetings/{slug}/sessions/S0"))
    shown(page, slug)
    how, address = pressed(context, slug)
    assert how == "open"
    opened = context.new_page()
    opened.goto(address)
    expect(opened.get_by_role("heading", name="Opening", level=1)).to_be_visible()
    until(page, GONE, slug)  # who pressed it is done with it


def test_a_page_that_is_open_already_is_brought_forward(context: BrowserContext, site: Site, slug: str) -> None:
    page = agenda_with_worker(context, site, slug)
    other = context.new_page()
    other.goto(f"/meetings/{slug}/sessions/S0")
    deliver(page, site, slug, as_json(f"/meetings/{slug}/agenda"))
    shown(page, slug)
    assert pressed(context, slug) == ["focus", f"{site.address}/meetings/{slug}/agenda"]


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example.org/x", "//elsewhere.example.org/", "javascript:alert(1)", "http://["]
)
def test_a_notice_opens_nothing_outside_of_the_site(
    context: BrowserContext, site: Site, slug: str, address: str
) -> None:
    page = agenda_with_worker(context, site, slug)
    deliver(page, site, slug, as_json(address))
    assert shown(page, slug)[0][2] == address
    page.goto("/")
    assert pressed(context, slug) == ["open", f"{site.address}/meetings/{slug}/agenda"]


def agenda_with_worker(context: BrowserContext, site: Site, slug: str) -> Page:
    """The agenda, once its worker stands between it and the network."""
    context.grant_permissions(["notifications"], origin=site.address)
    page = context.new_page()
    page.goto(f"/meetings/{slug}/agenda")
    expect(page.locator("offline-agenda[data-opens-offline]")).to_be_attached()
    return page


def as_json(address: str) -> str:
    return json.dumps({"title": "Spring", "body": "Opening: it is cancelled.", "address": address})


def shown(page: Page, slug: str) -> list[list[str]]:
    """The notices that the browser shows, once the worker has shown one. Asked earlier, the browser drops it."""
    worker_of(page.context, slug).evaluate("self.hasShown")
    found: list[list[str]] = page.evaluate(SHOWN, slug)
    return found


def pressed(context: BrowserContext, slug: str) -> list[str]:
    """Press the notice: what the worker does then, and with which address.

    The press is made up, and a browser lets a worker open and bring forward only after one of its own: so the two
    doors of the browser write down who came.
    """
    found: list[str] = worker_of(context, slug).evaluate(PRESSED)
    return found


def worker_of(context: BrowserContext, slug: str) -> Worker:
    """The worker of this agenda, and of no session's page."""
    for one in context.service_workers:
        if one.evaluate("self.registration.scope").endswith(f"/{slug}/agenda"):
            return one
    raise AssertionError("no worker")


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
    until(page, "Boolean(navigator.serviceWorker.controller)")
    for _look in range(600):  # the browser tells it when it has looked it up
        if found:
            break
        page.wait_for_timeout(50)
    assert found
    worker_of(page.context, slug).evaluate(WAITS)
    protocol.send(
        "ServiceWorker.deliverPushMessage", {"origin": site.address, "registrationId": found[0], "data": words}
    )
