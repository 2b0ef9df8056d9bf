"""Sheets of good practices: who agreed, what is cleared, what the form asks, and that nothing is cut or made up."""

import csv
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventapp.drafts.actions import Sent
from eventapp.ground.db import transaction
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.outlets.sheets import manage as sheet_pages
from eventapp.outlets.sheets import questions
from eventapp.outlets.sheets.entries import Sheet, sheets
from eventapp.outlets.sheets.questions import PRIZES, SHEET_FORMS, STOCKTAKING
from eventapp.practices.actions import change_consents, turn_into_note
from eventapp.practices.completion.actions import as_it_stands, complete, parts_of
from eventapp.practices.content import FORWARDED_TO
from eventapp.practices.models import Card
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.notes.models import APPROVED
from eventapp.vocabulary.practices import ACTIVITIES, COVERAGES
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_practices import sent

LATER = make.TODAY + timedelta(hours=2)
BOTH = ("stocktaking", "prizes")


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


def card_of(meeting: Meeting, *, state: str = APPROVED, facts: dict[str, Any] | None = None, **card: Any) -> Card:
    """A card that was sent and became a note in this state; `facts` are what the note says since."""
    made, _token = sent(make.session(meeting, kind="practices"), **{"outlets": BOTH, **card})
    with transaction():
        note = turn_into_note(made, by=None, at=LATER)
        note.state = state
    now = note.current
    said = {name: getattr(now, name) for name in ("kind", "title", "text", "language", "organization", "figures")}
    with_lines = {"action_lines": now.action_lines, "goals": now.goals, "ceiling": "organization"}
    make_review.revise(note, **{**said, **with_lines, **(facts or {})})
    return made


def answers(sheet: Sheet) -> dict[str, tuple[str, str]]:
    return {answer.question.key: (answer.text, answer.fault) for answer in sheet.answers}


def test_a_sheet_has_what_note_and_card_say_and_says_what_is_missing(meeting: Meeting) -> None:
    card = card_of(meeting, facts={"stakeholder_type": "government"}, challenges="Few radios.")
    [entry], [project] = sheets(meeting, STOCKTAKING).ready, sheets(meeting, PRIZES).ready

    stock, prize = answers(entry), answers(project)
    assert (entry.card, entry.note) == (card.reference, card.note.reference if card.note else "")
    assert stock["title"] == ("Prices by radio", "")
    assert stock["country"] == ("Bhutan", "")
    assert stock["entity_type"] == ("Government", "")
    assert stock["action_lines"] == ("C7. E-agriculture", "")
    assert stock["contact"] == ("Pema Choden <pema@example.org>", "")
    assert stock["challenges"] == ("Few radios.", "")
    assert stock["coverage"] == stock["website"] == stock["keywords"] == ("", "missing")
    assert prize["category"][0].endswith("C7 E-agriculture")
    assert prize["linkages"][0].startswith("C7 E-agriculture: Goal 2 (targets ")
    assert prize["impact"] == ("12,000 farmers (Ministry, 2016)", "")


@pytest.mark.parametrize(("words", "fault"), [(149, "short"), (150, ""), (200, ""), (201, "long")])
def test_the_limits_of_the_form_are_said_and_nothing_is_cut(meeting: Meeting, words: int, fault: str) -> None:
    text = " ".join(["word"] * words)
    card_of(meeting, facts={"text": text})
    [project] = sheets(meeting, PRIZES).ready
    assert answers(project)["short_description"] == (text, fault)


def test_one_is_asked_and_several_are_left_to_the_sender(meeting: Meeting) -> None:
    card_of(meeting, facts={"action_lines": ["C2", "C7-EAGR"]})
    text, fault = answers(sheets(meeting, PRIZES).ready[0])["category"]
    assert (len(text.splitlines()), fault) == (2, "several")


