from flask import Flask

from tests import make


def test_the_agenda_is_released_from_the_command_line(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    make.session(meeting)
    run = app.test_cli_runner().invoke
    answer = run(args=["agenda", "release", "spring", "--remark", "First"])
    assert (answer.exit_code, answer.output) == (0, "Version 1 of the agenda of spring is public.\n")
    again = run(args=["agenda", "release", "spring"])
    assert (again.exit_code, again.output) == (1, "Error: Nothing has changed since version 1.\n")
    assert run(args=["agenda", "release", "autumn"]).output == "Error: There is no meeting autumn.\n"
