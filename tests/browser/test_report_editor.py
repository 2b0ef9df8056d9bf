"""The editor of a report in a real browser: moving paragraphs by the keyboard and by dragging, commenting by keys."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from playwright.sync_api import TimeoutError as NoRequestError
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.review.editor.chapters import AT_ONCE
from eventapp.review.reports.models import Paragraph
from eventapp.review.reports.queries import chapters_of
from tests import make, make_review
from tests.browser.capture import in_browser, nothing_here
from tests.browser.site import Site, session_cookie

pytestmark = pytest.mark.usefixtures("_apart")

number = iter(range(100))


@pytest.fixture
def editor(context: BrowserContext, site: Site) -> Page:
    """A report with three paragraphs from notes, A, B and C, numbered 2 to 4."""
    meeting = make.meeting(slug=f"review-{next(number)}", mandate=[], objectives=[])
    session = make.session(meeting, kind="trends")
    for text in ("A.", "B.", "C."):
        make_review.note(session, text=text)
    report = make_review.report(meeting)
    address = f"/meetings/{meeting.slug}/review/reports/{report.name}"
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 2400})
    page.goto(address)
    return page


def expect_said(page: Page, letters: str) -> None:
    """Wait until the paragraphs after the first end with these letters, in this order."""
    ends = [re.compile(rf"{letter}\.\s*$", re.IGNORECASE) for letter in letters]
    expect(page.locator(".para p.said")).to_have_text([re.compile("."), *ends], use_inner_text=True)


def test_alt_and_an_arrow_move_a_paragraph_and_the_focus_stays_on_it(editor: Page) -> None:
    editor.get_by_role("button", name="2. Drag").focus()
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.get_by_role("button", name="3. Drag")).to_be_focused()
    expect_said(editor, "BAC")
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.get_by_role("button", name="4. Drag")).to_be_focused()
    expect_said(editor, "BCA")


def test_a_paragraph_is_dragged_before_another_one_and_put_back_by_undo(editor: Page) -> None:
    rows = editor.locator("[data-paragraph]")
    rows.nth(3).locator(".pn").drag_to(rows.nth(1).locator("p.said"))
    expect(rows.nth(1)).to_contain_text("that c.")
    expect_said(editor, "CAB")
    editor.get_by_role("button", name="Undo", exact=True).click()
    expect(editor.locator('[role="status"]')).to_contain_text("Undone: the paragraph is back in its place.")
    expect_said(editor, "ABC")


def test_a_move_is_put_in_place_told_and_undone_without_a_reload(editor: Page) -> None:
    editor.evaluate("document.documentElement.dataset.same = 'page'")
    editor.get_by_role("button", name="2. Drag").focus()
    editor.keyboard.press("Alt+ArrowDown")
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.get_by_role("button", name="4. Drag")).to_be_focused()
    expect(editor.locator("#moved p")).to_have_text("It is paragraph 4 now.")
    expect_said(editor, "BCA")
    expect(editor.get_by_role("button", name="Evidence for paragraph 4")).to_have_attribute("aria-expanded", "false")
    editor.get_by_role("button", name="Undo the move").click()
    expect(editor.locator("#moved p")).to_have_text("Undone: the paragraph is back in its place.")
    expect(editor.get_by_role("button", name="3. Drag")).to_be_focused()
    expect_said(editor, "BAC")
    rows = editor.locator("[data-paragraph]")
    rows.nth(3).locator(".pn").drag_to(rows.nth(1).locator("p.said"))
    expect(rows.nth(1)).to_contain_text("that c.")
    expect_said(editor, "CBA")
    expect(editor.locator("html")).to_have_attribute("data-same", "page")


def test_what_leaves_the_page_waits_for_a_move_that_is_under_way(editor: Page) -> None:
    held: list[Route] = []
    editor.route("**/down", lambda route: held.append(route))  # noqa: PLW0108 -- playwright writes on what it calls
    editor.get_by_role("button", name="2. Drag").focus()
    with editor.expect_request("**/down"):
        editor.keyboard.press("Alt+ArrowDown")
    expect(editor.locator("[data-paragraph]").nth(2)).to_contain_text("that a.")
    editor.keyboard.press("e")
    assert "edit=" not in editor.url
    held.pop().continue_()
    expect(editor.get_by_label("Paragraph 3", exact=True)).to_be_visible()
    editor.get_by_role("link", name="Cancel").first.click()
    with editor.expect_request("**/down"):
        editor.get_by_role("button", name="3. Drag").press("Alt+ArrowDown")
    editor.get_by_role("button", name="Undo", exact=True).click()
    assert not editor.get_by_text("Undone").is_visible()
    held.pop().continue_()
    expect(editor.locator('[role="status"]')).to_contain_text("Undone: the paragraph is back in its place.")
    expect_said(editor, "BAC")


def test_a_move_is_seen_before_the_server_has_answered_and_a_second_one_waits_for_the_first(editor: Page) -> None:
    held: list[Route] = []
    editor.route("**/down", lambda route: held.append(route))  # noqa: PLW0108 -- playwright writes on what it calls
    editor.get_by_role("button", name="2. Drag").focus()
    with editor.expect_request("**/down"):
        editor.keyboard.press("Alt+ArrowDown")
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.get_by_role("button", name="4. Drag")).to_be_focused()
    expect_said(editor, "BCA")
    assert len(held) == 1
    with editor.expect_request("**/down"):
        held[0].continue_()
    expect_said(editor, "BCA")  # the first answer does not put it back
    held[1].continue_()
    expect(editor.locator("#moved p")).to_have_text("It is paragraph 4 now.")
    editor.reload()
    expect_said(editor, "BCA")


def test_a_drag_is_seen_before_the_server_has_answered(editor: Page) -> None:
    held: list[Route] = []
    editor.route("**/place", lambda route: held.append(route))  # noqa: PLW0108 -- playwright writes on what it calls
    rows = editor.locator("[data-paragraph]")
    with editor.expect_request("**/place"):
        rows.nth(3).locator(".pn").drag_to(rows.nth(1).locator("p.said"))
    expect(rows.nth(1)).to_contain_text("that c.")
    expect_said(editor, "CAB")
    expect(rows.locator(".pn")).to_have_text(["1.", "2.", "3.", "4."], use_inner_text=True)
    expect(editor.locator("#moved p")).to_be_empty()
    held[0].continue_()
    expect(editor.locator("#moved p")).to_have_text("It is paragraph 2 now.")
    editor.reload()
    expect_said(editor, "CAB")


def test_a_drag_takes_its_sub_paragraphs_along_at_once(editor: Page) -> None:
    editor.get_by_role("link", name="Edit paragraph 4").click()
    editor.get_by_text("Move, join or remove").click()
    with editor.expect_navigation():
        editor.get_by_role("button", name="Make it a sub-paragraph").click()
    editor.route("**/place", lambda _route: None)
    rows = editor.locator("[data-paragraph]")
    rows.nth(2).locator(".pn").drag_to(rows.nth(1).locator("p.said"))
    expect(rows.nth(1)).to_contain_text("that b.")
    expect_said(editor, "BCA")
    expect(rows.locator(".pn")).to_have_text(["1.", "2.", "(a)", "3."], use_inner_text=True)


def test_a_drag_without_an_answer_is_put_back_and_told(editor: Page) -> None:
    editor.route("**/place", lambda route: route.abort())
    rows = editor.locator("[data-paragraph]")
    rows.nth(3).locator(".pn").drag_to(rows.nth(1).locator("p.said"))
    expect(editor.locator("#moved p")).to_contain_text("No answer came")
    expect_said(editor, "ABC")
    expect(rows.locator(".pn")).to_have_text(["1.", "2.", "3.", "4."], use_inner_text=True)
    editor.unroute("**/place")
    rows.nth(3).locator(".pn").drag_to(rows.nth(1).locator("p.said"))
    expect(editor.locator("#moved p")).to_have_text("It is paragraph 2 now.")
    expect_said(editor, "CAB")


def test_a_move_at_the_edge_of_the_report_says_why_not(editor: Page) -> None:
    editor.get_by_role("button", name="1. Drag").focus()
    editor.keyboard.press("Alt+ArrowUp")
    expect(editor.locator("#moved p")).to_contain_text("The paragraph is at the end of the report already.")
    expect(editor.get_by_role("button", name="1. Drag")).to_be_focused()


def test_a_move_while_something_is_typed_keeps_what_is_typed(editor: Page) -> None:
    editor.get_by_role("link", name="Edit paragraph 4").click()
    editor.get_by_label("Paragraph 4", exact=True).fill("Half a sentence")
    editor.get_by_role("button", name="2. Drag").focus()
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.get_by_role("button", name="3. Drag")).to_be_focused()
    editor.get_by_role("link", name="Go on").click()
    expect(editor.get_by_label("Paragraph 4", exact=True)).to_have_value("Half a sentence")


def test_nothing_is_moved_before_what_is_typed_is_copied(editor: Page) -> None:
    held: list[Route] = []
    editor.route("**/drafts/draft-form.js*", lambda route: held.append(route))  # noqa: PLW0108 -- playwright writes on what it calls
    with (
        editor.expect_response("**/review/arrange.js*") as arranging,
        editor.expect_request("**/drafts/draft-form.js*"),
    ):
        editor.get_by_role("link", name="Edit paragraph 4").click(no_wait_after=True)
    editor.get_by_label("Paragraph 4", exact=True).fill("Half a sentence")
    arranging.value.finished()
    expect(editor.get_by_role("button", name="2. Drag")).to_have_count(0)
    held[0].continue_()
    editor.unroute("**/drafts/draft-form.js*")
    editor.get_by_role("button", name="2. Drag").focus()
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.get_by_role("button", name="3. Drag")).to_be_focused()
    expect(editor.get_by_role("link", name="Go on")).to_be_visible()


def test_nothing_is_moved_before_the_server_has_what_is_typed(editor: Page) -> None:
    editor.get_by_role("link", name="Edit paragraph 4").click()
    expect(editor.locator("draft-form[data-ready]")).to_be_attached()
    unanswered: list[Route] = []
    editor.route("**/typing", lambda route: unanswered.append(route))  # noqa: PLW0108 -- playwright writes on what it calls
    with editor.expect_request("**/typing"):
        editor.get_by_label("Paragraph 4", exact=True).fill("Half a sentence")
    editor.get_by_role("button", name="2. Drag").focus()
    with pytest.raises(NoRequestError), editor.expect_request("**/down", timeout=1500):
        editor.keyboard.press("Alt+ArrowDown")
    unanswered[0].continue_()
    expect(editor.get_by_role("button", name="3. Drag")).to_be_focused()
    expect(editor.get_by_role("link", name="Go on")).to_be_visible()


def test_a_thread_is_begun_answered_and_settled_by_the_keyboard_alone(editor: Page) -> None:
    editor.get_by_role("button", name="2. Drag").focus()
    editor.keyboard.press("c")
    expect(editor.get_by_label("Comment on paragraph 2")).to_be_focused()
    editor.wait_for_load_state()
    editor.keyboard.type("Too short.")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    thread = editor.get_by_role("list", name="Comments on paragraph 2")
    expect(thread).to_contain_text("Too short.")
    editor.wait_for_load_state()  # then the browser goes to the fragment, and takes the focus there
    thread.get_by_text("Answer or settle").focus()
    editor.keyboard.press("Enter")
    editor.keyboard.press("Tab")
    editor.keyboard.type("Longer now.")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    expect(thread).to_contain_text("Longer now.")
    editor.wait_for_load_state()
    thread.get_by_text("Answer or settle").focus()
    editor.keyboard.press("Enter")
    for _time in range(3):
        editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    expect(thread.get_by_text("Settled", exact=True)).to_be_visible()


def test_e_opens_the_paragraph_with_the_cursor_in_its_words(editor: Page) -> None:
    editor.get_by_role("button", name="3. Drag").focus()
    editor.keyboard.press("e")
    expect(editor.get_by_label("Paragraph 3", exact=True)).to_be_focused()


def test_a_chip_opens_the_evidence_behind_it_in_its_place(editor: Page) -> None:
    chip, address = editor.locator(".para .chip").first, editor.url
    source = editor.locator(f"[id='{(chip.get_attribute('href') or '').partition('#')[2]}']")
    expect(source).to_have_count(0)
    chip.focus()
    editor.keyboard.press("Enter")
    expect(source).to_be_focused()
    expect(source).to_contain_text("Revision")
    assert editor.url == address
    link = editor.get_by_role("button", name="Evidence for paragraph 2")
    expect(link).to_have_attribute("aria-expanded", "true")
    link.press("Space")
    expect(source).to_have_count(0)
    expect(link).to_have_attribute("aria-expanded", "false")


def test_without_its_script_a_chip_leads_to_the_page_of_the_evidence(editor: Page) -> None:
    editor.route("**/review/evidence.js*", lambda route: route.abort())
    editor.reload()
    editor.locator(".para .chip").first.click()
    expect(editor.get_by_role("heading", name="Evidence for paragraph 2")).to_be_visible()
    expect(editor.locator(".source:target")).to_contain_text("Revision")


def test_a_note_is_sought_and_cited_where_it_was_sought(editor: Page) -> None:
    editor.get_by_role("button", name="2. Drag").focus()
    editor.keyboard.press("v")
    editor.get_by_role("main").get_by_role("searchbox").fill("c")
    editor.get_by_role("main").get_by_role("searchbox").press("Enter")
    found = editor.get_by_role("list", name="Notes found for paragraph 2")
    expect(editor.get_by_text("1 note found for paragraph 2")).to_be_focused()
    expect(found).to_contain_text("C.")
    found.get_by_role("button").last.click()
    expect(editor.locator(".para").nth(1).locator(".chip")).to_have_count(2)
    expect(editor.locator(".para").nth(1).locator(".source")).to_have_count(2)
    expect(editor.get_by_role("button", name="Evidence for paragraph 2")).to_be_focused()


def test_where_the_evidence_cannot_be_fetched_the_browser_goes_to_its_page(editor: Page) -> None:
    editor.route(
        "**/evidence", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    editor.locator(".para .chip").first.click()
    expect(editor.get_by_role("heading", name="Evidence for paragraph 2")).to_be_visible()


def test_what_is_typed_is_kept_on_the_server_and_waits_there(editor: Page) -> None:
    editor.get_by_role("link", name="Edit paragraph 2").click()
    text = editor.get_by_label("Paragraph 2", exact=True)
    text.fill("Half a sentence")
    expect(editor.locator('[role="status"]')).to_contain_text("Draft saved")
    editor.get_by_role("link", name="Cancel").click()
    editor.get_by_role("link", name="Go on").click()
    expect(text).to_have_value("Half a sentence")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_role("link", name="Edit paragraph 2")).to_be_visible()
    expect(editor.locator(".para").nth(1)).to_contain_text("Half a sentence")
    nothing_here(editor)


def test_the_key_that_saves_a_note_saves_a_paragraph_too(editor: Page) -> None:
    editor.get_by_role("button", name="2. Drag").focus()
    editor.keyboard.press("e")
    text = editor.get_by_label("Paragraph 2", exact=True)
    expect(text).to_be_focused()
    expect(editor.locator("form[data-typed] kbd")).to_be_visible()
    text.fill("Saved by a key")
    editor.keyboard.press("Control+Enter")
    expect(editor.get_by_role("link", name="Edit paragraph 2")).to_be_visible()
    expect(editor.locator(".para").nth(1)).to_contain_text("Saved by a key")


def test_what_is_typed_outlives_a_lost_network_in_the_browser(editor: Page) -> None:
    editor.get_by_role("link", name="Edit paragraph 2").click()
    text = editor.get_by_label("Paragraph 2", exact=True)
    editor.route("**/typing", lambda route: route.abort())
    text.fill("Typed without a network")
    expect(editor.locator('[role="status"]')).to_contain_text("Offline")
    editor.unroute("**/typing")
    editor.reload()
    expect(text).to_have_value("Typed without a network")
    expect(editor.locator('[role="status"]')).to_contain_text("Draft saved")


def test_what_is_typed_before_the_page_has_loaded_outlives_a_lost_network_too(editor: Page) -> None:
    held: list[Route] = []
    editor.route("**/drafts/draft-form.js*", lambda route: held.append(route))  # noqa: PLW0108 -- playwright writes on what it calls
    editor.route("**/typing", lambda route: route.abort())
    with editor.expect_request("**/drafts/draft-form.js*"):
        editor.get_by_role("link", name="Edit paragraph 2").click(no_wait_after=True)
    text = editor.get_by_label("Paragraph 2", exact=True)
    text.fill("Typed early")
    held[0].continue_()
    editor.unroute("**/drafts/draft-form.js*")
    expect(editor.locator('[role="status"]')).to_contain_text("Offline")
    editor.reload()
    expect(text).to_have_value("Typed early")


def new_paragraph(page: Page) -> Locator:
    page.get_by_role("button", name="2. Drag").focus()
    page.keyboard.press("n")
    text = page.get_by_label("New paragraph after paragraph 2")
    expect(text).to_be_focused()
    return text


def test_a_new_paragraph_is_kept_on_the_server_as_it_is_typed_and_waits_on_the_page(editor: Page) -> None:
    text = new_paragraph(editor)
    editor.keyboard.insert_text("A new thought")  # at one stroke: what is kept is all of it
    expect(editor.locator('[role="status"]')).to_contain_text("Draft saved")
    nothing_here(editor)
    editor.get_by_role("link", name="Cancel").click()
    expect(editor.get_by_text("not added yet")).to_be_visible()
    expect(editor.get_by_text("Saved in this browser")).to_be_hidden()
    editor.get_by_role("link", name="Go on").click()
    expect(text).to_have_value("A new thought")
    editor.get_by_role("button", name="Add", exact=True).click()
    expect(editor.locator(".para").nth(2)).to_contain_text("A new thought")
    expect(editor.get_by_text("not added yet")).to_be_hidden()
    nothing_here(editor)
    expect(editor).not_to_have_url(re.compile("saved="))


def test_a_new_paragraph_outlives_a_lost_network_and_a_closed_page_in_the_browser(editor: Page) -> None:
    text, address = new_paragraph(editor), editor.url.split("?")[0]
    editor.route("**/typing", lambda route: route.abort())
    editor.keyboard.type("Typed without a network")
    expect(editor.locator('[role="status"]')).to_contain_text("Offline")
    editor.goto(address)
    expect(editor.get_by_text("Saved in this browser")).to_be_visible()
    expect(editor.locator("#left-here")).to_contain_text("Typed without a network")
    editor.unroute("**/typing")
    editor.locator("#left-here").get_by_role("link", name="Go on").click()
    expect(text).to_have_value("Typed without a network")
    expect(editor.locator('[role="status"]')).to_contain_text("Draft saved")
    editor.get_by_role("button", name="Add", exact=True).click()
    expect(editor.locator(".para").nth(2)).to_contain_text("Typed without a network")
    nothing_here(editor)


def test_without_the_copy_in_the_browser_and_the_keeping_it_would_be_gone(editor: Page) -> None:
    """The control: what the two scripts do is what brings the text back."""
    for script in ("review/unsaved", "drafts/draft-form"):
        editor.route(f"**/{script}.js*", lambda route: route.abort())
    text = new_paragraph(editor)
    editor.keyboard.type("Typed without a network")
    expect(text).to_have_value("Typed without a network")
    editor.reload()
    expect(text).to_have_value("")
    assert in_browser(editor) == []


def test_a_saving_that_never_arrived_leaves_the_copy_in_the_browser(editor: Page) -> None:
    text, address = new_paragraph(editor), editor.url.split("?")[0]
    editor.route("**/typing", lambda route: route.abort())
    editor.route("**/next", lambda route: route.abort())
    editor.keyboard.type("Sent into nothing")
    expect(editor.locator('[role="status"]')).to_contain_text("Offline")
    editor.get_by_role("button", name="Add", exact=True).click()
    expect(text).to_have_value("Sent into nothing")  # the page does not go where nothing answers
    editor.goto(address)
    expect(editor.locator("#left-here")).to_contain_text("Sent into nothing")
    editor.locator("#left-here").get_by_role("button", name="Discard").click()
    expect(editor.get_by_text("Saved in this browser")).to_be_hidden()
    nothing_here(editor)


def test_the_keys_work_wherever_in_the_paragraph_one_stands_but_not_where_one_types(editor: Page) -> None:
    editor.locator("[data-paragraph]").nth(1).get_by_role("link", name="Edit").focus()
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.locator("[data-paragraph]").nth(2)).to_contain_text("that a.")
    expect_said(editor, "BAC")
    editor.locator("[data-paragraph]").nth(2).locator(".pn").press("e")
    editor.get_by_label("Paragraph 3", exact=True).press("End")
    editor.keyboard.type("nec")
    expect(editor.get_by_label("Paragraph 3", exact=True)).to_have_value("It was noted that a.nec")


def test_a_chapter_of_a_long_report_opens_in_its_place_and_a_move_leaves_it_open(
    context: BrowserContext, site: Site
) -> None:
    meeting = make.meeting(slug=f"review-{next(number)}", mandate=[], objectives=[])
    report = make_review.report(meeting)
    make_review.fill(report, chapters=2, paragraphs=60)
    address = f"{site.address}/meetings/{meeting.slug}/review/reports/{report.name}"
    first, last = (one.paragraphs for one in chapters_of(report)[-2:])
    opened, ids = first[0].chapter_id, [one.id for one in last]
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.goto(f"{address}?chapter={opened}")
    expect(page.locator("[data-paragraph]")).to_have_count(AT_ONCE)

    page.locator("#paper").get_by_role("link", name="Chapter 1", exact=True).press("Enter")
    expect(page.locator("[data-paragraph]")).to_have_count(2 * AT_ONCE)
    expect(page.get_by_role("heading", name="Chapter 1")).to_be_focused()

    moved = page.locator(f'[data-paragraph="{ids[0]}"]')
    moved.locator(".pn").press("Alt+ArrowDown")
    expect(page.locator("#moved")).to_contain_text("It is paragraph 63 now.")
    expect(page.locator("[data-paragraph]")).to_have_count(2 * AT_ONCE)

    for far in (7, 40):  # a link from elsewhere leads to a closed chapter, and to a part of it
        page.goto("about:blank")
        page.goto(f"{address}#para-{ids[far]}")
        expect(page.locator(f"#para-{ids[far]}")).to_be_in_viewport()


def test_paragraphs_are_chosen_by_key_and_moved_to_a_number(editor: Page) -> None:
    editor.get_by_role("button", name="2. Drag").press("x")
    editor.get_by_role("button", name="3. Drag").press("m")
    expect(editor.locator("#several output")).to_have_text("2")
    expect(editor.get_by_label("To number")).to_be_focused()
    editor.keyboard.type("4")
    editor.keyboard.press("Enter")
    expect(editor.locator("#several")).to_be_hidden()
    expect_said(editor, "CAB")


def test_shift_chooses_all_between(editor: Page) -> None:
    editor.get_by_label("Choose paragraph 2").check()
    editor.get_by_label("Choose paragraph 4").click(modifiers=["Shift"])
    expect(editor.locator("#several output")).to_have_text("3")


def test_two_editors_see_each_other_and_what_the_other_did(editor: Page, browser: Browser, site: Site) -> None:
    meeting = db.session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()
    assert meeting is not None
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER, make.person("Arjun Prasad")))
    db.session.remove()
    with browser.new_context() as theirs:
        theirs.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
        other = theirs.new_page()
        other.goto(editor.url)
        expect(editor.locator(".pres")).to_contain_text("Arjun Prasad")

        number = editor.get_by_role("button", name="2. Drag")
        number.focus()
        other.get_by_role("button", name="3. Drag").press("Alt+ArrowDown")
        expect(editor.locator(".para p.said").nth(3)).to_contain_text("that b.")
        expect(number).to_be_focused()

        other.get_by_role("button", name="2. Drag").press("e")
        other.get_by_role("textbox", name="Paragraph 2").fill("Words of theirs.")
        expect(editor.locator(".pres")).to_contain_text("is writing")
        editor.locator("[data-paragraph]").nth(2).locator("[data-key=e]").click()
        mine = editor.get_by_role("textbox", name="Paragraph 3")
        mine.fill("Words of mine.")
        other.get_by_role("button", name="Save", exact=True).click()
        expect(editor.locator(".para p.said").nth(1)).to_contain_text("Words of theirs.")
        expect(mine).to_have_value("Words of mine.")


def test_a_note_is_dragged_to_the_paragraph_that_shall_tell_it(editor: Page) -> None:
    first, second = (editor.locator("[data-paragraph]").nth(place) for place in (1, 2))
    reference = first.locator(".chip").first.inner_text().split()[0]
    first.locator(".chip").first.drag_to(second.locator("p.said"))
    told = editor.locator("[data-paragraph]", has_text="Notes told together").locator("summary")
    expect(told).to_contain_text(reference)
    expect(editor.locator("[data-paragraph]")).to_have_count(3)


def test_closed_chapters_say_what_is_found_in_their_words(context: BrowserContext, site: Site) -> None:
    meeting = make.meeting(slug=f"review-{next(number)}", mandate=[], objectives=[])
    make_review.note(make.session(meeting, kind="trends"), text="Prices fall.")
    report = make_review.report(meeting)
    make_review.fill(report, chapters=1, paragraphs=120)
    [cited] = [one for one in make_review.paragraphs(report) if one.evidence]
    with transaction():
        row = db.session.get_one(Paragraph, cited.id)
        row.text, row.edited_at = "It was noted that prices fell by 12 per cent.", make.TODAY
    last, chapter, marked = chapters_of(report)[-1].id, cited.chapter_id, cited.id
    address = f"/meetings/{meeting.slug}/review/reports/{report.name}?chapter={last}"
    cookie = session_cookie(site.app, make.staff(meeting, ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.goto(address)
    shut = page.locator(f'.shut[data-chapter="{chapter}"]')
    expect(shut).to_contain_text("A figure stands in none of its sources")
    expect(page.locator(f'.outline a[href$="#ch{chapter}"] .found')).to_contain_text("1")
    shut.get_by_role("link", name="A figure stands in none of its sources").click()
    expect(page.locator(f'[data-paragraph="{marked}"]')).to_be_visible()
