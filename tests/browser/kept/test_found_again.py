"""Whatever happens to tab, browser, network, server or clock: what was typed is found again. Each with its guard removed, too."""

import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from eventapp.agenda.models import Session
from eventapp.meetings.models import RAPPORTEUR
from tests.browser.capture import (
    being_typed,
    broken,
    in_browser,
    kept_here,
    opened,
    recorded,
)
from tests.browser.site import Site, until

Break = Callable[[BrowserContext], None] | None


def keeps_nothing(context: BrowserContext) -> None:
    broken(
        context,
        "store.js",
        "  async change({ drop = [], put = null }) {",
        "  async change({ put }) { return put?.id || 1",
    )


def keeps_one_for_all_windows(context: BrowserContext) -> None:
    broken(context, "store.js", "put && texts.put(put)", "put && texts.put({ ...put, id: 1 })")


def sends_by_the_clock(context: BrowserContext) -> None:
    broken(context, "store.js", ".sort((a, b) => a.id - b.id)", ".sort((a, b) => a.at - b.at)")


def knows_no_keys(context: BrowserContext) -> None:
    broken(
        context, "outbox.js", "body.append(name, value)", "body.append(name, name === 'key' ? Math.random() : value)"
    )


def typed_offline(page: Page, words: str, *, is_kept: bool = True) -> None:
    page.keyboard.type(words)
    if is_kept:
        kept_here(page, words)
    expect(page.locator("#saved")).to_contain_text(
        re.compile(r"Offline: your text is saved in this browser, \d\d:\d\d:\d\d UTC\+7")
    )


def closed(
    context: BrowserContext, site: Site, session: Session, out: Break = None, *, in_database: bool = True
) -> str:
    """A sentence begun without a network, the tab closed: what stands in the form of the next one."""
    if out:
        out(context)
    page = opened(context, site, session)
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    with site.cut_off(context):
        typed_offline(page, "Half a thought", is_kept=not out and in_database)
        page.close()
    again = opened(context, site, session)
    expect(again.locator("draft-form[data-ready]")).to_be_visible()
    return again.locator("#text").input_value()


def test_a_closed_tab_loses_nothing_without_a_network(context: BrowserContext, site: Site, session: Session) -> None:
    assert closed(context, site, session) == "Half a thought"


def test_a_browser_that_kept_nothing_would_lose_it(context: BrowserContext, site: Site, session: Session) -> None:
    assert closed(context, site, session, keeps_nothing) == ""


def left_behind(context: BrowserContext, site: Site, session: Session, words: str = "") -> Page:
    """A second window of the page, where these words are typed, after the first was closed in the middle of a sentence."""
    first = opened(context, site, session)
    expect(first.locator("draft-form[data-ready]")).to_be_visible()
    with site.cut_off(context):
        typed_offline(first, "Half a thought")
    second = opened(context, site, session)
    expect(second.locator("draft-form[data-ready]")).to_be_visible()
    expect(second.locator("#text")).to_have_value("")  # the other window has it
    second.keyboard.type(words)
    first.close()
    return second


