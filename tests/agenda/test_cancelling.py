"""A session is cancelled by two presses with a reason, which those concerned read; who called off is thanked."""

import pytest
from sqlalchemy import select

from eventapp.agenda import manage
from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_manage import AGENDA, the_session
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import published, role_link

PAGE = f"{AGENDA}/sessions/S4/cancellation"
WHY = "The speaker is ill"


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: TODAY)
    meeting = make.meeting(slug="spring")
    make.role(make.session(meeting, code="S4"), name="Ada Byron", person_id=make.person("Ada Byron").id)
    published(meeting)
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def test_what_it_does_is_shown_first_and_the_reason_is_told(desk: PageClient, meeting: Meeting) -> None:
    assert PAGE in desk.get(f"{AGENDA}/sessions/S4").text
    assert "Ada Byron" in desk.get(PAGE).text
    assert not the_session().is_off
    assert desk.post(PAGE, data={"reason": WHY}).status_code == 303
    assert (the_session().is_off, the_session().off_reason) == (True, WHY)
    assert desk.get(PAGE).status_code == 303, "it is cancelled already"
    entry = db.session.scalars(select(Entry).where(Entry.verb == "cancelled session")).one()
    assert entry.detail["reason"] == WHY
    published(meeting)
    assert WHY in desk.get("/meetings/spring/sessions/S4").text
    for view in ("", "?view=table", "?q=ada"):
        assert desk.get(f"/meetings/spring/agenda{view}").status_code == 200, "not one session takes place"
    for ending in (".ics", ".json", ".xml", ".pdf"):
        assert desk.get(f"/meetings/spring/agenda{ending}").status_code == 200
    assert WHY in desk.get("/meetings/spring/agenda").text
    [letter] = db.session.scalars(select(Letter).where(Letter.kind == "agenda/mail/sessions_changed.txt"))
    assert f"Reason: {WHY}" in letter.text


def test_a_reason_may_be_left_out_and_goes_when_it_is_put_back(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(PAGE, data={"reason": "x" * 501}).status_code == 422
    assert not the_session().is_off
    desk.post(PAGE, data={"reason": WHY})
    desk.post(f"{AGENDA}/sessions/S4/return")
    assert (the_session().is_off, the_session().off_reason) == (False, "")
    assert desk.post(PAGE).status_code == 303
    assert the_session().is_off


def test_who_calls_off_is_thanked_also_once_somebody_else_has_the_part(client: PageClient, meeting: Meeting) -> None:
    role = make.role(the_session(), name="Grace", person_id=make.person("Grace").id, state="declined")
    link = f"/roles/{role_link(role)}"
    thanks = "Thank you for telling us."
    assert thanks in client.get(link).text
    role = make.role(the_session(), name="Ann", person_id=make.person("Ann").id, state="declined", ended_at=TODAY)
    page = client.get(f"/roles/{role_link(role)}").text
    assert thanks in page
    assert "Nothing is expected of you" not in page and "Not asked any more" not in page
    role = make.role(the_session(), name="Eve", person_id=make.person("Eve").id, ended_at=TODAY)
    assert "You are not asked for this role any more." in client.get(f"/roles/{role_link(role)}").text
