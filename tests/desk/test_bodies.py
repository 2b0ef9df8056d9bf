"""An organizer of a body runs every meeting of it, and no other."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.desk.bodies import manage
from eventapp.ground.db import db
from eventapp.meetings.models import Body, Meeting
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.meetings.queries import meetings_with
from eventapp.meetings.rules import have_run_door, keep_door, record_meeting, run_meeting
from eventapp.people.models import Person
from tests import make
from tests.browserless import PageClient
from tests.counting import counted

BODIES = "/manage/bodies"
TYPED = {"code": "CICTSTI", "name": "Ada Byron", "email": "ada@example.org"}


def of_body(code: str = "CICTSTI", **facts: object) -> Meeting:
    meeting = make.meeting(**facts)
    make.kept(Body(meeting_id=meeting.id, code=code, name=f"The body {code}"))
    return meeting


@pytest.fixture
def admin(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """An administrator, signed in."""
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return client.sign_in(make.administrator())


def ada() -> Person:
    return db.session.scalars(select(Person).where(Person.email == "ada@example.org")).one()


def test_who_is_named_runs_the_meetings_of_the_body_and_no_other(admin: PageClient) -> None:
    first, draft, other = of_body(), of_body(published_at=None), of_body("OTHER")
    admin.get(BODIES)
    assert admin.post(BODIES, data=TYPED).status_code == 303

    rules = (run_meeting, record_meeting, keep_door, have_run_door)
    for meeting, may in ((first, True), (draft, True), (other, False), (make.meeting(), False)):
        assert [rule(ada(), meeting) for rule in rules] == [may] * len(rules)
    assert meetings_with(ada(), "organizer") == {first.id, draft.id}
    assert meetings_with(ada(), "rapporteur") == set()
    assert "Ada Byron" in admin.get(BODIES).text


def test_a_meeting_that_is_made_later_is_theirs_too(admin: PageClient) -> None:
    of_body()
    admin.post(BODIES, data=TYPED)
    of_body(slug="later", published_at=None, title="Review of later")

    reader = admin.sign_in(ada())
    assert reader.get("/meetings/later/manage/").status_code == 200
    page = reader.get("/meetings?when=draft").text
    assert "Review of later" in page
    make.meeting(title="Draft of somebody else", published_at=None)
    assert "Draft of somebody else" not in reader.get("/meetings?when=draft").text


def test_once_it_is_ended_they_run_none(admin: PageClient) -> None:
    meeting = of_body()
    admin.post(BODIES, data=TYPED)
    row = db.session.scalars(select(BodyOrganizer)).one()

    assert admin.post(f"{BODIES}/organizers/{row.id}/end").status_code == 303
    assert not run_meeting(ada(), meeting)
    assert have_run_door(ada(), meeting)
    refused = admin.post(f"{BODIES}/organizers/{row.id}/end")
    assert refused.status_code == 409 and "This role has ended already." in refused.text


def test_what_is_wrong_is_told_and_kept(admin: PageClient) -> None:
    of_body()
    admin.get(BODIES)
    answer = admin.post(BODIES, data={**TYPED, "email": "ada"})
    assert answer.status_code == 422 and 'value="Ada Byron"' in answer.text
    assert admin.post(BODIES, data={**TYPED, "code": "NONE"}).status_code == 422
    admin.post(BODIES, data=TYPED)
    assert admin.post(BODIES, data=TYPED).status_code == 409
    assert len(db.session.scalars(select(BodyOrganizer)).all()) == 1


def test_organizers_of_a_body_do_not_name_others(admin: PageClient) -> None:
    of_body()
    admin.post(BODIES, data=TYPED)
    reader = admin.sign_in(ada())
    assert reader.get(BODIES).status_code == 404
    assert reader.post(BODIES, data={**TYPED, "email": "bob@example.org"}).status_code == 404


def test_many_bodies_cost_no_more_questions_than_one(admin: PageClient) -> None:
    of_body()
    admin.get(BODIES)
    with counted() as first:
        admin.get(BODIES)
    for number in range(9):
        of_body(f"B{number}")
    with counted() as then:
        admin.get(BODIES)
    assert len(then) == len(first)
