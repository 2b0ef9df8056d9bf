"""What changed today stands at the top of the agenda that day: one sentence with old and new, and in which zone."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventapp.agenda import views
from eventapp.agenda.news import news_of
from eventapp.agenda.queries import session_at
from eventapp.agenda.sessions.actions import cancel_session, move
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published

AGENDA = "/meetings/spring/agenda"
MINUTE = timedelta(minutes=1)
LATER = "S1 <bdi>Opening</bdi>: it was 09:00–10:30, it is now 09:10–10:40."


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring", published_at=NINE)
    make.session(meeting, code="S1", title="Opening", starts_at=NINE)
    published(meeting, at=NINE - timedelta(days=3))
    return meeting


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment that pages take for now, last in the list."""
    moments = [NINE]
    monkeypatch.setattr(views, "now", lambda: moments[-1])
    return moments


def later(meeting: Meeting, minutes: int, at: datetime) -> None:
    session = session_at(meeting, "S1")
    assert session is not None
    starts_at = session.starts_at + minutes * MINUTE
    with transaction():
        move(session, starts_at=starts_at, ends_at=starts_at + 90 * MINUTE, room_id=None, by=None, at=at)
    published(meeting, at=at)


def test_a_change_of_the_day_is_told_with_old_and_new_and_zone(client: PageClient, meeting: Meeting) -> None:
    assert "Changed today" not in client.get(AGENDA).text
    later(meeting, 5, NINE)
    later(meeting, 5, NINE + MINUTE)
    for address in (AGENDA, f"{AGENDA}?view=table"):
        page = client.get(address).text
        assert LATER in page
        assert "All times are in Bangkok, UTC+7." in page
    assert "it was 02:00–03:30, it is now 02:10–03:40" in client.get(f"{AGENDA}?zone=UTC").text


def test_who_is_registered_reads_it_too(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.registration(meeting).person)
    later(meeting, 10, NINE)
    own = client.get("/meetings/spring/my-registration").headers["Location"]
    assert LATER in client.get(own).text


def test_what_is_back_where_it_was_and_what_is_over_is_not_told(
    client: PageClient, meeting: Meeting, clock: list[datetime]
) -> None:
    later(meeting, 10, NINE)
    clock.append(NINE + 100 * MINUTE)
    assert "Changed today" not in client.get(AGENDA).text
    clock.append(NINE + MINUTE)
    later(meeting, -10, NINE + MINUTE)
    assert "Changed today" not in client.get(AGENDA).text


def test_the_next_day_says_nothing_of_it(client: PageClient, meeting: Meeting) -> None:
    later(meeting, 3 * 24 * 60, NINE)
    page = client.get(AGENDA).text
    assert "it was 16 March 2026, 09:00–10:30, it is now 19 March 2026, 09:00–10:30." in page
    assert 'data-until="2026-03-17T00:00:00+07:00"' in page, "a page that is kept until then hides it by itself"
    assert news_of(meeting, NINE + timedelta(days=1)) is None


def test_a_session_that_is_off_is_told(client: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S2", title="Second", starts_at=NINE)
    session = session_at(meeting, "S1")
    assert session is not None
    with transaction():
        cancel_session(session, by=None, at=NINE)
    published(meeting, at=NINE)
    page = client.get(AGENDA).text
    assert "S1 <bdi>Opening</bdi>: it is cancelled." in page
    assert "S2 <bdi>Second</bdi>:" not in page
