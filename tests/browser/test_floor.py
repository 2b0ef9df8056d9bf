"""The floor beside the notes: kept by keyboard, fresh without a reload, and out of the way where there is no network."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.floor.queries import floor_of
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes_of
from tests import make
from tests.browser.capture import broken
from tests.browser.site import Site
from tests.make_floor import asked, begun


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """A session of its own for each test."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
    session = make.session(meeting)
    make.role(session, name="Samira Haddad", organization="ITU")
    yield session
    db.session.rollback()


def opened(context: BrowserContext, site: Site, session: Session, page: str = "") -> Page:
    if not context.cookies():  # a second tab is of the same sign-in
        site.enter(context, RAPPORTEUR)
    code = session.code
    db.session.rollback()
    tab = context.new_page()
    tab.goto(f"/meetings/{site.values['slug']}/record/{code}{page}")
    return tab


def labels(session: Session) -> tuple[str, list[str]]:
    """Who has the floor, and who waits."""
    db.session.rollback()
    floor = floor_of(session)
    found = floor.running.label if floor.running else "", [one.label for one in floor.waiting]
    db.session.rollback()
    return found


def newest(session: Session) -> Note:
    db.session.rollback()
    return notes_of(session)[0]


def test_a_turn_by_keyboard_presets_the_next_note(context: BrowserContext, site: Site, session: Session) -> None:
    page = opened(context, site, session)
    page.keyboard.press("Alt+KeyA")
    expect(page.locator("#floor-q")).to_be_focused()
    page.keyboard.type("suksawat")
    page.locator("[data-floor-found] button").first.click()
    expect(page.locator(".floor-queue li")).to_have_count(1)
    page.keyboard.press("Alt+KeyN")
    expect(page.locator(".floor-turn")).to_contain_text("Has the floor")
    expect(page.locator("#speaker")).to_have_value(labels(session)[0])
    expect(page.locator("#speaker-hint")).to_contain_text(re.compile(r"speaking for \d+:\d\d"))
    page.keyboard.press("Alt+KeyP")
    expect(page.locator(".floor-turn")).to_contain_text("Paused")
    page.keyboard.press("Alt+KeyU")
    expect(page.locator(".floor-turn")).to_contain_text("Has the floor")
    page.locator("#text").fill("Radio reaches farmers.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    expect(page.locator("[data-kept-notes]")).to_contain_text("Said in the statement of Anong Suksawat")
    page.keyboard.press("Alt+KeyX")
    expect(page.locator(".floor-turn")).to_contain_text("Nobody has the floor.")
    assert newest(session).statement is not None


def test_a_speaker_who_was_typed_is_not_written_over(context: BrowserContext, site: Site, session: Session) -> None:
    asked(session, "Tashi Dorji", "Bhutan", at=now())
    page = opened(context, site, session)
    page.locator("#speaker").fill("Somebody Else")
    page.keyboard.press("Alt+KeyN")
    expect(page.locator(".floor-turn")).to_contain_text("Tashi Dorji")
    expect(page.locator("#speaker")).to_have_value("Somebody Else")
    page.locator("#text").fill("An idea.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    expect(page.locator("#speaker")).to_have_value("Tashi Dorji, Bhutan")  # the next note is of whoever speaks
    assert (newest(session).current.speaker, newest(session).statement) == ("Somebody Else", None)


def test_a_note_that_was_begun_keeps_its_speaker_when_the_next_one_starts(
    context: BrowserContext, site: Site, session: Session
) -> None:
    first = begun(asked(session, "Tashi Dorji", "Bhutan", at=now()), at=now())
    asked(session, "Mele Kalsakau", "Vanuatu", at=now())
    first_id = first.id
    page = opened(context, site, session)
    page.locator("#text").fill("What the first one said.")
    page.keyboard.press("Alt+KeyN")
    expect(page.locator(".floor-turn")).to_contain_text("Mele Kalsakau")
    expect(page.locator("#speaker")).to_have_value("Tashi Dorji, Bhutan")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#speaker")).to_have_value("Mele Kalsakau, Vanuatu")
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    assert (newest(session).current.speaker, newest(session).statement_id) == ("Tashi Dorji", first_id)


def test_what_a_colleague_does_is_seen_without_a_reload(context: BrowserContext, site: Site, session: Session) -> None:
    page = opened(context, site, session)
    page.locator("#text").fill("Half a thought")
    expect(page.locator(".floor-none")).to_be_visible()
    begun(asked(session, "Tashi Dorji", "Bhutan", at=now()), at=now())
    db.session.rollback()
    expect(page.locator(".floor-turn")).to_contain_text("Tashi Dorji")
    expect(page.locator("#text")).to_have_value("Half a thought")


def noted_in_a_hurry(context: BrowserContext, site: Site, session: Session) -> Note:
    """A note of whoever speaks now, begun at once after that of the speaker before: no second of the clock between."""
    context.add_init_script("setInterval = () => 0")
    begun(asked(session, "Tashi Dorji", "Bhutan", at=now()), at=now())
    asked(session, "Mele Kalsakau", "Vanuatu", at=now())
    page = opened(context, site, session)
    page.locator("#text").fill("What the first one said.")
    page.keyboard.press("Alt+KeyN")
    expect(page.locator(".floor-turn")).to_contain_text("Mele Kalsakau")
    page.keyboard.press("Control+Enter")
    page.keyboard.insert_text("What the second one said.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("2 notes in this session")
    return newest(session)


def test_a_note_that_is_begun_at_once_is_of_whoever_speaks_now(
    context: BrowserContext, site: Site, session: Session
) -> None:
    note = noted_in_a_hurry(context, site, session)
    assert note.statement is not None
    assert (note.current.speaker, note.statement.name) == ("Mele Kalsakau", "Mele Kalsakau")


def test_a_page_that_waited_for_the_clock_would_give_it_to_the_speaker_before(
    context: BrowserContext, site: Site, session: Session
) -> None:
    broken(context, "next-speaker.js", "  if (floor) prepare()\n", "", feature="floor")
    assert noted_in_a_hurry(context, site, session).current.speaker == "Tashi Dorji"


def answered_late(context: BrowserContext, site: Site, session: Session) -> Page:
    """A look at the list from before a button was pressed, answered after it; no other look meanwhile."""
    context.add_init_script("setInterval = () => 0")
    asked(session, "First", at=now())
    late = list[Route]()
    with context.expect_event("response", lambda answer: answer.url.endswith("/floor/list")):  # the page's first look
        page = opened(context, site, session, "/floor")
    asked(session, "Second", at=now())
    page.route("**/floor/list", lambda route: route.abort() if late else late.append(route))
    with page.expect_request("**/floor/list"):
        page.evaluate("dispatchEvent(new Event('online'))")
    start = page.locator("[value=start]")
    start.hover()
    answer = late[0].fetch()
    start.click()
    expect(page.locator(".floor-turn")).to_contain_text("First")
    with page.expect_response("**/floor/list"):
        late[0].fulfill(response=answer)
    return page


def test_an_answer_that_comes_late_takes_no_place_of_a_newer_one(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = answered_late(context, site, session)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".floor-turn")).to_contain_text("Paused")
    assert labels(session) == ("First", ["Second"])


def test_a_list_that_took_every_answer_would_show_the_old_one(
    context: BrowserContext, site: Site, session: Session
) -> None:
    broken(context, "floor-list.js", "this.shown = ++this.asked //", "//", feature="floor")
    page = answered_late(context, site, session)
    expect(page.locator(".floor-turn")).to_contain_text("Nobody has the floor.")


def pressed(context: BrowserContext, site: Site, session: Session) -> Page:
    """A button that is held down while somebody else comes onto the list, and the page asks for it."""
    asked(session, "First", at=now())
    page = opened(context, site, session, "/floor")
    page.locator("[value=start]").hover()
    page.mouse.down()
    asked(session, "Second", at=now())
    with page.expect_response("**/floor/list"):
        page.evaluate("dispatchEvent(new Event('online'))")
    return page


def test_a_list_does_not_change_under_a_finger(context: BrowserContext, site: Site, session: Session) -> None:
    page = pressed(context, site, session)
    page.mouse.up()
    expect(page.locator(".floor-turn")).to_contain_text("First")


def test_a_list_that_did_would_lose_the_tap(context: BrowserContext, site: Site, session: Session) -> None:
    broken(context, "floor-list.js", " || this.isPressed", "", feature="floor")
    page = pressed(context, site, session)
    expect(page.locator(".floor-queue > li")).to_have_count(2)
    page.mouse.up()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".floor-turn")).to_contain_text("Nobody has the floor.")
    assert labels(session) == ("", ["First", "Second"])


