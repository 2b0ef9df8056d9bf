import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.ground.db import db, transaction
from eventapp.history.actions import record
from eventapp.history.chain import START
from eventapp.history.models import ChainEnd, Entry
from eventapp.history.queries import entries_of
from eventapp.meetings.models import Meeting, Room
from tests import make

pytestmark = pytest.mark.usefixtures("app")


def test_a_line_says_who_did_what_when_to_which_thing() -> None:
    organizer, thing = make.person("Ada Byron"), make.meeting()
    with transaction():
        record("published", thing, by=organizer, at=make.TODAY, meeting_id=thing.id, remark="first")
    line = db.session.scalars(select(Entry)).one()
    assert (line.by_id, line.by_name, line.verb) == (organizer.id, "Ada Byron", "published")
    assert (line.thing, line.thing_id, line.meeting_id) == ("meeting", thing.id, thing.id)
    assert (line.at, line.detail) == (make.TODAY, {"remark": "first"})


def test_a_line_is_of_the_meeting_of_its_row() -> None:
    session = make.session(make.meeting())
    role = make.role(session)
    for thing, meeting in ((session.meeting, session.meeting_id), (role, session.meeting_id), (make.person(), None)):
        with transaction():
            assert record("changed", thing, by=None, at=make.TODAY).meeting_id == meeting


def test_lines_are_numbered_and_hang_on_one_another() -> None:
    thing = make.meeting()
    with transaction():
        record("made", thing, by=None, at=make.TODAY)
        record("changed", thing, by=None, at=make.TODAY)
    with transaction():
        record("published", thing, by=None, at=make.TODAY)
    lines = db.session.scalars(select(Entry).order_by(Entry.number)).all()
    assert [(line.number, line.verb) for line in lines] == [(1, "made"), (2, "changed"), (3, "published")]
    assert [line.previous for line in lines] == [START, lines[0].hash, lines[1].hash]
    end = db.session.get_one(ChainEnd, 1)
    assert (end.number, end.hash) == (3, lines[2].hash)


def test_what_did_not_happen_leaves_no_line() -> None:
    thing = make.meeting()
    with pytest.raises(IntegrityError):
        add_a_room_nobody_fits_in(thing)
    assert db.session.scalars(select(Entry)).all() == []
    assert db.session.get_one(ChainEnd, 1).number == 0


def test_the_lines_of_a_thing_and_of_a_meeting() -> None:
    one, other = make.meeting(), make.meeting()
    with transaction():
        record("made", one, by=None, at=make.TODAY, meeting_id=one.id)
        record("made", other, by=None, at=make.TODAY, meeting_id=other.id)
        record("published", one, by=None, at=make.TODAY, meeting_id=one.id)
    assert [line.verb for line in entries_of(one)] == ["made", "published"]
    lines = db.session.scalars(select(Entry).where(Entry.meeting_id == one.id).order_by(Entry.number))
    assert [line.verb for line in lines] == ["made", "published"]


def add_a_room_nobody_fits_in(meeting: Meeting) -> None:
    with transaction():
        record("published", meeting, by=None, at=make.TODAY)
        db.session.add(Room(meeting_id=meeting.id, code="A", name="A", seats=0))
