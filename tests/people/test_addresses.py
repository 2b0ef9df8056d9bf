"""What addresses the forms take: those that a letter reaches over any mail server, and no other."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.mail.models import Letter
from eventapp.mail.sending.delivery import deliver
from eventapp.people.addresses import fault_in_address
from tests import make
from tests.browserless import PageClient
from tests.mail.smtp import PostOffice, open_office
from tests.registration.filling import send, typed

REFUSED = {"josé@example.org": "é", "jose\u0301@example.org": "é", "ユーザー@例え.jp": "ユ", "иван@example.org": "и"}


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    """A mail server that does not announce SMTPUTF8, as most do not."""
    with open_office(PostOffice()) as office:
        app.extensions["mail"].port = office.port
        yield office


@pytest.mark.parametrize(("address", "letter"), REFUSED.items())
def test_letters_beside_a_to_z_before_the_at_are_refused_beside_the_field(
    client: PageClient, office: PostOffice, address: str, letter: str
) -> None:
    meeting = make.meeting(
        registration_opens_at=now() - timedelta(days=1), registration_closes_at=now() + timedelta(days=1)
    )
    category = make.category(meeting)
    said = f"Our emails do not reach an address with “{letter}” before the @."
    for answer in (
        send(client, meeting, typed(category, email=address)),
        client.post("/sign-in", data={"email": address}),
    ):
        assert answer.status_code == 422
        beside = re.search(r'id="email-error">.*?</p>', answer.text, re.DOTALL)
        assert beside and f"{said} Write another one, with the letters a to z." in beside.group()
    assert db.session.scalars(select(Letter)).all() == []
    deliver()
    assert office.asked == []


@pytest.mark.parametrize("address", ["o'hara+un@example.org", "someone@bücher.example", "a_b.c-d@例え.jp"])
def test_every_address_that_a_form_takes_is_reached(client: PageClient, office: PostOffice, address: str) -> None:
    assert fault_in_address(address) is None
    assert client.post("/sign-in", data={"email": address}).status_code == 303
    deliver()
    assert len(office.taken) == 1 and office.recipients[0].isascii()
