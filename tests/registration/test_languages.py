"""Somebody who reads French registers for a meeting in two languages: the form, My registration and letters."""

import pytest
from icalendar import Calendar

from eventapp.agenda import mails as agenda_mails
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.registration import mails
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient

FRENCH = {"title": "Examen de printemps", "short_title": "Examen", "venue": "Centre de conférence", "city": "Bangkok"}


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr"], texts={"fr": FRENCH})


@pytest.fixture
def registration(meeting: Meeting) -> Registration:
    """Of somebody who reads French, in a category that the meeting has named in French."""
    texts = {"fr": {"name": "Amis de la mer", "credential": "lettre de l’association"}}
    category = make.category(
        meeting, name="Friends of the sea", credential="letter of the society", needs_letter=True, texts=texts
    )
    made = make.registration(meeting, category=category)
    with transaction():
        made.person.language = "fr"
    return made


def test_the_form_names_each_category_in_the_language_of_its_reader(
    client: PageClient, meeting: Meeting, registration: Registration
) -> None:
    make.category(meeting, name="Member State")  # the vocabulary has it
    make.category(meeting, name="Friends of the wind")  # nobody has
    with transaction():
        meeting.registration_closes_at = meeting.registration_closes_at.replace(year=2099)
    page = client.get("/meetings/spring/registration/new?language=fr").text
    assert "<span>Amis de la mer<" in page
    assert "lettre de l’association" in page
    assert "<span>État membre<" in page
    assert '<span><bdi lang="en">Friends of the wind</bdi><' in page
    english = client.get("/meetings/spring/registration/new?language=en").text
    assert "<span>Friends of the sea<" in english


@pytest.mark.parametrize("name", ["received", "approved", "withdrawn", "waiting_listed", "already_registered"])
def test_a_letter_calls_the_meeting_by_its_name_in_the_language_of_the_person(
    registration: Registration, name: str
) -> None:
    with transaction():
        made = getattr(mails, name)(registration)
    assert "Examen" in made.subject
    assert "Spring review" not in made.subject + made.text + made.html
    if name == "received":
        assert "lettre de l’association" in made.text


def test_the_meeting_for_the_calendar_is_in_that_language_too(registration: Registration) -> None:
    with transaction():
        made = mails.approved(registration)
    calendar = next(part.content for part in made.enclosures if part.name.endswith(".ics"))
    (event,) = Calendar.from_ical(calendar).walk("VEVENT")
    assert (event["summary"], event["location"]) == ("Examen de printemps", "Centre de conférence, Bangkok")


def test_a_letter_about_a_part_names_the_session_in_that_language(meeting: Meeting, registration: Registration) -> None:
    session = make.session(meeting, title="Opening", texts={"fr": {"title": "Ouverture"}})
    role = make.role(session, person_id=registration.person_id, name=registration.person.name)
    with transaction():
        made = agenda_mails.role_invitation(role, token="x" * 20)
    assert "Ouverture" in made.subject
    assert "Opening" not in made.text
