"""Pages of those who work at a meeting name its sessions in the language of whoever reads."""

import pytest

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER, Meeting
from tests import make, make_checkin, make_practices, make_record
from tests.browserless import PageClient

TITLE = "Ouverture de la réunion"
FRENCH = {"Accept-Language": "fr"}


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    """A meeting in English and French with one session, whose organizer is signed in."""
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    make.session(meeting, code="S1", title="Opening", texts={"fr": {"title": TITLE}})
    client.sign_in(make.staff(meeting, ORGANIZER))
    return meeting


def session_of(meeting: Meeting) -> Session:
    return db.session.query(Session).filter_by(meeting_id=meeting.id).one()


@pytest.mark.parametrize(
    "page",
    [
        "record/S1",
        "record/S1/summary",
        "record/S1/submission",
        "record/S1/floor",
        "manage/outcomes",
        "manage/rapporteurs",
        "manage/practices/1",
    ],
)
def test_a_session_is_named_in_the_language_of_the_reader(client: PageClient, meeting: Meeting, page: str) -> None:
    make_record.note(session_of(meeting))
    make_practices.sent(session_of(meeting))
    english = client.get(f"/meetings/spring/{page}", headers={"Accept-Language": "en"})
    assert english.status_code == 200
    assert '<bdi lang="en">Opening</bdi>' in english.text
    french = client.get(f"/meetings/spring/{page}", headers=FRENCH).text
    assert f'<bdi lang="fr">{TITLE}</bdi>' in french
    assert "Opening" not in french


def test_the_door_of_a_session_is_named_in_the_language_of_the_reader(client: PageClient, meeting: Meeting) -> None:
    make_checkin.gate(meeting, "Salle", session_of(meeting))
    page = client.get("/meetings/spring/manage/gates", headers=FRENCH).text
    assert f'<bdi lang="fr">{TITLE}</bdi>' in page and "Opening" not in page
