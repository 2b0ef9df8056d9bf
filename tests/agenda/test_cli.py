import json
from pathlib import Path

import pytest
from flask import Flask

from tests import make
from tests.browserless import PageClient
from tests.make_agenda import published


def test_the_agenda_is_released_from_the_command_line(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    make.session(meeting)
    run = app.test_cli_runner().invoke
    answer = run(args=["agenda", "release", "spring", "--remark", "First"])
    assert (answer.exit_code, answer.output) == (0, "Version 1 of the agenda of spring is public.\n")
    again = run(args=["agenda", "release", "spring"])
    assert (again.exit_code, again.output) == (1, "Error: Nothing has changed since version 1.\n")
    assert run(args=["agenda", "release", "autumn"]).output == "Error: There is no meeting autumn.\n"


@pytest.mark.parametrize(
    "page", ["agenda.xml", "schedule.json", "agenda.ics", "agenda.csv", "agenda.xlsx", "agenda.pdf"]
)
def test_the_published_agenda_is_written_to_a_file_as_its_page_gives_it_out(
    app: Flask, client: PageClient, tmp_path: Path, page: str
) -> None:
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    make.session(meeting, code="S1", title="Opening", texts={"fr": {"title": "Ouverture"}})
    run, file = app.test_cli_runner().invoke, tmp_path / f"spring.{page.rpartition('.')[2]}"
    early = run(args=["agenda", "export", "spring", "--output", str(file)])
    assert (early.exit_code, file.exists()) == (1, False)
    assert early.output == "Error: The agenda of spring is not published yet: flask agenda release spring\n"

    published(meeting)
    for language in ("en", "fr"):
        answer = run(args=["agenda", "export", "spring", "--language", language, "--output", str(file)])
        assert answer.output == f"Version 1 of the agenda of spring is in {file}.\n"
        there = client.get(f"/meetings/spring/{page}?language={language}").data
        if page.endswith("json"):
            assert json.loads(file.read_bytes()) == json.loads(there)
        elif page.endswith(("pdf", "xlsx")):  # a time is in it
            assert (file.read_bytes()[:4], abs(file.stat().st_size - len(there)) < 100) == (there[:4], True)
        else:
            assert file.read_bytes() == there


def test_an_export_is_in_the_first_language_and_in_the_format_that_is_asked_for(app: Flask, tmp_path: Path) -> None:
    meeting = make.meeting(slug="spring", languages=["fr", "en"])
    make.session(meeting, title="Ouverture", texts={"en": {"title": "Opening"}})
    published(meeting)
    run, file = app.test_cli_runner().invoke, tmp_path / "programme"
    assert run(args=["agenda", "export", "spring", "--output", str(file)]).exit_code == 0
    assert file.read_bytes().startswith(b"<?xml") and "Ouverture" in file.read_text()
    run(args=["agenda", "export", "spring", "--format", "csv", "--output", str(file)])
    assert "Titre" in file.read_text("utf-8-sig")
    assert run(args=["agenda", "export", "autumn", "--output", str(file)]).output.endswith("no meeting autumn.\n")
    assert run(args=["agenda", "export", "spring", "--format", "doc", "--output", str(file)]).exit_code == 2
