"""Which parts may edit a session: in the file of a meeting, in its package, and in a copy of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from eventapp.agenda.rights.actions import change_rights
from eventapp.desk.starting.content import AT_FIRST, PARTS
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.actions import bring_in
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.content import LEVELS, PUBLIC
from tests import make, make_package
from tests.make_package import package
from tests.meeting_file.test_reader import SMALL
from tests.package.test_attached import moved
from tests.package.test_importing import imported

GIVEN = {"text": ["moderator", "coordinator"], "people": ["chair"]}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make_package.held()
    with transaction():
        change_rights(meeting, GIVEN, by=None, at=make.TODAY)
    return meeting


@pytest.mark.parametrize("level", LEVELS)
def test_a_package_takes_them_along(meeting: Meeting, tmp_path: Path, level: str) -> None:
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    moved(meeting)
    imported(came)
    db.session.expire_all()
    other = meeting_at("spring")
    assert other is not None and other.session_rights == GIVEN


@pytest.mark.parametrize("wrong", [{"rooms": ["chair"]}, {"text": ["head"]}, {"text": []}, {"text": "chair"}])
def test_a_package_that_makes_no_sense_is_refused(meeting: Meeting, wrong: Record) -> None:
    whole = filled(meeting, PUBLIC).package
    bad = replace(whole, meeting=replace(whole.meeting, session_rights=wrong))
    moved(meeting)
    with pytest.raises(Refused, match="makes no sense"), transaction():
        bring_in(bad, contact="a@example.org", by=None, at=make.TODAY)


def test_the_file_of_a_meeting_says_them(app: Flask) -> None:
    text = SMALL + "edit_text: [coordinator, chair]\nedit_material: [speaker]\n"
    with transaction():
        assert load(read(text), by=None, at=make.TODAY)
    meeting = meeting_at("spring-review")
    assert meeting is not None
    assert meeting.session_rights == {"text": ["coordinator", "chair"], "material": ["speaker"]}
    with transaction():
        assert not load(read(write(content_of(meeting))), by=None, at=make.TODAY)
    with pytest.raises(Faulty, match="1 faults"):
        read(SMALL + "edit_text: [interpreter]\n")


def test_a_copy_has_them_where_that_is_ticked() -> None:
    assert PARTS["rights"][1] == ("edit_text", "edit_people", "edit_material") and "rights" in AT_FIRST
