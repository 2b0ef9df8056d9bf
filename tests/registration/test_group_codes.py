"""The code of a group: typed on a page, it leads to the form where the uses are counted; tries are limited."""

import re

import pytest
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.links import access as gate
from eventapp.meetings.models import Meeting
from eventapp.registration.invitations import manage, views
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.invitations.queries import typed_code
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.registration.filling import set_clock, typed

PAGE = "/meetings/spring/registration/code"
LIST = "/meetings/spring/manage/invitations"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    for room in (views, manage, gate):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def group(client: PageClient) -> Invitation:
    """A group of one, made by an organizer."""
    meeting: Meeting = make.meeting(slug="spring", capacity=50)
    category = make.category(meeting, takes_registrations=False)
    client.sign_in(make.staff(meeting, "organizer"))
    client.post(f"{LIST}/groups", data={"group": "Speakers", "most_uses": "1", "kind": category.code})
    return db.session.scalars(select(Invitation)).one()


def test_a_code_leads_to_the_form_of_its_group_however_it_is_typed(client: PageClient, group: Invitation) -> None:
    code = group.code or ""
    assert f"Code: {code[:4]}-{code[4:]}" in client.get(f"{LIST}?tab=groups").get_data(as_text=True)
    answer = client.post(PAGE, data={"code": f" {code[:4].lower()} - {code[4:].lower()}"})
    assert re.fullmatch(r"/invitations/[\w-]{32}", answer.headers["Location"])
    form = answer.headers["Location"]
    assert client.post(form, data=typed(group.category)).status_code == 303
    again = client.post(form, data=typed(group.category, email="second@example.org", key="k2"))
    assert again.status_code == 409
    assert "used as often as it may be (1)" in again.get_data(as_text=True)


def test_a_wrong_code_is_said_beside_the_field_and_tries_are_limited(client: PageClient, group: Invitation) -> None:
    for _try in range(views.TRIES):
        answer = client.post(PAGE, data={"code": "WRONG123"})
        assert answer.status_code == 422
    assert "No group of this meeting has this code." in answer.get_data(as_text=True)
    assert client.post(PAGE, data={"code": group.code}).status_code == 429


def test_the_code_of_an_ended_group_and_of_another_meeting_lead_nowhere(client: PageClient, group: Invitation) -> None:
    make.meeting(slug="autumn")
    assert client.post("/meetings/autumn/registration/code", data={"code": group.code}).status_code == 422
    client.post(f"{LIST}/{group.id}/end")
    assert client.post(PAGE, data={"code": group.code}).status_code == 422


def test_letters_that_people_confuse_are_read_as_what_they_are() -> None:
    assert typed_code(" o1-il ab") == "0111AB"
