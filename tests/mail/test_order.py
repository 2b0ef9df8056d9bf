"""What somebody waits for at the screen leaves before all letters that nobody waits for, however many were due before."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from eventapp.ground.db import db, transaction
from eventapp.mail import actions
from eventapp.mail.models import TO_ONE, Letter
from eventapp.mail.sending import delivery
from eventapp.people.sign_in.actions import ask_to_sign_in
from eventapp.people.sign_in.allowances import Asker
from eventapp.registration.actions import send_link_again
from eventapp.registration.invitations.actions import Guest, Terms, invite
from tests import make, make_mail
from tests.make_registration import asked

pytestmark = pytest.mark.usefixtures("app")

LATER = make.TODAY + timedelta(minutes=5)
MANY = 12


def invitations() -> None:
    """Invitations to register, all due before what comes later."""
    meeting = make.meeting()
    terms, by = Terms(make.category(meeting)), make.staff(meeting, "organizer")
    guests = [Guest("Ada", f"Guest {number}", f"guest{number}@example.org") for number in range(MANY)]
    with transaction():
        invite(meeting, guests, terms, by=by, at=make.TODAY)


def sign_in() -> str:
    email = make.person("Ben").email
    with transaction():
        assert ask_to_sign_in(email, asker=Asker(host="192.0.2.7"), at=LATER)
    return "people/mail/sign_in.txt"


def sign_in_of_nobody() -> str:
    with transaction():
        assert ask_to_sign_in("nobody@example.org", asker=Asker(host="192.0.2.7"), at=LATER)
    return "people/mail/unknown.txt"


def registration() -> str:
    asked(make.meeting(slug="autumn"), at=LATER)
    return "registration/mail/confirm_address.txt"


def lost_link() -> str:
    one = make.registration(make.meeting(slug="autumn"), state="approved")
    with transaction():
        send_link_again(one, at=LATER)
    return "registration/mail/already_registered.txt"


WAITED_FOR = [sign_in, sign_in_of_nobody, registration, lost_link]


def next_kind() -> str:
    """Of which kind the letter is that a postman takes next."""
    lease = delivery.take(LATER)
    assert lease
    return db.session.get_one(Letter, lease.letter_id).kind


@pytest.mark.parametrize("ask", WAITED_FOR)
def test_what_somebody_waits_for_is_taken_before_letters_that_were_due_earlier(ask: Callable[[], str]) -> None:
    invitations()
    kind = ask()
    assert next_kind() == kind


@pytest.mark.parametrize("ask", WAITED_FOR)
def test_without_its_priority_it_waits_behind_them(ask: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", TO_ONE)
    invitations()
    kind = ask()
    assert next_kind() != kind


def test_the_next_letter_is_found_by_an_index_in_its_order() -> None:
    """With 20,000 letters to many behind it, none of them is read or sorted."""
    for number in range(MANY):
        make_mail.letter(priority=number % 3 - 1)
    asked = str(delivery.due(LATER).compile(db.engine, compile_kwargs={"literal_binds": True}))
    if db.engine.dialect.name == "sqlite":
        steps = [row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
        assert any("ix_letter_due" in step for step in steps)
        assert not any("TEMP B-TREE FOR ORDER BY" in step for step in steps)
    else:  # which reads a table this small from end to end, and sorts it
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        db.session.execute(text("SET LOCAL enable_bitmapscan = off"))
        plan = str(db.session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {asked}").scalar_one())
        assert "'Index Scan'" in plan and "'ix_letter_due'" in plan
        assert "'Sort'" not in plan, "letters of one priority and one moment alone are sorted (Incremental Sort)"
