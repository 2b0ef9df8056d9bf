"""Rows that only tell what somebody did go by the clock: links to sign in, sign-ins, drafts, addresses that failed."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from eventapp.drafts.models import Draft
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_through
from eventapp.mail.failing.models import FailingAddress
from eventapp.people.models import SignIn, SignInRequest
from tests import make

AT, DAY = make.TODAY, timedelta(days=1)


def work(app: Flask, name: str, later: timedelta) -> dict[str, int]:
    """What this job does so much later."""
    return dict(work_through([one for one in app.extensions["jobs"] if one.name == name], at=AT + later))


def test_a_link_goes_two_days_after_it_could_be_used(app: Flask) -> None:
    person = make.person("Ada")
    facts = {"email": person.email, "person_id": person.id, "link_hash": "1" * 64, "code_hash": "2" * 64}
    make.kept(SignInRequest(asked_at=AT, expires_at=AT + timedelta(minutes=20), **facts))
    assert work(app, "forget links to sign in", 2 * DAY) == {}
    assert work(app, "forget links to sign in", 2 * DAY + timedelta(minutes=21)) == {"forget links to sign in": 1}
    assert db.session.scalar(select(SignInRequest)) is None


def signed_in(number: int, **facts: object) -> None:
    times = {"signed_in_at": AT, "last_seen_at": AT, **facts}
    make.kept(SignIn(person_id=make.person(f"P {number}").id, secret_hash=str(number) * 64, browser="Firefox", **times))


def test_a_sign_in_goes_thirty_days_after_its_end(app: Flask) -> None:
    lasts, idle = app.config["SIGN_IN_LASTS"], app.config["SIGN_IN_IDLE"]
    signed_in(1, ended_at=AT)
    signed_in(2)  # nobody used it again
    signed_in(3, last_seen_at=AT + lasts)  # used to its end
    assert work(app, "forget sign-ins", 30 * DAY) == {}
    assert work(app, "forget sign-ins", 30 * DAY + timedelta(minutes=1)) == {"forget sign-ins": 1}
    assert work(app, "forget sign-ins", 30 * DAY + idle + timedelta(minutes=1)) == {"forget sign-ins": 1}
    assert work(app, "forget sign-ins", 30 * DAY + lasts) == {}
    assert work(app, "forget sign-ins", 30 * DAY + lasts + timedelta(minutes=1)) == {"forget sign-ins": 1}
    assert db.session.scalar(select(SignIn)) is None


def test_one_that_lasts_longer_is_not_ended_by_it(app: Flask) -> None:
    app.config["SIGN_IN_IDLE"] = app.config["SIGN_IN_LASTS"] = 400 * DAY
    signed_in(1)
    assert work(app, "forget sign-ins", 399 * DAY) == {}


def draft(**facts: object) -> int:
    written = {"kind": "note", "scope_id": 1, "content": {"text": "Ports"}, "created_at": AT, "updated_at": AT}
    return make.kept(Draft(**{**written, **facts})).id


def test_a_draft_goes_a_year_after_its_writer_left_it(app: Flask) -> None:
    person = make.person("Ada").id
    draft(person_id=person, key="a")
    stay = {
        draft(kind="card", target_id=7),  # what stands in a form behind a link
        draft(person_id=person, key="b", is_second=True),  # waits beside another for a decision
        draft(person_id=person, key="c", updated_at=AT + DAY),
    }
    assert work(app, "forget drafts", 365 * DAY) == {}
    assert work(app, "forget drafts", 365 * DAY + timedelta(minutes=1)) == {"forget drafts": 1}
    assert set(db.session.scalars(select(Draft.id))) == stay


def test_an_address_that_failed_is_tried_again_after_a_year(app: Flask) -> None:
    make.kept(FailingAddress(address="ada@example.org", failed_at=AT, reason="No such mailbox"))
    make.kept(FailingAddress(address="bob@example.org", failed_at=AT + DAY, reason="No such mailbox"))
    assert work(app, "forget failing addresses", 365 * DAY) == {}
    assert work(app, "forget failing addresses", 365 * DAY + timedelta(minutes=1)) == {"forget failing addresses": 1}
    assert list(db.session.scalars(select(FailingAddress.address))) == ["bob@example.org"]
