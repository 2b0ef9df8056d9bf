"""Places of a delegation by role: set by an organizer, and counted wherever somebody takes one."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError

from eventapp.delegations.by_file.checking import objections
from eventapp.delegations.by_file.people import Row
from eventapp.delegations.focal import actions as focal_actions
from eventapp.delegations.focal import views
from eventapp.delegations.focal.actions import nominate_one
from eventapp.delegations.objections import too_many_in_roles
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.links import access as gate
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.changes.actions import accept_change, amend
from eventapp.registration.decisions import obstacles as counting
from eventapp.registration.decisions.actions import approve
from eventapp.registration.decisions.obstacles import Obstructed, obstacles
from eventapp.registration.models import Delegation, DelegationFocalPoint, Registration
from eventapp.registration.nominated import actions
from eventapp.registration.nominated.actions import change_nominee
from tests import make
from tests.browserless import PageClient
from tests.make_delegations import focal_point, nominee, page_of
from tests.make_registration import same, states

PAGE = "/meetings/spring/manage/delegations"
FULL = "The delegation has 1 place for “Adviser”, and none is left."
TRIES = 8


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, represents="state")


@pytest.fixture
def sender(meeting: Meeting) -> Delegation:
    """One that may send one adviser."""
    return make.delegation(meeting, "Kenya", country="KEN", is_state=True, role_places={"ADV": 1})


def member(sender: Delegation, role: str = "ADV", **facts: object) -> Registration:
    return make.registration(sender.meeting, delegation=sender, delegation_role=role, **facts)


def test_a_second_adviser_is_approved_with_a_reason_only(meeting: Meeting, sender: Delegation) -> None:
    one, other = member(sender, state="pending"), member(sender, "REP", state="pending")
    assert obstacles(one) == []
    member(sender)
    assert (obstacles(one), obstacles(other)) == ([FULL], [])
    by = make.staff(meeting, "organizer")
    with pytest.raises(Obstructed, match="none is left"), transaction():
        approve(one, by=by, at=make.TODAY)
    with transaction():
        approve(one, by=by, at=make.TODAY, despite="The Ambassador telephoned.")
    assert states(one) == ["approved"]
    assert too_many_in_roles(sender) == ["2 people as “Adviser” for 1 place."]


def test_a_change_of_role_needs_a_place_in_it(meeting: Meeting, sender: Delegation) -> None:
    member(sender)
    other = member(sender, "REP")
    by = make.staff(meeting, "organizer")
    with transaction():
        change = amend(other, same(other, delegation_role="ADV"), by=other.person, at=make.TODAY)
    assert change is not None
    with pytest.raises(Obstructed, match="none is left"), transaction():
        accept_change(change, by=by, at=make.TODAY)


def test_a_focal_point_nominates_no_second_adviser(sender: Delegation, category: Category) -> None:
    focal = focal_point(sender)
    with transaction():
        first = nominate_one(focal, nominee(category, role="ADV"), key="1", at=make.TODAY, language="en")
    with pytest.raises(Refused, match="none is left"), transaction():
        nominate_one(focal, nominee(category, role="ADV"), key="2", at=make.TODAY, language="en")
    with transaction():
        second = nominate_one(focal, nominee(category, role="REP"), key="3", at=make.TODAY, language="en")
    with pytest.raises(Refused, match="none is left"), transaction():
        change_nominee(second, nominee(category, role="ADV"), by=focal.person, at=make.TODAY)
    with transaction():  # and keeps their own
        change_nominee(first, nominee(category, role="ADV"), by=focal.person, at=make.TODAY)


def test_a_file_names_the_cell_of_each_adviser_too_many(sender: Delegation, category: Category) -> None:
    columns = {"family_name": 0, "email": 1, "role": 2}
    people = [
        (Row(number, {}, columns), nominee(category, role=role))
        for number, role in ((1, "ADV"), (2, "REP"), (3, "ADV"), (4, "ADV"))
    ]
    found = [f"{one.cell}: {one.sentence}" for one in objections(sender, people, at=make.TODAY)]
    assert found == [f"C4: {FULL}", f"C5: {FULL}"]


def test_an_organizer_sets_them_and_everybody_sees_what_is_left(client: PageClient, meeting: Meeting) -> None:
    sender = member(make.delegation(meeting, "Kenya", country="KEN", is_state=True)).delegation
    client.sign_in(make.staff(meeting, "organizer"))
    to = f"{PAGE}/{sender.id}/places"
    wrong = client.post(to, data={"places": "4", "places_ADV": "many"})
    assert wrong.status_code == 422 and 'value="many"' in wrong.text
    assert client.post(to, data={"places": "4", "places_ADV": "2", "places_HOD": "1"}).status_code == 303
    db.session.rollback()
    assert (sender.places, sender.role_places) == (4, {"HOD": 1, "ADV": 2})
    shown = client.get(f"{PAGE}/{sender.id}").text
    assert "Adviser: 1 of 2" in shown and "Head of delegation: 0 of 1" in shown
    entry = db.session.scalars(select(Entry).where(Entry.verb == "set the places of a delegation")).one()
    assert entry.detail == {"places": [None, 4], "role_places": [{}, {"HOD": 1, "ADV": 2}]}
    assert client.get("/meetings/spring/manage/history").status_code == 200
    client.post(to, data={"places": ""})
    db.session.rollback()
    assert (sender.places, sender.role_places) == (None, {})


def nominated_at_once(app: Flask) -> int:
    """How many advisers two focal points nominate at once for one place."""
    meeting = make.meeting(capacity=1000)
    sender = make.delegation(meeting, "Kenya", country="KEN", is_state=True, role_places={"ADV": 1})
    category = make.category(meeting, represents="state")
    focal = [focal_point(sender).id for _one in range(2)]
    people = [nominee(category, role="ADV") for _one in range(TRIES)]
    number = sender.id
    db.session.remove()

    def act(place: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    mine = db.session.get_one(DelegationFocalPoint, focal[place % 2])
                    nominate_one(mine, people[place], key=f"key {place}", at=make.TODAY, language="en")
            except (Refused, DBAPIError):
                pass
            finally:
                db.session.remove()

    with ThreadPoolExecutor(TRIES) as pool:
        list(pool.map(act, range(TRIES)))
    return db.session.scalar(select(func.count()).where(Registration.delegation_id == number)) or 0


@pytest.fixture
def _slow_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting takes a moment, so that whoever is not held back comes in between."""
    counted = counting.taken_in

    def slow(delegation: int, role: str, *, beside: int = 0) -> int:
        answer = counted(delegation, role, beside=beside)
        time.sleep(0.05)
        return answer

    monkeypatch.setattr(counting, "taken_in", slow)


