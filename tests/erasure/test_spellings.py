"""A name is found in whatever words, spelling and case it stands, and nobody else's is taken."""

import pytest
from flask import Flask

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from tests import make
from tests.erasure.erasing import erased
from tests.erasure.planting import EMAIL, NAME, PHONE
from tests.erasure.searching import in_rows


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def leaver(meeting: Meeting) -> Registration:
    """Somebody who has withdrawn."""
    names = {"given_name": "Zenobia", "family_name": "Quartermain", "record_name": NAME, "phone": PHONE}
    return make.registration(meeting, person=make.person(NAME, EMAIL), state="withdrawn", **names)


def test_the_words_of_other_registrations_are_looked_through(meeting: Meeting, leaver: Registration) -> None:
    words = {"job_title": f"Assistant to {NAME}", "organization": f"Office of {NAME}"}
    words |= {"access_needs": f"Sits by {NAME}, {EMAIL}", "reason": f"{NAME} answers for them."}
    other = make.registration(
        meeting, record_name="Ada Byron", search_text=f"ada byron office of {NAME.lower()}", **words
    )
    number = other.id
    erased(leaver)
    again = db.session.get_one(Registration, number)
    assert "quartermain" not in in_rows()
    assert again.job_title == "Assistant to a participant" and again.record_name == "Ada Byron"
    assert "office of a participant" in again.search_text


def test_others_are_still_found_by_names_that_have_those_of_the_person_in_them(
    meeting: Meeting, leaver: Registration
) -> None:
    names = {"given_name": f"Ada {NAME}", "record_name": f"Ada {NAME}", "badge_name": f"Ada {NAME}"}
    number = make.registration(meeting, search_text=f"ada {NAME.lower()}", phone="", **names).id
    erased(leaver)
    again = db.session.get_one(Registration, number)
    assert f"ada {NAME.lower()}" in again.search_text and again.given_name == f"Ada {NAME}"


def test_a_number_that_somebody_else_gave_too_stays_theirs(meeting: Meeting, leaver: Registration) -> None:
    number = make.registration(meeting, phone=PHONE).id
    erased(leaver)
    assert db.session.get_one(Registration, number).phone == PHONE
