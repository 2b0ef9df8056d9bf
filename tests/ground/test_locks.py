"""What goes on beside somebody who holds a row: PostgreSQL lets rows be added that refer to it, and SQLite nothing."""

from collections.abc import Callable

import pytest
from sqlalchemy import Executable, create_engine, insert, text, update
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import db, lock, lock_whole, sqlite, transaction
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from eventapp.registration.places.actions import hold
from eventapp.registration.tags.models import OrganizerNote, Tag
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.make import TODAY

A_MOMENT = 0.3  # seconds that somebody waits here


def goes_on(statement: Executable) -> bool:
    """Whether somebody else can do this now, or would wait."""
    module = {} if ON_POSTGRESQL else {"module": sqlite.driver(), "connect_args": {"timeout": A_MOMENT}}
    engine = create_engine(db.engine.url, **module)
    try:
        with engine.connect() as connection:
            if ON_POSTGRESQL:
                connection.execute(text(f"SET lock_timeout = '{A_MOMENT}s'"))
            connection.execute(statement)
            connection.rollback()
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True


def a_tag(meeting_id: int) -> Executable:
    return insert(Tag).values(meeting_id=meeting_id, name="press", folded_name="press", colour="red")


def a_change(meeting_id: int) -> Executable:
    return update(Meeting).where(Meeting.id == meeting_id).values(version=Meeting.version + 1)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("act", [lock, lock_whole])
def test_nobody_changes_a_row_that_is_held(act: Callable[[Meeting], None]) -> None:
    meeting = make.meeting()
    number = meeting.id
    assert goes_on(a_change(number))
    with transaction():
        act(meeting)
        assert not goes_on(a_change(number))


@pytest.mark.usefixtures("app")
def test_whoever_needs_nothing_of_a_row_that_is_held_goes_on() -> None:
    meeting = make.meeting()
    number = meeting.id
    with transaction():
        lock(meeting)
        assert goes_on(a_tag(number)) is ON_POSTGRESQL


@pytest.mark.usefixtures("app")
def test_beside_somebody_who_takes_a_place_too() -> None:
    meeting = make.meeting()
    registration = make.registration(meeting)
    numbers = meeting.id, registration.id, make.staff(meeting, "organizer").id
    with transaction():
        hold(db.session.get_one(Registration, numbers[1]))
        note = insert(OrganizerNote).values(
            registration_id=numbers[1], text="Comes late.", at_door=False, at=TODAY, by_id=numbers[2]
        )
        assert [goes_on(one) for one in (a_tag(numbers[0]), note)] == [ON_POSTGRESQL] * 2
        assert not goes_on(a_change(numbers[0]))


@pytest.mark.usefixtures("app")
def test_nothing_is_added_to_what_is_held_whole() -> None:
    """It is also the control of the two above: a plain FOR UPDATE, as lock() took it before."""
    meeting = make.meeting()
    number = meeting.id
    assert goes_on(a_tag(number))
    with transaction():
        lock_whole(meeting)
        assert not goes_on(a_tag(number))
