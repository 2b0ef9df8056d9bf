"""A correction or an objection behind a confirmation link is kept until it is sent: in its browser, and by the server."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from eventapp.drafts.models import Draft
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.record.clearing.actions import submit_session
from eventapp.record.confirmations.actions import ask_to_confirm, token_of
from eventapp.record.confirmations.models import Reply
from eventapp.record.notes.models import Note
from eventapp.record.revisions.actions import revise
from tests import make
from tests.browser.capture import broken, kept_here, nothing_here
from tests.browser.site import Site
from tests.browser.test_kept_here import KEEPS_NOTHING, KEPT, killed
from tests.make_record import draft, note

HERE = re.compile(r"Offline: your text is saved in this browser, \d\d:\d\d:\d\d UTC\+7")


@pytest.fixture
def asked(demonstration: Site) -> Iterator[tuple[list[Note], str]]:
    """Two notes that a moderator is asked to confirm, and the address of the link."""
    session = make.session(make.meeting(), code="S3")
    part = make.role(session, "moderator", name="Grace Hopper", person_id=make.person("Grace Hopper").id)
    notes = [note(session, text, role_id=part.id) for text in ("Two per cent.", "Radio comes first.")]
    with transaction():
        submit_session(session, by=None, at=now(), despite="Time was short.")
        link = token_of(ask_to_confirm(session, part, by=None, at=now()))
    db.session.rollback()
    yield notes, f"/confirmations/{link}"
    db.session.rollback()


def opened(window: BrowserContext, address: str) -> Page:
    page = window.new_page()
    page.goto(address)
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    return page


def corrects(page: Page, number: int, words: str) -> None:
    page.locator(f"[name=choice-{number}][value=corrected]").check()
    page.fill(f"#text-{number}", words)


def begun(
    window: BrowserContext, site: Site, address: str, notes: list[Note], words: str, *, is_kept: bool = True
) -> None:
    """A correction and an objection are written without a network, and the tab is killed."""
    page = opened(window, address)
    with site.cut_off(window):
        page.locator(f"[name=choice-{notes[1].id}][value=objected]").check()
        page.fill(f"#reason-{notes[1].id}", "It came second.")
        corrects(page, notes[0].id, words)
        expect(page.locator("[data-state]")).to_contain_text(HERE)
        if is_kept:
            kept_here(page, words)
        killed(page)


def test_the_words_of_a_correction_are_counted_as_they_are_typed(
    window: BrowserContext, demonstration: Site, asked: tuple[list[Note], str]
) -> None:
    (first, _second), address = asked
    page = opened(window, address)
    counted = page.locator(f"[data-count=text-{first.id}]")
    expect(counted).to_have_text("3 of 150 words")
    corrects(page, first.id, "Three per cent of them.")
    expect(counted).to_have_text("5 of 150 words")
    corrects(page, first.id, "word " * 151)
    expect(counted.locator("word-count")).to_have_class("error")
    expect(counted).to_have_text("151 of 150 words")


def test_what_is_written_outlives_the_tab_and_is_sent_once(
    window: BrowserContext, demonstration: Site, asked: tuple[list[Note], str]
) -> None:
    (first, second), address = asked
    begun(window, demonstration, address, [first, second], "Three per cent.")
    page = opened(window, address)
    expect(page.locator(f"#text-{first.id}")).to_have_value("Three per cent.")
    expect(page.locator(f"[name=choice-{first.id}][value=corrected]")).to_be_checked()
    expect(page.locator(f"#reason-{second.id}")).to_have_value("It came second.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    expect(page.locator(".note")).to_have_count(0)
    nothing_here(page)  # the server has it
    db.session.rollback()
    replies = {one.note_id: one for one in db.session.query(Reply).where(Reply.note_id.in_((first.id, second.id)))}
    assert (replies[first.id].answer, replies[second.id].reason) == ("corrected", "It came second.")


def test_a_browser_that_kept_nothing_would_lose_it(
    window: BrowserContext, demonstration: Site, asked: tuple[list[Note], str]
) -> None:
    notes, address = asked
    broken(window, "store.js", *KEEPS_NOTHING)
    begun(window, demonstration, address, notes, "Three per cent.", is_kept=False)
    expect(opened(window, address).locator(f"#text-{notes[0].id}")).to_have_value("Two per cent.")


def test_what_was_written_about_older_words_is_for_its_writer_to_take_back(
    window: BrowserContext, demonstration: Site, asked: tuple[list[Note], str]
) -> None:
    (first, second), address = asked
    begun(window, demonstration, address, [first, second], "Three per cent of households.")
    with transaction():
        revise(first, draft("Two and a half per cent."), base=first.head, by=None, at=now())
    page = opened(window, address)
    expect(page.locator(f"#text-{first.id}")).to_have_value("Two and a half per cent.")
    expect(page.locator(".note .said")).to_contain_text("Three per cent of households.")
    page.get_by_role("button", name="Back into the form").click()
    expect(page.locator(f"#text-{first.id}")).to_have_value("Three per cent of households.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator("h1")).to_have_text("Thank you")


def test_a_link_that_is_over_still_shows_what_is_only_here(
    window: BrowserContext, demonstration: Site, asked: tuple[list[Note], str]
) -> None:
    notes, address = asked
    begun(window, demonstration, address, notes, "Three per cent of households.")
    other = window.browser.new_context(base_url=demonstration.address) if window.browser else window
    elsewhere = other.new_page()
    elsewhere.goto(address)
    elsewhere.get_by_role("button", name="End this link").click()
    expect(elsewhere.locator("h1")).to_have_text("The link is ended")
    other.close()
    page = opened(window, address)
    expect(page.locator(".note .said")).to_contain_text("Three per cent of households.")
    expect(page.get_by_role("button", name="Back into the form")).to_have_count(0)


def test_what_the_server_did_not_take_is_still_kept(
    window: BrowserContext, demonstration: Site, asked: tuple[list[Note], str]
) -> None:
    notes, address = asked
    page = opened(window, address)
    corrects(page, notes[0].id, "word " * 151)
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(f"#text-{notes[0].id}-error")).to_be_visible()
    page.close()
    expect(opened(window, address).locator(f"#text-{notes[0].id}")).to_have_value(" ".join(["word"] * 151))


def loaded_once_more(window: BrowserContext, address: str, second: Note) -> Page:
    """An objection that was sent without its reason; then the reason is written, and the answer loaded again."""
    page = opened(window, address)
    page.locator(f"[name=choice-{second.id}][value=objected]").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(".summary")).to_contain_text("Say in a sentence what is wrong.")
    expect(page.locator("draft-form[data-ready]")).to_be_attached()
    page.fill(f"#reason-{second.id}", "It came second.")
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    page.reload()
    return page


def test_what_was_put_right_is_there_where_the_answer_is_loaded_again(
    window: BrowserContext, demonstration: Site, asked: tuple[list[Note], str]
) -> None:
    (_first, second), address = asked
    page = loaded_once_more(window, address, second)
    expect(page.locator(f"#reason-{second.id}")).to_have_value("It came second.")


def test_a_page_that_took_it_for_a_new_answer_would_show_the_older_text(
    window: BrowserContext, demonstration: Site, asked: tuple[list[Note], str]
) -> None:
    (_first, second), address = asked
    broken(window, "fields.js", " && performance.getEntriesByType('navigation')[0]?.type !== 'reload'", "")
    page = loaded_once_more(window, address, second)
    expect(page.locator(f"#reason-{second.id}")).to_have_value("")


@pytest.fixture
def device(browser: Browser, demonstration: Site) -> Iterator[BrowserContext]:
    """Another device: a browser that has kept nothing yet."""
    context = browser.new_context(base_url=demonstration.address)
    yield context
    context.close()


def corrects_on_server(page: Page, number: int, words: str) -> None:
    """As corrects, until the server has these words: an earlier keeping may have only half of them."""

    def has_them(answer: Response) -> bool:
        return answer.status == 204 and words in (answer.request.post_data or "")

    with page.expect_response(has_them):
        corrects(page, number, words)


def typed_and_closed(window: BrowserContext, address: str, notes: list[Note], *, is_told: bool = True) -> None:
    """A correction and an objection are written, the server has them within a second or so, and the tab is killed."""
    page = opened(window, address)
    page.locator(f"[name=choice-{notes[1].id}][value=objected]").check()
    page.fill(f"#reason-{notes[1].id}", "It came second.")
    if is_told:
        corrects_on_server(page, notes[0].id, "Three per cent.")
        expect(page.locator("[data-state]")).to_contain_text(KEPT)
    else:
        corrects(page, notes[0].id, "Three per cent.")
        kept_here(page, "Three per cent.")
    killed(page)


def of_record(notes: list[Note]) -> tuple[list[str], int, int]:
    """What the record says, with the proposals beside it and the replies."""
    db.session.rollback()
    texts = [one.current.text for one in notes]
    numbers = [one.id for one in notes]
    beside = db.session.query(Draft).where(Draft.is_second, Draft.target_id.in_(numbers)).count()
    replies = db.session.query(Reply).where(Reply.note_id.in_(numbers)).count()
    db.session.rollback()  # a reading left open would hold up the server
    return texts, beside, replies


def test_on_another_device_the_same_link_goes_on_with_what_was_typed(
    window: BrowserContext, device: BrowserContext, asked: tuple[list[Note], str]
) -> None:
    (first, second), address = asked
    typed_and_closed(window, address, [first, second])
    assert of_record([first, second]) == (["Two per cent.", "Radio comes first."], 0, 0)
    page = opened(device, address)
    expect(page.locator(f"#text-{first.id}")).to_have_value("Three per cent.")
    expect(page.locator(f"[name=choice-{first.id}][value=corrected]")).to_be_checked()
    expect(page.locator(f"#reason-{second.id}")).to_have_value("It came second.")
    expect(page.locator("[data-state]")).to_contain_text("Draft saved on")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    assert of_record([first, second]) == (["Two per cent.", "Radio comes first."], 1, 2)


def test_a_page_that_kept_nothing_on_the_server_would_show_nothing_there(
    window: BrowserContext, device: BrowserContext, asked: tuple[list[Note], str]
) -> None:
    notes, address = asked
    broken(window, "draft.js", "this.sending = this.sending.then(() => this.sendTyped())", "")
    typed_and_closed(window, address, notes, is_told=False)
    page = opened(device, address)
    expect(page.locator(f"#text-{notes[0].id}")).to_have_value("Two per cent.")
    expect(page.locator(f"#reason-{notes[1].id}")).to_have_value("")


def test_of_two_devices_neither_writes_over_the_other(
    window: BrowserContext, device: BrowserContext, asked: tuple[list[Note], str]
) -> None:
    (first, _second), address = asked
    page, other = opened(window, address), opened(device, address)
    corrects_on_server(other, first.id, "Three per cent.")
    corrects(page, first.id, "Four per cent.")
    expect(page.locator("[data-state]")).to_contain_text("changed in another window or on another device")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(".summary")).to_contain_text("changed in another window or on another device")
    expect(page.locator(f"#text-{first.id}")).to_have_value("Four per cent.")
    expect(page.locator(".outcome .note .said")).to_have_text("Three per cent.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator("h1")).to_have_text("Thank you")
