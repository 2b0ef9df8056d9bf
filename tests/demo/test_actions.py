"""The demonstration is one long run through the actions of every feature: what it leaves must be in order."""

from collections import Counter
from dataclasses import replace

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import func, select

from eventapp.agenda.exports.ical import calendar
from eventapp.agenda.queries import released
from eventapp.badges.models import Badge
from eventapp.checkin.models import Gate, Scan
from eventapp.demo.actions import FROM_THE_FILE, SLUG, bangkok_meeting, clear, load_bangkok
from eventapp.demo.queries import EVENING, is_new, next_moment
from eventapp.floor.models import Statement
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.ground.refusal import Refused
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.registration.ical import meeting_calendar
from eventapp.registration.models import Registration
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.queries import report_at
from tests import make

STAFF_AND_SPEAKERS = 20


@pytest.fixture
def _loaded(app: Flask) -> None:
    load_bangkok()


def how_many(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.usefixtures("_loaded")
def test_every_state_is_there_marked_illustrative_and_history_is_in_order() -> None:
    registrations = db.session.scalars(select(Registration)).all()
    assert Counter(one.state for one in registrations) == {
        "approved": 122,
        "pending": 12,
        "unconfirmed": 4,
        "waiting": 3,
        "declined": 3,
        "withdrawn": 3,
        "lapsed": 2,
    }
    assert {one.illustrative for one in registrations} == {True}
    assert Counter(note.state for note in db.session.scalars(select(Note))) == {
        "published": 30,
        "submitted": 2,
        "approved": 2,
    }
    assert {note.illustrative for note in db.session.scalars(select(Note))} == {True}
    assert {address.partition("@")[2] for address in db.session.scalars(select(Person.email))} == {"example.org"}
    assert Counter(scan.verdict for scan in db.session.scalars(select(Scan))) == {"welcome": 261, "refused": 5}
    assert Counter(badge.ended_at is None for badge in db.session.scalars(select(Badge))) == {True: 122, False: 1}
    turns = db.session.scalars(select(Statement)).all()
    assert {one.illustrative for one in turns} == {True}
    assert {one.is_running for one in turns} == {False}
    assert sum(one.is_over for one in turns) == 35
    assert sum(note.statement is not None for note in db.session.scalars(select(Note))) == 13
    report = report_at(bangkok_meeting(), "review")
    assert report is not None
    assert edition_of(report) is not None
    check_what_leaves()

    moments = db.session.scalars(select(Entry.at).order_by(Entry.number)).all()
    assert verify() == []
    assert list(moments) == sorted(moments)
    assert next_moment() == EVENING
    assert not is_new()


def check_what_leaves() -> None:
    """What is read without a page of the meeting around it says for itself that it is illustrative."""
    meeting = bangkok_meeting()
    marked = meeting.illustrative
    assert marked
    letters = db.session.scalars(select(Letter)).all()
    assert [one.kind for one in letters if not one.text.endswith(f"\n{marked}\n") or marked not in one.html] == []
    agenda = released(meeting)
    assert agenda is not None
    whole, *events = Calendar.from_ical(calendar(agenda, "https://meetings.example.org")).walk()
    assert whole["DESCRIPTION"] == marked
    assert [one["SUMMARY"] for one in events if not str(one["DESCRIPTION"]).endswith(marked)] == []
    (whole_day,) = Calendar.from_ical(meeting_calendar(meeting, "en")).walk("VEVENT")
    assert whole_day["DESCRIPTION"] == marked


@pytest.mark.usefixtures("app")
def test_loading_it_twice_is_refused() -> None:
    make.meeting(slug=SLUG)  # all that the second time looks for
    with pytest.raises(Refused, match="there already"):
        load_bangkok()
    assert [how_many(model) for model in (Meeting, Registration, Entry)] == [1, 0, 0]


@pytest.mark.usefixtures("_loaded")
def test_clearing_leaves_what_the_file_says_and_all_of_history() -> None:
    # gates were opened by the story, as an organizer opens them
    before, lines = write(replace(content_of(bangkok_meeting()), gates=())), how_many(Entry)
    kept = {table.name for table in Base.metadata.sorted_tables if table.name in FROM_THE_FILE}

    with transaction():
        clear(at=EVENING)

    assert write(content_of(bangkok_meeting())) == before
    assert [how_many(model) for model in (Registration, Badge, Gate, Scan, Note, Statement, Letter)] == [0] * 7
    assert report_at(bangkok_meeting(), "review") is None
    assert how_many(Person) == STAFF_AND_SPEAKERS
    assert how_many(Entry) == lines + 1
    assert verify() == []
    assert kept == set(FROM_THE_FILE)


def test_clearing_what_is_not_there_is_refused(app: Flask) -> None:
    assert meeting_at(SLUG) is None
    with pytest.raises(Refused, match="load it first"), transaction():
        clear(at=EVENING)
