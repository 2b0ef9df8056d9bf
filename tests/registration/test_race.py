"""Two hundred people want fifty places, at the same moment, on every road there is. And the same without the guard."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.links import access as gate
from eventapp.meetings.models import Category, Meeting
from eventapp.people.models import Person, RateHit
from eventapp.registration import actions, views
from eventapp.registration.actions import confirm, undo_withdrawal, withdraw
from eventapp.registration.decisions import actions as decisions
from eventapp.registration.decisions.actions import approve
from eventapp.registration.entry import own_token
from eventapp.registration.models import APPROVED, WAITING, Decision, Registration
from eventapp.registration.own import views as own
from eventapp.registration.places import actions as places
from eventapp.registration.register import register
from eventapp.registration.walk_ins import actions as walk_ins
from eventapp.registration.walk_ins.actions import add_walk_in
from tests import make
from tests.make import TODAY
from tests.make_registration import application

RIVALS, PLACES, AT_ONCE = 200, 50, 16
PAUSE: dict[str, float] = {}  # in seconds; without a guard a longer one lets all of them in between
BUSY = 503


@pytest.fixture(autouse=True)
def _slow_counting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting places takes a moment, so that whoever is not held back comes in between."""
    count = places.is_free

    def slow(registration: Registration) -> bool:
        answer = count(registration)
        time.sleep(PAUSE.get("counting", 0.002))
        return answer

    for room in (places, walk_ins, decisions):
        monkeypatch.setattr(room, "is_free", slow)
    for edge in (views, own, gate):
        monkeypatch.setattr(edge, "now", lambda: TODAY)
    app.config["PROPAGATE_EXCEPTIONS"] = False


def rivals(meeting: Meeting, category: Category, count: int) -> list[int]:
    """So many requests that nobody has confirmed yet, as numbers of their rows."""
    with transaction():
        asked = [register(meeting, application(category), key=f"rival {n}", at=TODAY) for n in range(count)]
        return [registration.id for registration in asked]


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda act: act(), acts))


def press_the_button(app: Flask, number: int) -> Callable[[], int]:
    token = own_token(db.session.get_one(Registration, number))

    def press() -> int:
        """And again, as the page says, where the database was held for as long as anybody waits: a loaded machine does."""
        with app.app_context():
            while (answer := app.test_client().post(f"/registrations/{token}/confirmation")).status_code == BUSY:
                assert answer.headers["Retry-After"]
            return answer.status_code

    return press


def decide(app: Flask, number: int, act: Callable[[Registration], object]) -> Callable[[], str]:
    """The same as a view does, in a thread of its own."""

    def run() -> str:
        with app.app_context():
            try:
                with transaction():
                    act(db.session.get_one(Registration, number))
            except Refused:
                return "refused"
            finally:
                db.session.remove()
        return "done"

    return run


def tally(meeting_id: int) -> Counter[str]:
    db.session.rollback()
    query = select(Registration.state, func.count()).where(Registration.meeting_id == meeting_id)
    counted: Counter[str] = Counter()
    for state, count in db.session.execute(query.group_by(Registration.state)):
        counted[state] = count
    return counted


def most_at_any_moment(meeting_id: int) -> int:
    """The most places that were ever held, by the decisions in the order they were written."""
    query = select(Decision.before, Decision.after).join(Registration).where(Registration.meeting_id == meeting_id)
    held = most = 0
    for before, after in db.session.execute(query.order_by(Decision.id)):
        held += (after == APPROVED) - (before == APPROVED)
        most = max(most, held)
    return most


def test_two_hundred_press_the_button_for_fifty_places(app: Flask) -> None:
    meeting = make.meeting(capacity=PLACES)
    meeting_id = meeting.id
    presses = [press_the_button(app, number) for number in rivals(meeting, make.category(meeting), RIVALS)]

    answers = at_once(presses)

    assert Counter(answers) == {303: RIVALS}
    assert tally(meeting_id) == {APPROVED: PLACES, WAITING: RIVALS - PLACES}


