"""A card and an input are kept while somebody types, over a bad network too, and never over a newer text."""

import re
from http import HTTPStatus

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page, Route, expect

from tests.browser.capture import broken
from tests.browser.site import Site

UNMARKED = ("event.formData.set('mark',", "void (")
KEPT, NOT_KEPT, SPLIT = (
    re.compile(r"Draft saved \d\d:\d\d:\d\d"),
    "Offline: your text is saved in this browser",
    "changed in another window",
)


def opened(window: BrowserContext, address: str) -> Page:
    page = window.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize(
    ("endpoint", "field", "most"), [("practices.show", "results", 150), ("writing.show", "overview", 250)]
)
def test_what_is_typed_is_kept_counted_and_there_again(
    window: BrowserContext, demonstration: Site, endpoint: str, field: str, most: int
) -> None:
    address = demonstration.path_of(endpoint)
    page = opened(window, address)
    page.fill(f"#{field}", "Three short words")
    expect(page.locator(f"[data-count={field}]")).to_have_text(f"3 of {most} words")
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    expect(opened(window, address).locator(f"#{field}")).to_have_value("Three short words")


def test_without_a_network_the_page_says_so_and_keeps_it_afterwards(
    window: BrowserContext, demonstration: Site
) -> None:
    address = demonstration.path_of("practices.show")
    page = opened(window, address)
    with demonstration.cut_off(window):
        page.fill("#partners", "Written in a tunnel")
        expect(page.locator("[data-state]")).to_contain_text(NOT_KEPT)
    expect(page.locator("[data-state]")).to_contain_text(KEPT)
    expect(opened(window, address).locator("#partners")).to_have_value("Written in a tunnel")


def test_a_second_window_is_told_and_nothing_is_overwritten(window: BrowserContext, demonstration: Site) -> None:
    address = demonstration.path_of("practices.show")
    first, second = opened(window, address), opened(window, address)
    first.fill("#prospects", "From the first window")
    expect(first.locator("[data-state]")).to_contain_text(KEPT)
    second.fill("#prospects", "From the second window")
    expect(second.locator("[data-state]")).to_contain_text(SPLIT)
    expect(opened(window, address).locator("#prospects")).to_have_value("From the first window")
    second.get_by_role("button", name="Save draft").click()
    expect(second.get_by_role("alert")).to_contain_text("changed in another window")
    assert second.input_value("#prospects") == "From the second window"


def left_while_it_is_kept(window: BrowserContext, site: Site) -> Page:
    """The button pressed while a keeping is on its way, which the server has and the page does not know of yet."""
    page, late = opened(window, site.path_of("practices.show")), list[Route]()
    page.route("**/draft", lambda route: route.continue_() if late else late.append(route))
    with page.expect_request("**/draft"):
        page.fill("#partners", f"AnswerDraft by {len(window.pages)}")
    page.fill("#partners", "AnswerDraft and ended")
    answer = late[0].fetch()
    page.get_by_role("button", name="Save draft").click(no_wait_after=True)
    late[0].fulfill(response=answer)
    return page


def test_who_leaves_while_it_is_kept_is_no_other_window(window: BrowserContext, demonstration: Site) -> None:
    page = left_while_it_is_kept(window, demonstration)
    expect(page).to_have_url(re.compile("#kept$"))
    expect(page.get_by_role("alert")).to_have_count(0)
    assert page.input_value("#partners") == "AnswerDraft and ended"


def test_a_page_that_did_not_wait_nor_say_which_window_it_is_would_seem_to_be_one(
    window: BrowserContext, demonstration: Site
) -> None:
    broken(window, "form.js", "if (!typing.isBusy && !typing.isUnanswered) return", "return")
    broken(window, "draft.js", *UNMARKED)
    page = left_while_it_is_kept(window, demonstration)
    expect(page.get_by_role("alert")).to_contain_text("changed in another window")


def kept_after_a_lost_answer(window: BrowserContext, site: Site) -> Page:
    """A keeping that the server has though its answer was lost, and more typed since."""
    page, lost = opened(window, site.path_of("practices.show")), list[APIResponse]()

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    page.route("**/draft", lose)
    page.fill("#prospects", "Half a sentence")
    expect(page.locator("[data-state]")).to_contain_text(NOT_KEPT)
    page.fill("#prospects", "Half a sentence, ended")
    page.evaluate("dispatchEvent(new Event('online'))")
    return page


def test_an_answer_that_was_lost_makes_no_other_window(window: BrowserContext, demonstration: Site) -> None:
    with window.expect_event("response", lambda answer: "sentence, ended" in (answer.request.post_data or "")) as kept:
        kept_after_a_lost_answer(window, demonstration)
    assert kept.value.status == HTTPStatus.NO_CONTENT


def test_a_page_that_did_not_say_which_window_it_is_would_take_itself_for_one(
    window: BrowserContext, demonstration: Site
) -> None:
    broken(window, "draft.js", *UNMARKED)
    page = kept_after_a_lost_answer(window, demonstration)
    expect(page.locator("[data-state]")).to_contain_text(SPLIT)


def closed_while_it_is_kept(window: BrowserContext, site: Site, endpoint: str, field: str) -> tuple[int, str]:
    """A tab that goes while a keeping is on its way, which the server has, and more typed since: what became of that."""
    page, late = opened(window, site.path_of(endpoint)), list[Route]()
    page.route("**/draft", lambda route: route.continue_() if late else late.append(route))
    words = f"AnswerDraft by {id(page)}"
    with page.expect_request("**/draft"):
        page.fill(f"#{field}", words)
    page.fill(f"#{field}", f"{words} and ended")
    late[0].fetch()
    with page.expect_response(lambda answer: "and ended" in (answer.request.post_data or "")) as last:
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.close()
    return last.value.status, opened(window, site.path_of(endpoint)).input_value(f"#{field}").removeprefix(words)


@pytest.mark.parametrize(("endpoint", "field"), [("practices.show", "partners"), ("writing.show", "overview")])
def test_the_last_words_arrive_though_the_tab_closes_while_it_is_kept(
    window: BrowserContext, demonstration: Site, endpoint: str, field: str
) -> None:
    assert closed_while_it_is_kept(window, demonstration, endpoint, field) == (HTTPStatus.NO_CONTENT, " and ended")


def test_without_its_mark_the_window_that_closes_would_be_refused(window: BrowserContext, demonstration: Site) -> None:
    broken(window, "draft.js", *UNMARKED)
    refused = (HTTPStatus.CONFLICT, "")
    assert closed_while_it_is_kept(window, demonstration, "practices.show", "challenges") == refused
