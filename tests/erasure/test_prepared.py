"""No file that the worker made of a meeting keeps the name of somebody who was erased."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.erasure.actions import ask_to_erase, confirm_erasure
from eventapp.erasure.jobs import JOBS
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.jobs.scheduler import work_through
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.registration.models import Registration
from tests import make, make_practices
from tests.erasure.erasing import erased, organizer
from tests.erasure.planting import NAME


@pytest.fixture
def leaver(app: Flask) -> Registration:
    """Somebody who has withdrawn."""
    return make.registration(make.meeting(slug="spring"), record_name=NAME, state="withdrawn")


def prepare(meeting: Meeting) -> None:
    """A file of the meeting that somebody else asked for."""
    made = {"at": make.TODAY, "ended_at": make.TODAY, "language": "en", "state": DONE, "size": 9}
    file = make.kept(PreparedFile(meeting_id=meeting.id, act="package", by_id=make.person().id, **made))
    make.kept(PreparedPart(file_id=file.id, number=0, content=f"Led by {NAME}.".encode()))


def kept() -> int:
    return db.session.scalar(select(func.count()).select_from(PreparedPart)) or 0


def test_a_file_that_was_made_before_the_name_was_taken_out_goes(leaver: Registration) -> None:
    first, second = organizer(leaver.meeting), organizer(leaver.meeting)
    with transaction():
        erasure = ask_to_erase(leaver, "They asked.", by=first, at=make.TODAY)
    with transaction():
        confirm_erasure(erasure, by=second, at=make.TODAY)
    prepare(leaver.meeting)
    work_through(JOBS, at=make.TODAY)
    assert erasure.done_at is not None and kept() == 0


def test_a_file_of_a_meeting_that_knows_them_by_a_card_alone_goes(leaver: Registration) -> None:
    card, _token = make_practices.sent(make.session(make.meeting(), code="S1"))
    with transaction():
        card.person_id = leaver.person_id
    prepare(card.meeting)
    prepare(make.meeting())
    erased(leaver, by=make.administrator())
    assert kept() == 1, "another meeting's stays"
