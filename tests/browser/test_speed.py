"""Twenty notes by keyboard alone: no pointer, the cursor always in the text, the shorthand telling what it understood."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.record.notes.queries import notes_of
from tests import make
from tests.browser.capture import broken, opened, recorded
from tests.browser.site import Site

WATCH = """
    window.pointed = []; window.left = []
    for (const name of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(name, event => pointed.push(event.type), true)
    addEventListener('focusout', event => left.push(event.target.id), true)
"""


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """A session of its own for each test, with two speakers."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
    session = make.session(meeting)
    make.role(session, name="Samira Haddad", organization="ITU")
    make.role(session, name="Sanjay Rao", organization="ESCAP")
    yield session
    db.session.rollback()


@pytest.fixture
def page(context: BrowserContext, site: Site, session: Session) -> Page:
    context.add_init_script(WATCH)
    site.enter(context, RAPPORTEUR)
    page = opened(context, site, session)
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    return page


def twenty(page: Page) -> None:
    for n in range(20):
        if n % 2:
            page.keyboard.press("Alt+Digit2")
            page.keyboard.type(f"@samira #c7agr Idea number {n}.")
        else:
            page.keyboard.type(f"!opp @sanjay #sdg2 ~cat Idea number {n}.")
        page.keyboard.press("Control+Enter")


def test_twenty_notes_without_a_pointer_and_the_cursor_in_the_text(page: Page, session: Session) -> None:
    twenty(page)
    expect(page.locator("#kept-heading")).to_have_text("20 notes in this session")
    assert recorded(session) == [f"Idea number {n}." for n in range(20)]
    notes = [note.current for note in reversed(notes_of(session))]
    assert [(now.kind, now.organization, now.action_lines, now.goals) for now in notes] == [
        ("opportunity", "ESCAP", [], [2]),
        ("challenge", "ITU", ["C7-EAGR"], []),
    ] * 10
    assert page.evaluate("[pointed, left, document.activeElement.id]") == [[], [], "text"]


def test_a_page_that_let_go_of_the_text_would_be_seen(context: BrowserContext, site: Site, session: Session) -> None:
    broken(
        context,
        "note-form.js",
        "    this.text.focus()\n    this.form.dispatch",
        "    this.text.blur()\n    this.form.dispatch",
    )
    context.add_init_script(WATCH)
    site.enter(context, RAPPORTEUR)
    page = opened(context, site, session)
    page.keyboard.type("One.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    assert page.evaluate("left") == ["text"]


def test_the_line_says_what_a_mark_may_mean_and_what_was_understood(page: Page) -> None:
    line, offered = page.locator("#marks"), page.locator("#marks [data-offered] [data-words]")
    page.keyboard.type("@sa")
    expect(offered).to_have_text("Samira Haddad, ITU")
    expect(line.locator("[data-others]")).to_have_text("Sanjay Rao, ESCAP")
    page.keyboard.press("ArrowDown")
    expect(offered).to_have_text("Sanjay Rao, ESCAP")
    page.keyboard.press("Tab")
    expect(page.locator("#speaker")).to_have_value("Sanjay Rao, ESCAP")
    expect(page.locator("#text")).to_have_value("")
    page.keyboard.type("!cha #c7a")
    expect(line.locator("[data-understood]")).to_have_text("Understood: Sanjay Rao, ESCAP · Challenge")
    expect(offered).to_have_text("C7 E-agriculture")
    page.keyboard.press("Tab")
    page.keyboard.type("Farmers get prices.")
    expect(page.locator("#text")).to_have_value("Farmers get prices.")
    expect(line.locator("[data-understood]")).to_have_text(
        "Understood: Sanjay Rao, ESCAP · Challenge · C7 E-agriculture"
    )
    expect(line.locator("[data-offered]")).to_be_hidden()
    assert page.evaluate("[left, document.activeElement.id]") == [[], "text"]
    page.keyboard.press("Control+Enter")
    expect(line).to_be_hidden()


def test_a_mark_that_is_not_understood_does_not_hide_those_after_it(page: Page) -> None:
    page.keyboard.type("@zz !cha #c7a")
    expect(page.locator("#marks [data-understood]")).to_have_text("Understood: Challenge")
    expect(page.locator("#marks [data-offered] [data-words]")).to_have_text("C7 E-agriculture")
    page.keyboard.press("Tab")
    page.keyboard.type("Prices by telephone.")
    expect(page.locator("#text")).to_have_value("@zz Prices by telephone.")
    expect(page.locator("#marks [data-understood]")).to_have_text("Understood: Challenge · C7 E-agriculture")


def test_without_an_offer_tab_leaves_the_text_and_escape_offers_nothing(page: Page) -> None:
    page.keyboard.type("@sa")
    page.keyboard.press("Escape")
    expect(page.locator("#marks")).to_be_hidden()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "text"
    expect(page.locator("#text")).to_have_value("@sa")


def test_the_help_sheet_has_keys_shorthand_and_states(page: Page) -> None:
    sheet = page.locator("details.help")
    sheet.locator("summary").press("Enter")
    for words in (
        "Ctrl Enter",
        "!challenge",
        "#c2 #c7agr #sdg2",
        "Offline: 2 notes saved in this browser",
        "Draft saved 11:05:12",
    ):
        expect(sheet).to_contain_text(words)