@pytest.mark.usefixtures("_slow_counting")
def test_the_last_place_in_a_role_goes_to_one(app: Flask) -> None:
    assert nominated_at_once(app) == 1


@pytest.mark.usefixtures("fresh_app", "_slow_counting")
def test_without_the_guard_the_same_race_gives_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        event.remove(db.engine, "begin", sqlite.begin)
    numbers = iter(range(1, 1000))
    for room in (actions, focal_actions):
        monkeypatch.setattr(room, "lock", lambda row: None)
        monkeypatch.setattr(room, "record", lambda *_row, **_facts: None)
    monkeypatch.setattr(actions, "next_number", lambda _meeting: next(numbers))
    assert any(nominated_at_once(app) > 1 for _try in range(5))


def test_the_focal_point_sees_what_is_left_by_role(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, sender: Delegation, category: Category
) -> None:
    for room in (views, gate):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)
    page = page_of(focal_point(sender))
    assert "Adviser: 0 of 1" in client.get(page).text
    member(sender)
    assert "Adviser: 1 of 1" in client.get(page).text
    sent = {"given_name": "Ane", "family_name": "Tabai", "job_title": "Director", "email": "ane@example.org"}
    full = client.post(f"{page}/people/new", data={**sent, "category": category.code, "role": "ADV", "key": "k"})
    assert full.status_code == 409 and "none is left" in full.text and "ane@example.org" in full.text
