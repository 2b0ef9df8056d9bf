"""An address that was mistyped, and that nobody has confirmed, is put right by an organizer."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.links import access as gate
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person, SignInRequest
from eventapp.registration import views
from eventapp.registration.actions import confirm
from eventapp.registration.changes import manage as correcting
from eventapp.registration.changes.address import readdress
from eventapp.registration.entry import own_token
from eventapp.registration.models import APPROVED, UNCONFIRMED, Registration
from eventapp.registration.own import views as own
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import asked, confirmed
from tests.registration.filling import typed

HOUR = timedelta(hours=1)
WRONG, RIGHT = "anong@exmaple.org", "anong@example.org"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (correcting, gate, views, own):
        monkeypatch.setattr(room, "now", lambda: TODAY + 40 * HOUR)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def letters() -> list[tuple[str, str]]:
    return [(one.to, one.kind) for one in db.session.scalars(select(Letter).order_by(Letter.id))]


def said(one: Registration, **more: str) -> dict[str, str]:
    return typed(one.category, address=one.person.email, **more)


def page_of(one: Registration) -> str:
    return f"/meetings/spring/manage/registrations/{one.reference}/answers"


def test_another_address_gets_the_letter_and_the_links_before_end(organizer: PageClient, meeting: Meeting) -> None:
    one = asked(meeting, email=WRONG)
    before, sent = own_token(one), len(letters())
    page = organizer.get(page_of(one)).text
    assert f'value="{WRONG}"' in page and "Nobody has confirmed this address yet." in page

    assert organizer.post(page_of(one), data=said(one, email="Anong@Example.ORG")).status_code == 303

    db.session.expire_all()
    assert (one.person.email, one.state, one.confirmed_at) == (RIGHT, UNCONFIRMED, None)
    assert [to for to, _kind in letters()[sent:]] == [RIGHT]
    assert RIGHT in one.search_text and WRONG not in one.search_text
    assert organizer.get(f"/registrations/{before}/confirmation").status_code == 410
    somebody = PageClient(organizer.application)
    assert somebody.post(f"/registrations/{own_token(one)}/confirmation").status_code == 303
    db.session.expire_all()
    assert one.state == APPROVED


def test_nothing_is_kept_of_the_old_address_but_of_somebody_who_is_known_there(meeting: Meeting) -> None:
    one, by = asked(meeting, email=WRONG), make.person()
    make.kept(
        SignInRequest(email=WRONG, person=one.person, link_hash="a", code_hash="b", asked_at=TODAY, expires_at=TODAY)
    )
    other = asked(make.meeting(), email="ada@example.org")
    make.registration(meeting, person=other.person)
    for registration, before in ((one, WRONG), (other, "ada@example.org")):
        with transaction():
            readdress(registration, f"right.{before}", before=before, by=by, at=TODAY)
    addresses = set(db.session.scalars(select(Person.email)))
    assert {f"right.{WRONG}", "ada@example.org", "right.ada@example.org"} <= addresses and WRONG not in addresses
    assert db.session.scalars(select(SignInRequest.person_id)).all() == [None]


def test_whoever_gets_the_letter_late_has_48_hours(meeting: Meeting) -> None:
    one, by = asked(meeting, email=WRONG), make.person()
    with transaction():
        readdress(one, RIGHT, before=WRONG, by=by, at=TODAY + 47 * HOUR)
    with transaction():
        confirm(one, at=TODAY + 90 * HOUR)
    assert one.state == APPROVED


def test_what_is_no_address_is_told_beside_its_field(organizer: PageClient, meeting: Meeting) -> None:
    one = asked(meeting, email=WRONG)
    answer = organizer.post(page_of(one), data=said(one, email="anong@example"))
    assert answer.status_code == 422
    assert re.search(r'id="email-error">.*Write the part after the @ in full', answer.text)
    assert (one.person.email, 'value="anong@example"' in answer.text) == (WRONG, True)


def test_an_address_of_somebody_registered_is_refused(organizer: PageClient, meeting: Meeting) -> None:
    one, other = asked(meeting, email=WRONG), confirmed(meeting, email=RIGHT)
    sent = len(letters())
    answer = organizer.post(page_of(one), data=said(one, email=RIGHT))
    assert (answer.status_code, f"is registered already as {other.reference}" in answer.text) == (409, True)
    db.session.expire_all()
    assert (one.person.email, one.job_title == typed(one.category)["job_title"], len(letters())) == (WRONG, False, sent)


def test_what_was_confirmed_or_changed_meanwhile_stays(organizer: PageClient, meeting: Meeting) -> None:
    one, by = asked(meeting, email=WRONG), make.person()
    old = said(one, email="third@example.org")
    with transaction():
        readdress(one, RIGHT, before=WRONG, by=by, at=TODAY)
    assert organizer.post(page_of(one), data=old).status_code == 409
    assert one.person.email == RIGHT
    old = said(one, email="third@example.org")
    with transaction():
        confirm(one, at=TODAY)
    answer = organizer.post(page_of(one), data=old)
    assert (answer.status_code, "The address was confirmed meanwhile" in answer.text) == (409, True)
    assert one.person.email == RIGHT
    with pytest.raises(Refused), transaction():
        readdress(one, WRONG, before=RIGHT, by=by, at=TODAY)


def test_saving_the_rest_writes_to_nobody(organizer: PageClient, meeting: Meeting) -> None:
    one = asked(meeting, email=WRONG)
    sent, link = len(letters()), own_token(one)
    assert organizer.post(page_of(one), data=said(one, email=WRONG, family_name="Byron")).status_code == 303
    db.session.expire_all()
    assert (one.family_name, one.person.email, own_token(one), len(letters())) == ("Byron", WRONG, link, sent)
