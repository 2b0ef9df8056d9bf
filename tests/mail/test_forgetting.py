"""A copy of the database gives no mailed link away: a letter holds its links and codes as long as it may be sent."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.mail import delivery
from eventapp.mail.actions import post, retry
from eventapp.mail.jobs import JOBS
from eventapp.mail.models import FAILED, SENT, WAITING, Letter
from eventapp.people.actions import know
from eventapp.people.sign_in.actions import ask_to_sign_in
from eventapp.people.sign_in.allowances import Asker
from eventapp.registration import mails
from eventapp.registration.actions import send_link_again
from eventapp.registration.entry import entry_code, own_token
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make_mail import letter
from tests.people.test_sign_in import code_in, link_in

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "now", lambda: make.TODAY)


def carried(_message: object) -> None:
    """The mail server takes it."""


def deferred(_message: object) -> None:
    raise ConnectionError("busy")


def approved() -> tuple[Registration, Letter]:
    registration = make.registration(make.meeting())
    with transaction():
        made = post(mails.approved(registration), at=make.TODAY)
    return registration, made


def everything() -> str:
    """What a copy of the database says, as one text."""
    db.session.expire_all()
    rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
    return "\n".join(repr(value) for row in rows for value in row)


def test_a_copy_of_the_database_opens_no_registration() -> None:
    registration, made = approved()
    secrets = own_token(registration), entry_code(registration)
    assert [secret in everything() for secret in secrets] == [True, True], "the letter waits, and needs them"

    assert delivery.deliver_one(make.TODAY, deferred) == WAITING
    assert [secret in everything() for secret in secrets] == [True, True]

    with transaction():
        made.due_at = make.TODAY
    assert delivery.deliver_one(make.TODAY, carried) == SENT
    assert [secret in everything() for secret in secrets] == [False, False]
    assert (made.html, made.enclosures) == ("", [])
    assert "You have a place at" in made.text and "http://localhost/registrations/…" in made.text


def test_a_copy_of_the_database_signs_nobody_in() -> None:
    with transaction():
        know("Ada Byron", "ada@example.org", at=make.TODAY)
        ask_to_sign_in("ada@example.org", asker=Asker("198.51.100.1"), at=make.TODAY)
    made = db.session.query(Letter).one()
    secrets = link_in(made).rsplit("/", 1)[-1], code_in(made)

    assert delivery.deliver_one(make.TODAY, carried) == SENT
    assert [secret in everything() for secret in secrets] == [False, False]
    assert made.text == ""


def test_who_lost_the_letter_gets_one_with_a_link_that_works(client: PageClient) -> None:
    registration, _made = approved()
    delivery.deliver_one(make.TODAY, carried)

    with transaction():
        send_link_again(registration, at=make.TODAY)

    address = f"/registrations/{own_token(registration)}"
    again = db.session.query(Letter).filter_by(state=WAITING).one()
    assert f"http://localhost{address}" in again.text
    assert client.get(address).status_code == 200


def test_the_mailbox_of_whoever_develops_keeps_its_links(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    monkeypatch.setitem(app.config, "DEVELOPMENT", True)
    registration, made = approved()

    assert delivery.deliver() == {SENT: 1}
    db.session.expire_all()
    assert own_token(registration) in made.text and own_token(registration) in made.html


def failed(at: datetime) -> Letter:
    made = letter(meeting_id=1, text="See http://localhost/roles/abc.", at=at)
    with transaction():
        made.state = FAILED
    return made


def test_a_letter_that_failed_long_ago_forgets_them_and_is_not_sent_again() -> None:
    old, recent = failed(make.TODAY - timedelta(days=31)), failed(make.TODAY - timedelta(days=29))

    assert work_through(JOBS, at=make.TODAY) == {"forget letters": 1}

    assert (old.text, old.html, "abc" in recent.text) == ("See http://localhost/roles/…", "", True)
    with pytest.raises(Refused, match="too long ago"), transaction():
        retry(old, by=None, at=make.TODAY)
    with transaction():
        retry(recent, by=None, at=make.TODAY)
    assert recent.state == WAITING
