"""Networking is deleted so many days after the meeting as its settings say; slots and other meetings stay."""

from datetime import timedelta

from eventapp.desk.retention.queries import count_of_each
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.models import Deletion
from eventapp.meetings.retention.sorts import NETWORKING
from eventapp.networking.actions import block
from eventapp.networking.bilaterals.actions import ask
from eventapp.networking.bilaterals.models import Bilateral, BilateralSlot
from eventapp.networking.models import NetworkingBlock, NetworkingConsent
from eventapp.networking.offers.models import OFFER, NetworkingLine, NetworkingTag
from eventapp.networking.retention import JOBS
from eventapp.networking.slots.actions import slot_at
from eventapp.registration.models import Registration
from tests.make_agenda import NINE
from tests.networking.conftest import line

PERSONAL = (NetworkingLine, NetworkingTag, NetworkingConsent, NetworkingBlock, Bilateral)


def left() -> list[int]:
    db.session.rollback()
    return [db.session.query(model).count() for model in PERSONAL]


def test_networking_goes_with_its_days_and_is_counted(meeting: Meeting, ada: Registration, grace: Registration) -> None:
    line(ada, OFFER, "A radio", ["C9"])
    with transaction():
        db.session.add(slot_at(meeting, "Table 1", NINE, NINE + timedelta(minutes=15)))
        ask(ada, grace, "Radios", None, at=NINE - timedelta(days=2))
        block(grace, ada, at=NINE - timedelta(days=1))
    assert count_of_each(meeting)[NETWORKING] == 2
    assert not work_through(JOBS, at=NINE + timedelta(days=30))
    assert left() == [1, 1, 2, 1, 1]
    work_through(JOBS, at=NINE + timedelta(days=31))
    assert left() == [0, 0, 0, 0, 0] and db.session.query(BilateralSlot).count() == 1
    assert [(one.sort, one.number) for one in db.session.query(Deletion)] == [(NETWORKING, 2)]
    assert not work_through(JOBS, at=NINE + timedelta(days=32))
