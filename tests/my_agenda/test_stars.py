"""Stars on a registration: taken over from a browser, turned by buttons, in the calendar, and what clashes."""

import pytest
from icalendar import Calendar

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.actions import change_stars
from eventapp.my_agenda.queries import stars_of
from eventapp.registration.entry import calendar_token
from eventapp.registration.models import WITHDRAWN, Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.my_agenda.conftest import token_of


@pytest.fixture
def somebody(meeting: Meeting) -> Registration:
    return make.registration(meeting)


def calendar_titles(client: PageClient, registration: Registration) -> list[str]:
    with transaction():
        token = calendar_token(registration)
    answer = client.get(f"/calendars/{token}.ics")
    return sorted(str(one["SUMMARY"])[3:] for one in Calendar.from_ical(answer.data).walk("VEVENT"))


def test_the_stars_of_a_browser_come_to_the_registration_and_those_there_come_back(
    client: PageClient, somebody: Registration
) -> None:
    token = token_of(somebody)
    answer = client.post(f"/registrations/{token}/stars", data={"add": ["S0", "S2", "GONE"]})
    assert answer.json == {"stars": ["S0", "S2"]}
    other_device = client.post(f"/registrations/{token}/stars", data={"add": ["S1"], "drop": ["S2"]})
    assert other_device.json == {"stars": ["S0", "S1"]}
    assert 'data-stars="S0 S1"' in client.get(f"/registrations/{token}").get_data(as_text=True)


def test_a_session_that_only_the_draft_has_is_as_one_that_is_not_there(
    client: PageClient, meeting: Meeting, somebody: Registration
) -> None:
    make.session(meeting, code="SECRET", sign_up_places=5)
    token = token_of(somebody)
    assert client.post(f"/registrations/{token}/stars", data={"add": ["S0", "SECRET"]}).json == {"stars": ["S0"]}
    for act in ("star", "sign-up", "sign-up/end"):
        answers = [
            client.post(f"/registrations/{token}/agenda/{code}/{act}", data={"star": "1"}).status_code
            for code in ("SECRET", "NEVER")
        ]
        assert answers == [404, 404], act
    assert stars_of(somebody) == {"S0"}


def test_a_star_is_a_button_without_a_script_and_says_what_clashes(client: PageClient, somebody: Registration) -> None:
    token = token_of(somebody)
    there = f"/registrations/{token}/agenda"
    for code in ("S0", "S1"):
        answer = client.post(f"{there}/{code}/star", data={"star": "1", "from": "list"})
        assert answer.status_code == 303
    page = client.get(there).text
    assert "At the same time as Title 1, which you chose too." in page
    assert "At the same time as Title 0, which you chose too." in client.get(f"{there}/S1").text
    client.post(f"{there}/S1/star", data={"star": "0"})
    assert stars_of(somebody) == {"S0"}


def test_the_calendar_has_what_was_chosen_and_everything_before(
    client: PageClient, meeting: Meeting, somebody: Registration
) -> None:
    assert calendar_titles(client, somebody) == ["Title 0", "Title 1", "Title 2"]
    with transaction():
        change_stars(somebody, ["S2"], [], at=TODAY)
    assert calendar_titles(client, somebody) == ["Title 2"]
    page = client.get(f"/registrations/{token_of(somebody)}").text
    assert "Title 2" in page and "Title 0" not in page


def test_who_withdrew_and_a_closed_meeting_choose_nothing(meeting: Meeting, somebody: Registration) -> None:
    with transaction():
        somebody.state = WITHDRAWN
    with pytest.raises(Refused), transaction():
        change_stars(somebody, ["S0"], [], at=TODAY)
    other = make.registration(meeting)
    with transaction():
        db.session.get_one(Meeting, meeting.id).closed_at = TODAY
    with pytest.raises(Refused, match="over"), transaction():
        change_stars(other, ["S0"], [], at=TODAY)
    assert stars_of(other) == set()


def test_who_is_signed_in_has_the_buttons_on_the_page_of_the_session(
    client: PageClient, meeting: Meeting, somebody: Registration
) -> None:
    assert "aria-pressed" not in client.get("/meetings/spring/sessions/S1").text
    assert "For 2 people who sign up" in client.get("/meetings/spring/sessions/S1").text
    client.sign_in(somebody.person)
    page = client.get("/meetings/spring/sessions/S1").text
    assert "In my agenda: Title 1" in page
    assert "2 of 2 places are free" in page
    assert f"/registrations/{token_of(somebody)}/agenda/S1/sign-up" in page
    assert "agenda-mine" in client.get("/meetings/spring/agenda").text


def test_the_list_is_searched_and_an_unknown_session_is_404(client: PageClient, somebody: Registration) -> None:
    there = f"/registrations/{token_of(somebody)}/agenda"
    assert "Title 0" not in client.get(f"{there}?q=title+2").text
    assert "No session is like that" in client.get(f"{there}?q=nothing+here&page=9").text
    assert client.get(f"{there}/NONE").status_code == 404
    assert client.post(f"{there}/NONE/star", data={"star": "1"}).status_code == 404
