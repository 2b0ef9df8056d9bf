import pytest

from eventapp.desk import views
from eventapp.ground.db import db, transaction
from eventapp.mail.failing.actions import mark_failing
from eventapp.mail.failing.models import FailingAddress
from eventapp.mail.failing.reports import Bounce
from eventapp.meetings.models import Meeting
from eventapp.registration.models import WITHDRAWN, Registration
from tests import make
from tests.browserless import PageClient

DESK = "/meetings/spring/manage/"
PAGE = "/meetings/spring/manage/letters/addresses"


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(views, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def failing(meeting: Meeting, name: str) -> Registration:
    """Somebody with a place whom letters do not reach."""
    registration = make.registration(meeting, record_name=name)
    with transaction():
        mark_failing([Bounce(registration.person.email, "550 No such user")], at=make.TODAY)
    return registration


def test_today_says_who_gets_no_letters(desk: PageClient, meeting: Meeting) -> None:
    assert "gets no letters" not in desk.get(DESK).text
    failing(meeting, "Ada Byron")
    failing(make.meeting(slug="autumn"), "Somebody Else")
    page = desk.get(DESK).text
    assert "1 person gets no letters" in page and f'href="{PAGE}"' in page


def test_the_page_names_them_and_why(desk: PageClient, meeting: Meeting) -> None:
    assert "No address fails" in desk.get(PAGE).text
    failing(meeting, "Ada Byron")
    left = failing(meeting, "Long Gone")
    with transaction():
        left.state = WITHDRAWN
    page = desk.get(PAGE).text
    assert "Ada Byron" in page
    assert "550 No such user" in page
    assert "Long Gone" not in page


def test_an_organizer_says_that_it_works_again(desk: PageClient, meeting: Meeting) -> None:
    one = failing(meeting, "Ada Byron")
    assert "550 No such user" in desk.get(PAGE).text
    assert desk.post(f"{PAGE}/{one.reference}").status_code == 303
    page = desk.get(PAGE).text
    assert "Letters go to Ada Byron again." in page and "No address fails" in page
    assert db.session.query(FailingAddress).count() == 0
    assert "Ada Byron" in desk.get("/meetings/spring/manage/history").text


def test_nobody_says_so_of_another_meeting(desk: PageClient, meeting: Meeting) -> None:
    make.meeting(slug="autumn")
    assert desk.post(f"{PAGE}/R-0099").status_code == 404
