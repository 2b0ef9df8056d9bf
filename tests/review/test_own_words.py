import pytest
from flask import Flask

from tests.review.test_sentences import BHUTAN, ITU, said

THE_ITU = "The International Telecommunication Union"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Noted that prices fall.", "noted that prices fell."),
        ("Notes that prices fall", "noted that prices fell."),
        ("Also noted that prices fall.", "noted that prices fell."),
        ("It was noted that prices fall.", "noted that prices fell."),
        ("The representative of ITU noted that prices fall.", "noted that prices fell."),
        ("ITU noted that prices fall.", "noted that prices fell."),
        ("Ms. Haddad noted that prices fall.", "noted that prices fell."),
        ("She said prices fall.", "said prices fell."),
        ("Stressed the need for open data.", "stressed the need for open data."),
        ("Concern that prices rise.", "expressed concern that prices rose."),
        ("Reiterated its support for the plan.", "reiterated its support for the plan."),
    ],
)
def test_what_a_note_says_itself_is_not_said_twice(app: Flask, text: str, told: str) -> None:
    assert said(text=text, **ITU) == f"{THE_ITU} {told}"


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("recommendation", "Recommended that States share data.", "recommended that States share data."),
        ("recommendation", "Recommend that States share data.", "recommended that States share data."),
        ("challenge", "Expressed concern that prices rise.", "expressed concern that prices rose."),
        ("debated-issue", "Questioned the plan.", "questioned the plan."),
        ("announcement", "Announced a new fund.", "announced a new fund."),
        ("commitment", "Will train 500 teachers.", "committed to train 500 teachers."),
        ("commitment", "We will train 500 teachers.", "committed to train 500 teachers."),
        ("commitment", "ITU will train 500 teachers.", "committed to train 500 teachers."),
        (
            "commitment",
            "Will not close schools.",
            "informed the meeting of the following commitment: Will not close schools.",
        ),
    ],
)
def test_nor_in_the_other_kinds(app: Flask, kind: str, text: str, told: str) -> None:
    assert said(kind=kind, text=text, **ITU) == f"{THE_ITU} {told}"


def test_how_it_was_received_and_its_date_stand_behind_it(app: Flask) -> None:
    facts = {"kind": "recommendation", "text": "Recommended that States share data", "due_text": "May 2017"}
    assert said("nobody", **facts, support="broad") == (
        "It was recommended that States share data. The date given was May 2017. There was broad support."
    )


def test_a_time_that_is_no_date_is_not_called_one(app: Flask) -> None:
    facts = {"kind": "commitment", "text": "Will train 500 teachers", "due_text": "three years from launch"}
    told = "One participant committed to train 500 teachers. The time given was three years from launch."
    assert said("nobody", **facts) == told


@pytest.mark.parametrize(
    "text",
    ["The meeting agreed to meet again.", "The meeting agreed that all meet again.", "The meeting asked for a map."],
)
def test_a_sentence_of_the_report_stays_one(app: Flask, text: str) -> None:
    assert said(kind="agreement", text=text, **ITU) == text
    assert said("nobody", kind="agreement", text=text) == text


def test_the_meeting_does_not_do_what_one_speaker_did(app: Flask) -> None:
    assert said("nobody", text="Noted that prices fall.") == "It was noted that prices fell."
    assert said("nobody", text="Announced a new fund.") == "One participant announced a new fund."
    assert said("nobody", text="Bhutan announced a new fund.", **BHUTAN) == "One participant announced a new fund."


@pytest.mark.parametrize(
    "text",
    [
        "FAO noted that prices fall.",
        "Shared masts cut prices.",
        "Recommended practices went.",
        "Notes that were taken help.",
        "Noted experts left.",
    ],
)
def test_what_others_did_and_what_is_no_verb_stays_in_the_sentence(app: Flask, text: str) -> None:
    begun = text if text.startswith("FAO") else text[0].lower() + text[1:]
    assert said(text=text, **ITU) == f"{THE_ITU} noted that {begun.replace('fall', 'fell')}"


def test_a_list_under_such_words_keeps_them_once(app: Flask) -> None:
    points = "\n- Prices fall\n- Skills grow"
    assert said("nobody", text=f"Noted the following:{points}").startswith("The following was noted:\n- Prices")
    assert said("nobody", text=f"Noted:{points}").startswith("The following was noted:\n- Prices")
    assert said(text=f"Stressed the need for:{points}", **ITU).startswith(f"{THE_ITU} stressed the need for:\n- Prices")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lack of skilled staff.", "about the following: lack of skilled staff."),
        ("No data on gender", "about the following: no data on gender."),
        ("How can prices fall?", "about the following: how can prices fall?"),
        ("Lack of skilled staff holds back plans.", "that lack of skilled staff held back plans."),
    ],
)
def test_what_is_no_sentence_stands_behind_a_colon(app: Flask, text: str, told: str) -> None:
    assert said(kind="challenge", text=text, **ITU) == f"{THE_ITU} expressed concern {told}"


@pytest.mark.parametrize("text", ["5G was coming.", "G20 leaders met.", "C2 needed money."])
def test_a_letter_beside_a_figure_stays_large(app: Flask, text: str) -> None:
    assert said("nobody", text=text) == f"It was noted that {text}"
