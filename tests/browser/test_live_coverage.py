"""The coverage page beside a meeting that goes on."""

from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR, Meeting
from tests import make
from tests.browser.site import Site
from tests.make_record import note


def test_a_note_is_counted_without_a_reload_and_told_once(context: BrowserContext, site: Site) -> None:
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
    session = make.session(meeting)
    site.enter(context, RAPPORTEUR)
    db.session.rollback()
    page = context.new_page()
    page.goto(f"/meetings/{site.values['slug']}/review/coverage")
    expect(page.locator("[role=status]")).to_have_text("")
    cell = page.locator("a.hm", has_text="C8 and Goal 14")
    expect(cell).to_have_count(0)
    page.locator("a.hm").first.focus()
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    note(session, action_lines=("C8",), goals=(14,))
    db.session.rollback()
    expect(cell).to_have_count(1)
    expect(page.locator("[role=status]")).to_contain_text("against the WSIS-SDG Matrix")
    assert page.evaluate("document.activeElement.getAttribute('href')") == focused


def test_without_a_network_the_page_says_since_when(context: BrowserContext, site: Site) -> None:
    site.enter(context, RAPPORTEUR)
    page = context.new_page()
    page.goto(f"/meetings/{site.values['slug']}/review/coverage")
    expect(page.locator("[data-as-of]")).to_contain_text("Updated")
    with site.cut_off(context):
        expect(page.locator("[data-as-of]")).to_contain_text("Not up to date")
    expect(page.locator("[data-as-of]")).to_contain_text("Updated")
