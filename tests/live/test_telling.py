"""Who has a part in what moved gets one letter, with old and new times and a calendar entry for each session."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.live.late.actions import Press, press_late, undo_late
from eventapp.live.late.queries import lateness
from eventapp.live.models import LiveChange
from eventapp.live.telling import preparing
from eventapp.live.telling.jobs import LONG_JOBS
from eventapp.live.telling.queries import how_many
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.models import SIGNED, SignUp, Star
from eventapp.registration.models import WITHDRAWN
from tests import make
from tests.make_agenda import NINE, published

MINUTE = timedelta(minutes=1)
AT = NINE + 80 * MINUTE
PEOPLE = ("cleo", "dan", "gus", "eve")


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Ada speaks in both sessions, Ben in the second."""
    meeting = make.meeting(slug="spring")
    hall = make.room(meeting, name="Hall")
    ada, ben = (make.person(name, email=f"{name}@example.org") for name in ("ada", "ben"))
    for number, people in ((0, [ada]), (1, [ada, ben])):
        starts_at = NINE + number * 90 * MINUTE
        session = make.session(
            meeting, code=f"S{number}", title=f"Title {number}", room_id=hall.id, starts_at=starts_at
        )
        for person in people:
            make.role(session, person_id=person.id, name=person.name)
    published(meeting)
    return meeting


def late(minutes: int = 10, at: datetime = AT, *, has_letters: bool = True) -> LiveChange:
    db.session.rollback()
    session = db.session.query(Session).filter_by(code="S0").one()
    seen = lateness(session, minutes, everywhere=False, at=at).seen
    with transaction():
        return press_late(session, Press(minutes, seen, has_letters=has_letters), by=None, at=at)


def letters(at: datetime) -> list[Letter]:
    while work_long(LONG_JOBS, at=at):
        pass
    db.session.rollback()
    return db.session.query(Letter).order_by(Letter.to).all()


def test_each_gets_one_letter_with_old_and_new_times_and_a_calendar_entry(meeting: Meeting) -> None:
    late()
    assert letters(AT + MINUTE / 2) == [], "what is pressed in one minute is collected"
    late(5, AT + MINUTE / 2)
    ada, ben = letters(AT + 2 * MINUTE)
    assert (ada.to, ben.to) == ("ada@example.org", "ben@example.org")
    assert "Now: 16 March 2026, 10:45–12:15 (Bangkok, UTC+7), Hall" in ben.text
    assert "Before: 16 March 2026, 10:30–12:00 (Bangkok, UTC+7), Hall" in ben.text
    assert "Ends later" in ada.text and "Title 0" not in ben.text
    assert [one.name for one in ada.enclosures] == ["spring-S0.ics", "spring-S1.ics"]
    (event,) = Calendar.from_ical(ben.enclosures[0].content).walk("VEVENT")
    assert (event["SEQUENCE"], event.decoded("DTSTART")) == (2, NINE + 105 * MINUTE)
    assert len(letters(AT + 9 * MINUTE)) == 2, "once"


def test_what_was_taken_back_in_time_is_not_told_and_later_it_is(meeting: Meeting) -> None:
    change = late()
    with transaction():
        undo_late(change, by=None, at=AT + MINUTE / 4)
    assert letters(AT + 2 * MINUTE) == []
    change = late(at=AT + 3 * MINUTE)
    assert len(letters(AT + 5 * MINUTE)) == 2
    with transaction():
        undo_late(change, by=None, at=AT + 6 * MINUTE)
    found = letters(AT + 8 * MINUTE)
    assert len(found) == 4
    assert sum("Now: 16 March 2026, 10:30–12:00" in one.text for one in found) == 2


def test_who_gave_a_star_or_signed_up_hears_of_it_in_the_same_one_letter(meeting: Meeting) -> None:
    cleo, dan, _gus, eve = (make.registration(meeting, person=make.person(n, f"{n}@example.org")) for n in PEOPLE)
    first, second = db.session.query(Session).order_by(Session.code)
    with transaction():
        for one, session in ((cleo, first), (cleo, second), (dan, second), (eve, first)):
            db.session.add(Star(registration_id=one.id, session_id=session.id, at=AT))
        db.session.add(SignUp(registration_id=dan.id, session_id=first.id, state=SIGNED, at=AT))
        eve.state = WITHDRAWN
    assert how_many([first, second]) == 4
    late()
    found = {one.to: one for one in letters(AT + 2 * MINUTE)}
    assert sorted(found) == ["ada@example.org", "ben@example.org", "cleo@example.org", "dan@example.org"]
    for name in ("cleo", "dan"):
        assert [one.name for one in found[f"{name}@example.org"].enclosures] == ["spring-S0.ics", "spring-S1.ics"]
        assert "Before: 16 March 2026" in found[f"{name}@example.org"].text


def test_nobody_is_told_where_that_was_chosen(meeting: Meeting) -> None:
    late(has_letters=False)
    assert letters(AT + 2 * MINUTE) == []


def test_many_are_written_in_several_goes_and_each_once(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "A_TIME", 2)
    session = db.session.query(Session).filter_by(code="S1").one()
    for number in range(5):
        person = make.person(f"P{number}", email=f"p{number}@example.org")
        make.role(session, person_id=person.id, name=person.name)
    late()
    assert work_long(LONG_JOBS, at=AT + 2 * MINUTE) and db.session.query(Letter).count() == 2
    late(5, AT + 2 * MINUTE)  # meanwhile: told in letters of its own
    found = letters(AT + 4 * MINUTE)
    assert len(found) == 14 and all([one.to for one in found].count(each.to) == 2 for each in found)


def test_two_workers_write_each_letter_once(meeting: Meeting) -> None:
    late()
    with transaction():
        notice = preparing.take(AT + 2 * MINUTE)
    assert notice
    first, second = preparing.prepare(notice), preparing.prepare(notice)
    db.session.expunge_all()
    for write in (first, second):
        with transaction():
            write()
    assert db.session.query(Letter).count() == 2
