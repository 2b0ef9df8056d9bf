"""A copy of the database gives no mailed link away: a letter holds its links and codes as long as it may be sent."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.mail.actions import TYPED_SUBJECTS, empty_old, enclose, post, retry
from eventapp.mail.jobs import JOBS
from eventapp.mail.models import FAILED, SENT, WAITING, Enclosure, Letter
from eventapp.mail.sending import delivery
from eventapp.meetings.retention.jobs import JOBS as RETENTION_JOBS
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

    assert work_through(JOBS, at=make.TODAY) == {"forget failed emails": 1}

    assert (old.text, old.html, "abc" in recent.text) == ("See http://localhost/roles/…", "", True)
    with pytest.raises(Refused, match="too long ago"), transaction():
        retry(old, by=None, at=make.TODAY)
    with transaction():
        retry(recent, by=None, at=make.TODAY)
    assert recent.state == WAITING


LONG_AFTER = make.TODAY + timedelta(days=91)


def sent(at: datetime = make.TODAY, **facts: Any) -> Letter:
    """A letter that went out, with the marker wherever words can be."""
    words = {"text": "Dear MARKER", "html": "<p>MARKER</p>", "unsubscribe": "http://localhost/MARKER", **facts}
    made = letter("ada@example.org", meeting_id=1, at=at, **words)
    with transaction():
        enclose(made, "MARKER.txt", b"MARKER", "text/plain")
        made.state, made.sent_at = SENT, at
    return made


def test_ninety_days_after_a_letter_its_words_go_and_its_row_stays() -> None:
    old = sent(subject="You have a place: Spring")
    waits = letter(text="MARKER waits", at=make.TODAY)

    assert work_through(RETENTION_JOBS, at=make.TODAY + timedelta(days=90)) == {}
    assert work_through(RETENTION_JOBS, at=LONG_AFTER) == {"empty emails": 1}
    assert work_through(RETENTION_JOBS, at=LONG_AFTER) == {}

    with transaction():
        db.session.delete(waits)  # which is what holds the marker yet
    assert "MARKER" not in everything()
    assert (old.to, old.to_name, old.sent_at, old.emptied_at) == (
        "ada@example.org",
        "Ada Byron",
        make.TODAY,
        LONG_AFTER,
    )
    assert old.subject == "You have a place: Spring"


@pytest.mark.parametrize("kind", TYPED_SUBJECTS)
def test_a_subject_that_somebody_typed_goes_with_the_words(kind: str) -> None:
    old = sent(kind=kind, subject="The MARKER affair")
    work_through(RETENTION_JOBS, at=LONG_AFTER)
    db.session.expire_all()
    assert (old.subject, old.kind) == ("", kind)
    assert "MARKER" not in everything()


def test_no_other_letter_has_a_subject_of_names(app: Flask) -> None:
    """What the shipped words say above a letter names a meeting, a session, a report: never a person."""
    of_people = {"name", "to_name", "title", "own_subject", "words", "email"}
    for template in (one for one in app.jinja_env.list_templates() if "/mail/" in one and one not in TYPED_SUBJECTS):
        source, _file, _fresh = app.jinja_env.loader.get_source(app.jinja_env, template)  # type: ignore[union-attr]
        subject = source.split("block subject", 1)[1].split("endblock", 1)[0]
        assert not of_people.intersection(re.findall(r"(?:=|{{)\s*([a-z_]+)\s*[,)}]", subject)), template


def test_letters_are_emptied_some_at_a_time() -> None:
    for _letter in range(101):
        sent()
    with transaction():
        assert empty_old(before=LONG_AFTER - timedelta(days=90), at=LONG_AFTER) == {1: 100}
    assert db.session.query(Letter).filter(Letter.emptied_at.is_(None)).count() == 1
    assert db.session.query(Enclosure).count() == 1


def test_the_setting_says_how_many_days(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "LETTERS_KEPT", timedelta(days=7))
    sent()
    assert work_through(RETENTION_JOBS, at=make.TODAY + timedelta(days=8)) == {"empty emails": 1}