@pytest.mark.usefixtures("fresh_app")
def test_without_the_guard_the_same_race_oversells(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every time: whoever comes last to the last place must come in between."""
    take_the_guard_away(monkeypatch)
    monkeypatch.setitem(PAUSE, "counting", 0.03)

    assert any(approved_at_once(app) > PLACES for _try in range(10))


def approved_at_once(app: Flask) -> int:
    """How many of the rivals have a place in the end."""
    meeting = make.meeting(capacity=PLACES)
    meeting_id = meeting.id
    at_once([press_the_button(app, number) for number in rivals(meeting, make.category(meeting), RIVALS)])
    return tally(meeting_id)[APPROVED]


def take_the_guard_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is held, and SQLite opens no writing transaction before it counts."""
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        event.remove(db.engine, "begin", sqlite.begin)
    for room in (actions, walk_ins):
        monkeypatch.setattr(room, "hold", lambda row: None)
    monkeypatch.setattr(walk_ins, "lock", lambda row: None)


def test_every_road_to_a_place_at_once(app: Flask) -> None:
    meeting = make.meeting(capacity=20)
    scarce = make.category(meeting, capacity=8)
    checked = make.category(meeting, needs_approval=True)
    by = make.staff(meeting, "organizer")
    by_id, meeting_id, scarce_id, checked_id = by.id, meeting.id, scarce.id, checked.id
    confirming = rivals(meeting, scarce, 25)
    with transaction():
        asking = [register(meeting, application(checked), key=f"c{n}", at=TODAY) for n in range(20)]
        for registration in asking:
            confirm(registration, at=TODAY)
        approving = [registration.id for registration in asking[:12]]
        coming_back = [registration.id for registration in asking[12:]]
    with transaction():
        for number in coming_back:
            registration = db.session.get_one(Registration, number)
            approve(registration, by=by, at=TODAY)
            withdraw(registration, by=registration.person, at=TODAY)

    def walk_in(number: int) -> Callable[[], str]:
        def run(_any: Registration) -> object:
            request = application(db.session.get_one(Category, checked_id), email=f"walk{number}@example.org")
            steward = db.session.get_one(Person, by_id)
            return add_walk_in(db.session.get_one(Meeting, meeting_id), request, key=f"w{number}", by=steward, at=TODAY)

        return decide(app, confirming[0], run)

    acts: list[Callable[[], object]] = [
        decide(app, number, lambda one: confirm(one, at=TODAY)) for number in confirming
    ]
    for number in approving:
        acts.insert(len(acts) // 2, decide(app, number, approve_as(by_id)))
    for number in coming_back:
        acts.insert(len(acts) // 3, decide(app, number, lambda one: undo_withdrawal(one, by=one.person, at=TODAY)))
        acts.insert(len(acts) // 4, walk_in(number))

    at_once(acts)

    query = select(func.count()).where(Registration.category_id == scarce_id, Registration.state == APPROVED)
    assert tally(meeting_id)[APPROVED] == 20
    assert (db.session.scalar(query) or 0) <= 8
    assert most_at_any_moment(meeting_id) <= 20


def approve_as(by_id: int) -> Callable[[Registration], object]:
    return lambda registration: approve(registration, by=db.session.get_one(Person, by_id), at=TODAY)


def test_a_form_sent_by_twenty_at_once_is_one_registration(app: Flask) -> None:
    meeting = make.meeting()
    category, meeting_id = make.category(meeting), meeting.id
    data = {
        "key": "one form", "given_name": "A", "family_name": "B", "record_name": "A B", "email": "a@example.org",
        "category": category.code, "delegation": "ITU", "job_title": "Chief",
    }  # fmt: skip

    def post() -> int:
        with app.app_context():
            return app.test_client().post(f"/meetings/{slug}/registration", data=data).status_code

    slug = meeting.slug
    codes = Counter(at_once([post] * 20))

    assert (codes, sum(tally(meeting_id).values())) == ({303: 20}, 1)
    assert {hit.hits for hit in db.session.scalars(select(RateHit))} == {1}
