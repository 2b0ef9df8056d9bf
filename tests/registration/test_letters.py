"""The letter that answers a confirmation is written before the meeting is held, and used where it is still right."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from eventapp.ground.db import db, transaction
from eventapp.links.actions import end
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.registration.actions import confirm
from eventapp.registration.entry import OWN, own_token
from eventapp.registration.models import APPROVED, PENDING, WAITING, Registration
from eventapp.registration.own import views
from eventapp.registration.places.letters import ready_for
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import asked, confirmed, states
from tests.registration.filling import set_clock

WORDS = "FROM wording"  # what a letter asks for first: whether the meeting has words of its own for it


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(capacity=2)


@contextmanager
def asked_while_writing() -> Iterator[list[str]]:
    """What the database is asked inside, while somebody writes."""
    found = list[str]()

    def heard(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:  # SQLAlchemy's and the driver's
        if connection.get_execution_options().get("writes"):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", heard)


def press(client: PageClient, registration: Registration) -> list[str]:
    """Press the button of the mailed link. Returns what was asked while the meeting was held."""
    address = f"/registrations/{own_token(registration)}/confirmation"
    with asked_while_writing() as found:
        assert client.post(address).status_code == 303
    return found


def answer_to(registration: Registration) -> Letter:
    """The last letter about it."""
    about = f"registration:{registration.id}"
    return (
        db.session.scalars(select(Letter).where(Letter.about == about).order_by(Letter.id.desc())).first() or Letter()
    )


def test_no_letter_is_written_while_the_meeting_is_held(client: PageClient, meeting: Meeting) -> None:
    registration = asked(meeting)
    found = press(client, registration)
    assert (states(registration), [one for one in found if WORDS in one]) == ([APPROVED], [])
    assert sum("UPDATE registration" in one for one in found) == 1  # when, and into which state, at once
    assert own_token(registration) in answer_to(registration).text
    assert len(answer_to(registration).enclosures) == 2


def test_without_one_that_is_ready_it_is_written_then(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that the test above would see it."""
    monkeypatch.setattr(views, "ready_for", lambda *_registration, **_at: None)
    registration = asked(meeting)
    assert [one for one in press(client, registration) if WORDS in one]
    assert (states(registration), len(answer_to(registration).enclosures)) == ([APPROVED], 2)


def test_what_an_organizer_decides_is_answered_so(client: PageClient, meeting: Meeting) -> None:
    registration = asked(meeting, make.category(meeting, needs_approval=True))
    found = press(client, registration)
    assert (states(registration), [one for one in found if WORDS in one]) == ([PENDING], [])
    assert answer_to(registration).kind == "registration/mail/received.txt"


def test_where_no_place_is_left_the_letter_says_so(client: PageClient, meeting: Meeting) -> None:
    category = make.category(meeting)
    registration = asked(meeting, category)
    for _place in range(2):
        confirmed(meeting, category)
    press(client, registration)
    assert states(registration) == [WAITING]
    assert answer_to(registration).kind == "registration/mail/waiting.txt"
    assert answer_to(registration).enclosures == []


@pytest.mark.parametrize("whose", ["language", "email", "record_name"])
def test_who_became_somebody_else_meanwhile_is_written_to_as_that(meeting: Meeting, whose: str) -> None:
    registration = asked(meeting)
    ready = ready_for(registration, at=TODAY)
    row, value = {
        "language": (registration.person, "fr"),
        "email": (registration.person, "moved@example.org"),
        "record_name": (registration, "Dr. Anong Suksawat"),
    }[whose]
    with transaction():
        setattr(row, whose, value)
    with transaction():
        confirm(registration, at=TODAY, ready=ready)
    letter = answer_to(registration)
    said = {"language": letter.language, "email": letter.to, "record_name": letter.to_name}
    assert (states(registration), said[whose]) == ([APPROVED], value)


def test_who_is_confirmed_already_or_has_no_link_has_no_letter_ready(meeting: Meeting) -> None:
    assert ready_for(confirmed(meeting), at=TODAY) is None
    registration = asked(meeting)
    with transaction():
        end(OWN, registration, at=TODAY)
    assert ready_for(registration, at=TODAY) is None
    assert not db.session.new  # a link is made only where somebody writes
    with transaction():
        confirm(registration, at=TODAY)
    assert own_token(registration) in answer_to(registration).text


def test_a_place_that_came_free_goes_to_the_line_first(meeting: Meeting) -> None:
    category = make.category(meeting)
    for _place in range(2):
        confirmed(meeting, category)
    waits, registration = confirmed(meeting, category), asked(meeting, category)
    with transaction():
        meeting.capacity = 3
    ready = ready_for(registration, at=TODAY)
    with transaction():
        confirm(registration, at=TODAY, ready=ready)
    assert states(waits, registration) == [APPROVED, WAITING]
