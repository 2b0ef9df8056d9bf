from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.mail.failing.actions import mark_failing
from eventapp.mail.failing.reports import Bounce
from eventapp.mail.models import FAILED, SENT, TO_MANY, WAITING, Letter
from eventapp.mail.sending import delivery
from eventapp.mail.sending.smtp import mailer
from eventapp.meetings.models import Meeting
from eventapp.messages import preparing
from eventapp.messages.actions import send_again, stop
from eventapp.messages.audience import Audience
from eventapp.messages.models import Copy, Unsubscription
from eventapp.messages.queries import tallies
from eventapp.people.models import Person
from tests import make, make_messages
from tests.mail.smtp import PostOffice, open_office
from tests.make_mail import letter


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "now", lambda: make.TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    with open_office(PostOffice()) as office:
        app.config["MAIL_TIMEOUT"] = 10
        app.extensions["mail"].port = office.port
        yield office


def speaker_of(language: str, name: str = "Ada Byron") -> Person:
    return make.kept(Person(name=name, email=f"{language}@example.org", language=language, known_since=make.TODAY))


def letters() -> list[Letter]:
    db.session.expire_all()
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def plain(office: PostOffice, number: int = 0) -> str:
    return str(office.messages[number].get_body(("plain",)).get_content())  # type: ignore[union-attr]


def test_everybody_gets_one_letter_in_their_language(meeting: Meeting, office: PostOffice) -> None:
    for language in ("en", "fr", "ar"):
        make.registration(meeting, person=speaker_of(language), record_name=f"<b>{language}</b>")
    texts = {
        "en": {"subject": "For {name}", "text": "Dear {name},\n\nOpen it\n{registration_link}"},
        "fr": {"subject": "Pour {name}", "text": "Chère {name}"},
    }
    make_messages.sent(meeting, texts=texts)
    make_messages.worked()
    assert delivery.deliver() == {SENT: 3}
    assert sorted(one["Subject"] for one in office.messages) == [
        "For <b>ar</b>",
        "For <b>en</b>",
        "Pour <b>fr</b>",
    ]
    english = next(one for one in office.messages if one["Subject"] == "For <b>en</b>")
    text = english.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = english.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Dear <b>en</b>," in text and "http://localhost/registrations/" in text
    assert "Dear &lt;b&gt;en&lt;/b&gt;," in html and 'href="http://localhost/registrations/' in html
    assert "<b>en</b>" not in html


def test_what_is_not_necessary_can_be_ended_in_one_click(meeting: Meeting, office: PostOffice) -> None:
    make.registration(meeting)
    make_messages.sent(meeting)
    make_messages.sent(meeting, is_necessary=True)
    make_messages.worked()
    delivery.deliver()
    first, necessary = office.messages
    address = first["List-Unsubscribe"].strip(" <>")
    assert address.startswith("http://localhost/unsubscribe/") and address in plain(office)
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert necessary["List-Unsubscribe"] is None and "unsubscribe" not in plain(office, 1)
    assert [one.unsubscribe for one in letters()] == ["", ""]


def test_who_unsubscribed_is_in_the_log_and_gets_no_letter(meeting: Meeting) -> None:
    gone = make.registration(meeting)
    make.kept(Unsubscription(registration_id=gone.id, at=make.TODAY))
    message = make_messages.sent(meeting)
    make_messages.worked()
    row = db.session.scalars(select(Copy)).one()
    assert (row.reason, row.letter_id) == ("unsubscribed", None)
    assert tallies([message]) == {message.id: {"not sent": 1}}
    make_messages.sent(meeting, is_necessary=True)
    make_messages.worked()
    assert len(letters()) == 1


def test_a_letter_to_one_goes_before_those_to_many(meeting: Meeting) -> None:
    make.registration(meeting)
    make_messages.sent(meeting)
    make_messages.worked()
    late = letter(at=make.TODAY)
    lease = delivery.take(make.TODAY)
    assert lease and lease.letter_id == late.id
    bulk = delivery.take(make.TODAY)
    assert bulk and db.session.get_one(Letter, bulk.letter_id).priority == TO_MANY


def test_it_is_stopped_half_way(meeting: Meeting, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "A_TIME", 2)
    for _one in range(5):
        make.registration(meeting)
    message = make_messages.sent(meeting)
    make_messages.worked()
    assert [one.state for one in letters()] == [WAITING] * 5
    with mailer.connect() as talk:
        delivery.deliver_one(make.TODAY, talk.send)
    with transaction():
        stop(message, by=None, at=make.TODAY)
    make_messages.worked()
    assert sorted(one.state for one in letters()) == [FAILED] * 4 + [SENT]
    assert delivery.deliver() == {}


def test_one_that_waits_for_its_time_takes_who_is_there_then(meeting: Meeting) -> None:
    make.registration(meeting)
    message = make_messages.sent(meeting, send_at=make.TODAY + timedelta(hours=1))
    make_messages.worked()
    assert (message.state, letters()) == ("scheduled", [])
    make.registration(meeting)
    batch = preparing.take
    assert batch(make.TODAY) is None
    later = make.TODAY + timedelta(hours=1)
    with transaction():
        found = batch(later)
    assert found
    act = preparing.prepare(found)
    db.session.rollback()
    with transaction():
        act()
    assert len(letters()) == 2


def test_one_letter_is_sent_again(meeting: Meeting, office: PostOffice) -> None:
    make.registration(meeting)
    make_messages.sent(meeting)
    make_messages.worked()
    delivery.deliver()
    copy = db.session.scalars(select(Copy)).one()
    with transaction():
        send_again(copy, by=None, at=make.TODAY)
    assert delivery.deliver() == {SENT: 1}
    assert len(office.messages) == 2


@pytest.mark.parametrize("state", ["unconfirmed", "lapsed"])
def test_an_address_that_nobody_confirmed_is_never_written_to(meeting: Meeting, state: str) -> None:
    make.registration(meeting, state=state)
    number = make.registration(meeting).number
    make_messages.sent(meeting, audience=Audience(state="everyone"))
    make_messages.worked()
    assert len(letters()) == 1
    make_messages.sent(meeting, audience=Audience(by_hand=f"R-{number:04d}"))
    make_messages.worked()
    assert len(letters()) == 2


def test_whom_letters_do_not_reach_is_in_the_log_and_gets_none(meeting: Meeting) -> None:
    one = make.registration(meeting)
    with transaction():
        mark_failing([Bounce(one.person.email, "550 No such user")], at=make.TODAY)
    make_messages.sent(meeting, is_necessary=True)
    make_messages.worked()
    row = db.session.query(Copy).one()
    assert (row.reason, row.letter_id, letters()) == ("address fails", None, [])