def test_two_who_start_see_that_one_was_faster(context: BrowserContext, site: Site, session: Session) -> None:
    asked(session, "First", at=now())
    asked(session, "Second", at=now())
    page, other = opened(context, site, session, "/floor"), opened(context, site, session, "/floor")
    for tab in (page, other):  # neither hears of the other in time
        tab.route("**/floor/list", lambda route: route.abort())
    page.locator("[value=start]").nth(0).click()
    expect(page.locator(".floor-turn")).to_contain_text("First")
    other.locator("[value=start]").nth(1).click()
    expect(other.get_by_role("alert")).to_contain_text("First has the floor")
    expect(other.locator(".floor-turn")).to_contain_text("First")
    assert labels(session) == ("First", ["Second"])


def test_without_a_network_the_list_says_so_and_notes_go_on(
    context: BrowserContext, site: Site, session: Session
) -> None:
    turn = begun(asked(session, "Tashi Dorji", "Bhutan", at=now()), at=now()).id
    asked(session, "Mele Kalsakau", "Vanuatu", at=now())
    page = opened(context, site, session)
    expect(page.locator("#speaker-hint")).to_contain_text("speaking for")
    with site.cut_off(context):
        expect(page.locator("[data-floor-offline]")).to_contain_text("No network")
        page.keyboard.press("Alt+KeyN")
        expect(page.locator("[data-floor-offline]")).to_contain_text("not done")
        page.locator("#text").fill("Said while nothing was sent.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#saved")).to_contain_text("Offline: 1 note saved in this browser")
        assert labels(session) == ("Tashi Dorji, Bhutan", ["Mele Kalsakau, Vanuatu"])
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    expect(page.locator("[data-floor-offline]")).to_be_hidden()
    assert (newest(session).current.speaker, newest(session).statement_id) == ("Tashi Dorji", turn)


