"""A large meeting is copied by the worker: to the same as a small one at once, while who asked for it looks on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda.queries import waiting_sessions
from eventapp.desk.lifecycle.actions import remove
from eventapp.desk.starting import manage, queries
from eventapp.desk.starting.content import PARTS
from eventapp.desk.starting.jobs import LONG_JOBS
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE, LEASE, REFUSED, STOPPED
from eventapp.ground.jobs.scheduler import work_long
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.meeting_file.queries import content_of
from eventapp.meetings.arriving import working
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.models import ORGANIZER, Meeting, Staff
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.meetings.queries import meeting_at
from eventapp.people.models import Person
from tests import make
from tests.browserless import PageClient
from tests.desk.test_starting import COPY, SAID, SLUG, earlier, made

ALL = {**SAID, "parts": sorted({*PARTS} - {"sessions"})}  # and the same sessions without dates


@pytest.fixture
def admin(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """Who copies a meeting that counts as large."""
    administrator = client.sign_in(make.administrator())
    earlier()
    monkeypatch.setattr(queries, "MANY", 0)
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return administrator


def state() -> str:
    db.session.rollback()
    return db.session.scalars(select(MeetingImport.state)).one()


def verbs(meeting: Meeting) -> list[str]:
    return sorted(db.session.scalars(select(Entry.verb).where(Entry.meeting_id == meeting.id)))


def test_a_large_copy_is_what_a_small_one_is(admin: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = admin.post(f"{COPY}?of=spring", data=ALL)
    where = answer.headers["Location"]
    assert admin.post(f"{COPY}?of=spring", data=ALL).headers["Location"] == where  # two presses
    page = admin.get(where).text
    assert (
        f"Copy to {SLUG}" in page and "Nobody sees it before all of it is there." in page and meeting_at(SLUG) is None
    )
    assert work_long(LONG_JOBS, at=now()) == {"copy meetings": 1}
    assert state() == DONE and "Open the meeting" in admin.get(where).text
    assert where in admin.get("/manage/meetings/file").text

    monkeypatch.setattr(queries, "MANY", 1)
    small = admin.post(f"{COPY}?of=spring", data={**ALL, "slug": "small-2027"})
    assert small.headers["Location"] == "/meetings/small-2027/manage/"
    one, other = made(SLUG), made("small-2027")
    assert replace(content_of(one), slug="") == replace(content_of(other), slug="")
    assert (
        [each.code for each in waiting_sessions(one, 9)] == [each.code for each in waiting_sessions(other, 9)] == ["S2"]
    )
    assert verbs(one) == verbs(other)


def test_an_address_that_is_taken_is_refused_at_once(admin: PageClient) -> None:
    answer = admin.post(f"{COPY}?of=spring", data={**ALL, "slug": "spring"})
    assert answer.status_code in {409, 422} and db.session.scalar(select(MeetingImport)) is None


def test_it_is_stopped_and_leads_to_another_copy(admin: PageClient) -> None:
    where = admin.post(f"{COPY}?of=spring", data=ALL).headers["Location"]
    assert admin.post(f"{where}/stop").headers["Location"] == where
    page = admin.get(where).text
    assert state() == STOPPED and "No meeting was made." in page and f'href="{COPY}"' in page
    assert work_long(LONG_JOBS, at=now()) == {} and meeting_at(SLUG) is None


def test_of_a_meeting_that_is_removed_meanwhile_there_is_no_copy(admin: PageClient) -> None:
    where = admin.post(f"{COPY}?of=spring", data=ALL).headers["Location"]
    removed("spring")
    work_long(LONG_JOBS, at=now())
    assert state() == REFUSED and "The earlier meeting is not here any more." in admin.get(where).text


def test_a_copy_that_is_whole_is_ended_though_its_meeting_is_removed(
    admin: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its worker died after all was written, and another ends it: it rests on the earlier meeting no more."""
    where = admin.post(f"{COPY}?of=spring", data=ALL).headers["Location"]
    with monkeypatch.context() as patch:
        patch.setattr(working, "_write_lines", dies)
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    removed("spring")
    work_long(LONG_JOBS, at=now() + LEASE + timedelta(minutes=1))
    assert state() == DONE and "Open the meeting" in admin.get(where).text
    assert verbs(made(SLUG)).count("made meeting") == 1 and verify() == []


def dies(*_what: object) -> None:
    raise KeyboardInterrupt


def removed(slug: str) -> None:
    with transaction():
        made(slug).published_at = None
        remove(made(slug), by=db.session.scalars(select(Person).order_by(Person.id)).all()[0], at=now())


@pytest.mark.parametrize("is_ended", [True, False], ids=["no organizer any more", "still organizer"])
def test_who_may_not_run_the_meeting_any_more_gets_no_copy(
    body_organizer: PageClient, monkeypatch: pytest.MonkeyPatch, is_ended: bool
) -> None:
    """The right is asked of the page, and again when the worker begins."""
    monkeypatch.setattr(queries, "MANY", -1)
    person = db.session.scalars(select(BodyOrganizer)).one().person
    make.staff(made("autumn"), ORGANIZER, person)
    where = body_organizer.post(f"{COPY}?of=autumn", data={**SAID, "body": "cict"}).headers["Location"]
    with transaction():
        row = db.session.scalars(select(Staff).where(Staff.role == ORGANIZER)).one()
        row.ended_at = now() if is_ended else None
    work_long(LONG_JOBS, at=now())
    assert (state() == REFUSED, meeting_at(SLUG) is None) == (is_ended, is_ended)
    says = "You are no organizer of the earlier meeting any more. Ask one of them to copy it."
    assert (says in body_organizer.get(where).text) is is_ended
