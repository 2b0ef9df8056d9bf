"""How long a meeting keeps personal data: in its package, and back."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.retention.actions import change_retention
from eventapp.package.actions import bring_in
from eventapp.package.export.meeting import filled
from eventapp.package.export.place import Retention
from eventapp.package.manifest.content import LEVELS, PUBLIC
from tests import make, make_package
from tests.make_package import package
from tests.package.test_attached import moved
from tests.package.test_importing import imported


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting that keeps letters longer than usual and photographs shorter."""
    meeting = make_package.held()
    with transaction():
        change_retention(meeting, {"letters": 365, "photos": 7, "needs": 30}, by=None, at=make.TODAY)
    return meeting


@pytest.mark.parametrize("level", LEVELS)
def test_it_leaves_and_comes_back(meeting: Meeting, tmp_path: Path, level: str) -> None:
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    leaving = filled(meeting, level).package.meeting.retention
    assert leaving == (Retention("photos", 7), Retention("letters", 365))
    moved(meeting)
    imported(came)
    db.session.expire_all()
    other = meeting_at("spring")
    assert other is not None and other.retention == {"letters": 365, "photos": 7}


@pytest.mark.parametrize(
    "wrong",
    [
        (Retention("shoes", 7),),
        (Retention("photos", -1),),
        (Retention("photos", 181),),  # longer than anybody may
        (Retention("photos", 30),),  # as long as usual
        (Retention("photos", 7), Retention("photos", 8)),
    ],
)
def test_what_makes_no_sense_is_refused(meeting: Meeting, wrong: tuple[Retention, ...]) -> None:
    whole = filled(meeting, PUBLIC).package
    bad = replace(whole, meeting=replace(whole.meeting, retention=wrong))
    moved(meeting)
    with pytest.raises(Refused, match="makes no sense"), transaction():
        bring_in(bad, contact="a@example.org", by=None, at=make.TODAY)
