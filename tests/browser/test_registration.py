"""The registration form on a phone: what is asked of whom, and in what form the answers go to the server."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.meetings.queries import meeting_at
from eventapp.questions.actions import end_question
from tests.browser.site import Site
from tests.make_questions import question

PHONE = {"width": 360, "height": 740}


DEMONSTRATION = (
    ".moved, .foot span"  # what says that the clock is moved and that nothing here is real: no part of a form
)


@pytest.mark.parametrize(("category", "most"), [("MEM", 2400), ("UN", 1600)])
def test_the_form_is_short_on_a_phone(context: BrowserContext, demonstration: Site, category: str, most: int) -> None:
    """With every branch at once it was 4,850 px high. With two questions of the meeting's, in whatever font there is."""
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    with asking_more(demonstration, category):
        page.goto(form_for(demonstration, category))
        for hides in page.get_by_role("button", name="Hide").all():
            hides.click()  # an announcement is no part of the form
        expect(page.get_by_label("Family name")).to_be_visible()
        expect(page.get_by_label("Which flight do you take?")).to_be_visible()
        expect(page.get_by_role("group", name="Will you join the field visit on Thursday?")).to_be_visible()
        page.locator(DEMONSTRATION).evaluate_all("parts => parts.forEach(part => part.remove())")
        high = page.evaluate("document.documentElement.scrollHeight")
        assert high < most


@contextmanager
def asking_more(site: Site, category: str) -> Iterator[None]:
    """The form has two questions of the meeting's own for this category meanwhile."""
    visit = {"kind": "yes_no", "label": {"en": "Will you join the field visit on Thursday?"}}
    with site.app.app_context():
        meeting = meeting_at(site.values["slug"])
        assert meeting is not None
        asked = [question(meeting, categories=(category,), **facts) for facts in (visit, {})]
        yield
        with transaction():
            for one in asked:
                end_question(one, by=None, at=now())


def test_the_category_is_chosen_first_and_changed_without_losing_a_word(
    context: BrowserContext, demonstration: Site
) -> None:
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(demonstration.address + demonstration.path_of("registration.new"))
    page.get_by_label("United Nations body").check()
    page.get_by_role("button", name="Continue").click()
    state, place = page.get_by_label("State represented"), page.get_by_label("Your place in the delegation")
    expect(page.get_by_label("Family name")).to_be_visible()
    expect(state).to_have_count(0)
    page.get_by_label("Family name").fill("อนงค์")

    page.get_by_text("Change", exact=True).click()
    page.get_by_label("Member State").check()
    page.get_by_role("button", name="Show the questions for this choice").click()

    expect(state).to_be_visible()
    expect(place).to_be_visible()
    expect(page.get_by_label("Family name")).to_have_value("อนงค์")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_enter_in_a_field_sends_the_form(context: BrowserContext, demonstration: Site) -> None:
    """A browser presses the first button of the form, and the first that is seen changes the category."""
    page = context.new_page()
    page.goto(form_for(demonstration, "UN"))
    page.get_by_label("Job title").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("things to put right")


def test_answers_go_in_parts_only_where_a_file_goes_with_them(context: BrowserContext, demonstration: Site) -> None:
    page = context.new_page()
    page.goto(form_for(demonstration, "UN"))
    page.get_by_label("Family name").fill("อนงค์")
    assert sent_by(page)["content-type"] == "application/x-www-form-urlencoded"
    expect(page.get_by_label("Family name")).to_have_value("อนงค์")  # it was not enough, and nothing of it is lost
    page.get_by_label("Photograph for the badge").set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    )
    assert sent_by(page)["content-type"].startswith("multipart/form-data")
    expect(page.get_by_label("Family name")).to_have_value("อนงค์")


def test_a_choice_that_is_missing_stays_round(page: Page, demonstration: Site) -> None:
    """A browser draws a radio button itself: the edge of a text field in red stood around it as a square."""
    page.goto(demonstration.address + demonstration.path_of("registration.new"))
    page.get_by_role("button", name="Continue").click()
    wrong = page.locator(".field.wrong")
    edges = "fields => fields.map(one => getComputedStyle(one).boxShadow)"
    expect(wrong.locator("[type=radio]").first).to_be_visible()
    assert set(wrong.locator("[type=radio]").evaluate_all(edges)) == {"none"}
    page.goto(form_for(demonstration, "UN"))
    page.locator("[name=email]").press("Enter")
    expect(wrong.first).to_be_visible()
    assert "none" not in wrong.locator("[type=text]").evaluate_all(edges)


def form_for(site: Site, category: str) -> str:
    """The address of the fields of this category."""
    return f"{site.address}{site.path_of('registration.new')}?category={category}"


def sent_by(page: Page) -> dict[str, str]:
    """The headers of the request that the button sends."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer, page.expect_navigation():
        page.get_by_role("button", name="Send registration").click()
    return answer.value.request.headers
