"""A meeting that was removed and one that is made after it share nothing, though SQLite would give it the same number."""

from dataclasses import fields

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.checkin.offline.sealing import name_of
from eventapp.desk.lifecycle.actions import remove
from eventapp.ground.db import db, transaction
from eventapp.history.actions import record
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.history.queries import entries_of
from eventapp.meetings import actions
from eventapp.meetings.actions import grant, make_meeting
from eventapp.meetings.facts import MeetingFacts
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.people.models import Person
from eventapp.registration.models import Delegation
from tests import make
from tests.browserless import PageClient

SECRET = "Talks that nobody is to know of"


@pytest.fixture
def organizer(app: Flask) -> Person:
    return make.person("Olga Organizer")


@pytest.fixture
def facts(app: Flask) -> MeetingFacts:
    row = make.meeting()
    return MeetingFacts(**{one.name: getattr(row, one.name) for one in fields(MeetingFacts)})


def made(slug: str, facts: MeetingFacts, organizer: Person) -> tuple[Meeting, Delegation]:
    """A draft with a delegation of its own."""
    with transaction():
        meeting = make_meeting(slug, facts, by=organizer, at=make.TODAY)
        grant(meeting, organizer, ORGANIZER, by=None, at=make.TODAY)
    return meeting, make.delegation(meeting)


def removed(facts: MeetingFacts, organizer: Person) -> tuple[int, int]:
    """The numbers of a meeting that is there no more, and of its delegation; history has lines about both."""
    meeting, delegation = made("secret", facts, organizer)
    numbers = meeting.id, delegation.id
    with transaction():
        record("wrote to the delegation", delegation, by=organizer, at=make.TODAY, text=SECRET)
        remove(meeting, by=organizer, at=make.TODAY)
    return numbers


def lines_at(meeting_id: int) -> list[str]:
    return list(db.session.scalars(select(Entry.verb).where(Entry.meeting_id == meeting_id).order_by(Entry.number)))


def test_the_next_meeting_has_another_number_and_a_history_of_its_own(
    client: PageClient, facts: MeetingFacts, organizer: Person
) -> None:
    gone, _delegation = removed(facts, organizer)
    meeting, delegation = made("open", facts, organizer)

    assert meeting.id != gone
    assert lines_at(meeting.id)[0] == "made meeting" and "deleted meeting" not in lines_at(meeting.id)
    assert lines_at(gone)[-1] == "deleted meeting"
    assert SECRET not in client.sign_in(organizer).get("/meetings/open/manage/history").text
    assert entries_of(delegation) == []
    assert name_of("ABCD", meeting.id) != name_of("ABCD", gone), "nor does a list that a phone keeps fit"
    assert verify() == []


def test_every_further_one_has_another(facts: MeetingFacts, organizer: Person) -> None:
    numbers = [removed(facts, organizer)[0] for _each in range(3)]
    with transaction():
        numbers += [make_meeting(f"open-{place}", facts, by=organizer, at=make.TODAY).id for place in range(2)]
    assert len(set(numbers)) == 5


def test_the_number_alone_would_be_given_again(
    facts: MeetingFacts, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: PostgreSQL gives none twice, SQLite does."""
    monkeypatch.setattr(actions, "unused_number", lambda: None)
    gone, _delegation = removed(facts, organizer)
    meeting, _other = made("open", facts, organizer)
    is_shared = meeting.id == gone
    assert is_shared == (db.engine.dialect.name == "sqlite") == ("deleted meeting" in lines_at(meeting.id))


def test_a_row_with_the_number_of_one_that_went_has_no_line_of_it(facts: MeetingFacts, organizer: Person) -> None:
    """Rows below the meeting may have the number of another again: history is asked with that of the meeting."""
    _gone, number = removed(facts, organizer)
    meeting, _other = made("open", facts, organizer)
    taken = db.session.get(Delegation, number) or make.delegation(meeting, id=number)
    assert entries_of(taken) == []
    assert [
        one.verb
        for one in db.session.scalars(select(Entry).where(Entry.thing_id == number, Entry.thing == "delegation"))
    ]
