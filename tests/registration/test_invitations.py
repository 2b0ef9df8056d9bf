"""Invitations to register: of a person, whose address stays, and of a group, whose uses are counted."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError

from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.links import access as gate
from eventapp.links.actions import link_for_letter
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.registration import queries as registration_queries
from eventapp.registration import register as registering
from eventapp.registration.invitations import actions, manage, queries, views
from eventapp.registration.invitations.actions import Guest, Terms, invite, open_group, register_by
from eventapp.registration.invitations.models import LINK, Invitation
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import application, states
from tests.registration.filling import set_clock, typed

HERE = "/meetings/spring/manage/invitations"
ANE = Guest("Ane", "Tabai", "Ane@Example.org")


@pytest.fixture(autouse=True)
def _today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    for room in (views, manage, gate):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", capacity=100)


@pytest.fixture
def category(meeting: Meeting) -> Category:
    """One that is not open to everybody, and asks approval."""
    return make.category(meeting, takes_registrations=False, needs_approval=True)


def invited(meeting: Meeting, category: Category, **terms: Any) -> tuple[Invitation, str]:
    by = make.person()
    with transaction():
        made = invite(meeting, [ANE], Terms(category, **terms), by=by, at=TODAY)[0]
        token = link_for_letter(LINK, made, meeting_id=meeting.id, at=TODAY)
    return made, f"/invitations/{token}"


def group(meeting: Meeting, category: Category, most: int, **terms: Any) -> tuple[Invitation, str]:
    by = make.person()
    with transaction():
        made = open_group(meeting, "Speakers", most, Terms(category, **terms), by=by, at=TODAY)
        token = link_for_letter(LINK, made, meeting_id=meeting.id, at=TODAY)
    return made, f"/invitations/{token}"


def letters(kind: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.kind.contains(f"/{kind}.")).order_by(Letter.id)))


@pytest.mark.parametrize(("skips", "state"), [(False, "pending"), (True, "approved")])
def test_who_is_invited_registers_with_that_address(
    client: PageClient, meeting: Meeting, category: Category, skips: bool, state: str
) -> None:
    _made, page = invited(meeting, category, skips_approval=skips)
    assert page in letters("invited")[0].text
    shown = client.get(page).text
    assert 'value="Tabai"' in shown and "ane@example.org" in shown and category.name in shown
    answers = typed(category, email="other@example.org", family_name="Tabai")
    other = make.category(meeting)
    assert client.post(page, data={**answers, "category": other.code}).status_code == 303
    assert client.post(page, data={**answers, "category": other.code}).status_code == 303
    one = db.session.scalars(select(Registration)).one()
    assert (one.person.email, one.category_id, one.state) == ("ane@example.org", category.id, state)
    assert not letters("confirm_address") and client.get(page).location.startswith("/registrations/")
    client.sign_in(make.staff(meeting, "organizer"))
    assert "Ane Tabai" in client.get(f"{HERE}?tab=accepted").text


def test_who_declines_may_come_after_all(client: PageClient, meeting: Meeting, category: Category) -> None:
    _made, page = invited(meeting, category)
    assert client.post(f"{page}/refusal").status_code == client.post(f"{page}/refusal").status_code == 303
    assert "You have declined" in client.get(page).text
    client.sign_in(make.staff(meeting, "organizer"))
    assert "Ane Tabai" in client.get(f"{HERE}?tab=declined").text
    assert client.post(page, data=typed(category)).status_code == 303
    assert "Ane Tabai" in client.get(f"{HERE}?tab=accepted").text


def test_of_a_closed_meeting_nothing_is_declined(client: PageClient, meeting: Meeting, category: Category) -> None:
    made, page = invited(meeting, category)
    with transaction():
        meeting.closed_at = TODAY
    assert client.post(f"{page}/refusal").status_code == 409
    db.session.refresh(made)
    assert made.declined_at is None


def test_an_organizer_invites_reminds_and_ends(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, meeting: Meeting, category: Category
) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    sent = {"guests": "Ane; Tabai; ane@example.org\n\n;Mononym; m@example.org", "kind": category.code, "language": "fr"}
    assert client.post(HERE, data=sent).status_code == 303
    assert client.post(HERE, data=sent).status_code == 303
    assert [one.to for one in letters("invited")] == ["ane@example.org", "m@example.org"]
    for wrong, words in (
        ("Ane Tabai ane@example.org", "Line 1: write given names"),
        ("A; B; a@example.org\nA; B; nobody", "Line 2: Write a full address"),
        ("", "Write whom to invite."),
        ("A; B; c@example.org\n" * 51, "Invite 50 people at a time at most."),
    ):
        answer = client.post(HERE, data={**sent, "guests": wrong})
        assert answer.status_code == 422 and words in answer.text
    client.post(f"{HERE}/reminder")
    assert len(letters("invited")) == 2  # they were written to today
    monkeypatch.setattr(manage, "now", lambda: TODAY + timedelta(days=1))
    client.post(f"{HERE}/reminder")
    client.post(f"{HERE}/reminder")
    assert len(letters("invited")) == 4
    number = db.session.scalar(select(func.min(Invitation.id)))
    assert client.post(f"{HERE}/{number}/end").status_code == 303
    assert "ended on" in client.get(HERE).text


def test_a_link_that_was_ended_registers_nobody(client: PageClient, meeting: Meeting, category: Category) -> None:
    invitation, page = invited(meeting, category)
    by = make.person()
    with transaction():
        actions.end_invitation(invitation, by=by, at=TODAY)
    assert client.get(page).status_code == client.post(page, data=typed(category)).status_code == 410
    request = application(category)
    with pytest.raises(Refused, match="was ended"), transaction():
        register_by(invitation, request, key="k", at=TODAY, language="en")


def test_a_group_has_so_many_uses_and_confirms_the_address(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    _made, page = group(meeting, category, 1, skips_approval=True)
    assert client.post(page, data=typed(category)).location == "/meetings/spring/registration/done"
    assert len(letters("confirm_address")) == 1
    full = client.post(page, data=typed(category, email="second@example.org", key="two"))
    assert full.status_code == 409 and "as often as it may be (1)" in full.text
    one = db.session.scalars(select(Registration)).one()
    own = letters("confirm_address")[0].text.split("http://localhost")[1].split()[0]
    assert client.post(own).status_code == 303 and states(one) == ["approved"]
    client.sign_in(make.staff(meeting, "organizer"))
    shown = client.get(f"{HERE}?tab=groups").text
    assert "1 of 1 used" in shown and page in shown


def test_the_form_makes_a_group(client: PageClient, meeting: Meeting, category: Category) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    sent = {"group": "Speakers", "most_uses": "20", "kind": category.code}
    assert client.post(f"{HERE}/groups", data={**sent, "most_uses": "many"}).status_code == 422
    assert client.post(f"{HERE}/groups", data=sent).status_code == 303
    assert "0 of 20 used" in client.get(HERE).text


@pytest.fixture
def _slow_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting takes a moment, so that whoever is not held back comes in between."""
    counted = queries.uses_of

    def slow(invitation: Invitation) -> int:
        answer = counted(invitation)
        time.sleep(0.05)
        return answer

    monkeypatch.setattr(actions, "uses_of", slow)


