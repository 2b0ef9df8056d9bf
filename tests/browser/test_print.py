"""The published report on paper: all of the text, nothing of the tool, in ink on white whatever the screen."""

from io import BytesIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from tests.browser.site import Site

WIDTH_OF_LAST_NUMBER = """list => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = getComputedStyle(list.lastElementChild).font;
    return pen.measureText(`${list.children.length}. `).width;
}"""
ROOM_BEFORE = "list => parseFloat(getComputedStyle(list).paddingInlineStart)"
COLOURS = "() => ['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"


def opened(context: BrowserContext, site: Site, endpoint: str) -> Page:
    page = context.new_page()
    page.goto(site.address + site.path_of(endpoint))
    page.emulate_media(media="print")
    return page


def printed(page: Page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_paper_has_the_text_and_nothing_to_press(browser: Browser, demonstration: Site, language: str) -> None:
    context = browser.new_context()
    context.add_cookies([{"name": "language", "value": language, "url": demonstration.address}])
    page = opened(context, demonstration, "review.show")
    for gone in ("body > header", ".doc-tools", ".evidence", ".version-line", ".foot", ".notes a"):
        assert page.locator(f"{gone} >> visible=true").count() == 0
    paper = printed(page)
    first, words = paper.pages[0], " ".join(one.extract_text() for one in paper.pages)
    assert (round(float(first.mediabox.width)), round(float(first.mediabox.height))) in {(595, 842), (594, 841)}
    assert page.locator(".doc h1").inner_text().split()[0] in first.extract_text()
    assert f"1/{len(paper.pages)}" in first.extract_text()
    assert "version=1" in words.replace("\n", "")
    context.close()


def test_the_number_of_the_last_footnote_has_room(context: BrowserContext, demonstration: Site) -> None:
    notes = opened(context, demonstration, "review.show").locator(".notes ol")
    assert notes.locator("li").count() > 9
    assert notes.evaluate(ROOM_BEFORE) > notes.evaluate(WIDTH_OF_LAST_NUMBER)


def test_a_dark_screen_prints_in_ink_on_white(browser: Browser, demonstration: Site) -> None:
    light, dark = (browser.new_context(color_scheme=one) for one in ("light", "dark"))
    shown = [opened(one, demonstration, "review.show") for one in (light, dark)]
    assert shown[0].evaluate(COLOURS) == shown[1].evaluate(COLOURS)
    shown[1].emulate_media(media="screen")
    assert shown[0].evaluate(COLOURS) != shown[1].evaluate(COLOURS)  # the control: the screen is dark
    for one in (light, dark):
        one.close()


def test_the_table_of_coverage_is_on_one_sheet_across(context: BrowserContext, demonstration: Site) -> None:
    demonstration.enter(context, "organizer")
    paper = printed(opened(context, demonstration, "review_manage.covered"))
    assert float(paper.pages[0].mediabox.width) > float(paper.pages[0].mediabox.height)
    assert "C11" in paper.pages[0].extract_text()


@pytest.mark.parametrize("view", ["", "?view=table"])
def test_the_agenda_on_paper_says_of_which_meeting_it_is(
    context: BrowserContext, demonstration: Site, view: str
) -> None:
    page = opened(context, demonstration, "agenda.index")
    page.goto(page.url + view)
    shown = page.locator("body > header >> visible=true")
    assert "WSIS regional review" in shown.inner_text()
    for gone in (".top", ".moved", ".tabs", ".tools"):
        assert page.locator(f"{gone} >> visible=true").count() == 0
