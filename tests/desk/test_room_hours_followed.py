"""The hours of rooms in a meeting file, in a copy of a meeting and in a package."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from eventapp.agenda.availability.content import OFF, ONLY, DayHours
from eventapp.agenda.room_hours.actions import set_hours
from eventapp.desk.starting.actions import start
from eventapp.desk.starting.content import Beginning, copied
from eventapp.ground.db import db, transaction
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.actions import bring_in
from eventapp.package.export.meeting import filled
from eventapp.package.export.place import RoomHours
from eventapp.package.manifest.validation import nonsense_in
from tests import make, make_package
from tests.package.test_attached import moved

DAYS = [DayHours("2026-03-16", ONLY, "12:00", "13:00"), DayHours("2026-03-17", OFF)]


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting of two days with a room that is open for an hour of the first."""
    meeting = make_package.held()
    with transaction():
        meeting.ends_on = meeting.starts_on + timedelta(days=1)
        set_hours(meeting.rooms[0], DAYS, by=None, at=make.TODAY)
    return meeting


def days(meeting: Meeting) -> list[str]:
    db.session.expire_all()
    return [one["day"] for one in meeting.rooms[0].hours]


def test_a_file_says_them_and_sets_them(meeting: Meeting) -> None:
    file = read(write(content_of(meeting)))
    assert file.rooms == content_of(meeting).rooms
    room = replace(file.rooms[0], hours=file.rooms[0].hours[:1])
    with transaction():
        told = [str(one) for one in load(replace(file, rooms=(room,)), by=None, at=make.TODAY)]
    assert any("2026-03-17" in one for one in told)
    assert days(meeting) == ["2026-03-16"]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("13:00", "11:00", "the second later"),
        ("13:00", "1 pm", "Write it like"),
        ("only", "often", "Write one of off, only, but"),
        ("2026-03-17", "2026-03-16", "already on line"),
    ],
)
def test_a_file_is_told_what_is_wrong(meeting: Meeting, before: str, after: str, says: str) -> None:
    text = write(content_of(meeting))
    head, rooms = text.split("\nrooms:", 1)
    assert before in rooms
    with pytest.raises(Faulty) as found:
        read(f"{head}\nrooms:{rooms.replace(before, after, 1)}")
    assert any(says in str(fault) for fault in found.value.faults)


@pytest.mark.parametrize(("venue", "expected"), [("", ["2026-04-15", "2026-04-16"]), ("Elsewhere", [])])
def test_a_copy_at_the_same_place_has_them_on_its_days(meeting: Meeting, venue: str, expected: list[str]) -> None:
    later = timedelta(days=30)
    wanted = Beginning(
        slug="next", title="Next", starts=meeting.starts_on + later, ends=meeting.ends_on + later, city="C", country="THA",
        venue=venue or meeting.venue, zone=meeting.zone, organization="O", organizer="Ada", email="ada@example.org",
    )  # fmt: skip
    by = make.administrator()
    with transaction():
        start(copied(content_of(meeting), wanted, make.TODAY, {"rooms"}), by=by, at=make.TODAY)
    copy = meeting_at("next")
    assert copy is not None
    assert days(copy) == expected


def test_a_package_has_them(meeting: Meeting) -> None:
    found = filled(meeting, "public").package
    assert found.meeting.rooms[0].hours[0] == RoomHours("2026-03-16", "only", "12:00", "13:00")
    moved(meeting)
    with transaction():
        other = bring_in(found, contact="ada@example.org", by=None, at=make.TODAY)
    assert other.rooms[0].hours == meeting.rooms[0].hours


@pytest.mark.parametrize(
    "wrong", [RoomHours("soon", "off"), RoomHours("2026-03-16", "only", "9", "10"), RoomHours("2026-03-16", "maybe")]
)
def test_a_package_with_hours_that_cannot_be_is_refused(meeting: Meeting, wrong: RoomHours) -> None:
    found = filled(meeting, "public").package
    room = replace(found.meeting.rooms[0], hours=(wrong,))
    broken = replace(found, meeting=replace(found.meeting, rooms=(room,)))
    assert not [one for one in nonsense_in(found) if "hours" in one]
    assert [one for one in nonsense_in(broken) if "hours" in one] == ["room R1: hours"]
