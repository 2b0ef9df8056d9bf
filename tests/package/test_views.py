"""The page for organizers and the command."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.package.queries import every_note
from tests import make, make_package, make_review
from tests.browserless import PageClient
from tests.make_package import package, read

PAGE = "/meetings/spring/review/package"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_package.held()


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def flask(app: Flask, *words: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["package", *words])
    return answer.exit_code, answer.output


def test_the_page_says_what_it_holds_and_what_stays(organizer: PageClient, meeting: Meeting) -> None:
    session = every_note(meeting)[0].session
    make_review.note(session, text="In confidence.", off_record=True)
    make_review.note(session, text="Not cleared.", state="draft")
    page = organizer.get(PAGE)

    assert "1 note, 1 revision" in page.text and "Notes not yet cleared" in page.text
    assert "Notes not yet cleared" not in organizer.get(f"{PAGE}?level=archive").text
    assert "Notes not yet cleared" in organizer.get(f"{PAGE}?level=everything").text
    assert PAGE in organizer.get("/meetings/spring/review").text


def test_the_file_is_the_package_and_history_says_who_took_it(organizer: PageClient, meeting: Meeting) -> None:
    answer = organizer.get(f"{PAGE}/public.zip")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-public.zip"'
    assert answer.data == package(meeting)

    line = db.session.scalars(select(Entry).where(Entry.verb == "took the package along")).one()
    assert (line.by_name, line.detail) == ("Organizer", {"level": "public", "bytes": len(answer.data), "notes": 1})
    assert organizer.get(f"{PAGE}/everything.zip").status_code == 404


def test_a_report_that_stays_is_named_with_the_reason(organizer: PageClient, meeting: Meeting) -> None:
    [note] = every_note(meeting)
    make_review.revise(note, text="Prices fall.", off_record=True)
    assert f"withdrawn or are off the record: {note.reference}" in organizer.get(PAGE).text


def test_only_organizers_may(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert {client.get(f"{PAGE}{path}").status_code for path in ("", "/public.zip", "/archive.zip")} == {404}
    assert PAGE not in client.get("/meetings/spring/review").text


def test_the_command_writes_the_same_file(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    file = tmp_path / "spring.zip"
    told = flask(app, "export", "spring", "--output", str(file))
    assert told == (0, f"Wrote 1 notes, 1 editions of reports and all else of spring to {file}.\n")
    assert file.read_bytes() == package(meeting)

    assert flask(app, "export", "spring", "--level", "archive", "--output", str(file))[0] == 0
    assert read(file.read_bytes(), "manifest.json")["level"] == "archive"
    assert flask(app, "export", "autumn", "--output", str(file)) == (1, "Error: There is no meeting autumn.\n")


def test_the_command_says_which_report_stays(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    [note] = every_note(meeting)
    make_review.revise(note, text="Prices fall.", off_record=True)
    _code, told = flask(app, "export", "spring", "--output", str(tmp_path / "spring.zip"))
    assert told.startswith("Left out: version 1 of summary, for it rests on notes that were withdrawn")


def test_the_schema_is_printed(app: Flask) -> None:
    assert '"title": "eventapp.package"' in flask(app, "schema")[1]
