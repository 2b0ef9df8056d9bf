"""A decision about many shows on the list how far it is and what came of it, with nobody pressing anything more."""

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import ORGANIZER
from eventapp.registration.decisions import manage, many
from eventapp.registration.decisions.tasks import working
from eventapp.registration.decisions.tasks.jobs import LONG_JOBS
from tests import make
from tests.browser.site import Site, session_cookie

SLUG = "decides-many"


def test_the_list_says_how_far_it_is_and_what_came_of_it(
    context: BrowserContext, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage, "FEW", 2)
    monkeypatch.setattr(working, "SLICE", 0.0001)
    monkeypatch.setattr(many, "HELD", 0.0)
    starts = now().date() + timedelta(days=30)
    meeting = make.meeting(slug=SLUG, capacity=3, starts_on=starts, ends_on=starts)
    category = make.category(meeting, needs_approval=True)
    for _each in range(4):
        make.registration(meeting, category=category, state="pending")
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.goto(f"/meetings/{SLUG}/manage/registrations")
    page.get_by_label("Select all 4 shown").check()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("4 registrations are being approved.")).to_be_visible()
    first = page.locator("[data-live=task]").first
    expect(first).to_contain_text("0%")

    work_long(LONG_JOBS, at=now())
    db.session.rollback()
    expect(first).to_contain_text("25%")
    while work_long(LONG_JOBS, at=now()):
        db.session.rollback()
    expect(page.get_by_text("3 of 4 approved.")).to_be_visible()
    expect(first.get_by_text("Every place at the meeting is taken")).to_be_visible()
    first.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 decisions are being undone.")).to_be_visible()
    page.locator("[data-open]").get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Then it was stopped.")).to_be_visible()
