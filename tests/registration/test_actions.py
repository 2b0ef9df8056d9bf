from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.links.queries import behind
from eventapp.mail.models import Letter
from eventapp.people.models import Person
from eventapp.registration.actions import confirm, lapse_unconfirmed, withdraw
from eventapp.registration.entry import OWN, entry_code, own_token
from eventapp.registration.models import APPROVED, LAPSED, PENDING, UNCONFIRMED, Registration
from eventapp.registration.queries import places_left
from eventapp.registration.register import register
from eventapp.registration.walk_ins.actions import add_walk_in
from tests import make, make_registration
from tests.make import TODAY
from tests.make_registration import application, asked, confirmed, states

HOUR = timedelta(hours=1)


def opened_by(token: str) -> Registration | None:
    """The registration that this link opens now."""
    found = behind(OWN, token)
    return found[1] if found and found[0].is_open(TODAY) else None


def letters(kind: str = "") -> list[str]:
    query = select(Letter).order_by(Letter.id)
    names = [
        letter.kind.removeprefix("registration/mail/").removesuffix(".txt") for letter in db.session.scalars(query)
    ]
    return [name for name in names if not kind or name == kind]


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Registration)) or 0


def test_a_request_holds_no_place_and_asks_to_confirm_the_address(app: Flask) -> None:
    meeting = make.meeting(capacity=1)

    registration = asked(meeting, record_name="Ms. Anong Suksawat", email="Anong@Example.org")

    assert (registration.state, registration.reference) == (UNCONFIRMED, "R-0001")
    assert (registration.person.email, registration.client_key is not None) == ("anong@example.org", True)
    assert places_left(meeting) == 1
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to, letter.to_name) == ("anong@example.org", "Ms. Anong Suksawat")
    assert f"http://localhost/registrations/{own_token(registration)}/confirmation" in letter.text
    assert (letter.about, letter.meeting_id) == (f"registration:{registration.id}", meeting.id)


def test_confirming_takes_the_place_and_sends_the_code_and_the_calendar(app: Flask) -> None:
    meeting = make.meeting(capacity=1, slug="spring")

    registration = confirmed(meeting)

    assert (registration.state, registration.approved_at, registration.confirmed_at) == (APPROVED, TODAY, TODAY)
    assert places_left(meeting) == 0
    letter = db.session.scalars(select(Letter).where(Letter.kind == "registration/mail/approved.txt")).one()
    assert entry_code(registration) in letter.text
    assert [(one.name, one.content[:4]) for one in letter.enclosures] == [
        ("entry-code.png", b"\x89PNG"),
        ("spring.ics", b"BEGI"),
    ]


def test_confirming_twice_is_no_fault(app: Flask) -> None:
    registration = confirmed(make.meeting())

    with transaction():
        confirm(registration, at=TODAY + HOUR)

    assert registration.confirmed_at == TODAY
    assert letters() == ["confirm_address", "approved"]


def test_a_category_that_needs_approval_waits_for_an_organizer_and_holds_no_place(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting, needs_approval=True)

    registration = confirmed(meeting, category)

    assert registration.state == PENDING
    assert places_left(meeting) == 1
    assert letters() == ["confirm_address", "received"]


def test_a_request_lapses_after_48_hours(app: Flask) -> None:
    meeting = make.meeting()
    registration = asked(meeting)
    late = TODAY + timedelta(hours=48)

    assert registration.state_now(late - timedelta(seconds=1)) == UNCONFIRMED
    assert registration.state_now(late) == LAPSED
    with pytest.raises(Refused, match="lapsed"), transaction():
        confirm(registration, at=late)
    with transaction():
        assert lapse_unconfirmed(at=late - timedelta(seconds=1)) == 0
    with transaction():
        assert lapse_unconfirmed(at=late) == 1
    assert states(registration) == [LAPSED]


def test_the_same_form_sent_again_is_the_same_registration(app: Flask) -> None:
    meeting = make.meeting()
    request = application(make.category(meeting))

    ids = []
    for _ in range(3):
        with transaction():
            ids.append(register(meeting, request, key="k", at=TODAY).id)

    assert (len(set(ids)), how_many(), letters()) == (1, 1, ["confirm_address"])


def test_a_colleague_in_the_same_form_is_another_registration(app: Flask) -> None:
    meeting = make.meeting()
    category = make.category(meeting)

    with transaction():
        register(meeting, application(category, email="one@example.org"), key="k", at=TODAY)
    with transaction():
        register(meeting, application(category, email="two@example.org"), key="k", at=TODAY)

    assert how_many() == 2