def test_the_clock_counts_in_the_page(context: BrowserContext, site: Site, session: Session) -> None:
    begun(asked(session, "Tashi Dorji", at=now()), at=now())
    page = opened(context, site, session, "/floor/display")
    before = page.locator(".floor-clock").inner_text()
    expect(page.locator(".floor-clock")).not_to_have_text(before)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_display_begins_every_line_on_the_side_of_its_language(
    context: BrowserContext, site: Site, session: Session, language: str
) -> None:
    begun(asked(session, "Tashi Dorji", "Bhutan", at=now()), at=now())
    page = opened(context, site, session, f"/floor/display?language={language}")
    edges = """lines => lines.map(line => {
        const words = document.createRange()
        words.selectNodeContents(line)
        const box = words.getBoundingClientRect()
        return Math.round(document.dir === 'rtl' ? box.right : box.left)
    })"""
    name, organization = page.locator(".floor-name, .floor-for").evaluate_all(edges)
    assert abs(name - organization) < 5


def test_the_display_stays_in_its_language_whatever_else_is_read(
    context: BrowserContext, site: Site, session: Session
) -> None:
    begun(asked(session, "Tashi Dorji", at=now()), at=now())
    page = opened(context, site, session, "/floor/display")
    page.get_by_role("link", name="Français").click()
    expect(page.locator(".floor-speaks")).to_have_attribute("aria-label", "A la parole")
    other = opened(context, site, session, "/floor")
    other.get_by_role("button", name="Pause").click()
    expect(page.locator(".floor-speaks")).to_contain_text("En pause")
    other.close()


def test_the_page_works_without_a_script(context: BrowserContext, site: Site, session: Session) -> None:
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(base_url=site.address, locale="en-GB", java_script_enabled=False)
    page = opened(plain, site, session, "/floor")
    page.get_by_role("button", name="Samira Haddad").click()
    page.get_by_role("button", name="Start Samira Haddad").click()
    expect(page.locator(".floor-turn")).to_contain_text("Has the floor")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Remove Samira Haddad").click()
    expect(page.locator(".floor-none")).to_be_visible()
    plain.close()


def test_a_request_is_dragged_by_its_number(context: BrowserContext, site: Site, session: Session) -> None:
    for minute, name in enumerate(("First", "Second", "Third")):
        asked(session, name, at=now() + timedelta(seconds=minute))
    page = opened(context, site, session, "/floor")
    rows = page.locator(".floor-queue > li")
    rows.nth(2).locator("[data-floor-grip]").hover()
    page.mouse.down()
    rows.nth(0).locator("p").hover()
    expect(rows.nth(0)).to_have_class("drop")
    page.mouse.up()
    expect(rows.nth(0)).to_contain_text("Third")
    assert labels(session) == ("", ["Third", "First", "Second"])
    page.get_by_role("button", name="Earlier: Second").press("Enter")  # the same by keyboard
    expect(rows.nth(1)).to_contain_text("Second")
    rows.nth(0).locator("[data-floor-grip]").hover()
    page.mouse.down()
    page.mouse.up()  # a click moves nothing
    expect(rows.nth(0)).to_contain_text("Third")


def test_somebody_typed_is_added_and_the_form_is_ready_for_the_next(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = opened(context, site, session, "/floor")
    page.get_by_text("Somebody else").click()
    page.get_by_label("Name", exact=True).fill("Tashi Dorji")
    page.get_by_label("State or organization").fill("Bhutan")
    page.get_by_role("button", name="Add to the list").click()
    expect(page.locator(".floor-queue")).to_contain_text("Tashi Dorji")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    page.get_by_role("button", name="Add to the list").click()
    expect(page.get_by_role("alert")).to_contain_text("Write who asks for the floor.")
