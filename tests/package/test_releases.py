"""What changed in the agenda travels with the package."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Release, Session
from eventapp.agenda.planning.day import release_lines
from eventapp.agenda.queries import releases_of
from eventapp.agenda.releases.actions import release
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from eventapp.record.sessions.queries import session_at
from tests import make, make_package
from tests.make_package import files, package, read
from tests.package.test_importing import flask, imported, rows
from tests.package.test_summing import rezipped


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Released three times: a role, then a title and a time changed."""
    meeting = make_package.held()
    for day, title in enumerate(("Trends of today", "Trends of tomorrow"), start=1):
        session = session_at(meeting, "S2")
        assert session is not None
        with transaction():
            session.title = title
            session.starts_at, session.ends_at = (
                one - timedelta(minutes=15) for one in (session.starts_at, session.ends_at)
            )
            release(meeting, by=None, at=make.TODAY + timedelta(days=day), remark=f"Remark {day}")
    return meeting


def told(meeting: Meeting) -> list[tuple[int, str, list[Any]]]:
    return [(one.number, one.remark, release_lines(meeting, one)) for one in releases_of(meeting)]


def put_away(meeting: Meeting) -> None:
    """Let the same meeting be imported beside this one."""
    with transaction():
        meeting.slug = "elsewhere"
        for one in db.session.scalars(select(Session)):
            one.uid = f"old-{one.uid}"


@pytest.mark.parametrize("level", LEVELS)
def test_the_list_of_changes_comes_back_as_it_left(meeting: Meeting, tmp_path: Path, level: str) -> None:
    before = told(meeting)
    assert [line.mark for line in before[0][2]] == ["Moved", "Title"]
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    put_away(meeting)
    imported(came)
    here = meeting_at("spring")
    assert here is not None
    assert told(here) == (before if level == ARCHIVE else before[:1])
    assert package(here, level) == came.read_bytes()


def test_the_public_gets_the_newest_release_and_the_archive_all(meeting: Meeting) -> None:
    public, archive = (read(package(meeting, level), "agenda.json") for level in (PUBLIC, ARCHIVE))
    assert (public["release"]["number"], "earlier" in public) == (3, False)
    assert "Trends of today" in json.dumps(public["release"]["changes"])
    assert [one["number"] for one in archive["earlier"]] == [1, 2]
    assert read(package(meeting, ARCHIVE), "manifest.json")["counts"]["earlier_releases"] == 2


def test_an_older_package_has_no_list_and_shows_everything_as_new(meeting: Meeting, tmp_path: Path) -> None:
    found = files(package(meeting))
    agenda = json.loads(found["agenda.json"])
    del agenda["release"]["changes"]
    came = rezipped(found, tmp_path, "agenda.json", agenda)
    put_away(meeting)
    imported(came)
    here = meeting_at("spring")
    assert here is not None
    assert [line.mark for line in told(here)[0][2]] == ["New"]


@pytest.mark.parametrize(
    ("level", "change", "says"),
    [
        (PUBLIC, {"changes": {"sessions": []}}, "its changes are not what became of its sessions"),
        (PUBLIC, {"changes": {"sessions": [{"code": "S2"}], "rooms": {}}}, "its changes"),
        (PUBLIC, {"changes": {"sessions": [
            {"code": "S2", "title": "Trends of tomorrow", "what": "changed", "fields": {"title": ["Old", "Made up"]}}
        ], "rooms": {}}}, "its changes"),
        (ARCHIVE, {"number": 2}, "not in order"),
    ],
)  # fmt: skip
def test_a_list_of_changes_that_cannot_be_is_refused(
    app: Flask, meeting: Meeting, tmp_path: Path, level: str, change: dict[str, Any], says: str
) -> None:
    found = files(package(meeting, level))
    agenda = json.loads(found["agenda.json"])
    agenda["release"] |= change
    before = rows()
    code, said = flask(app, "verify", str(rezipped(found, tmp_path, "agenda.json", agenda)))
    assert (code, rows()) == (1, before)
    assert says in said
    assert db.session.query(Release).count() == 3


def test_an_earlier_release_whose_content_was_changed_is_refused(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    found = files(package(meeting, ARCHIVE))
    agenda = json.loads(found["agenda.json"])
    agenda["earlier"][0]["content"]["sessions"][0]["title"] = "Made up"
    code, said = flask(app, "verify", str(rezipped(found, tmp_path, "agenda.json", agenda)))
    assert code == 1 and "agenda.earlier 1: its digest is not that of its content" in said
