from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from sqlalchemy import select

from eventapp.agenda.releases.actions import release
from eventapp.announcements import manage
from eventapp.announcements.jobs import JOBS
from eventapp.announcements.models import Announcement
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.meetings.models import Meeting
from eventapp.registration.entry import own_token
from tests import make
from tests.browserless import PageClient

HERE = "/meetings/spring/manage/announcements"
TYPED = {
    "text_en": "The closing moves to Room 1 <b>",
    "text_fr": "La clôture passe à la salle 1",
    "starts_at": "2026-03-02 09:00",
    "ends_at": "2026-03-02 18:00",
}


class Clock:
    at = make.TODAY

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(manage, "now", clock)
    return clock


@pytest.fixture
def meeting(app: object, clock: Clock) -> Meeting:
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    make.session(meeting)
    with transaction():
        release(meeting, by=None, at=make.TODAY)
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def visitor(desk: PageClient) -> PageClient:
    client = desk.application.test_client()
    assert isinstance(client, PageClient)
    return client


def the_row() -> Announcement:
    db.session.expire_all()
    return db.session.scalars(select(Announcement)).one()


@pytest.mark.parametrize("path", ["/meetings/spring/", "/meetings/spring/agenda", "/meetings/spring/registration/new"])
def test_it_stands_above_public_pages_from_its_time_until_its_time(desk: PageClient, clock: Clock, path: str) -> None:
    reader = visitor(desk)
    assert "The closing moves" not in reader.get(path).text
    assert desk.post(HERE, data={**TYPED, "starts_at": "2026-03-02 10:00"}).status_code == HTTPStatus.SEE_OTHER
    assert "The closing moves" not in reader.get(path).text
    clock.at = make.TODAY + timedelta(hours=1)
    assert work_through(JOBS, at=clock.at) == {"turn announcements": 1}
    page = reader.get(path).text
    assert '<bdi lang="en">The closing moves to Room 1 &lt;b&gt;</bdi>' in page
    assert '<bdi lang="fr">La clôture passe' in reader.get(f"{path}?language=fr").text
    assert '<bdi lang="en">The closing moves' in reader.get(f"{path}?language=ar").text
    clock.at = make.TODAY + timedelta(hours=9)
    assert work_through(JOBS, at=clock.at) == {"turn announcements": 1}
    assert not work_through(JOBS, at=clock.at)
    assert "The closing moves" not in reader.get(path).text


def test_my_registration_has_it(desk: PageClient, meeting: Meeting) -> None:
    link = f"/registrations/{own_token(make.registration(meeting))}"
    desk.post(HERE, data=TYPED)
    assert "The closing moves" in visitor(desk).get(link).text


def test_other_words_and_taken_down(desk: PageClient, clock: Clock) -> None:
    desk.post(HERE, data=TYPED)
    where = f"{HERE}/{the_row().id}"
    assert desk.post(where, data={**TYPED, "version": "1", "text_en": "Room 2"}).status_code == HTTPStatus.SEE_OTHER
    assert "Room 2" in visitor(desk).get("/meetings/spring/agenda").text
    answer = desk.post(where, data={**TYPED, "version": "1", "text_en": "Room 3"})
    assert answer.status_code == HTTPStatus.CONFLICT and "Somebody changed this" in answer.text
    clock.at = make.TODAY + timedelta(minutes=5)
    desk.post(f"{where}/end")
    assert "Room 2" not in visitor(desk).get("/meetings/spring/agenda").text
    assert desk.post(f"{where}/end").status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    ("typed", "words", "status"),
    [
        ({"text_en": ""}, "Write the text in English.", 422),
        ({"ends_at": "2026-03-02 08:00"}, "Choose an end after the start.", 422),
        ({"ends_at": "tomorrow"}, "Write a day and a time", 422),
        ({"text_en": "x" * 100_000}, "characters or less", 422),
        ({"starts_at": "2026-03-01 09:00", "ends_at": "2026-03-01 10:00"}, "would be over already", 409),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_shown(
    desk: PageClient, typed: dict[str, str], words: str, status: int
) -> None:
    answer = desk.post(HERE, data={**TYPED, **typed})
    assert (answer.status_code, words in answer.text) == (status, True)
    assert not db.session.scalars(select(Announcement)).all()


def test_it_goes_out_as_a_message_too(desk: PageClient) -> None:
    desk.post(HERE, data=TYPED)
    page = desk.get(f"/meetings/spring/manage/messages/new?announcement={the_row().id}").text
    assert "La clôture passe" in page


def test_a_meeting_without_english_announces_in_its_languages(client: PageClient, clock: Clock) -> None:
    autumn = make.meeting(slug="autumn", languages=["fr", "ar"])
    make.session(autumn)
    with transaction():
        release(autumn, by=None, at=make.TODAY)
    desk, here = client.sign_in(make.staff(autumn, "organizer")), "/meetings/autumn/manage/announcements"
    words = {**TYPED, "text_ar": "القاعة 1"}
    del words["text_en"]
    assert "Write the text in French." in desk.post(here, data={**words, "text_fr": ""}).text
    assert desk.post(here, data=words).status_code == HTTPStatus.SEE_OTHER
    assert set(the_row().texts) == {"fr", "ar"}
    page = visitor(desk).get("/meetings/autumn/agenda?language=en").text
    assert '<bdi lang="fr">La clôture passe' in page
    assert '<bdi lang="ar">القاعة 1' in visitor(desk).get("/meetings/autumn/agenda?language=ar").text
    assert "text_en" not in desk.get(here).text


def test_a_text_in_a_language_taken_out_stays_in_the_form(desk: PageClient, meeting: Meeting) -> None:
    desk.post(HERE, data=TYPED)
    with transaction():
        meeting.languages = ["fr"]
    page = desk.get(f"{HERE}/{the_row().id}").text
    assert 'name="text_fr"' in page and "The closing moves" in page
