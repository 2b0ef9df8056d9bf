import json

import pytest
from flask import Flask

from bench.suggestions import SETS, passages, told_of
from eventapp.record.suggestions.suggest import Hint, entries, hints_for, listed
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES


def test_a_text_gets_lines_and_goals_with_the_words_that_speak_for_them() -> None:
    hints = hints_for("Farmers in e-agriculture pilots hear prices on community radio and television.")
    assert [one.tag for one in hints.action_lines] == ["C7-EAGR", "C9"]
    assert [one.tag for one in hints.goals] == ["2"]
    assert hints.action_lines[0].words[:2] == ("e agriculture", "farmer")


def test_words_that_say_nothing_suggest_nothing() -> None:
    hints = hints_for("The chair thanked everybody and closed the afternoon.")
    assert (hints.goals, hints.action_lines) == ((), ())


def test_another_script_suggests_nothing_and_breaks_nothing() -> None:
    assert hints_for("วิทยุชุมชนเข้าถึงเกษตรกร").goals == ()


def test_a_longer_phrase_silences_weak_words_inside_it() -> None:
    assert hints_for("Listeners hear the news in their mother tongue.").goals == (
        Hint("4", 4, ("mother tongue",)),
    )  # fmt: skip


def test_a_goal_that_is_named_is_not_drowned_by_another_that_is_spoken_of_at_length() -> None:
    hints = hints_for(
        "Employers, trade unions and employees agreed on hiring, wages, salaries, working hours, overtime, retirement "
        "and dismissal at every workplace, and on gender equality."
    )
    assert [one.tag for one in hints.goals] == ["8", "5"]
    assert hints.goals[0].score > hints.goals[1].score * 5


def test_a_word_in_passing_is_drowned() -> None:
    hints = hints_for(
        "Employers, trade unions and employees agreed on hiring, wages, salaries, working hours, overtime and "
        "dismissal; a nurse took the notes."
    )
    assert [one.tag for one in hints.goals] == ["8"]
    assert [one.tag for one in hints_for("A nurse took the notes.").goals] == ["3"]


def test_every_word_of_the_list_is_for_a_tag_we_have() -> None:
    assert list(listed()["digital"]) == ["digital"]
    assert list(listed()["goals"]) == [str(number) for number in GOALS]
    assert list(listed()["action_lines"]) == list(ACTION_LINES)
    assert all(len(one.words[0]) > 3 for one in sum(entries("goals").values(), ()) if one.words[0].endswith("*"))


@pytest.mark.parametrize("which", SETS)
@pytest.mark.parametrize("group", ["goals", "action_lines"])
def test_suggestions_are_good_on_short_policy_passages(which: str, group: str) -> None:
    told = told_of(passages(which), group)
    assert told.accuracy > 0.83
    assert told.balanced > 0.83


def test_phrases_that_speak_for_nothing_silence_the_words_inside_them() -> None:
    assert hints_for("The business climate improved.").goals == ()
    assert [one.tag for one in hints_for("The climate has changed.").goals] == ["13"]


def test_what_is_not_about_information_and_communication_hardly_speaks_for_a_line() -> None:
    assert hints_for("Farmers sold their harvest.").action_lines == ()
    assert [one.tag for one in hints_for("Farmers sold their harvest online.").action_lines] == ["C7-EAGR"]


def test_whom_a_resolution_addresses_is_no_subject_of_it() -> None:
    said = hints_for("Urges Member States to put no journalist in prison, and asks for a website in every town.")
    assert ([one.tag for one in said.goals], [one.tag for one in said.action_lines]) == (["16"], ["C9"])
    assert "17" in [one.tag for one in hints_for("Member States agreed on a joint fund.").goals]


def test_a_picture_a_satellite_took_is_no_network() -> None:
    said = hints_for("Satellite images show where the mangroves were cut.")
    assert [one.tag for one in said.action_lines] == ["C7-EENV"]


def test_news_is_no_plural_of_new() -> None:
    assert hints_for("A new online office was opened.").action_lines == ()


def test_a_book_on_one_line_is_read_once(app: Flask) -> None:
    """Each word against those beside it: against all others this would take an hour."""
    said = app.test_cli_runner().invoke(args=["outcomes", "suggest"], input="water " * 60_000)
    assert json.loads(said.output)["goals"] == [6]


def test_the_command_stumbles_over_no_line(app: Flask) -> None:
    lines = [
        b"Solar power\r",
        b"",
        b"\xff\xfe drinking water and sanitation \x00",
        "المياه والصرف الصحي".encode(),
        b"fish\rstocks in the sea",
    ]
    said = app.test_cli_runner().invoke(args=["outcomes", "suggest"], input=b"\n".join(lines))
    assert [json.loads(line)["goals"] for line in said.output.splitlines()] == [[7], [], [6], [], [14]]


def test_the_command_reads_a_passage_a_line(app: Flask) -> None:
    said = app.test_cli_runner().invoke(
        args=["outcomes", "suggest"], input="Heat pumps and hydropower are cheap.\n\nRice and maize harvests fell.\n"
    )
    assert [json.loads(line) for line in said.output.splitlines()] == [
        {"goals": [7], "action_lines": []},
        {"goals": [], "action_lines": []},
        {"goals": [2], "action_lines": []},
    ]
