"""Photographs: cut to the standard of the meeting, checked by an organizer, on badges and at the door when they may."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from eventapp.badges.queries import portrait_at
from eventapp.desk.attention.lines import Look
from eventapp.desk.attention.people import unchecked
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.links import access as links
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting
from eventapp.registration.entry import own_token
from eventapp.registration.models import APPROVED, WITHDRAWN, Registration, Upload
from eventapp.registration.photographs import views as own
from eventapp.registration.photographs.actions import Asked, accept, ask_again, set_standard
from eventapp.registration.photographs.cutting import Standard
from eventapp.registration.photographs.models import PhotoCheck
from eventapp.registration.photographs.queries import listed
from eventapp.registration.uploads.reading import taken
from eventapp.registration.uploads.retention import forget_now
from tests import make
from tests.badges.test_photographs import LIME, RED, sent
from tests.browserless import PageClient
from tests.registration.test_uploads import bomb

pytestmark = pytest.mark.usefixtures("app")


def picture(size: tuple[int, int] = (600, 800), kind: str = "JPEG", **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, RED).save(out, kind, **more)
    return out.getvalue()


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting()


@pytest.fixture
def one(meeting: Meeting) -> Registration:
    return make.registration(meeting, state=APPROVED)


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (links, own):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)


def asks_check(meeting: Meeting, **more: Any) -> None:
    by, asked = make.person(), {"across": 35, "down": 45, "least_width": 210, "is_checked": True, **more}
    with transaction():
        set_standard(meeting, Asked(**asked), by=by, at=make.TODAY)


def newest(registration: Registration) -> Upload:
    query = select(Upload).where(Upload.registration_id == registration.id, Upload.replaced_at.is_(None))
    return db.session.scalars(query).one()


def send(client: PageClient, registration: Registration, content: bytes, name: str = "me.jpg") -> TestResponse:
    data = {"photo": (BytesIO(content), name)}
    return client.post(
        f"/registrations/{own_token(registration)}/photograph", data=data, content_type="multipart/form-data"
    )


class TestOfAFile:
    @pytest.mark.parametrize("size", [(1600, 900), (900, 2400), (700, 900), (4000, 3000)])
    def test_what_comes_uncut_is_cut_around_its_middle(
        self, client: PageClient, one: Registration, size: tuple[int, int]
    ) -> None:
        assert send(client, one, picture(size)).status_code == 303
        kept = Image.open(BytesIO(newest(one).content))
        assert abs(kept.width / kept.height - 35 / 45) < 0.01
        assert kept.height <= 900

    def test_the_meeting_sets_the_shape_and_the_least_size(
        self, client: PageClient, meeting: Meeting, one: Registration
    ) -> None:
        asks_check(meeting, across=1, down=1, least_width=500)
        answer = send(client, one, picture((640, 480)))
        assert answer.status_code == 422
        assert "Cut to its shape, the picture is 480 × 480 pixels." in answer.text
        assert send(client, one, picture((640, 520))).status_code == 303
        kept = Image.open(BytesIO(newest(one).content))
        assert kept.size == (520, 520)

    def test_at_most_400_kilobytes_are_kept(self) -> None:
        out = BytesIO()
        Image.effect_noise((1800, 2400), 200).convert("RGB").save(out, "JPEG", quality=90)
        kept = taken("photo", FileStorage(BytesIO(out.getvalue()), "me.jpg"), Standard())
        assert len(kept.content) <= 400_000

    def test_where_it_was_taken_stays_behind(self, client: PageClient, one: Registration) -> None:
        exif = Image.Exif()
        exif[0x010E] = "taken in the secret garden"
        content = picture(exif=exif)
        assert b"secret garden" in content
        send(client, one, content)
        assert b"secret garden" not in newest(one).content

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (bomb(12_000, 12_000), "more than 25 million pixels"),
            (b"%PDF-1.7\n%%EOF\n", "This file is none of them, whatever its name says."),
            (picture()[:900], "This picture cannot be read."),
            (b"", "Choose a picture, or take one."),
        ],
    )
    def test_what_is_no_picture_is_refused_beside_the_field(
        self, client: PageClient, one: Registration, content: bytes, sentence: str
    ) -> None:
        answer = send(client, one, content, name="me.jpg" if content else "")
        assert answer.status_code == 422
        assert sentence in answer.text
        assert db.session.scalars(select(Upload)).all() == []

    def test_nobody_sends_one_who_does_not_come_or_once_it_is_over(
        self, client: PageClient, one: Registration, meeting: Meeting
    ) -> None:
        one.state = WITHDRAWN
        db.session.commit()
        assert send(client, one, picture()).status_code == 409
        one.state, meeting.closed_at = APPROVED, datetime(2020, 1, 1, tzinfo=UTC)
        db.session.commit()
        assert send(client, one, picture()).status_code == 409
        assert db.session.scalars(select(Upload)).all() == []


class TestOfTheCheck:
    def test_who_sends_one_reads_that_it_is_here_and_that_it_waits(
        self, client: PageClient, meeting: Meeting, one: Registration
    ) -> None:
        page = client.get(send(client, one, picture()).location).text
        assert "Your photograph is here." in page and "An organizer checks it" not in page
        asks_check(meeting)
        page = client.get(send(client, one, picture()).location).text
        assert "Your photograph is here. An organizer checks it before it is on your badge." in page

    def test_it_is_on_the_badge_once_it_is_accepted(
        self, organizer: PageClient, meeting: Meeting, one: Registration
    ) -> None:
        sent(one, RED)
        assert portrait_at(meeting, one.reference), "no check is asked for"
        asks_check(meeting)
        assert not portrait_at(meeting, one.reference)
        page = organizer.get(f"/meetings/{meeting.slug}/manage/photographs").text
        assert one.record_name in page
        organizer.post(f"/meetings/{meeting.slug}/manage/photographs/accepted", data={"photograph": newest(one).id})
        assert portrait_at(meeting, one.reference)
        assert "Nothing to check" in organizer.get(f"/meetings/{meeting.slug}/manage/photographs").text

    def test_asking_again_writes_a_letter_that_opens_just_that(
        self, client: PageClient, organizer: PageClient, meeting: Meeting, one: Registration
    ) -> None:
        sent(one, RED)
        address = f"/meetings/{meeting.slug}/manage/photographs"
        answer = organizer.post(f"{address}/again", data={"photograph": newest(one).id, "reason": ""})
        assert answer.status_code == 422
        assert "Write what is wrong: the person reads it." in answer.text
        organizer.post(f"{address}/again", data={"photograph": newest(one).id, "reason": "Eyes are closed."})
        assert not portrait_at(meeting, one.reference), "not even where no check is asked for"
        letter = db.session.scalars(select(Letter)).one()
        assert letter.to == one.person.email
        assert "Eyes are closed." in letter.text
        [link] = re.findall(r"http://\S+?(/registrations/\S+/photograph)", letter.text)
        assert "Eyes are closed." in client.get(link).text
        before = newest(one).id
        send(client, one, picture())
        assert newest(one).id != before
        assert [upload.id for upload in listed(meeting, "check", None).rows] == [newest(one).id]

    def test_one_that_was_replaced_meanwhile_is_not_decided_about(
        self, organizer: PageClient, meeting: Meeting, one: Registration
    ) -> None:
        sent(one, RED, replaced_at=make.TODAY)
        old = db.session.scalars(select(Upload.id)).one()
        sent(one, LIME)
        address = f"/meetings/{meeting.slug}/manage/photographs"
        answer = organizer.post(f"{address}/again", data={"photograph": old, "reason": "No."})
        assert answer.status_code == 409
        assert "replaced or taken away meanwhile" in answer.text
        with transaction():
            assert accept(meeting, [old], by=one.person, at=make.TODAY) == 0
        assert db.session.scalars(select(PhotoCheck)).all() == []

    def test_nothing_of_another_meeting_is_decided_about(self, meeting: Meeting, one: Registration) -> None:
        other = make.registration(make.meeting(), state=APPROVED)
        sent(other, RED)
        with transaction():
            assert accept(meeting, [newest(other).id], by=one.person, at=make.TODAY) == 0

    def test_today_counts_what_waits_where_it_is_asked_for(self, meeting: Meeting, one: Registration) -> None:
        sent(one, RED)
        look = Look(meeting, make.TODAY, [])
        assert list(unchecked(look)) == []
        asks_check(meeting)
        [line] = unchecked(look)
        assert line.what == "1 photograph waits for a check"

    def test_what_was_decided_goes_with_the_photograph(self, meeting: Meeting, one: Registration) -> None:
        sent(one, RED)
        with transaction():
            ask_again(meeting, newest(one).id, "No.", by=one.person, at=make.TODAY)
        with transaction():
            forget_now(one, by=None, at=make.TODAY)
        assert db.session.scalars(select(PhotoCheck)).all() == []

    def test_the_panel_and_the_history_say_it(self, organizer: PageClient, meeting: Meeting, one: Registration) -> None:
        sent(one, RED)
        panel = f"/meetings/{meeting.slug}/manage/registrations?state=everyone&open={one.reference}"
        assert "Waits for a check" in organizer.get(panel).text
        with transaction():
            ask_again(meeting, newest(one).id, "No.", by=one.person, at=make.TODAY)
        assert "Another one was asked for" in organizer.get(panel).text
        assert "asked for another photograph" in set(db.session.scalars(select(Entry.verb)))


class TestOfSettings:
    def test_wrong_numbers_are_said_and_nothing_changes(self, organizer: PageClient, meeting: Meeting) -> None:
        address = f"/meetings/{meeting.slug}/manage/photographs/standard"
        for typed in ("", "x", "99", "701"):
            answer = organizer.post(address, data={"shape": "1x1", "least_width": typed})
            assert answer.status_code == 422
        assert organizer.post(address, data={"shape": "9x1", "least_width": "300"}).status_code == 422
        assert (
            organizer.post(address, data={"shape": "3x4", "least_width": "300", "is_checked": "y"}).status_code == 303
        )
        page = organizer.get(address).text
        assert 'value="300"' in page


def test_staff_take_it_at_the_counter_and_it_is_accepted(
    client: PageClient, meeting: Meeting, one: Registration
) -> None:
    asks_check(meeting)
    client.sign_in(make.staff(meeting, STEWARD))
    address = f"/meetings/{meeting.slug}/door/badges/{one.reference}"
    data = {"photo": (BytesIO(picture()), "me.jpg")}
    assert client.post(f"{address}/photograph", data=data, content_type="multipart/form-data").status_code == 303
    assert portrait_at(meeting, one.reference)
    refused = client.post(f"{address}/photograph", data={"photo": (BytesIO(b"%PDF-1.7"), "me.jpg")})
    assert refused.status_code == 422
    assert "whatever its name says" in refused.text
