"""Signed out, replaced, a session that is gone, a meeting that is over: while somebody types, and the text is found again."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.drafts.models import Draft
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person, SignIn
from eventapp.people.sign_in.actions import make_sign_in_link
from tests import make
from tests.browser.capture import broken, kept_here, nothing_here, opened, recorded
from tests.browser.site import Site, session_cookie


class Desk:
    """Somebody who records one session of the sample meeting, and nothing else."""

    def __init__(self, site: Site) -> None:
        self.meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
        self.session = make.session(self.meeting)
        self.person = make.person("Samira Haddad")
        self.role = make.role(self.session, "rapporteur", person_id=self.person.id, name="Samira Haddad")
        self.cookie = session_cookie(site.app, self.person)
        self.ids = (self.person.id, self.role.id, self.session.id, self.meeting.id)
        db.session.rollback()


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    yield Desk(site)
    db.session.rollback()


@pytest.fixture
def context(browser: Browser, site: Site, desk: Desk) -> Iterator[BrowserContext]:
    """Her browser, without the worker."""
    context = browser.new_context(base_url=site.address, locale="en-GB", service_workers="block")
    context.add_cookies([{"name": "session", "value": desk.cookie, "url": site.address}])
    yield context
    context.close()


def begun(context: BrowserContext, site: Site, desk: Desk) -> Page:
    """Half a sentence that the server has as well."""
    page = opened(context, site, desk.session)
    page.keyboard.insert_text("Half a thought")  # at once: what is safe may be the first letters alone
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    return page


def sign_out(desk: Desk) -> None:
    with transaction():
        for sign_in in db.session.scalars(select(SignIn).where(SignIn.person_id == desk.ids[0])):
            sign_in.ended_at = now()


def test_signing_in_again_leads_back_to_the_text(context: BrowserContext, site: Site, desk: Desk) -> None:
    page = begun(context, site, desk)
    address = page.url
    sign_out(desk)
    page.keyboard.type(", gone on with")
    expect(page.locator("#saved")).to_contain_text("Signed out: your text is saved in this browser")
    page.locator("#saved").get_by_role("link", name="Sign in").click()
    expect(page.locator("h1")).to_contain_text("Sign in")
    with transaction():
        person = db.session.get_one(Person, desk.ids[0])
        link = make_sign_in_link(person, at=now(), next_page=address.removeprefix(site.address))
    page.goto(f"/sign-in/{link}")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#text")).to_have_value("Half a thought, gone on with")
    assert page.url == address
    page.locator("#text").press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert recorded(desk.session) == ["Half a thought, gone on with"]


def test_a_page_that_keeps_nothing_would_lose_what_was_typed_while_signed_out(
    context: BrowserContext, site: Site, desk: Desk
) -> None:
    broken(
        context,
        "store.js",
        "  async change({ drop = [], put = null }) {",
        "  async change({ put }) { return put?.id || 1",
    )
    page = begun(context, site, desk)
    sign_out(desk)
    page.keyboard.type(", gone on with")
    expect(page.locator("#saved")).to_contain_text("Signed out")
    desk.cookie = session_cookie(site.app, desk.person)
    context.add_cookies([{"name": "session", "value": desk.cookie, "url": site.address}])
    page.reload()
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    expect(page.locator("#text")).to_have_value("Half a thought")


def end_role(desk: Desk) -> None:
    db.session.get_one(SpeakingRole, desk.ids[1]).ended_at = now()


def take_off_the_agenda(desk: Desk) -> None:
    """As far as her address goes, the session is gone."""
    db.session.get_one(Session, desk.ids[2]).code = f"GONE{desk.ids[2]}"


@pytest.mark.parametrize("what", [end_role, take_off_the_agenda])
def test_what_may_not_go_on_is_on_the_page_of_kept_texts(
    context: BrowserContext, site: Site, desk: Desk, what: Callable[[Desk], None]
) -> None:
    page = begun(context, site, desk)
    with transaction():
        what(desk)
    page.keyboard.type(", gone on with")
    expect(page.locator("#saved")).to_contain_text(
        "You may not record here any more: your text is saved in this browser"
    )
    page.locator("#saved").get_by_role("link", name="My drafts").click()
    expect(page.locator("[aria-labelledby=unfinished] .serif")).to_have_text("Half a thought")
    here = page.locator("[aria-labelledby=here] [data-text]")
    expect(here.locator(".serif")).to_have_text("Half a thought, gone on with")

    here.get_by_text("Discard…").click()
    here.get_by_role("button", name="Discard it for good").click()
    expect(here).to_have_count(0)
    nothing_here(page)
    page.locator("[aria-labelledby=unfinished]").get_by_text("Discard…").click()
    page.get_by_role("button", name="Discard it for good").click()
    expect(page.locator("[aria-labelledby=unfinished]")).to_contain_text("all you typed is saved")


def test_a_note_on_its_way_waits_for_the_role_to_come_back(context: BrowserContext, site: Site, desk: Desk) -> None:
    page = opened(context, site, desk.session)
    with transaction():
        end_role(desk)
    page.keyboard.type("Written after the role was taken away.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("You may not record here any more")
    expect(page.locator("[data-here] .serif")).to_have_text("Written after the role was taken away.")
    assert recorded(desk.session) == []
    with transaction():
        db.session.get_one(SpeakingRole, desk.ids[1]).ended_at = None
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert recorded(desk.session) == ["Written after the role was taken away."]


def cancel(desk: Desk) -> None:
    db.session.get_one(Session, desk.ids[2]).cancelled_at = now()


def end_meeting(desk: Desk) -> None:
    session = db.session.get_one(Session, desk.ids[2])
    session.starts_at -= timedelta(days=900)
    session.ends_at -= timedelta(days=900)


@pytest.mark.parametrize("what", [cancel, end_meeting])
def test_a_session_that_is_cancelled_or_over_takes_the_text_all_the_same(
    context: BrowserContext, site: Site, desk: Desk, what: Callable[[Desk], None]
) -> None:
    page = begun(context, site, desk)
    with transaction():
        what(desk)
    page.keyboard.type(", ended.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.reload()
    expect(page.locator("#text")).to_have_value("")
    assert recorded(desk.session) == ["Half a thought, ended."]


def test_a_kept_text_goes_back_into_the_form(context: BrowserContext, site: Site, desk: Desk) -> None:
    page = begun(context, site, desk)
    with transaction():
        make_second(desk)
    page.goto("/account/texts")
    page.locator("[data-text]", has_text="The other one").get_by_role("link", name="Go on with it").click()
    expect(page.locator("#text")).to_have_value("The other one")
    expect(page.locator("[data-here] .serif")).to_have_text("Half a thought")
    page.locator("#text").press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert recorded(desk.session) == ["The other one"]


def closed_to_its_writer(context: BrowserContext, site: Site, desk: Desk) -> Page:
    """The role is taken away while there is no network; then the page of kept texts is opened."""
    page = opened(context, site, desk.session)
    with site.cut_off(context):
        page.keyboard.insert_text("Half a thought")
        kept_here(page, "Half a thought")
        page.evaluate("void (globalThis.fetch = () => Promise.reject(new Error('killed')))")
        page.close()
    with transaction():
        db.session.get_one(SpeakingRole, desk.ids[1]).ended_at = now()
    page = context.new_page()
    page.goto("/account/texts")
    return page


def test_what_only_this_browser_has_is_read_where_its_page_is_closed(
    context: BrowserContext, site: Site, desk: Desk
) -> None:
    page = closed_to_its_writer(context, site, desk)
    text = page.locator("[data-here-only] [data-text]")
    text.get_by_role("link", name="Go on with it").click()
    expect(text).to_contain_text("You may not record there any more. Ask the organizers.")
    expect(text.locator(".serif")).to_have_text("Half a thought")
    expect(text.get_by_role("link", name="Go on with it")).to_have_count(0)
    page.goto(f"/meetings/{site.values['slug']}/record/{desk.session.code}")
    expect(page.locator("h1")).to_have_text("Page not found")
    page.get_by_role("link", name="My drafts").click()
    expect(text.locator(".serif")).to_have_text("Half a thought")


def test_a_page_that_did_not_ask_first_would_lead_away_from_it(context: BrowserContext, site: Site, desk: Desk) -> None:
    broken(context, "draft-list.js", "answer?.status !== 404", "true")
    page = closed_to_its_writer(context, site, desk)
    page.locator("[data-here-only] [data-text]").get_by_role("link", name="Go on with it").click()
    expect(page.locator("h1")).to_have_text("Page not found")


def make_second(desk: Desk) -> None:
    content = {"kind": "trend", "text": "The other one"}
    db.session.add(
        Draft(
            kind="note",
            scope_id=desk.ids[2],
            person_id=desk.ids[0],
            content=content,
            key="x",
            mark="",
            created_at=now(),
            updated_at=now(),
        )
    )


def test_a_change_of_a_note_is_on_the_server_before_it_is_saved(
    context: BrowserContext, browser: Browser, site: Site, desk: Desk
) -> None:
    page = opened(context, site, desk.session)
    page.keyboard.type("Most cases were large.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page = opened(context, site, desk.session, "/1")
    page.locator("#text").fill("Most cases were small")
    expect(page.locator("#saved")).to_contain_text("Draft saved")

    other = browser.new_context(base_url=site.address, locale="en-GB", service_workers="block")
    other.add_cookies([{"name": "session", "value": desk.cookie, "url": site.address}])
    phone = opened(other, site, desk.session, "/1")
    expect(phone.locator("main")).to_contain_text("You were changing this and did not save it")
    expect(phone.locator("#text")).to_have_value("Most cases were small")
    phone.get_by_role("link", name="Start from the note as it is").click()
    expect(phone.locator("#text")).to_have_value("Most cases were large.")
    phone.go_back()
    expect(phone.locator("#text")).to_have_value("Most cases were small")
    phone.locator("#text").press("End")
    phone.keyboard.type(".")
    phone.keyboard.press("Control+Enter")
    expect(phone.locator("#kept-heading")).to_be_visible()
    assert recorded(desk.session) == ["Most cases were small."]
    phone.goto("/account/texts")
    expect(phone.locator("[aria-labelledby=unfinished]")).to_contain_text("all you typed is saved")
    other.close()
