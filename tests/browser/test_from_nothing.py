"""From an empty database to a meeting that people come to, by the browser alone: nobody types a command."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from eventapp.ground.clock import now
from tests.journeys.site import Site, body_of, link_in, running

Size = dict[str, int]
PHONE: Size = {"width": 360, "height": 740}
DESKTOP: Size = {"width": 1280, "height": 800}
ENGLISH, FRENCH = "Which visit do you join?", "Quelle visite souhaitez-vous faire ?"
TITLE = "Regional Committee on Broadband"


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with an empty database."""
    with running(tmp_path_factory.mktemp("nothing")) as site:
        yield site


@contextmanager
def somebody(browser: Browser, site: Site, size: Size, language: str = "en") -> Iterator[Page]:
    """A browser that nobody used yet. Nothing it is answered is a fault of ours, and nothing is wider than its screen."""
    context = browser.new_context(viewport=size, locale=language, base_url=site.address)  # type: ignore[arg-type]
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
    try:
        yield page
    finally:
        context.close()
    assert faults == []


def press(page: Page, name: str) -> None:
    """Press this button, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"wider than the screen: {page.url}"


def follow(page: Page, name: str) -> None:
    """Follow this link."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def test_a_meeting_from_nothing(browser: Browser, nothing: Site) -> None:
    with somebody(browser, nothing, DESKTOP) as organizer:
        begin(organizer, nothing)
        here = new_meeting(organizer)
        speak_french(organizer)
        ask(organizer)
        open_to_all(organizer, here)
        register(browser, nothing, here, "Anong Suksawat", "anong@example.org", question=ENGLISH)
        register(browser, nothing, here, "Marie Dupont", "marie@example.org", "fr", PHONE, question=FRENCH)
        register(browser, nothing, here, "سميرة حداد", "samira@example.org", "ar", PHONE, question=ENGLISH)
        write_to_them(organizer, nothing, here)
        announce(browser, organizer, nothing, here)
        copy_to_next_year(organizer, here)


def begin(page: Page, site: Site) -> None:
    """The first administrator, by the link that the start of the application prints."""
    page.goto(site.flask("people", "first-link").strip())
    fill(page, name="Example Organizer", email="organizer@example.org")
    press(page, "Begin")


def new_meeting(page: Page) -> str:
    """Three days, two months from now. Returns the address of the meeting."""
    first = now().date() + timedelta(days=60)
    fill(page, title=TITLE, starts_on=str(first), ends_on=str(first + timedelta(days=2)))
    fill(page, venue="Conference Centre", city="Bangkok", organization="Secretariat")
    page.get_by_label("Country").select_option(label="Thailand")
    page.get_by_label("Time zone").select_option("Asia/Bangkok")
    press(page, "Make the meeting")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    return page.url.removesuffix("/manage/")


def speak_french(page: Page) -> None:
    """The meeting is in English and French."""
    follow(page, "Settings")
    follow(page, "Languages")
    fill(page, language="Français")
    press(page, "Add the language")


def ask(page: Page) -> None:
    """A question of the meeting's own, in both languages, with an answer that has one place."""
    follow(page, "Questions")
    follow(page, "Add a question")
    page.get_by_label("Kind of answer").select_option("choice")
    page.locator("main summary", has_text="Français").click()
    fill(page, label_en=ENGLISH, label_fr=FRENCH)
    for number, (english, french) in enumerate((("Data centre", "Centre de données"), ("Harbour", "Port"))):
        fill(page, **{f"choices-{number}-text_en": english, f"choices-{number}-text_fr": french})
    fill(page, **{"choices-0-places": "1"})
    press(page, "Save the question")
    expect(page.get_by_role("link", name=f"1. {ENGLISH}")).to_be_visible()


def open_to_all(page: Page, here: str) -> None:
    """The form is looked at before, then the meeting is public and registration open."""
    page.goto(f"{here}/manage/")
    follow(page, "See the form")
    page.go_back()
    press(page, "Publish")


def register(
    browser: Browser,
    site: Site,
    here: str,
    name: str,
    address: str,
    language: str = "en",
    size: Size = DESKTOP,
    *,
    question: str,
) -> None:
    """Somebody finds the meeting, fills in the form and confirms the address by the letter.

    The meeting's question is there in a language of the meeting. The first takes the one place at the data centre.
    """
    given, _blank, family = name.partition(" ")
    with somebody(browser, site, size, language) as page:
        page.goto(f"{here}/registration/new")
        assert page.locator("html").get_attribute("lang") == language
        page.locator("input[name=category][value=UN]").check()
        send(page, "main form")
        fill(page, given_name=given, family_name=family, email=address)
        fill(page, delegation="International Telecommunication Union", job_title="Adviser")
        asked = page.get_by_role("group", name=question)
        asked.get_by_role("radio").nth(0 if language == "en" else 1).check()
        send(page, "main form")
        expect(page.locator("main")).to_contain_text(address)
        page.goto(link_in(site.postbox.newest(address), "/registrations/"))
        send(page, "main form")
        expect(page.locator("main")).to_contain_text(family)


def write_to_them(page: Page, site: Site, here: str) -> None:
    """One message to everybody with a place, in both languages; each reads it in a language of the meeting."""
    page.goto(f"{here}/manage/messages")
    follow(page, "New message")
    page.locator("main summary", has_text="Français").click()
    fill(page, subject_en="The rooms, {name}", text_en="Dear {name},\n\nWe meet in the large hall.")
    fill(page, subject_fr="Les salles, {name}", text_fr="Bonjour {name},\n\nNous serons dans la grande salle.")
    press(page, "Go on to send")
    press(page, "Send it to 3 people")
    assert "We meet in the large hall." in body_of(site.postbox.newest("anong@example.org", "The rooms"))
    assert "dans la grande salle" in body_of(site.postbox.newest("marie@example.org", "Les salles, Marie Dupont"))
    assert "We meet in the large hall." in body_of(site.postbox.newest("samira@example.org", "سميرة حداد"))


def announce(browser: Browser, page: Page, site: Site, here: str) -> None:
    """What everybody reads on the public pages, each in a language of the meeting."""
    page.goto(f"{here}/manage/announcements")
    fill(page, text_en="The harbour visit is full.", text_fr="La visite du port est complète.")
    press(page, "Announce it")
    with somebody(browser, site, PHONE, "fr") as reader:
        reader.goto(here)
        expect(reader.get_by_text("La visite du port est complète.")).to_be_visible()


def copy_to_next_year(page: Page, here: str) -> None:
    """The next meeting begins as this one; nobody comes along but who organizes it."""
    page.goto("/meetings")
    follow(page, "New meeting")
    follow(page, "Copy an earlier one")
    page.get_by_role("link", name=re.compile(f"Copy.*{TITLE}")).click()
    first = now().date() + timedelta(days=425)
    fill(page, starts_on=str(first), ends_on=str(first + timedelta(days=2)))
    press(page, "Make the meeting")
    assert page.url.removesuffix("/manage/") != here
    follow(page, "Settings")
    follow(page, "Questions")
    expect(page.get_by_role("link", name=f"1. {ENGLISH}")).to_be_visible()


def fill(page: Page, **words: str) -> None:
    """Fill in these fields, by the names they are sent under."""
    for name, value in words.items():
        page.locator(f"[name='{name}']").fill(value)


def send(page: Page, form: str) -> None:
    """Press the button that sends this form, whatever its language."""
    with page.expect_navigation():
        page.locator(f"{form} button.go").last.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"wider than the screen: {page.url}"
