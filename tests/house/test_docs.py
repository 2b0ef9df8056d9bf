"""What the documents name must be there: files, links, commands."""

import re
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from eventapp.operations.permissions import lines

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=str)
FILE = re.compile(r"`([a-z_]+(?:/[\w.-]+)*/?[\w.-]*\.(?:py|html|md|txt|yaml|json))(?::[^`]*)?`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:\./run flask|`flask) ([a-z-]+) ([a-z-]+)")
NAMED = re.compile(r"`([\w/]+\.py):\s+([^`]+)`")
PLACES = ("", "eventapp/", "docs/")


def exists(page: Path, name: str) -> bool:
    """A path from the project, from the package, or beside the page; a bare file name anywhere in the code."""
    if any((ROOT / place / name).exists() for place in PLACES) or (page.parent / name).exists():
        return True
    return "/" not in name and any((ROOT / "eventapp").rglob(name))


@pytest.mark.parametrize("document", PAGES, ids=[str(one.relative_to(ROOT)) for one in PAGES])
def test_every_file_a_page_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(FILE.findall(text)) | set(LINK.findall(text))

    assert {name for name in named if not exists(document, name)} == set()


def unknown(text: str) -> set[tuple[str, str]]:
    """What this text says is in a file, as `agenda/exports/ical.py: calendar`, and is not."""
    claims = {(path, name) for path, names in NAMED.findall(text) for name in re.split(r"[,\s]+", names)}
    return {
        (path, name)
        for path, name in claims
        if not any(name.partition(".")[0] in defined(file) for file in files_called(path))
    }


def files_called(path: str) -> list[Path]:
    """The modules whose address ends in this."""
    return [file for file in (ROOT / "eventapp").rglob(Path(path).name) if f"/{file}".endswith(f"/{path}")]


def defined(file: Path) -> set[str]:
    """The functions and classes of a module."""
    return set(re.findall(r"^\s*(?:async )?(?:def|class) (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("document", PAGES, ids=[str(one.relative_to(ROOT)) for one in PAGES])
def test_every_function_a_page_names_is_in_its_file(document: Path) -> None:
    assert unknown(document.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("document", PAGES, ids=[str(one.relative_to(ROOT)) for one in PAGES])
def test_every_command_a_page_names_is_there(app: Flask, document: Path) -> None:
    known = {
        (group, verb)
        for group, command in app.cli.commands.items()
        for verb in getattr(command, "commands", {"": None})
    } | {("db", "upgrade")}

    assert set(COMMAND.findall(document.read_text(encoding="utf-8"))) - known == set()


def test_the_log_of_a_proxy_is_told_every_address_that_is_a_secret(app: Flask) -> None:
    told = re.search(r"\^\(\?<page>/\(([a-z|-]+)\)/\)", (ROOT / "docs" / "operate.md").read_text())
    secret = {line.path.split("/")[1] for line in lines(app) if line.rule == "hold_link"}
    assert told and set(told[1].split("|")) == secret


def test_a_page_that_names_what_is_not_there_is_found() -> None:
    assert not exists(ROOT / "README.md", "eventapp/nowhere.py")
    assert FILE.findall("see `eventapp/nowhere.py: verb` and `wsgi.py`") == ["eventapp/nowhere.py", "wsgi.py"]
    assert COMMAND.findall("    ./run flask demo vanish") == [("demo", "vanish")]
    assert unknown("`agenda/exports/ical.py: calendar, clock` and `house/ical.py: event`") == {
        ("agenda/exports/ical.py", "clock"),
        ("house/ical.py", "event"),
    }
