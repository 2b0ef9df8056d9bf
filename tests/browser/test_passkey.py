"""A passkey in a real browser, by Chromium's virtual authenticator: added, asked for after the link, and without it a code."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.people.models import Person
from eventapp.people.sign_in.actions import make_sign_in_link
from tests import make
from tests.browser.site import Site

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named(site: Site) -> Iterator[str]:
    """The site under a name: browsers bind no passkey to a number."""
    before = site.app.config["BASE_URL"]
    address = site.app.config["BASE_URL"] = before.replace("127.0.0.1", "localhost")
    yield address
    site.app.config["BASE_URL"] = before


@pytest.fixture
def context(browser: Browser, named: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=named, locale="en-GB", viewport={"width": 360, "height": 740})
    yield context
    context.close()


def authenticator(page: Page, **more: Any) -> tuple[CDPSession, str]:
    """A virtual authenticator of this page, and the number by which the browser knows it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, **more}})
    return session, made["authenticatorId"]


def open_link(page: Page, person: int) -> None:
    """Come by a mailed link."""
    with transaction():
        link = make_sign_in_link(db.session.get_one(Person, person), at=now(), next_page="/account")
    page.goto(f"/sign-in/{link}")
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_sound(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than the screen of a telephone."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert [one["id"] for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_a_passkey_is_added_asked_for_and_stood_in_for(context: BrowserContext) -> None:
    person = make.person("Anong Suksawat").id
    page = context.new_page()
    session, device = authenticator(page)
    open_link(page, person)
    page.goto("/account/devices")
    page.fill("#name", "My telephone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    codes = page.locator("code").all_text_contents()
    is_sound(page)
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page.locator("main")).to_contain_text("My telephone")
    is_sound(page)

    sign_out(page)
    open_link(page, person)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    is_sound(page)
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where you are signed in")

    sign_out(page)
    open_link(page, person)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("[data-passkey-says]")).to_contain_text("did not get an answer from a passkey")
    page.get_by_text("No passkey at hand? Use a recovery code").click()
    page.fill("#code", codes[0].lower())
    page.get_by_role("button", name="Use this code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where you are signed in")
    page.goto("/account/devices")
    expect(page.locator("main")).to_contain_text("9 codes are left.")


def test_a_device_gets_one_passkey(context: BrowserContext) -> None:
    person = make.person("Ben Okafor").id
    page = context.new_page()
    authenticator(page)
    open_link(page, person)
    page.goto("/account/devices")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.goto("/account/devices")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("[data-passkey-says]")).to_contain_text("has a passkey for this account already")


def test_without_a_device_the_page_says_so(context: BrowserContext) -> None:
    person = make.person("Chen Li").id
    page = context.new_page()
    authenticator(page, hasUserVerification=False, isUserVerified=False)
    open_link(page, person)
    page.goto("/account/devices")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("[data-passkey-says]")).not_to_be_empty()
    expect(page.locator("main")).to_contain_text("You have none")