def test_prizes_take_english_and_a_translation_of_the_note_is_english(meeting: Meeting) -> None:
    card = card_of(
        meeting,
        language="fr",
        challenges="Peu de radios.",
        facts={"language": "fr", "text": "Les radios des villages ne sont pas assez nombreuses dans la région."},
    )
    before = answers(sheets(meeting, PRIZES).ready[0])
    assert before["challenges"] == ("Peu de radios.", "not-english")
    assert answers(sheets(meeting, STOCKTAKING).ready[0])["challenges"] == ("Peu de radios.", "")
    assert card.note is not None
    text = " ".join(["word"] * 160)
    with transaction():
        translate(card.note, Rendering("en", text, "Prices"), base=0, by=None, at=LATER)
    after = answers(sheets(meeting, PRIZES).ready[0])
    assert (after["title"], after["short_description"]) == (("Prices", ""), (text, ""))


def test_only_who_agrees_now_is_in_it(meeting: Meeting) -> None:
    card = card_of(meeting, outlets=("prizes",))
    assert [len(sheets(meeting, form).ready) for form in (STOCKTAKING, PRIZES)] == [0, 1]
    with transaction():
        change_consents(card, ("stocktaking",), at=LATER)
    assert [len(sheets(meeting, form).ready) for form in (STOCKTAKING, PRIZES)] == [1, 0]
    with transaction():
        change_consents(card, (), at=LATER)
    assert not any(sheets(meeting, form).ready or sheets(meeting, form).waiting for form in SHEET_FORMS.values())


def test_what_is_not_cleared_or_says_too_much_waits_and_says_why(meeting: Meeting) -> None:
    sent(make.session(meeting, kind="practices"), outlets=BOTH)
    card_of(meeting, state="submitted")
    card_of(meeting, facts={"off_record": True})
    card_of(meeting, facts={"ceiling": "category"})
    card_of(meeting, facts={"text": "Aqila Zuberi said it.", "speaker": "Aqila Zuberi", "ceiling": "organization"})

    found = sheets(meeting, STOCKTAKING)
    assert found.ready == ()
    assert [one.reason for one in found.waiting] == [
        "no-note", "not-cleared", "not-cleared", "unnamed", "says-too-much",
    ]  # fmt: skip


def test_each_form_has_the_name_of_a_consent() -> None:
    assert set(SHEET_FORMS) == set(FORWARDED_TO)


def test_page_and_files_say_the_same(client: PageClient, meeting: Meeting) -> None:
    card_of(meeting, project="=2+5")
    card_of(meeting, state="submitted", project="Not yet")
    editor = client.sign_in(make.staff(meeting, ORGANIZER))
    base = f"/meetings/{meeting.slug}/review/outlets"

    assert "2 cards whose presenters agreed" in editor.get(base).text
    page = editor.get(f"{base}/sheets/prizes").text
    assert "150 to 200 are asked" in page
    assert "Too short" in page
    assert "Not yet" in page
    [row] = csv.DictReader(StringIO(editor.get(f"{base}/sheets/prizes.csv").data.decode("utf-8-sig")))
    assert row["Title of the project"] == "'=2+5"
    assert "Challenges" in row["Missing"]
    assert "16 words, 150 to 200 are asked" in row["To put right"]
    told = json.loads(editor.get(f"{base}/sheets/prizes.json").data)
    [entry] = told["sheets"]
    assert entry["fields"]["title"]["value"] == "=2+5"
    assert entry["fields"]["short_description"]["limit"] == {"least": 150, "most": 200, "unit": "words"}
    assert editor.get(f"{base}/sheets/unknown").status_code == 404