def registered_at_once(app: Flask) -> int:
    """How many registered by a link with three uses."""
    meeting = make.meeting(capacity=1000)
    category = make.category(meeting)
    number = group(meeting, category, 3)[0].id
    people = [application(category) for _one in range(10)]
    make.delegation(meeting, people[0].delegation)  # two who add the same one wait for each other
    db.session.remove()

    def act(place: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    mine = db.session.get_one(Invitation, number)
                    register_by(mine, people[place], key=f"key {place}", at=TODAY, language="en")
            except (Refused, DBAPIError):
                pass
            finally:
                db.session.remove()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(act, range(10)))
    return db.session.scalar(select(func.count()).where(Registration.invitation_id == number)) or 0


@pytest.mark.usefixtures("_slow_counting")
def test_no_link_is_used_more_often_than_it_may_be(app: Flask) -> None:
    assert registered_at_once(app) == 3


@pytest.mark.usefixtures("fresh_app", "_slow_counting")
def test_without_the_guard_the_same_race_uses_it_more_often(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        event.remove(db.engine, "begin", sqlite.begin)
    monkeypatch.setattr(actions, "lock", lambda row: None)
    monkeypatch.setattr(registering, "record", lambda *_row, **_facts: None)
    numbers = iter(range(1, 1000))
    known = registration_queries.grounds
    monkeypatch.setattr(actions, "grounds", lambda *row, **more: known(*row, **more)._replace(newest=next(numbers)))
    assert any(registered_at_once(app) > 3 for _try in range(5))
