"""The page of fellow participants: who is on it, and who reads it."""

from datetime import timedelta

import pytest

from eventapp.home.fellows import views
from eventapp.meetings.models import STEWARD, Meeting
from eventapp.registration.models import PENDING
from tests import make
from tests.browserless import PageClient
from tests.counting import counted

PAGE = "/meetings/spring/participants"
EVERYTHING = "open ada ministry of ink ada@example.org r-0001"  # what organizers find her by


@pytest.fixture(autouse=True)
def _before_the_meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: make.TODAY)


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    """A meeting with one who is shown, one who did not agree and one without a place."""
    meeting = make.meeting(slug="spring")
    make.registration(
        meeting, record_name="Open Ada", lists_name=True, organization="Ministry of Ink", search_text=EVERYTHING
    )
    make.registration(meeting, record_name="Shy Bo", lists_name=False)
    make.registration(meeting, record_name="Asking Cy", lists_name=True, state=PENDING)
    return meeting


def test_a_participant_reads_who_agreed_and_has_a_place(client: PageClient, meeting: Meeting) -> None:
    mine = make.registration(meeting, record_name="Me Myself", lists_name=False)
    client.sign_in(mine.person)
    page = client.get(PAGE).text
    page = page[page.index("<main") : page.index("</main>")]
    assert "Open Ada" in page and "Ministry of Ink" in page and "1 person" in page
    assert "Shy Bo" not in page and "Asking Cy" not in page and "Me Myself" not in page
    assert "Your name is not shown here." in page
    assert "@" not in page


def test_an_address_is_there_where_its_owner_agreed_to_that(client: PageClient, meeting: Meeting) -> None:
    shown = make.registration(meeting, record_name="Dee Open", lists_name=True, shares_email=True)
    hidden = make.registration(meeting, record_name="Eve Shy", lists_name=False, shares_email=True)
    client.sign_in(make.staff(meeting, STEWARD))
    page = client.get(PAGE).text
    assert f'href="mailto:{shown.person.email}"' in page
    assert hidden.person.email not in page


@pytest.mark.parametrize(
    ("words", "is_there"), [("INK ada", True), ("example.org", False), ("bo", False), ("%", False)]
)
def test_words_are_looked_for_in_what_is_told_alone(
    client: PageClient, meeting: Meeting, words: str, is_there: bool
) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    page = client.get(PAGE, query_string={"q": words}).text
    assert ("Open Ada" in page) == is_there
    assert ("Nobody fits" in page) != is_there


def test_a_visitor_signs_in_and_a_stranger_finds_nothing(client: PageClient, meeting: Meeting) -> None:
    assert client.get(PAGE).status_code == 302
    client.sign_in(make.person())
    assert client.get(PAGE).status_code == 404


def test_the_page_asks_as_often_for_many_as_for_one(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    counts = []
    for more in (1, 60):
        for number in range(more):
            make.registration(meeting, record_name=f"Many {more} {number}", lists_name=True)
        client.get(PAGE)
        with counted() as count:
            page = client.get(PAGE).text
        counts.append(len(count))
    assert counts[0] == counts[1]
    assert "Page 1 of 2" in page and page.count("<b>") == 50


def test_it_closes_with_the_meeting(client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    client.sign_in(make.staff(meeting, STEWARD))
    for days, is_there in ((14, True), (15, False)):
        monkeypatch.setattr(views, "now", lambda days=days: make.TODAY + timedelta(days=days))
        page = client.get(PAGE).text
        assert ("Open Ada" in page) == is_there
        assert ("This page is closed" in page) != is_there
