from flask import Flask

from config import ROOT
from eventapp.operations.commands import page


def test_the_page_of_commands_names_every_command_as_it_is(app: Flask) -> None:
    """`./run fix` writes it anew."""
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == page(app)


def test_a_command_is_told_with_its_arguments_and_options(app: Flask) -> None:
    told = page(app)

    assert "### `flask meetings load FILE [OPTIONS]`\n\nMake the meeting a file describes" in told
    assert "- `--publish`: Show the meeting to everybody." in told
    assert "flask db" not in told
