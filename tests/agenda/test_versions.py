"""The public list of versions, any two compared, and what is said of a session that moved or only ends later."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import change_session
from eventapp.desk.attention.lines import Look
from eventapp.desk.attention.questions import attention
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE, facts, published

PAGE = "/meetings/spring/agenda/changes"


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    """Three versions: the first, one that ends later, one that moved."""
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="Trends", starts_at=NINE, ends_at=NINE + timedelta(minutes=90))
    published(meeting)
    change(ends_at=NINE + timedelta(minutes=100))
    published(meeting, remark="The first session is longer")
    change(starts_at=NINE + timedelta(hours=1), ends_at=NINE + timedelta(hours=3))
    published(meeting)
    return meeting


def change(at: datetime = TODAY, **more: object) -> None:
    session = db.session.query(Session).filter_by(code="S1").one()
    with transaction():
        change_session(session, facts(**more), by=None, at=at)


def test_every_version_is_listed_and_the_newest_is_compared_with_the_one_before(
    client: PageClient, meeting: Meeting
) -> None:
    page = client.get(PAGE).text
    assert all(f"Version {number}, published" in page for number in (1, 2, 3))
    assert "The first session is longer" in page
    assert "<dt>Moved</dt>" in page and "10:00–12:00" in page


def test_any_two_versions_are_compared_the_older_one_first(client: PageClient, meeting: Meeting) -> None:
    later = client.get(f"{PAGE}?first=1&last=2").text
    assert "<dt>Ends later</dt>" in later and "<dt>Moved</dt>" not in later
    for asked in ("first=1&last=3", "first=3&last=1"):
        page = client.get(f"{PAGE}?{asked}").text
        assert "09:00–10:30</del>" in page and "10:00–12:00</ins>" in page
    assert "No session is different in these two." in client.get(f"{PAGE}?first=2&last=2").text


@pytest.mark.parametrize("asked", ["first=1&last=99", "first=x&last=2", "first=0&last=1", "first=&last=", "last=2"])
def test_a_version_that_is_not_there_is_said_beside_the_field(client: PageClient, meeting: Meeting, asked: str) -> None:
    answer = client.get(f"{PAGE}?{asked}")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text and "All versions" in answer.text


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"starts_at": NINE + timedelta(minutes=10), "ends_at": NINE + timedelta(minutes=90)}, "Begins later"),
        ({"starts_at": NINE - timedelta(minutes=10), "ends_at": NINE + timedelta(minutes=90)}, "Begins earlier"),
        ({"ends_at": NINE + timedelta(minutes=80)}, "Ends earlier"),
        ({"starts_at": NINE + timedelta(minutes=10)}, "Moved"),
        ({"title": "Other"}, "Title"),
    ],
)
def test_what_is_said_of_a_change_is_what_changed(client: PageClient, more: dict[str, datetime], word: str) -> None:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="Trends", starts_at=NINE, ends_at=NINE + timedelta(minutes=90))
    published(meeting)
    change(**more)
    published(meeting)
    assert f"<dt>{word}</dt>" in client.get(PAGE).text


def test_another_room_alone_is_another_room(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="Trends", starts_at=NINE, ends_at=NINE + timedelta(minutes=90))
    published(meeting)
    change(room_id=make.room(meeting).id)
    published(meeting)
    assert "<dt>Other room</dt>" in client.get(PAGE).text


def test_changes_that_are_not_published_are_on_today_until_they_are(meeting: Meeting) -> None:
    def lines() -> list[str]:
        return [one.what for one in attention(Look(meeting, TODAY, ())) if one.endpoint == "agenda_releases.index"]

    assert lines() == []
    change(at=TODAY + timedelta(seconds=1), title="Other")
    assert lines() == ["1 session differs from the published agenda"]
    published(meeting, at=TODAY + timedelta(seconds=2))
    assert lines() == []


def test_the_calendar_is_subscribed_to_and_not_only_imported(client: PageClient, meeting: Meeting) -> None:
    client.application.config["BASE_URL"] = "https://meetings.example.org"
    page = client.get("/meetings/spring/agenda").text.replace("&amp;", "&")
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    feed = "meetings.example.org/meetings/spring/agenda.ics?language=en"
    assert f"webcal://{feed}" in links and f"https://{feed}" in links
    asked = {urlsplit(one).netloc: parse_qs(urlsplit(one).query) for one in links}
    assert asked["calendar.google.com"]["cid"] == [f"webcal://{feed}"]
    assert asked["outlook.live.com"]["url"] == asked["outlook.office.com"]["url"] == [f"https://{feed}"]
