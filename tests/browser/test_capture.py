"""A rapporteur at work: by keyboard alone, over a network that goes away, in a tab that is closed."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from bench.suggestions import PASSAGES
from eventapp.agenda.models import Session
from eventapp.db import db, transaction
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.outcomes.models import KeptText, Note
from eventapp.outcomes.queries import notes_of
from eventapp.outcomes.suggest import hints_for
from eventapp.people.models import SignIn
from tests import make
from tests.browser.capture import broken
from tests.browser.site import Site

KINDS = [
    "trend",
    "challenge",
    "opportunity",
    "good-practice",
    "flagship",
    "recommendation",
    "commitment",
    "announcement",
]


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """A session of its own for each test."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
    session = make.session(meeting)
    make.role(session, name="Samira Haddad", organization="ITU")
    yield session
    db.session.rollback()


@pytest.fixture
def page(context: BrowserContext, site: Site, session: Session) -> Page:
    """The capture screen of that session, open in the rapporteur's browser."""
    site.enter(context, RAPPORTEUR)
    return opened(context, site, session)


def opened(context: BrowserContext, site: Site, session: Session) -> Page:
    page = context.new_page()
    page.goto(f"/meetings/{site.values['slug']}/record/{session.code}")
    return page


def texts(session: Session) -> list[str]:
    db.session.rollback()
    found = [note.current.text for note in reversed(notes_of(session))]
    db.session.rollback()  # a reading left open would hold up the server
    return found


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("Saved")
    db.session.rollback()


def test_twenty_notes_without_a_mouse(page: Page, session: Session) -> None:
    for n in range(20):
        page.keyboard.press(f"Alt+Digit{n % 8 + 1}")
        page.keyboard.type(f"Idea number {n}.")
        page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("20 notes in this session")
    assert texts(session) == [f"Idea number {n}." for n in range(20)]
    assert [note.current.kind for note in reversed(notes_of(session))] == [KINDS[n % 8] for n in range(20)]
    assert page.evaluate("document.activeElement.id") == "text"


def test_everything_is_reached_by_tab(page: Page, session: Session) -> None:
    page.keyboard.type("Most cases were small.")
    page.keyboard.press("Tab")
    page.keyboard.type("Samira Haddad, ITU")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # organization -> category
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # C1
    page.keyboard.press("Control+Enter")
    saved(page)
    now = notes_of(session)[0].current
    assert (now.organization, now.ceiling, now.action_lines) == ("ITU", "category", ["C1"])


def test_goals_follow_the_lines_and_nothing_is_ticked_for_anybody(page: Page, session: Session) -> None:
    for line in ("C2", "C6", "C7-EAGR"):
        page.locator(f"input[value='{line}']").check(force=True)
    first = page.locator("[data-suggested] .both input").evaluate_all("all => all.map(one => one.value)")
    assert first == ["9", "8"]
    assert page.locator("[data-suggested] input:checked").count() == 0


def test_a_reload_loses_nothing(page: Page, session: Session) -> None:
    page.keyboard.type("Half a thought")
    page.keyboard.press("Alt+Digit3")
    page.reload()
    expect(page.locator("#text")).to_have_value("Half a thought")
    expect(page.locator("input[value='opportunity']")).to_be_checked()
    page.keyboard.press("End")
    page.keyboard.type(", ended.")
    page.keyboard.press("Control+Enter")
    saved(page)
    assert texts(session) == ["Half a thought, ended."]


