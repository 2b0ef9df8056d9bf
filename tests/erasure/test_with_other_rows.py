"""What an erasure finds by the rows of a person: their parts, links and lines of history, and no namesake by mistake."""

from datetime import timedelta

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.registration.changes.address import readdress
from eventapp.registration.models import UNCONFIRMED, Registration
from tests import make
from tests.erasure.planting import NAME
from tests.erasure.searching import in_rows
from tests.erasure.test_erasing import erased

WRONG, RIGHT = "zenobia@exmaple.org", "zenobia.quartermain@example.org"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def leaver(meeting: Meeting) -> Registration:
    """Somebody who has withdrawn."""
    return make.registration(meeting, record_name=NAME, state="withdrawn", person=make.person(NAME, RIGHT))


def test_who_was_at_a_mistyped_address_first_is_no_namesake(meeting: Meeting) -> None:
    one = make.registration(
        meeting,
        record_name=NAME,
        state=UNCONFIRMED,
        person=make.person(NAME, WRONG),
        approved_at=None,
        confirmed_at=None,
    )
    told, by = make.session(meeting, description=f"Led by {NAME}.").id, make.person()
    with transaction():
        readdress(one, RIGHT, before=WRONG, by=by, at=make.TODAY)
    erased(one, make.TODAY + timedelta(days=90))
    assert db.session.get_one(Session, told).description == "Led by a participant."
    assert "quartermain" not in in_rows() and WRONG not in in_rows()


def test_a_person_on_whom_nothing_hangs_is_no_namesake(meeting: Meeting, leaver: Registration) -> None:
    told = make.session(meeting, description=f"Led by {NAME}.").id
    make.person(NAME, WRONG)
    erased(leaver)
    assert db.session.get_one(Session, told).description == "Led by a participant."


def test_a_person_with_a_part_is_a_namesake(meeting: Meeting, leaver: Registration) -> None:
    told = make.session(meeting, description=f"Led by {NAME}.")
    number = told.id
    make.role(told, name="Dr. Quartermain", person_id=make.person(NAME, WRONG).id)
    erased(leaver)
    assert db.session.get_one(Session, number).description == f"Led by {NAME}."
