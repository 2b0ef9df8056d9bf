"""Sign-up for a session: places, the line, who moves up and when, what organizers see; and a race for the last place."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from eventapp.agenda.models import Session
from eventapp.agenda.planning.conflicts import warnings
from eventapp.agenda.planning.draft import draft_of
from eventapp.agenda.queries import session_at
from eventapp.ground.clock import now
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.prepared import tables
from eventapp.my_agenda.models import IN_LINE, LEFT, SIGNED, SignUp
from eventapp.my_agenda.queries import places_free, position, sign_up_in
from eventapp.my_agenda.sign_up import actions
from eventapp.my_agenda.sign_up.actions import leave, set_sign_up, sign_up
from eventapp.my_agenda.sign_up.jobs import JOBS, LONG_JOBS
from eventapp.registration.actions import withdraw
from eventapp.registration.models import PENDING, Registration
from tests import make
from tests.browserless import PageClient
from tests.conftest import ON_POSTGRESQL
from tests.make import TODAY
from tests.make_agenda import NINE
from tests.my_agenda.conftest import token_of

RIVALS = 8


@pytest.fixture
def session(meeting: Meeting) -> Session:
    found = session_at(meeting, "S1")
    assert found
    return found


@pytest.fixture
def people(meeting: Meeting) -> list[Registration]:
    return [make.registration(meeting) for _number in range(4)]


def signed(registration: Registration, session: Session, at: timedelta = timedelta()) -> str:
    with transaction():
        return sign_up(registration, session, at=TODAY + at).state


def states(session: Session, people: list[Registration]) -> list[str]:
    db.session.rollback()
    found = [sign_up_in(session, one) for one in people]
    return [one.state if one else "" for one in found]


def test_two_get_a_place_and_the_rest_stand_in_line_which_moves_up_by_itself(
    session: Session, people: list[Registration]
) -> None:
    assert [signed(one, session, timedelta(minutes=n)) for n, one in enumerate(people)] == [
        SIGNED,
        SIGNED,
        IN_LINE,
        IN_LINE,
    ]
    assert signed(people[3], session) == IN_LINE, "twice is once"
    last = sign_up_in(session, people[3])
    assert last and position(last) == 2
    with transaction():
        leave(people[0], session, at=TODAY)
    assert states(session, people) == [LEFT, SIGNED, SIGNED, IN_LINE]
    (letter,) = db.session.query(Letter).filter(Letter.subject.contains("A place for you")).all()
    assert letter.to == people[2].person.email and "Title 1" in letter.text and "/agenda" in letter.text
    assert signed(people[0], session) == IN_LINE, "who comes back is the last in line"


def test_a_place_of_who_withdrew_goes_to_the_first_in_line(session: Session, people: list[Registration]) -> None:
    for one in people:
        signed(one, session)
    with transaction():
        withdraw(people[1], by=people[1].person, at=TODAY)
    work_through(JOBS, at=TODAY)
    assert states(session, people) == [SIGNED, LEFT, SIGNED, IN_LINE]
    assert not work_through(JOBS, at=TODAY)


def test_more_places_move_the_line_and_fewer_than_are_taken_are_refused(
    session: Session, people: list[Registration]
) -> None:
    for one in people:
        signed(one, session)
    with pytest.raises(Refused, match="2 people have signed up"), transaction():
        set_sign_up(session, 1, None, by=None, at=TODAY)
    with transaction():
        set_sign_up(session, 3, None, by=None, at=TODAY)
    assert states(session, people) == [SIGNED, SIGNED, SIGNED, IN_LINE]


def test_sign_up_closes_at_its_time_at_the_start_and_where_it_is_cancelled(
    meeting: Meeting, session: Session, people: list[Registration]
) -> None:
    with transaction():
        set_sign_up(session, 2, NINE - timedelta(hours=1), by=None, at=TODAY)
    for at in (NINE - timedelta(hours=1), NINE):
        with pytest.raises(Refused, match="closed"), transaction():
            sign_up(people[0], session, at=at)
    other = session_at(meeting, "S0")
    assert other
    with pytest.raises(Refused, match="whoever wants"):
        signed(people[0], other)
    with transaction():
        people[0].state = PENDING
    with pytest.raises(Refused, match="approved"):
        signed(people[0], session)


def test_the_buttons_of_my_agenda_sign_up_and_give_back(
    client: PageClient, session: Session, people: list[Registration]
) -> None:
    there = f"/registrations/{token_of(people[0])}/agenda"
    assert client.post(f"{there}/S1/sign-up").headers["Location"].endswith("/agenda/S1")
    assert "You have a place" in client.get(f"{there}/S1").text
    assert client.post(f"{there}/S1/sign-up/end", data={"from": "list"}).headers["Location"].endswith("/agenda")
    assert states(session, people[:1]) == [LEFT]
    refused = client.post(f"{there}/S0/sign-up", data={"from": "list"})
    assert refused.status_code == 409 and "whoever wants to may come" in refused.text


def test_organizers_set_places_see_who_signed_up_and_take_it_as_csv(
    client: PageClient, meeting: Meeting, session: Session, people: list[Registration]
) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    there = "/meetings/spring/manage/agenda/sessions/S1/sign-up"
    wrong = client.post(there, data={"places": "many", "until": "some day"})
    assert wrong.status_code == 422 and "Write a whole number, in figures." in wrong.text and "some day" in wrong.text
    assert client.post(there, data={"places": "3", "until": "2026-03-15 18:00"}).status_code == 303
    for one in people:
        signed(one, session)
    page = client.get(there).text
    assert "3 of 3 places taken" in page and "1 person in line" in page and people[3].record_name in page
    lines = client.get(f"{there}.csv").get_data(as_text=True).splitlines()
    assert len(lines) == 5 and lines[4].split(",")[-2] == "in line"
    refused = client.post(there, data={"places": "2"})
    assert refused.status_code == 409 and "3 people have signed up already" in refused.text


def test_a_long_list_is_written_by_the_worker_and_taking_it_is_written_down(
    client: PageClient,
    meeting: Meeting,
    session: Session,
    people: list[Registration],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with transaction():
        set_sign_up(session, 2, None, by=None, at=TODAY)
    for one in people:
        signed(one, session)
    client.sign_in(make.staff(meeting, ORGANIZER))
    there = "/meetings/spring/manage/agenda/sessions/S1/sign-up"
    short = client.get(f"{there}.csv").data
    monkeypatch.setattr(tables, "LONG", 2)
    monkeypatch.setattr(tables, "SLICE", 3)
    where = client.post(client.get(f"{there}.csv").location).location
    assert work_long(LONG_JOBS, at=now()) == {"write lists of who signed up": 1}
    assert client.get(f"{where}/file").data == short
    taken = db.session.scalars(select(Entry).where(Entry.verb == "took the list along"))
    assert [(entry.thing, entry.detail) for entry in taken] == [("session", {"lines": len(people)})] * 2
    assert client.get("/meetings/spring/manage/agenda/sessions/S9/sign-up/files").status_code == 404


def test_the_planner_warns_where_more_may_sign_up_than_the_room_seats(meeting: Meeting, session: Session) -> None:
    def told() -> list[str]:
        return [one.words for one in warnings(meeting, draft_of(meeting)) if one.kind == "small"]

    assert told() == []
    with transaction():
        set_sign_up(session, 11, None, by=None, at=TODAY)
    assert told() == ["11 people may sign up for S1; Hall seats 10."]


def rush(app: Flask, session: Session, people: list[int]) -> Counter[str]:
    """What became of so many who sign up in the same moment."""
    number, start, found = session.id, threading.Barrier(len(people)), []
    db.session.rollback()

    def press(registration: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    one = db.session.get_one(Registration, registration)
                    found.append(sign_up(one, db.session.get_one(Session, number), at=TODAY).state)
            except Exception as fault:  # noqa: BLE001 -- without the guard a database may refuse one of them
                found.append(type(fault).__name__)

    threads = [threading.Thread(target=press, args=(one,)) for one in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return Counter(found)


def test_eight_who_press_at_once_take_no_more_than_two_places(app: Flask, meeting: Meeting, session: Session) -> None:
    people = [make.registration(meeting).id for _one in range(RIVALS)]
    assert rush(app, session, people) == {SIGNED: 2, IN_LINE: RIVALS - 2}
    assert db.session.query(SignUp).filter_by(state=SIGNED).count() == 2


@pytest.mark.usefixtures("fresh_app")
def test_without_the_lock_more_take_one(
    app: Flask, meeting: Meeting, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the test above can fail. Without the lock all count before anybody is written down."""
    everybody = threading.Barrier(RIVALS, timeout=30)
    people = [make.registration(meeting).id for _one in range(RIVALS)]

    def together(count: Callable[[Session], int]) -> Callable[[Session], int]:
        def wait(one: Session) -> int:
            with suppress(threading.BrokenBarrierError):
                everybody.wait()
            return count(one)

        return wait

    monkeypatch.setattr(actions, "lock", lambda row: None)
    monkeypatch.setattr(actions, "places_free", together(places_free))
    if not ON_POSTGRESQL:  # there the one pen of BEGIN IMMEDIATE is the guard
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    assert rush(app, session, people)[SIGNED] != 2