def test_the_command_writes_the_same_and_says_what_is_missing(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    card_of(meeting)
    runner, file = app.test_cli_runner(), tmp_path / "out"
    asked = ["outlets", "export", meeting.slug, "stocktaking", "--output", str(file)]
    done = runner.invoke(args=asked)
    assert done.exit_code == 0, done.output
    assert "GP-01, Website: missing" in done.output
    assert json.loads(file.read_bytes())["schema"] == "eventapp.sheets"
    assert runner.invoke(args=[*asked, "--format", "csv"]).exit_code == 0
    assert file.read_text(encoding="utf-8-sig").startswith("Card,Note,Title")
    wrong = runner.invoke(args=[*asked, "--format", "docx"])
    assert "csv, json" in wrong.output


def test_what_presenter_and_secretariat_add_is_in_the_sheets_and_says_whose_it_is(
    client: PageClient, meeting: Meeting
) -> None:
    card = card_of(
        meeting,
        facts={"action_lines": ["C2", "C7-EAGR"]},
        activity="project",
        coverage="national",
        starts_on="2014",
        is_ongoing=True,
        prize_line="C2",
    )
    text = " ".join(["word"] * 160)
    with transaction():
        wanted = {
            **parts_of(as_it_stands(card)),
            "pitch": text,
            "keywords": "prices; radio",
            "website": "https://x.example.org",
        }
        complete(card, wanted, Sent(0), by=None, at=LATER)
    stock, prize = answers(sheets(meeting, STOCKTAKING).ready[0]), answers(sheets(meeting, PRIZES).ready[0])
    assert [stock[key] for key in ("activity_type", "coverage", "dates", "keywords", "website")] == [
        ("Project", ""), ("National", ""), ("2014, ongoing", ""), ("prices; radio", ""), ("https://x.example.org", ""),
    ]  # fmt: skip
    assert prize["short_description"] == (text, "")
    assert prize["category"][1] == "" and prize["category"][0].endswith("C2 ICT infrastructure")

    editor = client.sign_in(make.staff(meeting, ORGANIZER))
    base = f"/meetings/{meeting.slug}/review/outlets/sheets"
    told = json.loads(editor.get(f"{base}/stocktaking.json").data)["sheets"][0]["fields"]
    assert (told["keywords"]["origin"], told["coverage"]["origin"], told["title"]["origin"]) == (
        "secretariat", "card", "note",
    )  # fmt: skip
    assert told["challenges"]["origin"] is None
    [row] = csv.DictReader(StringIO(editor.get(f"{base}/stocktaking.csv").data.decode("utf-8-sig")))
    assert row["Keywords"] == "prices; radio"
    page = editor.get(f"{base}/stocktaking").text
    assert "Completed by the secretariat" in page
    assert f"manage/practices/{card.number}/completion?for=stocktaking#challenges" in page


def test_words_of_the_secretariat_are_english_and_never_name_somebody_above_a_ceiling(meeting: Meeting) -> None:
    card = card_of(meeting, language="fr", challenges="Peu de radios.", facts={"speaker": "Aqila Zuberi"})
    assert answers(sheets(meeting, PRIZES).ready[0])["challenges"] == ("Peu de radios.", "not-english")
    with transaction():
        complete(card, {**parts_of(as_it_stands(card)), "challenges": "Few radios."}, Sent(0), by=None, at=LATER)
    assert answers(sheets(meeting, PRIZES).ready[0])["challenges"] == ("Few radios.", "")
    with transaction():
        wanted = {**parts_of(as_it_stands(card)), "challenges": "Aqila Zuberi said so."}
        complete(card, wanted, Sent(1), by=None, at=LATER)
    found = sheets(meeting, PRIZES)
    assert (found.ready, [one.reason for one in found.waiting]) == ((), ["says-too-much"])


def test_the_words_for_a_form_are_those_of_the_vocabulary() -> None:
    assert (list(questions.ACTIVITIES), list(questions.COVERAGES)) == (list(ACTIVITIES), list(COVERAGES))


def test_a_page_has_some_sheets_and_a_card_is_found_on_its_own(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_pages, "A_PAGE", 1)
    cards = [card_of(meeting, project=f"Project {number}").reference for number in range(3)]
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = f"/meetings/{meeting.slug}/review/outlets/sheets/stocktaking"
    for card in cards:
        text = client.get(f"{page}?card={card}").text
        assert [f'id="{one}"' in text for one in cards] == [one == card for one in cards]
    assert f'id="{cards[1]}"' in client.get(f"{page}?page=2").text
