"""A note in one line, and what the page suggests while it is typed."""

import json
from dataclasses import asdict
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench.suggestions import PASSAGES
from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.record.notes.queries import notes_of
from eventapp.record.reading.dates import dates_in
from eventapp.record.reading.figures import figures_in
from eventapp.record.reading.tongue import tongue_in
from eventapp.record.suggestions.suggest import hints_for
from tests import make
from tests.browser.capture import broken, may_be_typed_in, opened, recorded, saved
from tests.browser.site import Site, until


def test_goals_follow_the_lines_and_nothing_is_ticked_for_anybody(page: Page, session: Session) -> None:
    for line in ("C2", "C6", "C7-EAGR"):
        page.locator(f"input[value='{line}']").check(force=True)
    offered = page.locator("[data-suggested] .both input")
    expect(offered).to_have_count(2)
    for place, goal in enumerate(("9", "8")):
        expect(offered.nth(place)).to_have_value(goal)
    expect(page.locator("[data-suggested] input:checked")).to_have_count(0)


def test_the_page_suggests_what_the_server_would(page: Page) -> None:
    passages = [json.loads(line)["text"] for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    until(page, "Boolean(document.querySelector('draft-form').suggestions)")
    said = page.evaluate(
        "all => all.map(text => document.querySelector('draft-form').suggestions.for(text))", passages
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
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    page.keyboard.type(f"{mark} Most cases were small.")
    expect(page.locator("#marks [data-understood]")).to_have_text("Understood: Nobody")
    expect(page.locator("[name=ceiling][value=nobody]")).to_be_checked()


def test_a_ceiling_above_that_of_the_session_is_the_highest_it_allows(page: Page, session: Session) -> None:
    with transaction():
        session.rule = "closed"
    page.reload()
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
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
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
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
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
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
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    may_be_typed_in(page)
    page.keyboard.type("@duc Fibre reaches every commune.")
    expect(page.locator("#speaker")).to_have_value("Nguyễn Văn Đức, VNNIC")
    expect(page.locator("#text")).to_have_value("Fibre reaches every commune.")


def test_a_mark_that_is_not_understood_is_told_and_stays_in_the_text(page: Page, session: Session) -> None:
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    page.keyboard.type("!rec @nobody #zzz #sdg9 Fibre reaches every commune.")
    expect(page.locator("#marks [data-understood]")).to_have_text("Understood: Recommendation · Goal 9")
    expect(page.locator("#marks [data-left]")).to_have_text("Not understood, stays in the text: @nobody #zzz")
    expect(page.locator("#text")).to_have_value("@nobody #zzz Fibre reaches every commune.")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Control+Enter")
    saved(page)
    expect(page.locator("#marks")).to_be_hidden()


def test_goals_are_offered_as_they_are_begun(page: Page) -> None:
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    page.keyboard.type("#sdg")
    expect(page.locator("#marks [data-offered]")).to_contain_text("Goal 1")
    page.keyboard.type("1")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#marks [data-offered]")).to_contain_text("Goal 10")
    page.keyboard.press("Tab")
    expect(page.locator("[name=goals][value='10']")).to_be_checked()


def test_dates_figures_and_languages_are_read_in_the_page_as_on_the_server(page: Page) -> None:
    until(page, "Boolean(document.querySelector('draft-form').reading)")
    texts = [
        "By 31 December 2027 we connect 96 per cent of 1,200 islands.", "before 2027", "within two years", "31 June 2027",
        "D’ici à la fin de 2026, 3,5 pour cent des écoles.", "from 2026 to 2030 Goal 17 costs US$ 20 billion (45 per cent)",
        "L'accès au réseau reste trop cher pour les petites îles.", "Resolution 75/3 of 2015, COVID-19, Q3 2027, 10:30",
        "École nationale de la statistique et de l'administration presented its survey.", "next year, by mid-2027",
        "Akses jaringan masih terlalu mahal untuk pulau kecil dan tidak ada dana.", "Costs fell.", "",
    ]  # fmt: skip
    read = page.evaluate(
        """texts => texts.map(text => {
          const reading = document.querySelector('draft-form').reading, day = date => date.toISOString().slice(0, 10)
          const dates = reading.datesIn(text, new Date('2026-11-28T00:00Z'))
          return [dates.map(one => [one.words, day(one.first), day(one.last), one.isDeadline]), reading.figuresIn(text), reading.tongueIn(text)]
        })""",
        texts,
    )
    server = [
        [
            [[one.words, str(one.first), str(one.last), one.is_deadline] for one in dates_in(text, date(2026, 11, 28))],
            [one.words for one in figures_in(text)],
            tongue_in(text),
        ]
        for text in texts
    ]
    assert read == server


def test_a_day_a_figure_and_the_language_are_suggested_and_taken_by_a_key(page: Page, session: Session) -> None:
    page.keyboard.press("Alt+Digit7")
    page.keyboard.type("Nous connecterons 40 îles d’ici le 31 décembre 2099 avec nos partenaires.")
    reasons = page.locator("#reasons span")
    for words in ("2099-12-31", "40", "Français"):
        expect(reasons).to_contain_text(words)
    assert page.locator("#due_on").input_value() == ""
    page.keyboard.press("Alt+Digit0")
    expect(page.locator("#due_on")).to_have_value("2099-12-31")
    expect(page.locator("[name=figure]").first).to_have_value("40")
    expect(page.locator("[name=source]").first).to_be_focused()  # where the figure is from is asked
    page.keyboard.type("ITU, 2025")
    page.keyboard.press("Control+Enter")
    saved(page)
    now = notes_of(session)[0].current
    assert (now.language, now.due_on, now.figures) == (
        "fr",
        date(2099, 12, 31),
        [{"figure": "40", "source": "ITU, 2025"}],
    )


def test_every_kind_and_off_the_record_have_a_key(page: Page) -> None:
    for keys, kind in (("Alt+Digit9", "launch"), ("Alt+Shift+Digit1", "agreement"), ("Alt+Shift+Digit3", "quote")):
        page.keyboard.press(keys)
        expect(page.locator("[name=kind]:checked")).to_have_value(kind)
    page.keyboard.press("Alt+KeyO")
    expect(page.locator("#off_record")).to_be_checked()


def test_a_neutral_wording_is_offered_and_one_press_writes_it_into_its_field(
    context: BrowserContext, page: Page, session: Session, site: Site
) -> None:
    page.keyboard.type("@samira ITU will keep the portal.")
    page.keyboard.press("Control+Enter")
    saved(page)
    [note] = notes_of(session)
    page = opened(context, site, session, f"/{note.number}")
    expect(page.locator("draft-form[data-ready]")).to_be_visible()
    expect(page.locator("[data-proposal]")).to_contain_text("One delegation will keep the portal.")
    page.get_by_role("button", name="Use this wording").click()
    expect(page.locator("#neutral")).to_have_value("One delegation will keep the portal.")
    expect(page.locator("[data-proposal]")).to_have_count(0)
    db.session.rollback()
    assert notes_of(session)[0].current.neutral == ""
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/{session.code}#{note.reference}")
    db.session.rollback()
    assert notes_of(session)[0].current.neutral == "One delegation will keep the portal."
