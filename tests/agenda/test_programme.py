from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask

from eventapp.agenda.exports.programme import programme_pdf
from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.content import read
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published

PAGE = "/meetings/spring/agenda.pdf"


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    meeting = make.meeting(slug="spring", languages=["en"])
    one = make.session(meeting, code="S1", title="Prices #strong[$ \\ fall", room_id=make.room(meeting, name="Hall").id)
    make.role(one, name="Grace Hopper", name_own="グレース", organization="Navy")
    make.session(meeting, code="TEA", title="Coffee", kind="break", starts_at=NINE + timedelta(hours=2))
    published(meeting)
    return meeting


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_the_programme_says_when_what_where_and_who(client: PageClient, meeting: Meeting) -> None:
    answer = client.get(PAGE)
    assert answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    for words in (
        meeting.title,
        "09:00–10:30",
        "Prices #strong[$ \\ fall",
        "Hall",
        "Grace Hopper (グレース), Navy",
        "Coffee",
    ):
        assert words in text


def test_it_is_kept_until_another_version_is_released(client: PageClient, meeting: Meeting) -> None:
    tag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 304
    make.session(meeting, code="S2", starts_at=NINE + timedelta(hours=4))
    published(meeting)
    assert "Version 2" in text_of(client.get(PAGE, headers={"If-None-Match": tag}).data)


def test_it_is_in_the_language_of_its_reader(client: PageClient, meeting: Meeting) -> None:
    assert "lundi 16 mars 2026" in text_of(client.get(PAGE, headers={"Accept-Language": "fr"}).data)
    assert "Monday 16 March 2026" in text_of(client.get(PAGE, headers={"Accept-Language": "en"}).data)
    assert "lundi 16 mars 2026" in text_of(client.get(f"{PAGE}?language=fr").data)


def test_the_same_release_is_the_same_bytes(app: Flask, meeting: Meeting) -> None:
    release = newest_release(meeting)
    assert release
    agenda = read(release.content)
    with app.test_request_context():
        assert programme_pdf(agenda, release, "en") == programme_pdf(agenda, release, "en")


def test_before_the_first_release_there_is_none(client: PageClient) -> None:
    make.meeting(slug="later")
    assert client.get("/meetings/later/agenda.pdf").status_code == 404
    assert client.get("/meetings/later/agenda.xml").status_code == 404