def test_what_a_closed_window_held_comes_to_the_one_that_is_open(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = left_behind(context, site, session)
    expect(page.locator("#text")).to_have_value("Half a thought")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    assert recorded(session) == ["Half a thought"]


def test_it_stands_beside_what_is_typed_there(context: BrowserContext, site: Site, session: Session) -> None:
    page = left_behind(context, site, session, "Other words.")
    expect(page.locator("[data-here] .serif")).to_have_text("Half a thought")
    expect(page.locator("#text")).to_have_value("Other words.")
    page.locator("[data-here] [data-back]").click()
    expect(page.locator("#text")).to_have_value("Half a thought")
    expect(page.locator("[data-here] .serif")).to_have_text("Other words.")


def test_a_window_that_only_reloads_keeps_its_text(context: BrowserContext, site: Site, session: Session) -> None:
    first = opened(context, site, session)
    expect(first.locator("draft-form[data-ready]")).to_be_visible()
    first.keyboard.type("Half a thought")
    kept_here(first, "Half a thought")
    second = opened(context, site, session)
    expect(second.locator("draft-form[data-ready]")).to_be_visible()
    first.reload()
    expect(first.locator("draft-form[data-ready]")).to_be_visible()
    second.wait_for_timeout(7000)  # longer than the second window waits for the first
    expect(second.locator("#text")).to_have_value("")
    expect(second.locator("[data-here]")).to_have_count(0)
    expect(first.locator("#text")).to_have_value("Half a thought")


def killed(kind: BrowserType, launch: dict[str, Any], folder: Path, site: Site, session: Session, out: Break) -> str:
    """As if the battery had died: the whole browser is killed in the middle of a sentence, and started again."""
    for is_first in (True, False):
        browser = kind.launch_persistent_context(
            folder, base_url=site.address, locale="en-GB", service_workers="block", **launch
        )
        site.enter(browser, RAPPORTEUR)
        if out:
            out(browser)
        page = opened(browser, site, session)
        if is_first:
            with site.stopped():
                typed_offline(page, "Half a thought", is_kept=not out)
                with browser.expect_event("close"):
                    kill(folder)
        else:
            expect(page.locator("draft-form[data-ready]")).to_be_visible()
            found = page.locator("#text").input_value()
        browser.close()
    return found


def kill(folder: Path) -> None:
    listed = subprocess.run(["ps", "-eww", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout
    ours = [int(line.split()[0]) for line in listed.splitlines() if f"--user-data-dir={folder}" in line]
    for process in ours:
        os.kill(process, signal.SIGKILL)


@pytest.mark.parametrize(("out", "left"), [(None, "Half a thought"), (keeps_nothing, "")])
def test_a_dead_battery(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
    site: Site,
    session: Session,
    out: Break,
    left: str,
) -> None:
    assert killed(browser_type, browser_type_launch_args, tmp_path / "profile", site, session, out) == left


@pytest.mark.parametrize(
    ("out", "left"),
    [(None, ["From the first.", "From the second."]), (keeps_one_for_all_windows, ["From the second."])],
)
def test_two_windows_write_side_by_side(
    context: BrowserContext, site: Site, session: Session, out: Break, left: list[str]
) -> None:
    if out:
        out(context)
    one, other = opened(context, site, session), opened(context, site, session)
    with site.cut_off(context):
        for page, words in ((one, "From the first."), (other, "From the second.")):
            page.bring_to_front()
            typed_offline(page, words)
        assert in_browser(other) == left
        one.close()
        other.close()
    again = opened(context, site, session)
    expect(again.locator("draft-form[data-ready]")).to_be_visible()
    expect(again.locator("#text")).to_have_value(left[-1])
    expect(again.locator("[data-here] .serif")).to_have_text(left[:-1])


def test_a_second_window_does_not_take_what_the_first_one_is_writing(
    context: BrowserContext, site: Site, session: Session
) -> None:
    one = opened(context, site, session)
    with one.expect_response(lambda answer: answer.url.endswith("/typing")):
        one.keyboard.insert_text("Still being written")
    other = opened(context, site, session)
    expect(other.locator("#text")).to_have_value("")
    one.bring_to_front()
    one.keyboard.type(", and done.")
    one.keyboard.press("Control+Enter")
    expect(one.locator("#saved")).to_contain_text("Saved")
    assert recorded(session) == ["Still being written, and done."]


@pytest.mark.parametrize(("out", "order"), [(None, "First. Second."), (sends_by_the_clock, "Second. First.")])
def test_a_clock_that_is_set_back_changes_no_order(
    context: BrowserContext, site: Site, session: Session, out: Break, order: str
) -> None:
    if out:
        out(context)
    page = opened(context, site, session)
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    with site.cut_off(context):
        for day, words in (("2026-10-04T10:00:00Z", "First."), ("2025-10-04T10:00:00Z", "Second.")):
            page.evaluate("day => { Date.now = () => Date.parse(day) }", day)
            page.keyboard.type(words)
            page.keyboard.press("Control+Enter")
        expect(page.locator("#saved")).to_contain_text("Offline: 2 notes saved in this browser")
    expect(page.locator("#kept-heading")).to_have_text("2 notes in this session")
    assert " ".join(recorded(session)) == order


def test_a_server_that_is_started_again_gets_what_was_written_meanwhile(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = opened(context, site, session)
    sheltered = page.expect_response(lambda answer: answer.url.endswith("/typing"))
    with sheltered, site.stopped():
        for words in ("One.", "Two."):
            page.keyboard.type(words)
            page.keyboard.press("Control+Enter")
        expect(page.locator("#saved")).to_contain_text("Offline: 2 notes saved in this browser")
        page.keyboard.type("And half a thi")
        expect(page.locator("[data-here]")).to_have_count(2)
    expect(page.locator("#kept-heading")).to_have_text("2 notes in this session")
    assert recorded(session) == ["One.", "Two."]
    assert being_typed(session) == ["And half a thi"]
    page.keyboard.type("ng")
    expect(page.locator("#saved")).to_contain_text(re.compile(r"Draft saved \d\d:\d\d:\d\d UTC\+7"))


@pytest.mark.parametrize(("out", "count"), [(None, 1), (knows_no_keys, 2)])
def test_an_answer_that_gets_lost_makes_no_second_note(
    context: BrowserContext, site: Site, session: Session, out: Break, count: int
) -> None:
    if out:
        out(context)
    page, lost = opened(context, site, session), list[object]()

    def lose(route: Any) -> None:
        if lost:
            return route.continue_()  # type: ignore[no-any-return]
        lost.append(route.fetch())
        return route.abort()  # type: ignore[no-any-return]

    page.route(f"**/record/{session.code}", lose)
    page.keyboard.type("Sent twice.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert (len(lost), recorded(session)) == (1, ["Sent twice."] * count)


def test_what_the_server_refuses_stays_with_the_reason_and_can_be_put_right(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = opened(context, site, session)
    page.locator("summary", has_text="Figure and source").click()
    with site.cut_off(context):
        page.locator("#countries").fill("Atlantis")
        page.locator("#text").fill("The sea rises.")
        page.keyboard.press("Control+Enter")
        typed_beside(page, "The next thought")
    here = page.locator("[data-here]")
    expect(here).to_contain_text("Write Atlantis as the country list has it")
    page.reload()
    expect(here).to_contain_text("Write Atlantis as the country list has it")
    expect(page.locator("#text")).to_have_value("The next thought")

    here.get_by_role("button", name="Back into the form").click()
    expect(here.locator(".serif")).to_have_text("The next thought")
    page.locator("summary", has_text="Figure and source").click()
    page.locator("#countries").fill("Maldives")
    page.locator("#text").press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    here.get_by_role("button", name="Back into the form").click()
    expect(page.locator("#text")).to_have_value("The next thought")
    assert recorded(session) == ["The sea rises."]


def typed_beside(page: Page, words: str) -> None:
    page.keyboard.type(words)
    kept_here(page, words)
    expect(page.locator("#saved")).to_contain_text("Offline: 1 note saved in this browser")


def test_what_an_older_page_left_is_taken_over(context: BrowserContext, site: Site, session: Session) -> None:
    page = opened(context, site, session)
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    person = page.locator("draft-form").get_attribute("data-person")
    fields = [["kind", "trend"], ["ceiling", "organization"], ["language", "en"], ["key", "old-page"]]
    where = f"/meetings/{site.values['slug']}/record/{session.code}"
    page.evaluate(
        """([outbox, note, fields]) => {
            localStorage.setItem(outbox, JSON.stringify({ fields: [...fields, ['text', 'Waited for a year.']], refused: false }))
            localStorage.setItem(note, JSON.stringify([...fields, ['text', 'Half of another']]))
        }""",
        [f"outbox:{person}:{where}:1700000000000:old-page", f"note:{person}:{where}", fields],
    )
    page.reload()
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    expect(page.locator("#text")).to_have_value("Half of another")
    assert recorded(session) == ["Waited for a year."]
    until(page, "Object.keys(localStorage).length === 0")


REFUSED = "IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError') }"
NOWHERE = REFUSED + "; Storage.prototype.setItem = () => { throw new DOMException('refused', 'QuotaExceededError') }"


def test_a_browser_without_indexeddb_keeps_it_in_localstorage(
    context: BrowserContext, site: Site, session: Session
) -> None:
    context.add_init_script(REFUSED)
    assert closed(context, site, session, in_database=False) == "Half a thought"


def test_a_browser_that_refuses_all_says_so_and_still_sends(
    context: BrowserContext, site: Site, session: Session
) -> None:
    context.add_init_script(NOWHERE)
    page = opened(context, site, session)
    page.keyboard.type("Sent at once.")
    expect(page.locator("#saved")).to_contain_text("This browser cannot save text")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kept-heading")).to_have_text("1 note in this session")
    assert recorded(session) == ["Sent at once."]


def test_two_devices_that_go_on_from_one_text_keep_both(
    context: BrowserContext, browser: Browser, site: Site, session: Session
) -> None:
    laptop = opened(context, site, session)
    with laptop.expect_response(lambda answer: answer.url.endswith("/typing")):
        laptop.keyboard.insert_text("AnswerDraft")
    other = browser.new_context(base_url=site.address, locale="en-GB")
    site.enter(other, RAPPORTEUR)
    phone = opened(other, site, session)
    expect(phone.locator("#text")).to_have_value("AnswerDraft")
    for page, words in ((phone, " by telephone"), (laptop, " by laptop")):
        page.keyboard.press("End")
        with page.expect_response(lambda answer: answer.url.endswith("/typing")):
            page.keyboard.insert_text(words)
    other.close()
    assert being_typed(session) == ["AnswerDraft by telephone", "AnswerDraft by laptop"]