def test_the_same_address_again_gets_a_kind_letter_and_changes_nothing(app: Flask) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    registration = confirmed(meeting, category, email="anong@example.org", given_name="Anong")
    again = application(category, email="ANONG@example.org", given_name="Mallory")

    for _ in range(2):  # a double click
        with transaction():
            register(meeting, again, key="other", at=TODAY)

    assert (how_many(), registration.given_name, registration.state) == (1, "Anong", APPROVED)
    assert letters() == ["confirm_address", "approved", "already_registered"]


def test_a_new_request_replaces_one_that_nobody_confirmed_and_ends_its_link(app: Flask) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    registration = asked(meeting, category, email="anong@example.org", given_name="Mallory")
    old_link = own_token(registration)

    asked(meeting, category, email="anong@example.org", given_name="Anong", at=TODAY + HOUR)

    assert (how_many(), registration.given_name, registration.asked_at) == (1, "Anong", TODAY + HOUR)
    assert opened_by(old_link) is None
    assert opened_by(own_token(registration)) is registration


def test_a_lapsed_request_can_be_sent_again(app: Flask) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    registration = asked(meeting, category, email="anong@example.org")
    with transaction():
        lapse_unconfirmed(at=TODAY + 48 * HOUR)

    asked(meeting, category, email="anong@example.org", at=TODAY + 49 * HOUR)

    assert states(registration) == [UNCONFIRMED]


def test_somebody_we_know_keeps_their_name(app: Flask) -> None:
    make.person("Anong Suksawat", "anong@example.org")

    asked(make.meeting(), email="anong@example.org", record_name="Somebody Else")

    assert [person.name for person in db.session.scalars(select(Person))] == ["Anong Suksawat"]


def test_registration_is_open_for_a_time_and_for_some_categories(app: Flask) -> None:
    meeting = make.meeting()
    closed = make.category(meeting, takes_registrations=False)

    with pytest.raises(Refused, match="type of participant"):
        asked(meeting, closed)
    with pytest.raises(Refused, match="closed"):
        asked(meeting, at=meeting.registration_closes_at)
    assert (how_many(), letters()) == (0, [])


def test_numbers_have_no_gaps_and_start_at_one_for_each_meeting(app: Flask) -> None:
    one, other = make.meeting(), make.meeting()

    assert [asked(one).number, asked(one).number, asked(other).number] == [1, 2, 1]


def test_people_of_one_organization_are_one_delegation(app: Flask) -> None:
    meeting = make.meeting()

    first, second = asked(meeting, delegation="ITU"), asked(meeting, delegation="itu")

    assert first.delegation is second.delegation


def test_somebody_at_the_counter_gets_a_place_at_once(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting, needs_approval=True, takes_registrations=False)
    organizer = make.staff(meeting, "steward")

    with transaction():
        registration = add_walk_in(meeting, application(category), key="w", by=organizer, at=TODAY)

    assert (registration.state, registration.confirmed_at) == (APPROVED, TODAY)
    with pytest.raises(Refused, match="taken"), transaction():
        add_walk_in(meeting, application(category), key="x", by=organizer, at=TODAY)
    assert how_many() == 1


def test_somebody_at_the_counter_who_is_registered_is_pointed_at(app: Flask) -> None:
    meeting = make.meeting()
    category = make.category(meeting, needs_approval=True)
    confirmed(meeting, category, email="anong@example.org", record_name="Anong")
    organizer = make.staff(meeting, "organizer")

    with pytest.raises(Refused, match=r"Anong is registered already as R-0001\."), transaction():
        add_walk_in(meeting, application(category, email="anong@example.org"), key="w", by=organizer, at=TODAY)


def test_every_step_is_in_the_history(app: Flask) -> None:
    registration = confirmed(make.meeting())
    with transaction():
        withdraw(registration, by=registration.person, at=TODAY)

    query = select(Entry).where(Entry.thing == "registration").order_by(Entry.number)
    assert [entry.verb for entry in db.session.scalars(query)] == ["registered", "confirmed the address", "withdrew"]


def test_after_the_meeting_nothing_changes(app: Flask) -> None:
    registration = make_registration.confirmed(make.meeting())
    after = TODAY + timedelta(days=20)

    with pytest.raises(Refused, match="over"), transaction():
        withdraw(registration, by=registration.person, at=after)
