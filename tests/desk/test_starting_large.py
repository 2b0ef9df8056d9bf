"""A large meeting file from the browser: who sent it looks on while the worker loads it, stops it, reads its faults."""

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.leased import DONE, REFUSED, STOPPED
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meeting_file.arriving import looking
from eventapp.meeting_file.arriving.jobs import LONG_JOBS
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.models import Body
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.meetings.queries import meeting_at
from tests import make
from tests.browserless import PageClient
from tests.meeting_file.large import large
from tests.meeting_file.test_actions import STAFFED

FILE = "/manage/meetings/file"


@pytest.fixture
def admin(client: PageClient) -> PageClient:
    return client.sign_in(make.administrator())


def send(client: PageClient, text: str) -> TestResponse:
    return client.post(FILE, data={"file": (BytesIO(text.encode()), "meeting.yaml")})


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(MeetingImport.state).order_by(MeetingImport.id)))


def test_a_large_file_becomes_a_meeting_while_its_sender_looks_on(admin: PageClient) -> None:
    answer = send(admin, large())
    where = answer.headers["Location"]
    assert answer.status_code == 303 and where.startswith(FILE)
    assert send(admin, large()).headers["Location"] == where  # two presses
    assert "The meeting is being made." in admin.get(where).text and meeting_at("spring-review") is None
    assert work_long(LONG_JOBS, at=now()) == {"load meeting files": 1}
    assert "Open the meeting" in admin.get(where).text and states() == [DONE]
    assert admin.get("/meetings/spring-review/manage/").status_code == 200
    listed = admin.get(FILE).text
    assert "Imported" in listed and where in listed


def test_a_small_one_is_there_at_once(admin: PageClient) -> None:
    assert send(admin, STAFFED).headers["Location"] == "/meetings/spring-review/manage/"
    assert states() == []


@pytest.mark.parametrize("quick", [looking.QUICK, 1000])
def test_every_fault_of_a_large_one_has_its_line(
    admin: PageClient, monkeypatch: pytest.MonkeyPatch, quick: int
) -> None:
    """Up to some length they are said at once; of a longer file the worker says them."""
    monkeypatch.setattr(looking, "QUICK", quick)
    answer = send(admin, large().replace("seats: 120", "seats: 0"))
    shown = answer.text
    if quick == 1000:
        work_long(LONG_JOBS, at=now())
        shown = admin.get(answer.headers["Location"]).text
        assert "No meeting was made." in shown and "Another file" in shown and states() == [REFUSED]
    else:
        assert answer.status_code == 422 and states() == []
    assert "1 line to put right" in shown and "Write a whole number from 1 to 1000000; it says “0”." in shown
    assert meeting_at("spring-review") is None


def test_a_long_file_without_an_address_is_told_at_once(admin: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "QUICK", 1000)
    answer = send(admin, large().replace("slug: spring-review\n", ""))
    assert answer.status_code == 422 and "Write the address of the meeting on a line of its own" in answer.text


def test_a_meeting_that_is_there_is_refused_at_once(admin: PageClient) -> None:
    make.meeting(slug="spring-review")
    answer = send(admin, large())
    assert answer.status_code == 409 and "There is a meeting at “spring-review” already" in answer.text
    assert states() == []


def test_while_a_large_one_is_made_its_address_is_taken(admin: PageClient) -> None:
    send(admin, large())
    answer = send(admin, large().replace("title: Session 7\n", "title: Session seven\n"))
    assert answer.status_code == 409 and "Another file for “spring-review” is being read in" in answer.text


def test_it_is_stopped_by_a_button(admin: PageClient) -> None:
    where = send(admin, large()).headers["Location"]
    assert admin.post(f"{where}/stop").headers["Location"] == where
    assert "No meeting was made." in admin.get(where).text and states() == [STOPPED]
    assert work_long(LONG_JOBS, at=now()) == {}
    assert send(admin, large()).headers["Location"] != where


def test_who_organizes_a_body_makes_large_meetings_of_it_alone_and_nobody_else_looks_on(client: PageClient) -> None:
    root, slugs = make.administrator(), iter(("one", "two"))
    for code in ("IWG", "cict"):
        meeting = make.meeting(slug=next(slugs))
        make.kept(Body(meeting_id=meeting.id, code=code, name=code))
    first, second = make.person("First", "first@example.org"), make.person("Second", "second@example.org")
    for code, who in (("IWG", first), ("cict", second)):
        make.kept(BodyOrganizer(code=code, person_id=who.id, granted_at=make.TODAY, granted_by_id=root.id))
    client.sign_in(first)
    where = send(client, large()).headers["Location"]
    client.sign_in(second)
    assert {client.get(where).status_code, client.post(f"{where}/stop").status_code} == {404}
    assert where not in client.get(FILE).text
    refused = send(client, large("autumn-review"))
    work_long(LONG_JOBS, at=now())
    work_long(LONG_JOBS, at=now())
    assert "Name one of them among its bodies." in client.get(refused.headers["Location"]).text
    assert states() == [DONE, REFUSED] and meeting_at("autumn-review") is None
    client.sign_in(first)
    assert "Open the meeting" in client.get(where).text
    assert client.get("/meetings/spring-review/manage/").status_code == 200
