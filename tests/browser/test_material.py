"""A speaker on a telephone, by keyboard: the letter's link, the part taken, slides handed in, seen on the agenda."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect
from sqlalchemy import select

from eventapp.agenda.releases.actions import release
from eventapp.agenda.roles.actions import give_role
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.sub_items import SubItem
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make, make_agenda, make_documents
from tests.browser.site import Site

number = iter(range(100))


@pytest.fixture
def asked(context: BrowserContext, site: Site) -> tuple[Page, str]:
    """A telephone, and the address in the letter that asks somebody to take a part."""
    first = now().date() + timedelta(days=5)
    meeting = make.meeting(slug=f"slides-{next(number)}", starts_on=first, ends_on=first + timedelta(days=1))
    starts = now() + timedelta(days=5)
    session = make.session(meeting, code="S3", agenda_item="3", starts_at=starts, ends_at=starts + timedelta(hours=1))
    with transaction():
        give_role(session, make_agenda.part(name="Grace Hopper", email="grace@example.org"), by=None, at=now())
        set_sub_items(session, [SubItem("Welcome"), SubItem("Keynote", person="Grace Hopper")], by=None, at=now())
        release(meeting, by=None, at=now())
    text = db.session.scalars(select(Letter.text).where(Letter.meeting_id == meeting.id)).one()
    link = re.search(r"/roles/\S+", text)
    assert link is not None
    db.session.remove()
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    return page, link[0]


def press(page: Page, role: Any, name: str) -> None:
    """Go to it with the Tab key, and press Enter."""
    wanted = page.get_by_role(role, name=name, exact=True)
    for _step in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(name)


def fits(page: Page) -> bool:
    return int(page.evaluate("document.documentElement.scrollWidth")) <= 360


def test_slides_come_from_the_letter_to_the_agenda(asked: tuple[Page, str]) -> None:
    page, link = asked
    page.goto(link)
    press(page, "button", "Accept")
    expect(page.get_by_text("Accepted")).to_be_visible()
    press(page, "link", "Hand in your material")
    expect(page.get_by_role("heading", name="Your material", exact=True)).to_be_visible()
    assert fits(page)
    page.get_by_label("Title", exact=True).focus()
    page.keyboard.type("What the census tells")
    slides = FilePayload(name="สไลด์.pdf", mimeType="application/pdf", buffer=make_documents.SMALL_PDF)
    page.locator("input[type=file]").set_input_files(slides)
    expect(page.get_by_label("What it is for")).to_have_value(re.compile(r"\d+"))  # the item that names her
    press(page, "button", "Hand it in")
    expect(page.get_by_text("สไลด์.pdf")).to_be_visible()
    assert fits(page)

    page.goto(f"/meetings/{slug_of(link)}/sessions/S3")
    press(page, "link", "What the census tells")
    expect(page.locator("#documents + ul")).to_contain_text("What the census tells")
    assert fits(page)
    with page.expect_download() as came:
        press(page, "link", "English D1")
    assert came.value.path().read_bytes() == make_documents.SMALL_PDF


def test_days_are_said_by_keyboard_and_kept(asked: tuple[Page, str]) -> None:
    page, link = asked
    page.goto(link)
    press(page, "link", "Say when you can take part")
    expect(page.get_by_role("heading", name="When you can take part")).to_be_visible()
    assert fits(page)
    page.get_by_label("That day").first.focus()
    page.keyboard.type("Not between")
    page.get_by_label("From (optional)").first.focus()
    page.keyboard.type("9:30")
    page.get_by_label("Until (optional)").first.focus()
    page.keyboard.type("11:00")
    press(page, "button", "Send")
    expect(page.get_by_text("Thank you. The organizers see what you said.")).to_be_visible()
    expect(page.get_by_label("From (optional)").first).to_have_value("09:30")
    expect(page.get_by_label("That day").first).to_have_value("but")


def slug_of(link: str) -> str:
    """The address of the meeting that this link is of."""
    db.session.rollback()
    letter = db.session.scalars(select(Letter).where(Letter.text.contains(link))).one()
    return db.session.get_one(Meeting, letter.meeting_id).slug
