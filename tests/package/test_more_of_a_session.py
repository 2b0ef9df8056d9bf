"""What conference apps ask of a session is in a package, comes back, and is no way in for anything else."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.releases.actions import release
from eventapp.agenda.releases.content import digest_of
from eventapp.agenda.sessions.actions import cancel_session
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.export.meeting import filled
from eventapp.package.export.more import More
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from tests import make
from tests.make_package import package, read
from tests.package.test_attached import moved
from tests.package.test_importing import imported

PLANS = {"waiting", "sign_up_places", "sign_up_until"}
SCRIPT = "javascript:alert(1) The paper"
MORE = {
    "subtitle": "From Doha on",
    "description": "A longer text.",
    "language": "fr",
    "track": "Access",
    "links": ["https://example.org/paper The paper"],
    "tags": ["Land law", "E-health"],
    "licence": "CC BY 4.0",
    "no_recording": True,
    "guid": "4f9c1d5e-0001-4b1a-9c6e-000000000001",
    "foreign_id": "117",
}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    session = make.session(meeting, code="S1", **MORE)
    make.role(session, name="Grace Hopper", guid="4f9c1d5e-0002", foreign_id="9")
    make.session(meeting, code="S2")
    with transaction():
        release(meeting, by=None, at=make.TODAY)
    return meeting


@pytest.mark.parametrize("level", LEVELS)
def test_it_leaves_and_comes_back(meeting: Meeting, tmp_path: Path, level: str) -> None:
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    told = read(came.read_bytes(), "agenda.json")["sessions"]
    assert [one.get("more") for one in told] == [MORE, None]
    moved(meeting)
    imported(came)
    db.session.expire_all()
    here = meeting_at("spring")
    assert here is not None
    assert package(here, level) == came.read_bytes()
    session = db.session.scalar(select(Session).where(Session.meeting_id == here.id, Session.code == "S1"))
    assert session is not None
    assert {name: getattr(session, name) for name in MORE} == MORE
    [part] = db.session.scalars(select(SpeakingRole).where(SpeakingRole.session_id == session.id))
    assert (part.guid, part.foreign_id) == ("4f9c1d5e-0002", "9")


@pytest.fixture
def planned(meeting: Meeting) -> Meeting:
    """The same with a session for twenty who sign up, one that waits for a time and one that was dropped."""
    until = make.TODAY + timedelta(days=3)
    make.session(meeting, code="S3", sign_up_places=20, sign_up_until=until)
    make.session(meeting, code="S4", waiting="waits", cancelled_at=make.TODAY)
    make.session(meeting, code="S5", waiting="dropped", cancelled_at=make.TODAY)
    with transaction():
        release(meeting, by=None, at=make.TODAY)
    return meeting


def test_an_archive_has_sign_up_and_what_waits_for_a_time(planned: Meeting, tmp_path: Path) -> None:
    came = tmp_path / "came.zip"
    came.write_bytes(package(planned, ARCHIVE))
    moved(planned)
    imported(came)
    db.session.expire_all()
    here = meeting_at("spring")
    assert here is not None
    assert package(here, ARCHIVE) == came.read_bytes()
    query = select(Session).where(Session.meeting_id == here.id)
    rows = {one.code: one for one in db.session.scalars(query)}
    assert (rows["S3"].sign_up_places, rows["S3"].sign_up_until) == (20, make.TODAY + timedelta(days=3))
    assert (rows["S4"].waits, rows["S5"].waits, rows["S5"].is_off, rows["S1"].waiting) == (True, False, True, "")
    told = read(package(here, PUBLIC), "agenda.json")["sessions"]
    assert [(one["code"], set(one.get("more", {})) & PLANS) for one in told] == [
        ("S1", set()),
        ("S2", set()),
        ("S3", set()),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"cancelled": False, "more": More(waiting="waits")},
        {"more": More(sign_up_places=-1)},
        {"more": More(sign_up_until=make.TODAY)},
        {"cancelled": True, "more": More(waiting="soon")},
    ],
)
def test_plans_that_cannot_be_are_refused(planned: Meeting, tmp_path: Path, changes: dict[str, object]) -> None:
    came = filled(planned, ARCHIVE).package
    one, *others = came.agenda.sessions
    agenda = replace(came.agenda, sessions=(replace(one, **changes), *others))  # type: ignore[arg-type]
    file = tmp_path / "came.zip"
    file.write_bytes(to_zip(replace(came, agenda=agenda)))
    moved(planned)
    with pytest.raises(Refused, match=r"its plans|waiting: 'soon'"):
        imported(file)


@pytest.mark.parametrize("level", LEVELS)
def test_a_version_that_says_why_comes_back(meeting: Meeting, tmp_path: Path, level: str) -> None:
    """A public package says what the newest version changed: also a reason, a subtitle and a track."""
    with transaction():
        one = db.session.scalars(select(Session).where(Session.code == "S1")).one()
        one.subtitle, one.track, one.links, one.no_recording = "Other", "", [], False
        cancel_session(one, by=None, at=make.TODAY, reason="No money")
        release(meeting, by=None, at=make.TODAY)
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    moved(meeting)
    imported(came)
    here = meeting_at("spring")
    assert here is not None
    assert package(here, level) == came.read_bytes()


@pytest.mark.parametrize("in_release", [False, True])
def test_a_link_that_is_no_address_of_the_web_is_refused(meeting: Meeting, tmp_path: Path, in_release: bool) -> None:
    came = filled(meeting, PUBLIC).package
    agenda = came.agenda
    assert agenda.release is not None
    if in_release:
        content = json.loads(json.dumps(agenda.release.content))
        content["sessions"][0]["more"]["links"] = [SCRIPT]
        agenda = replace(agenda, release=replace(agenda.release, content=content, digest=digest_of(content)))
    else:
        one, *others = agenda.sessions
        agenda = replace(agenda, sessions=(replace(one, more=More(links=(SCRIPT,))), *others))
    file = tmp_path / "came.zip"
    file.write_bytes(to_zip(replace(came, agenda=agenda)))
    moved(meeting)
    with pytest.raises(Refused, match="no addresses of the web"):
        imported(file)
