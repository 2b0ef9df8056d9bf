import os
import pty
import sys
from datetime import timedelta
from pathlib import Path

import click
import pytest
from flask import Flask

from eventapp.demo.cli import clear_demo
from eventapp.demo.queries import EVENING
from eventapp.ground.clock import now
from eventapp.people.queries import administrators


def said(app: Flask, *words: str) -> list[str]:
    answer = app.test_cli_runner().invoke(args=["demo", *words])
    assert (answer.exit_code, answer.exception) == (0, None)
    return answer.output.splitlines()


def test_opening_it_twice_loads_once_moves_the_clock_and_prints_the_ways_in(app: Flask, tmp_path: Path) -> None:
    app.config["DEVELOPMENT"] = True
    first, second = said(app, "open"), said(app, "open")

    assert first[0] == "Loading the Bangkok meeting, 4 October 2016 …"
    assert [line.split()[-2:] for line in first[1:]] == [
        ["Achara", "Wongsakul"],
        ["Kim", "Ji-won"],
        ["Niran", "Chaiyasit"],
        ["Farzana", "Rahman"],
        ["Preeda", "Sombat"],
    ]
    assert [line.split()[0] for line in second] == ["organizer", "rapporteur", "door", "participant", "administrator"]
    assert app.config["CLOCK_OFFSET"] == timedelta(seconds=int((tmp_path / "clock").read_text()))
    assert timedelta() <= now() - EVENING < timedelta(minutes=30)  # as long as a loaded machine may take


def test_where_people_work_nobody_becomes_administrator_and_a_clock_that_somebody_set_stays(
    app: Flask, tmp_path: Path
) -> None:
    app.config.update(DEVELOPMENT=False, CLOCK_OFFSET=timedelta(days=-3650))
    assert [line.split()[0] for line in said(app, "open", "--own-clock")[1:]] == [
        "organizer",
        "rapporteur",
        "door",
        "participant",
    ]
    with app.app_context():
        assert administrators() == []
    assert app.config["CLOCK_OFFSET"] == timedelta(days=-3650)
    assert not (tmp_path / "clock").exists()


def test_a_no_is_one_line(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["demo", "clear"])

    assert (answer.exit_code, answer.output) == (1, "Error: The Bangkok meeting is not there: load it first.\n")


@pytest.mark.parametrize(
    ("words", "typed", "says"),
    [
        ([], "no\n", "Nothing was deleted."),
        ([], "\n", "Nothing was deleted."),
        ([], "yes\n", "The Bangkok meeting is not there: load it first."),  # it went on
        (["--yes"], "", "The Bangkok meeting is not there: load it first."),
    ],
)
def test_at_a_terminal_it_asks_once_before_it_deletes(
    app: Flask, monkeypatch: pytest.MonkeyPatch, words: list[str], typed: str, says: str
) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    with os.fdopen(theirs) as terminal, os.fdopen(ours), app.app_context():
        monkeypatch.setattr(sys, "stdin", terminal)
        with pytest.raises(click.ClickException) as refused:
            clear_demo.main(words, standalone_mode=False)
    assert refused.value.message == says


def test_no_link_is_printed_where_the_meeting_is_not(app: Flask) -> None:
    assert said(app, "links") == []
