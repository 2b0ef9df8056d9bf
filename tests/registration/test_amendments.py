import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.registration.actions import withdraw
from eventapp.registration.application import describe
from eventapp.registration.changes.actions import accept_change, amend, refuse_change
from eventapp.registration.models import APPROVED, PENDING, WAITING
from eventapp.registration.queries import open_amendment
from tests import make
from tests.make import TODAY
from tests.make_registration import confirmed, same, states


def test_before_approval_a_change_holds_at_once(app: Flask) -> None:
    meeting = make.meeting()
    registration = confirmed(meeting, make.category(meeting, needs_approval=True))

    with transaction():
        waits = amend(
            registration, same(registration, record_name="H.E. Anong", delegation="UNESCO"), by=None, at=TODAY
        )

    assert waits is None
    assert (registration.record_name, registration.delegation.name, registration.state) == (
        "H.E. Anong",
        "UNESCO",
        PENDING,
    )
    assert "unesco" in registration.search_text


def test_after_approval_it_is_checked_again_and_the_place_stays(app: Flask) -> None:
    meeting = make.meeting()
    registration = confirmed(meeting, record_name="Anong Suksawat")

    with transaction():
        waits = amend(
            registration, same(registration, record_name="Ms. Anong Suksawat", dietary_needs="Halal"), by=None, at=TODAY
        )

    assert waits is not None
    assert waits.changes == {"record_name": ["Anong Suksawat", "Ms. Anong Suksawat"]}
    assert describe(waits.changes, {}) == [("Name in list", "Anong Suksawat", "Ms. Anong Suksawat")]
    assert (registration.record_name, registration.state) == ("Anong Suksawat", APPROVED)
    assert registration.dietary_needs == "Halal"  # nobody's business but theirs


@pytest.mark.parametrize(("language", "state"), [("en", "Thailand"), ("fr", "Thaïlande"), ("ar", "تايلند")])
def test_a_state_in_a_change_is_named_in_the_readers_language(app: Flask, language: str, state: str) -> None:
    with force_locale(language):
        changes = describe({"delegation": ["Thailand", "Thai Netizen Network"]}, {})
    assert [pair[1:] for pair in changes] == [(state, "Thai Netizen Network")]


def test_accepting_makes_the_change(app: Flask) -> None:
    meeting = make.meeting()
    registration, by = confirmed(meeting), make.staff(meeting, "organizer")
    with transaction():
        amend(registration, same(registration, delegation="Bhutan", delegation_country="BTN"), by=None, at=TODAY)
    amendment = open_amendment(registration)
    assert amendment is not None

    with transaction():
        accept_change(amendment, by=by, at=TODAY)

    assert (registration.delegation.name, registration.delegation.is_state) == ("Bhutan", True)
    assert open_amendment(registration) is None
    with pytest.raises(Refused, match="decided"), transaction():
        accept_change(amendment, by=by, at=TODAY)


def test_refusing_needs_a_reason_and_changes_nothing(app: Flask) -> None:
    meeting = make.meeting()
    registration, by = confirmed(meeting, record_name="Anong"), make.staff(meeting, "organizer")
    with transaction():
        amend(registration, same(registration, record_name="Dr. Anong"), by=None, at=TODAY)
    amendment = open_amendment(registration)
    assert amendment is not None

    with pytest.raises(Refused, match="reason"), transaction():
        refuse_change(amendment, "", by=by, at=TODAY)
    with transaction():
        refuse_change(amendment, "The letter says otherwise.", by=by, at=TODAY)

    assert (registration.record_name, amendment.accepted, registration.state) == ("Anong", False, APPROVED)


def test_a_newer_change_replaces_the_one_that_waits_and_going_back_ends_it(app: Flask) -> None:
    registration = confirmed(make.meeting(), record_name="Anong")
    for name in ("Dr. Anong", "Prof. Anong"):
        with transaction():
            amend(registration, same(registration, record_name=name), by=None, at=TODAY)
    amendment = open_amendment(registration)
    assert amendment is not None and amendment.changes == {"record_name": ["Anong", "Prof. Anong"]}

    with transaction():
        amend(registration, same(registration), by=None, at=TODAY)

    assert open_amendment(registration) is None


def test_changing_to_a_full_category_is_refused_when_it_is_decided(app: Flask) -> None:
    meeting = make.meeting()
    full = make.category(meeting, capacity=1, name="Media")
    confirmed(meeting, full)
    registration, by = confirmed(meeting), make.staff(meeting, "organizer")
    with transaction():
        amend(registration, same(registration, category=full.code), by=None, at=TODAY)
    amendment = open_amendment(registration)
    assert amendment is not None

    with pytest.raises(Refused, match=r"Every place for Media is taken \(1\)"), transaction():
        accept_change(amendment, by=by, at=TODAY)

    assert registration.category.name != "Media"


def test_somebody_who_waits_and_changes_to_a_category_that_is_checked_is_checked(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    confirmed(meeting)
    registration, checked = confirmed(meeting), make.category(meeting, needs_approval=True)
    assert states(registration) == [WAITING]

    with transaction():
        amend(registration, same(registration, category=checked.code), by=None, at=TODAY)

    assert states(registration) == [PENDING]


def test_whoever_leaves_a_full_category_leaves_the_place_to_the_first_who_waits_for_it(app: Flask) -> None:
    meeting = make.meeting()
    full, other = make.category(meeting, capacity=1), make.category(meeting)
    holder, first, by = confirmed(meeting, full), confirmed(meeting, full), make.staff(meeting, "organizer")
    with transaction():
        amend(holder, same(holder, category=other.code), by=None, at=TODAY)
    amendment = open_amendment(holder)
    assert amendment is not None and states(first) == [WAITING]

    with transaction():
        accept_change(amendment, by=by, at=TODAY)

    assert states(holder, first) == [APPROVED, APPROVED]


def test_somebody_who_waits_and_changes_to_a_category_with_places_gets_one(app: Flask) -> None:
    meeting = make.meeting()
    full, other = make.category(meeting, capacity=1), make.category(meeting)
    confirmed(meeting, full)
    registration = confirmed(meeting, full)

    with transaction():
        amend(registration, same(registration, category=other.code), by=None, at=TODAY)

    assert (states(registration), registration.category) == ([APPROVED], other)


def test_nothing_changes_on_a_registration_that_is_withdrawn(app: Flask) -> None:
    registration = confirmed(make.meeting())
    with transaction():
        withdraw(registration, by=registration.person, at=TODAY)

    with pytest.raises(Refused, match="not active"), transaction():
        amend(registration, same(registration, record_name="Else"), by=None, at=TODAY)


def test_saving_without_a_change_leaves_no_trace(app: Flask) -> None:
    registration = confirmed(make.meeting())
    before = db.session.scalars(select(Entry.id)).all()

    with transaction():
        amend(registration, same(registration), by=None, at=TODAY)

    assert db.session.scalars(select(Entry.id)).all() == before
