"""Administrators bring a meeting in by its package: the file is looked at first, the worker does the rest."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.leased import DONE, REFUSED, STOPPED
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.models import ORGANIZER
from eventapp.package.arriving import looking
from eventapp.package.arriving.jobs import LONG_JOBS
from eventapp.package.restore.reading import unpack
from eventapp.people.models import Person
from tests import make
from tests.browserless import PageClient
from tests.package.conftest import Elsewhere

PAGE = "/manage/meetings/package"


@pytest.fixture
def administrator(client: PageClient) -> PageClient:
    return client.sign_in(make.administrator())


def send(client: PageClient, content: bytes) -> TestResponse:
    return client.post(PAGE, data={"file": (BytesIO(content), "spring.zip")}, content_type="multipart/form-data")


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(MeetingImport.state).order_by(MeetingImport.id)))


def test_a_package_becomes_a_meeting(administrator: PageClient, elsewhere: Elsewhere) -> None:
    assert "From a package" in administrator.get("/manage/meetings/new").text
    answer = send(administrator, elsewhere.packages["spring", "archive"])
    where = answer.headers["Location"]
    assert answer.status_code == 303
    assert send(administrator, elsewhere.packages["spring", "archive"]).headers["Location"] == where  # two presses
    assert "The meeting is being made." in administrator.get(where).text
    assert administrator.get("/meetings/spring/").status_code == 404
    assert work_long(LONG_JOBS, at=now()) == {"import packages": 1}
    assert "Open the meeting" in administrator.get(where).text and states() == [DONE]
    assert administrator.get("/meetings/spring/").status_code == 200
    listed = administrator.get(PAGE).text
    assert "Imported" in listed and "(UTC)" in listed


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a file."),
        (b"PK nothing", "This file is no ZIP, or it is damaged."),
        (b"x" * (looking.QUICK + 1), "This file is no ZIP, or it is damaged."),
    ],
)
def test_what_is_no_package_is_said_beside_the_file(administrator: PageClient, content: bytes, sentence: str) -> None:
    answer = send(administrator, content)
    assert answer.status_code == 422 and sentence in answer.text and states() == []


def test_a_meeting_that_is_here_is_refused_at_once(administrator: PageClient, elsewhere: Elsewhere) -> None:
    make.meeting(slug="spring")
    answer = send(administrator, elsewhere.packages["spring", "archive"])
    assert answer.status_code == 422 and "There is a meeting at “spring” already" in answer.text and states() == []


def test_of_a_large_one_the_worker_says_what_is_wrong(
    administrator: PageClient, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "QUICK", 0)
    make.session(make.meeting(), uid=uid_of(elsewhere))
    where = send(administrator, elsewhere.packages["spring", "archive"]).headers["Location"]
    work_long(LONG_JOBS, at=now())
    shown = administrator.get(where).text
    assert "is here already, in another meeting" in shown and "This could not be done" in shown
    assert states() == [REFUSED] and "Another file" in shown


def uid_of(elsewhere: Elsewhere) -> str:
    return unpack(BytesIO(elsewhere.packages["spring", "archive"])).agenda.sessions[0].uid


def test_it_is_stopped_by_a_button(administrator: PageClient, elsewhere: Elsewhere) -> None:
    where = send(administrator, elsewhere.packages["spring", "archive"]).headers["Location"]
    assert administrator.post(f"{where}/stop").headers["Location"] == where
    shown = administrator.get(where).text
    assert "No meeting was made." in shown and states() == [STOPPED]
    assert work_long(LONG_JOBS, at=now() + timedelta(hours=1)) == {}
    assert send(administrator, elsewhere.packages["spring", "archive"]).headers["Location"] != where


def test_only_administrators_find_it(client: PageClient, elsewhere: Elsewhere) -> None:
    client.sign_in(make.administrator())
    where = send(client, elsewhere.packages["spring", "archive"]).headers["Location"]
    client.sign_in(make.staff(make.meeting(slug="autumn"), ORGANIZER))
    assert {client.get(PAGE).status_code, client.get(where).status_code} == {404}
    assert {send(client, b"x").status_code, client.post(f"{where}/stop").status_code} == {404}
    assert client.get(f"{PAGE}/999").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2