def test_a_closed_tab_loses_nothing_on_another_device_either(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    with page.expect_response(lambda answer: answer.url.endswith("/typing")):
        page.keyboard.insert_text("Typed on the laptop")
    page.close()
    other = context.browser
    assert other is not None
    phone = other.new_context(base_url=site.address, locale="en-GB")
    site.enter(phone, RAPPORTEUR)
    expect(opened(phone, site, session).locator("#text")).to_have_value("Typed on the laptop")
    phone.close()


def test_without_a_network_notes_wait_and_go_once_each_in_order(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    page.keyboard.type("Before.")
    page.keyboard.press("Control+Enter")
    saved(page)
    with site.cut_off(context):
        for n in range(3):
            page.keyboard.type(f"Offline {n}.")
            page.keyboard.press("Control+Enter")
        expect(page.locator("#saved")).to_contain_text("Offline, 3 notes kept here")
        expect(page.locator("[data-here]")).to_have_count(3)
        page.close()
        assert texts(session) == ["Before."]

    again = opened(context, site, session)
    expect(again.locator("#kept-heading")).to_have_text("4 notes in this session")
    expect(again.locator("[data-here]")).to_have_count(0)
    assert texts(session) == ["Before.", "Offline 0.", "Offline 1.", "Offline 2."]


def test_who_is_signed_out_keeps_the_text_and_sends_it_later(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    sign_ins = db.session.scalars(select(SignIn).join(SignIn.person).where(SignIn.ended_at.is_(None))).all()
    kept = [one.id for one in sign_ins if one.person.name == "Rapporteur"]
    at = make.TODAY
    with transaction():
        for one in kept:
            db.session.get_one(SignIn, one).ended_at = at
    page.keyboard.type("Written while signed out.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Signed out")
    expect(page.locator("[data-here] .serif")).to_have_text("Written while signed out.")
    assert texts(session) == []

    with transaction():
        for one in kept:
            db.session.get_one(SignIn, one).ended_at = None
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    assert texts(session) == ["Written while signed out."]


def test_what_the_server_refuses_comes_back_with_the_reason(page: Page, session: Session) -> None:
    page.locator("summary", has_text="Figure and source").click()
    page.locator("#countries").fill("Atlantis")
    page.locator("#text").fill("The sea rises.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".summary")).to_contain_text("Write Atlantis as")
    expect(page.locator("#text")).to_have_value("The sea rises.")
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    page.locator("#countries").fill("Maldives")
    page.locator("#text").press("Control+Enter")
    saved(page)
    assert notes_of(session)[0].current.countries == ["MDV"]


def test_a_note_that_was_put_right_leaves_no_fault_on_the_page(page: Page, session: Session) -> None:
    page.locator("#text").fill("word " * 151)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".summary")).to_contain_text("Take out 1 word")
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    page.locator("#text").fill("One word.")
    page.keyboard.press("Control+Enter")
    saved(page)
    expect(page.locator(".summary, .wrong, p.error, [aria-invalid]")).to_have_count(0)
    assert texts(session) == ["One word."]


def test_two_tabs_end_in_a_choice_not_in_a_loss(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    page.keyboard.type("First words.")
    page.keyboard.press("Control+Enter")
    saved(page)
    one, other = (opened(context, site, session) for _ in range(2))
    for tab in (one, other):
        tab.get_by_role("link", name="Edit").click()
        expect(tab.locator("h1")).to_contain_text("Note")
    for tab, words in ((one, "One."), (other, "Other.")):
        tab.locator("#text").fill(words)
        tab.keyboard.press("Control+Enter")
        expect(tab.locator("h1")).not_to_have_text(f"Note {session.code}-01")
    expect(other.locator("h1")).to_contain_text("Two texts")
    db.session.rollback()
    note = db.session.scalars(select(Note).where(Note.session_id == session.id)).one()
    kept = db.session.scalars(select(KeptText).where(KeptText.note_id == note.id)).one()
    assert (note.current.text, kept.content["text"]) == ("One.", "Other.")


def test_without_scripts_the_form_does_it_all(context: BrowserContext, site: Site, session: Session) -> None:
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(base_url=site.address, java_script_enabled=False, locale="en-GB")
    site.enter(plain, RAPPORTEUR)
    page = opened(plain, site, session)
    page.locator("#text").fill("Plain words.")
    page.locator("input[value='C2']").check(force=True)
    page.get_by_role("button", name="Suggest goals").click()
    assert page.locator("[data-suggested] .both input").first.get_attribute("value") == "9"
    page.get_by_role("button", name="Save note").click()
    saved(page)
    assert texts(session) == ["Plain words."]
    plain.close()


def test_the_page_suggests_what_the_server_would(page: Page) -> None:
    passages = [json.loads(line)["text"] for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    while not page.evaluate("Boolean(document.querySelector('note-capture').suggestions)"):
        page.wait_for_timeout(50)  # wait_for_function would ask the page to evaluate a text, which its policy forbids
    said = page.evaluate(
        "all => all.map(text => document.querySelector('note-capture').suggestions.for(text))", passages
    )  # fmt: skip
    told = [asdict(hints_for(text)) for text in passages]
    assert said == json.loads(json.dumps(told))


def test_a_suggestion_is_taken_by_a_key_and_never_by_itself(page: Page, session: Session) -> None:
    page.keyboard.type("Farmers get prices by community radio.")
    expect(page.locator("#reasons")).to_contain_text("C7 agr (farmer)")
    assert page.locator("[name=action_lines]:checked").count() == 0
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Alt+Digit0")
    page.keyboard.press("Control+Enter")
    saved(page)
    assert notes_of(session)[0].current.action_lines == ["C7-EAGR", "C9"]


def test_the_screen_opens_without_a_network_once_it_was_open(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    expect(page.locator("note-capture[data-opens-offline]")).to_be_visible()
    page.close()
    with site.cut_off(context):
        again = opened(context, site, session)
        expect(again.locator("h1")).to_have_text(session.title)
        again.keyboard.type("Farmers met without a network.")
        expect(again.locator("#reasons")).to_contain_text("C7 agr")
        again.keyboard.press("Control+Enter")
        expect(again.locator("#saved")).to_contain_text("Offline, 1 note kept here")
        again.reload()
        expect(again.locator("[data-here] .serif")).to_have_text("Farmers met without a network.")
        assert texts(session) == []

    # the browser says that the network is back, and the note goes by itself
    expect(again.locator("#kept-heading")).to_have_text("1 note in this session")
    again.reload()
    expect(again.locator("#kept-heading")).to_have_text("1 note in this session")
    assert texts(session) == ["Farmers met without a network."]


def test_nothing_of_the_screen_is_kept_for_who_is_signed_out(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    kept = "async () => (await (await caches.open('record-pages')).keys()).length"
    expect(page.locator("note-capture[data-opens-offline]")).to_be_visible()
    assert page.evaluate(kept) == 1
    context.clear_cookies()
    page.reload()
    assert "/sign-in" in page.url
    assert page.evaluate(kept) == 0


def test_a_note_in_one_line(page: Page, session: Session) -> None:
    page.keyboard.type("!challenge @samira #c7agr #sdg2 ~cat Most cases were #small.")
    expect(page.locator("#text")).to_have_value("Most cases were #small.")
    expect(page.locator("#speaker")).to_have_value("Samira Haddad, ITU")
    page.keyboard.press("Control+Enter")
    saved(page)
    now = notes_of(session)[0].current
    assert (now.kind, now.ceiling, now.action_lines, now.goals) == ("challenge", "category", ["C7-EAGR"], [2])


def composed(page: Page, session: Session) -> None:
    """A mark that an input method writes: Latin letters and a blank first, which become one Chinese letter."""
    make.role(session, name="王小明", organization="中国")
    page.reload()
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    page.keyboard.type("@")
    keys = page.context.new_cdp_session(page)
    for letters in ("sa", "sam", "sam wang"):
        place = {"selectionStart": len(letters), "selectionEnd": len(letters)}
        keys.send("Input.imeSetComposition", {"text": letters, **place})
    keys.send("Input.insertText", {"text": "王"})


def test_what_an_input_method_composes_is_left_alone(page: Page, session: Session) -> None:
    composed(page, session)
    expect(page.locator("#text")).to_have_value("@王")
    expect(page.locator("#marks")).to_contain_text("王小明, 中国")
    page.keyboard.press("Tab")
    expect(page.locator("#speaker")).to_have_value("王小明, 中国")
    page.keyboard.insert_text("农民需要天气预报。")
    page.keyboard.press("Control+Enter")
    saved(page)
    assert texts(session) == ["农民需要天气预报。"]


def test_marks_taken_while_it_composes_would_name_somebody_else(
    context: BrowserContext, page: Page, session: Session
) -> None:
    broken(context, "marks.js", "if (isComposing) return", "")
    composed(page, session)
    expect(page.locator("#speaker")).to_have_value("Samira Haddad, ITU")


def test_a_name_is_found_without_its_accents(page: Page, session: Session) -> None:
    make.role(session, name="Nguyễn Văn Đức", organization="VNNIC")
    page.reload()
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    page.keyboard.type("@duc Fibre reaches every commune.")
    expect(page.locator("#speaker")).to_have_value("Nguyễn Văn Đức, VNNIC")
    expect(page.locator("#text")).to_have_value("Fibre reaches every commune.")


def test_a_mark_that_is_not_understood_is_told_and_stays_in_the_text(page: Page, session: Session) -> None:
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    page.keyboard.type("!rec @nobody #zzz #sdg9 Fibre reaches every commune.")
    expect(page.locator("#marks [data-understood]")).to_have_text("Understood: Recommendation · Goal 9")
    expect(page.locator("#marks [data-left]")).to_have_text("Not understood, stays in the text: @nobody #zzz")
    expect(page.locator("#text")).to_have_value("@nobody #zzz Fibre reaches every commune.")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Control+Enter")
    saved(page)
    expect(page.locator("#marks")).to_be_hidden()


def test_goals_are_offered_as_they_are_begun(page: Page) -> None:
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    page.keyboard.type("#sdg")
    expect(page.locator("#marks [data-offered]")).to_contain_text("Goal 1")
    page.keyboard.type("1")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#marks [data-offered]")).to_contain_text("Goal 10")
    page.keyboard.press("Tab")
    expect(page.locator("[name=goals][value='10']")).to_be_checked()
