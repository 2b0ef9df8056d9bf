"""Who waits for a place, who gets one that comes free, and what taking a withdrawal back does."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.mail.models import Letter
from eventapp.registration.actions import offer_places, undo_withdrawal, withdraw
from eventapp.registration.models import APPROVED, PENDING, WAITING, WITHDRAWN
from eventapp.registration.queries import waiting_position
from tests import make
from tests.make import TODAY
from tests.make_registration import confirmed, states

HOUR = timedelta(hours=1)


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.kind).order_by(Letter.id)))


def test_when_the_meeting_is_full_people_wait_in_line(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)

    everybody = [confirmed(meeting, category) for _ in range(3)]

    assert states(*everybody) == [APPROVED, WAITING, WAITING]
    assert [waiting_position(one) for one in everybody] == [0, 1, 2]
    assert letters().count("registration/mail/waiting.txt") == 2


def test_a_category_has_its_own_number(app: Flask) -> None:
    meeting = make.meeting(capacity=10)
    scarce = make.category(meeting, capacity=1)

    everybody = [confirmed(meeting, scarce), confirmed(meeting, scarce), confirmed(meeting)]

    assert states(*everybody) == [APPROVED, WAITING, APPROVED]


def test_a_place_given_up_goes_to_the_first_who_fits(app: Flask) -> None:
    meeting = make.meeting(capacity=2)
    scarce, free = make.category(meeting, capacity=1), make.category(meeting)
    first, leaving = confirmed(meeting, scarce), confirmed(meeting, free)
    no_room_for, lucky = confirmed(meeting, scarce), confirmed(meeting, free)

    with transaction():
        withdraw(leaving, by=leaving.person, at=TODAY + HOUR)

    assert states(first, leaving, no_room_for, lucky) == [APPROVED, WITHDRAWN, WAITING, APPROVED]
    assert letters()[-2:] == ["registration/mail/withdrawn.txt", "registration/mail/approved.txt"]


def test_a_withdrawal_can_be_taken_back_where_there_is_a_place(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    registration = confirmed(meeting)
    with transaction():
        withdraw(registration, by=registration.person, at=TODAY)

    with transaction():
        undo_withdrawal(registration, by=registration.person, at=TODAY + HOUR)

    assert states(registration) == [APPROVED]


def test_taking_a_withdrawal_back_never_oversells(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    first, second = confirmed(meeting, category), confirmed(meeting, category)
    with transaction():
        withdraw(first, by=first.person, at=TODAY)

    with transaction():
        undo_withdrawal(first, by=first.person, at=TODAY + HOUR)

    assert states(first, second) == [WAITING, APPROVED]
    with pytest.raises(Refused), transaction():
        undo_withdrawal(second, by=second.person, at=TODAY)


def test_somebody_who_was_pending_is_pending_again(app: Flask) -> None:
    meeting = make.meeting()
    registration = confirmed(meeting, make.category(meeting, needs_approval=True))
    with transaction():
        withdraw(registration, by=registration.person, at=TODAY)
    with transaction():
        undo_withdrawal(registration, by=registration.person, at=TODAY)

    assert states(registration) == [PENDING]


def test_a_raised_number_reaches_those_who_wait(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    everybody = [confirmed(meeting, category) for _ in range(4)]
    with transaction():
        meeting.capacity = 3

    with transaction():
        offer_places(meeting, at=TODAY)

    assert states(*everybody) == [APPROVED, APPROVED, APPROVED, WAITING]


def test_nobody_passes_those_who_wait(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    first, second = confirmed(meeting, category), confirmed(meeting, category)
    with transaction():
        meeting.capacity = 2

    third = confirmed(meeting, category)

    assert states(first, second, third) == [APPROVED, APPROVED, WAITING]
