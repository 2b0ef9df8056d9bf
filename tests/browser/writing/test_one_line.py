"""A note in one line, and what the page suggests while it is typed."""

import json
from dataclasses import asdict

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench.suggestions import PASSAGES
from eventapp.agenda.models import Session
from eventapp.db import db, transaction
from eventapp.outcomes.queries import notes_of
from eventapp.outcomes.suggest import hints_for
from tests import make
from tests.browser.capture import broken, may_be_typed_in, recorded, saved


def test_goals_follow_the_lines_and_nothing_is_ticked_for_anybody(page: Page, session: Session) -> None:
    for line in ("C2", "C6", "C7-EAGR"):
        page.locator(f"input[value='{line}']").check(force=True)
    first = page.locator("[data-suggested] .both input").evaluate_all("all => all.map(one => one.value)")
    assert first == ["9", "8"]
    assert page.locator("[data-suggested] input:checked").count() == 0


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


def test_what_is_chosen_already_is_not_suggested_any_more(page: Page) -> None:
    page.keyboard.type("Farmers get prices by community radio.")
    reasons, take = page.locator("#reasons span"), page.get_by_role("button", name="Take them")
    expect(reasons).to_have_text("C9 (community radio) · C7 agr (farmer) · Goal 2 (farmer)")
    page.locator("input[value='C9']").check(force=True)
    expect(reasons).to_have_text("C7 agr (farmer) · Goal 2 (farmer)")
    take.focus()
    page.keyboard.press("Enter")
    expect(take).to_be_hidden()
    expect(page.locator("#text")).to_be_focused()
    page.locator("input[value='C7-EAGR']").uncheck(force=True)
    expect(reasons).to_have_text("C7 agr (farmer)")


@pytest.mark.parametrize("mark", ["~none", "~no-one", "~nob"])
def test_none_is_nobody(page: Page, mark: str) -> None:
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    page.keyboard.type(f"{mark} Most cases were small.")
    expect(page.locator("#marks [data-understood]")).to_have_text("Understood: Nobody")
    expect(page.locator("[name=ceiling][value=nobody]")).to_be_checked()


def test_a_ceiling_above_that_of_the_session_is_the_highest_it_allows(page: Page, session: Session) -> None:
    with transaction():
        session.rule = "closed"
    page.reload()
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    may_be_typed_in(page)
    page.keyboard.type("~org Most cases were small.")
    expect(page.locator("#marks [data-understood]")).to_have_text("Understood: Nobody")
    expect(page.locator("#text")).to_have_value("Most cases were small.")
    page.keyboard.press("Control+Enter")
    saved(page)
    now = notes_of(session)[0].current
    assert (now.text, now.ceiling) == ("Most cases were small.", "nobody")


def test_a_note_in_one_line(page: Page, session: Session) -> None:
    page.keyboard.type("!challenge @samira #c7agr #sdg2 ~cat Most cases were #small.")
    expect(page.locator("#text")).to_have_value("Most cases were #small.")
    expect(page.locator("#speaker")).to_have_value("Samira Haddad, ITU")
    page.keyboard.press("Control+Enter")
    saved(page)
    now = notes_of(session)[0].current
    assert (now.kind, now.ceiling, now.action_lines, now.goals) == ("challenge", "category", ["C7-EAGR"], [2])


def test_a_kind_is_told_by_its_word_on_the_page(page: Page, session: Session) -> None:
    page.goto(f"{page.url}?language=fr")
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    may_be_typed_in(page)
    page.keyboard.type("!recommandation ~aucun #c2 La fibre arrive partout.")
    expect(page.locator("#text")).to_have_value("La fibre arrive partout.")
    expect(page.locator("#marks [data-understood]")).to_contain_text("Recommandation · Aucun nom")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_contain_text("Enregistr")
    db.session.rollback()
    now = notes_of(session)[0].current
    assert (now.kind, now.ceiling, now.text) == ("recommendation", "nobody", "La fibre arrive partout.")


def composed(page: Page, session: Session) -> None:
    """A mark that an input method writes: Latin letters and a blank first, which become one Chinese letter."""
    make.role(session, name="王小明", organization="中国")
    page.reload()
    expect(page.locator("note-capture[data-ready]")).to_be_visible()
    may_be_typed_in(page)
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
    assert recorded(session) == ["农民需要天气预报。"]


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
    may_be_typed_in(page)
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
