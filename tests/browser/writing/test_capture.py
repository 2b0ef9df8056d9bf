"""A rapporteur at work: by keyboard alone, over a network that goes away, in a tab that is closed."""

from datetime import timedelta

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import RAPPORTEUR
from eventapp.people.models import SignIn
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes_of
from tests import make
from tests.browser.capture import opened, recorded, saved
from tests.browser.site import Site
from tests.make_record import note

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


def test_twenty_notes_without_a_mouse(page: Page, session: Session) -> None:
    for n in range(20):
        page.keyboard.press(f"Alt+Digit{n % 8 + 1}")
        page.keyboard.type(f"Idea number {n}.")
        page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("20 notes in this session")
    assert recorded(session) == [f"Idea number {n}." for n in range(20)]
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
    assert recorded(session) == ["Half a thought, ended."]


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
        expect(page.locator("#saved")).to_contain_text("Offline: 3 notes saved in this browser")
        expect(page.locator("[data-here]")).to_have_count(3)
        page.close()
        assert recorded(session) == ["Before."]

    again = opened(context, site, session)
    expect(again.locator("#kept-heading")).to_have_text("4 notes in this session")
    expect(again.locator("[data-here]")).to_have_count(0)
    assert recorded(session) == ["Before.", "Offline 0.", "Offline 1.", "Offline 2."]


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
    assert recorded(session) == []

    with transaction():
        for one in kept:
            db.session.get_one(SignIn, one).ended_at = None
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    assert recorded(session) == ["Written while signed out."]


def test_what_the_server_refuses_comes_back_with_the_reason(page: Page, session: Session) -> None:
    page.locator("summary", has_text="Figure and source").click()
    page.locator("#countries").fill("Atlantis")
    page.locator("#text").fill("The sea rises.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".summary")).to_contain_text("Write Atlantis as")
    expect(page.locator("#text")).to_have_value("The sea rises.")
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    page.locator("#countries").fill("Maldives")
    page.locator("#text").press("Control+Enter")
    saved(page)
    assert notes_of(session)[0].current.countries == ["MDV"]


def test_a_note_that_was_put_right_leaves_no_fault_on_the_page(page: Page, session: Session) -> None:
    page.locator("#text").fill("word " * 151)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".summary")).to_contain_text("Take out 1 word")
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    page.locator("#text").fill("One word.")
    page.keyboard.press("Control+Enter")
    saved(page)
    expect(page.locator(".summary, .wrong, p.error, [aria-invalid]")).to_have_count(0)
    assert recorded(session) == ["One word."]


def test_two_tabs_end_in_a_choice_not_in_a_loss(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    page.keyboard.type("First words.")
    page.keyboard.press("Control+Enter")
    saved(page)
    one, other = (opened(context, site, session) for _ in range(2))
    for tab in (one, other):
        tab.get_by_role("link", name="Edit").click()
        expect(tab.locator("draft-form.one[data-ready]")).to_be_visible()
    for tab, words in ((one, "One."), (other, "Other.")):
        tab.locator("#text").fill(words)
        tab.keyboard.press("Control+Enter")
        expect(tab.locator("h1")).not_to_have_text(f"Note {session.code}-01")
    expect(other.locator("h1")).to_contain_text("Two texts")
    db.session.rollback()
    note = db.session.scalars(select(Note).where(Note.session_id == session.id)).one()
    kept = db.session.scalars(select(Draft).where(Draft.target_id == note.id)).one()
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
    expect(page.locator("[data-suggested] .both input").first).to_have_value("9")
    page.get_by_role("button", name="Save note").click()
    saved(page)
    assert recorded(session) == ["Plain words."]
    plain.close()


def test_the_screen_opens_without_a_network_once_it_was_open(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    expect(page.locator("draft-form[data-opens-offline]")).to_be_visible()
    page.close()
    with site.cut_off(context):
        again = opened(context, site, session)
        expect(again.locator("h1")).to_have_text(session.title)
        again.keyboard.type("Farmers met without a network.")
        expect(again.locator("#reasons")).to_contain_text("C7 agr")
        again.keyboard.press("Control+Enter")
        expect(again.locator("#saved")).to_contain_text("Offline: 1 note saved in this browser")
        again.reload()
        expect(again.locator("[data-here] .serif")).to_have_text("Farmers met without a network.")
        assert recorded(session) == []

    # the browser says that the network is back, and the note goes by itself
    expect(again.locator("#kept-heading")).to_have_text("1 note in this session")
    again.reload()
    expect(again.locator("#kept-heading")).to_have_text("1 note in this session")
    assert recorded(session) == ["Farmers met without a network."]


def test_nothing_of_the_screen_is_kept_for_who_is_signed_out(
    page: Page, context: BrowserContext, site: Site, session: Session
) -> None:
    kept = "async () => (await (await caches.open('offline-pages')).keys()).length"
    expect(page.locator("draft-form[data-opens-offline]")).to_be_visible()
    assert page.evaluate(kept) == 1
    context.clear_cookies()
    page.reload()
    assert "/sign-in" in page.url
    assert page.evaluate(kept) == 0


def test_what_another_rapporteur_saves_and_that_they_write_is_seen_without_reload(page: Page, session: Session) -> None:
    other = make.person("Li Wenjing")
    page.keyboard.type("My own words.")
    note(session, "Cables are cut each year.", by=other, at=now())
    make.kept(
        Draft(
            kind="note", scope_id=session.id, person_id=other.id, content={"text": "And"}, created_at=now(),
            updated_at=now() + timedelta(seconds=60),
        )
    )  # fmt: skip
    expect(page.locator("[data-kept-notes]")).to_contain_text("Cables are cut each year.")
    expect(page.locator("[data-people]")).to_have_text("Li Wenjing is writing")
    expect(page.locator("#text")).to_have_value("My own words.")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Control+Enter")
    saved(page)
    expect(page.locator("[data-kept-notes]")).to_contain_text("My own words.")


def test_a_note_kept_offline_shows_its_kind_and_its_speaker(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    page.keyboard.press("Alt+Digit7")
    page.locator("#speaker").fill("Samira Haddad")
    page.locator("#text").fill("We will come back.")
    page.keyboard.press("Control+Enter")
    here = page.locator("[data-here]")
    expect(here).to_contain_text("We will come back.")
    expect(here.locator("[data-kind]")).to_have_text("Commitment")
    expect(here.locator("[data-speaker]")).to_have_text("Samira Haddad")
    context.set_offline(False)
    saved(page)
