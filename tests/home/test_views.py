from datetime import UTC, date, datetime

import pytest

from eventapp.home import views
from eventapp.home.queries import meetings_of, public_meetings
from eventapp.meetings.models import ORGANIZER
from eventapp.registration.entry import own_token
from tests import make
from tests.browserless import PageClient
from tests.counting import counted

EVENING = datetime(2026, 3, 16, 16, 59, tzinfo=UTC)  # 23:59 in Bangkok on the day of the meeting
MIDNIGHT = datetime(2026, 3, 16, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: make.TODAY)


def test_a_meeting_is_coming_until_its_last_day_is_over_where_it_is(client: PageClient) -> None:
    meeting = make.meeting()
    assert [one.id for one in public_meetings(at=EVENING).coming] == [meeting.id]
    assert [one.id for one in public_meetings(at=MIDNIGHT).past] == [meeting.id]


def test_the_next_meeting_stands_first(client: PageClient) -> None:
    later = make.meeting(starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 2))
    sooner = make.meeting()
    meetings = public_meetings(at=make.TODAY)
    assert [one.id for one in meetings.coming] == [sooner.id, later.id]
    assert meetings.nearest is not None
    assert meetings.nearest.id == sooner.id


def test_a_meeting_that_is_not_published_is_nobodys_business(client: PageClient) -> None:
    make.meeting(published_at=None, title="Secret meeting")
    page = client.get("/").text
    assert "Secret meeting" not in page
    assert "No meeting is announced." in page


def test_the_front_page_leads_to_registration_while_it_is_open(client: PageClient) -> None:
    opened = make.meeting()
    closed = make.meeting(registration_closes_at=make.TODAY)
    page = client.get("/").text
    assert f"/meetings/{opened.slug}/registration/new" in page
    assert f"/meetings/{closed.slug}/registration/new" not in page


def test_my_meetings_are_those_i_registered_for_or_work_at(client: PageClient) -> None:
    attended, organized = make.meeting(), make.meeting()
    make.meeting()
    somebody = make.registration(attended).person
    make.staff(organized, ORGANIZER, somebody)
    mine = {one.meeting.id: (one.registration is not None, one.roles) for one in meetings_of(somebody)}
    assert mine == {attended.id: (True, frozenset()), organized.id: (False, frozenset({ORGANIZER}))}


def test_whoever_has_no_meeting_is_led_to_the_next_ones(client: PageClient) -> None:
    make.meeting()

    page = client.sign_in(make.person()).get("/").text

    assert ('href="#mine"' in page, page.count('href="#next"'), 'id="next"' in page) == (False, 2, True)


def test_my_registration_leads_to_my_own_page(client: PageClient) -> None:
    meeting = make.meeting()
    registration = make.registration(meeting)
    path = f"/meetings/{meeting.slug}/my-registration"
    token = own_token(registration)
    assert "Open the link in the email that confirmed your registration." in client.get(path).text
    assert client.sign_in(registration.person).get(path).location == f"/registrations/{token}"


def test_the_front_page_asks_as_often_for_three_meetings_as_for_one(client: PageClient) -> None:
    make.meeting()
    client.get("/")
    with counted() as one:
        client.get("/")
    make.meeting()
    make.meeting()
    with counted() as three:
        client.get("/")
    assert len(one) == len(three)
