"""Addresses that a person had before are looked for as those of today are, and nobody else's is taken."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.erasure.looking import known
from eventapp.ground.db import db, transaction
from eventapp.history.actions import record
from eventapp.history.chain import verify
from eventapp.mail.failing.models import FailingAddress
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person, SignInRequest
from eventapp.registration.changes.address import readdress
from eventapp.registration.imports.models import Import, ImportRow
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import UNCONFIRMED, Registration
from tests import make
from tests.erasure.erasing import erased
from tests.erasure.planting import EMAIL, NAME
from tests.erasure.searching import in_rows
from tests.make_mail import letter

MISHEARD, LISTED, OFFICE, HOME = (f"{one}@example.org" for one in ("zenobja", "z.listed", "z.office", "z.home"))
BEFORE = MISHEARD, LISTED, OFFICE, HOME
TIMES = {"asked_at": make.TODAY, "expires_at": make.TODAY}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def leaver(meeting: Meeting) -> Registration:
    """Somebody who was misheard, put right, and has withdrawn."""
    names = {"given_name": "Zenobia", "family_name": "Quartermain", "record_name": NAME}
    one = make.registration(
        meeting, person=make.person(NAME, MISHEARD), state=UNCONFIRMED, approved_at=None, confirmed_at=None, **names
    )
    letter(MISHEARD, to_name=NAME, about=f"registration:{one.id}", meeting_id=meeting.id)
    by = make.person()
    with transaction():
        readdress(one, EMAIL, before=MISHEARD, by=by, at=make.TODAY)
    with transaction():
        one.state = "withdrawn"
    return one


def plant_addresses(meeting: Meeting, one: Registration) -> None:
    """Each address of before in a row that ties it to the person, and in rows and words that do not."""
    file = {"language": "en", "given_name": "people.csv", "heads": ["Email"], "state": "done", "example": [[LISTED]]}
    read = make.kept(Import(meeting_id=meeting.id, at=make.TODAY, **file))
    row = {"number": 2, "outcome": "added", "email": LISTED, "cells": [], "registration_id": one.id}
    make.kept(ImportRow(import_id=read.id, **row))
    guest = {"given_name": "Zenobia", "family_name": "Quartermain", "email": OFFICE, "skips_approval": False}
    asked = Invitation(meeting_id=meeting.id, category_id=one.category_id, invited_at=make.TODAY, **guest)
    number = make.kept(asked).id
    with transaction():
        one.invitation_id = number
        record("changed", one, by=None, at=make.TODAY, changes={"email": [HOME, EMAIL]})
    for place, address in enumerate(BEFORE):
        make.session(meeting, description=f"Write to {address}.")
        letter(address, text=f"To {address}")
        make.kept(FailingAddress(address=address, failed_at=make.TODAY, reason="550"))
        make.kept(SignInRequest(email=address, link_hash=f"{place}" * 64, code_hash="3" * 64, **TIMES))


def test_addresses_of_before_are_taken_out_everywhere(meeting: Meeting, leaver: Registration) -> None:
    plant_addresses(meeting, leaver)
    make.person(NAME, HOME)  # nothing hangs on this row: it is the same person
    assert {one for one in BEFORE if one in in_rows()} == set(BEFORE)
    erased(leaver)
    assert {one for one in (*BEFORE, EMAIL) if one in in_rows()} == set()
    assert set(db.session.scalars(select(Session.description))) == {"Write to a participant."}
    assert verify() == []


def test_control_where_they_are_not_looked_for_they_stay(
    meeting: Meeting, leaver: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_addresses(meeting, leaver)
    monkeypatch.setattr(known, "addresses_before", lambda *_one: [])
    erased(leaver)
    assert {one for one in BEFORE if one in in_rows()} == set(BEFORE)


def test_an_address_of_somebody_else_stays(meeting: Meeting, leaver: Registration) -> None:
    """A letter about a registration went to who helped; another came by the link of an invitation."""
    helper = make.registration(meeting, record_name="Ada Byron").person.email
    letter(helper, about=f"registration:{leaver.id}")
    letter("guest@example.org", about=f"registration:{leaver.id}")
    facts = {"category_id": leaver.category_id, "skips_approval": False, "invited_at": make.TODAY}
    for family_name, email in ("Lovelace", "guest@example.org"), ("Babbage", "other@example.org"):
        row = Invitation(meeting_id=meeting.id, family_name=family_name, email=email, **facts)
        number = make.kept(row).id
    with transaction():
        leaver.invitation_id = number
    make.session(meeting, description=f"Write to {helper}, guest@example.org or other@example.org.")
    erased(leaver)
    described = db.session.scalars(select(Session.description)).one()
    assert described == f"Write to {helper}, guest@example.org or other@example.org."
    assert set(db.session.scalars(select(Invitation.family_name))) == {"Lovelace", "Babbage"}
    assert db.session.scalar(select(Person.id).where(Person.email == helper)) is not None
