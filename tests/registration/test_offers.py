"""Places that are offered until a deadline, the order an organizer gives the line, and two at once on one place."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError

from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.home.registration import views as home
from eventapp.links import access as gate
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.people.models import Person
from eventapp.registration import queries
from eventapp.registration.actions import undo_withdrawal, withdraw
from eventapp.registration.changes.actions import amend
from eventapp.registration.decisions import actions as decisions
from eventapp.registration.decisions.actions import approve
from eventapp.registration.decisions.obstacles import taken_of
from eventapp.registration.entry import own_token
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import APPROVED, WAITING, WITHDRAWN, Registration
from eventapp.registration.offers import actions, manage, views
from eventapp.registration.offers.actions import accept, decline, end_overdue, move, put_back, set_waiting_rules
from eventapp.registration.offers.models import ACCEPTED, ENDED, EXPIRED, REFUSED, Offer
from eventapp.registration.places import actions as places
from eventapp.registration.queries import places_left, places_taken, waiting_position
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed, same, states
from tests.registration.filling import set_clock

HOUR = timedelta(hours=1)
DEADLINE = TODAY + 48 * HOUR
HERE = "/meetings/spring/manage/waiting-list"


@pytest.fixture(autouse=True)
def _today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    for room in (views, manage, gate, home):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", capacity=1)


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting)


def by_offer(meeting: Meeting, hours: int | None = 48) -> None:
    by = make.person()
    with transaction():
        set_waiting_rules(meeting, hours, by=by, at=TODAY)


def in_line(meeting: Meeting, category: Category, waiting: int = 2) -> list[Registration]:
    """Somebody with the one place, so many who wait, and the rule that places are offered."""
    everybody = [confirmed(meeting, category) for _one in range(waiting + 1)]
    by_offer(meeting)
    return everybody


def leave(registration: Registration) -> None:
    with transaction():
        withdraw(registration, by=registration.person, at=TODAY)


def offers() -> list[tuple[int, str]]:
    db.session.rollback()
    found = db.session.execute(select(Offer.registration_id, Offer.outcome).order_by(Offer.id))
    return [(number, outcome) for number, outcome in found]


def letters(name: str) -> list[Letter]:
    kind = f"registration/mail/{name}.txt"
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def test_a_place_that_comes_free_is_offered_and_counts_as_taken(meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    leave(first)

    assert states(first, second, third) == [WITHDRAWN, WAITING, WAITING]
    assert offers() == [(second.id, "")]
    assert (places_taken(meeting), places_left(meeting), places_left(meeting, category)) == (1, 0, 0)
    assert states(confirmed(meeting, category)) == [WAITING]
    assert [one.to for one in letters("place_offered")] == [second.person.email]
    assert "until 4 March 2026, 09:00 (Bangkok, UTC+7)" in letters("place_offered")[0].text
    assert f"/registrations/{own_token(second)}/offer" in letters("place_offered")[0].text


def test_accepting_gives_the_place_once(meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    leave(first)
    for _time in range(2):
        with transaction():
            accept(second, at=DEADLINE - timedelta(seconds=1))
    assert states(second, third) == [APPROVED, WAITING]
    assert offers() == [(second.id, ACCEPTED)]
    assert [one.to for one in letters("approved")] == [first.person.email, second.person.email]
    with pytest.raises(Refused, match="No place is offered"), transaction():
        accept(third, at=TODAY)


def test_the_moment_of_the_deadline_is_too_late(meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    leave(first)
    with pytest.raises(Refused, match="This offer ended on"), transaction():
        accept(second, at=DEADLINE)
    job = next(one for one in JOBS if one.name == "end offers")
    assert not job.is_due(DEADLINE - timedelta(seconds=1)) and job.is_due(DEADLINE)
    with transaction():
        assert job.do(DEADLINE) == 1
    assert not job.is_due(DEADLINE)
    assert states(second, third) == [WITHDRAWN, WAITING]
    assert offers() == [(second.id, EXPIRED), (third.id, "")]
    assert [one.to for one in letters("offer_ended")] == [second.person.email]
    with pytest.raises(Refused, match="This offer ended on"), transaction():
        accept(second, at=DEADLINE + HOUR)
    with transaction():  # but they may come back, to the end of the line
        undo_withdrawal(second, by=second.person, at=DEADLINE + HOUR)
    assert states(second) == [WAITING] and waiting_position(second) == 2


def test_declining_lets_the_next_in_line_answer(meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    leave(first)
    for _time in range(2):
        with transaction():
            decline(second, at=TODAY + HOUR)
    assert states(second, third) == [WITHDRAWN, WAITING]
    assert offers() == [(second.id, REFUSED), (third.id, "")]


def test_an_organizer_approves_whoever_has_the_offer_and_nobody_else(meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    leave(first)
    by = make.staff(meeting, "organizer")
    with pytest.raises(Refused, match="Every place"), transaction():
        approve(third, by=by, at=TODAY)
    with transaction():
        approve(second, by=by, at=TODAY)
    assert states(second, third) == [APPROVED, WAITING] and offers() == [(second.id, ACCEPTED)]


def test_an_offer_ends_with_another_type_of_participant(meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    leave(first)
    other = make.category(meeting, capacity=0)
    with transaction():
        amend(second, same(second, category=other.code), by=second.person, at=TODAY)
    assert offers() == [(second.id, ENDED), (third.id, "")]


def test_an_offered_place_is_one_of_the_delegation(meeting: Meeting, category: Category) -> None:
    first, second, _third = in_line(meeting, category)
    with transaction():
        second.delegation.places = 1
    leave(first)
    assert taken_of(second.delegation_id) == 1
    with transaction():
        accept(second, at=TODAY)
    assert states(second) == [APPROVED]


def test_without_the_rule_a_place_is_given_at_once(meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    by_offer(meeting, None)
    leave(first)
    assert states(second, third) == [APPROVED, WAITING] and not offers()


def test_nothing_is_offered_or_ended_once_the_meeting_is_over(meeting: Meeting, category: Category) -> None:
    first, second, _third = in_line(meeting, category)
    leave(first)
    with transaction():
        meeting.closed_at = TODAY + HOUR
    for act in (accept, decline):
        with pytest.raises(Refused, match="The meeting is over"), transaction():
            act(second, at=TODAY + 2 * HOUR)
    with transaction():
        assert end_overdue(at=DEADLINE) == 0
    assert offers() == [(second.id, "")]


def test_who_let_an_offer_pass_is_put_back_where_they_were(meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    leave(first)
    with transaction():
        end_overdue(at=DEADLINE)
    by = make.staff(meeting, "organizer")
    offer = db.session.scalars(select(Offer).where(Offer.outcome == EXPIRED)).one()
    for _time in range(2):
        with transaction():
            put_back(offer, by=by, at=DEADLINE + HOUR)
    assert states(second) == [WAITING] and waiting_position(second) == 1
    with transaction():
        decline(third, at=DEADLINE + HOUR)
    assert offers()[-1] == (second.id, "")
    with transaction():
        decline(second, at=DEADLINE + HOUR)
    with pytest.raises(Refused, match="since"), transaction():
        put_back(offer, by=by, at=DEADLINE + HOUR)


def line(*everybody: Registration) -> list[int]:
    db.session.rollback()
    return [waiting_position(one) for one in everybody]


def test_an_organizer_moves_somebody_in_line(meeting: Meeting, category: Category) -> None:
    _first, *rest = in_line(meeting, category, 5)
    by = make.staff(meeting, "organizer")

    def moved(one: Registration, position: int, reason: str = "She speaks.") -> None:
        with transaction():
            move(one, position, reason, by=by, at=TODAY)

    moved(rest[3], 2)
    assert line(*rest) == [1, 3, 4, 2, 5]
    moved(rest[0], 4)
    assert line(*rest) == [4, 2, 3, 1, 5]
    moved(rest[4], 1)
    moved(rest[4], 99, "")
    assert line(*rest) == [4, 2, 3, 1, 5]
    late = confirmed(meeting, category)
    assert line(late) == [6]
    moves = select(Entry).where(Entry.verb == "moved on the waiting list").order_by(Entry.number)
    entry = db.session.scalars(moves).first()
    assert entry and entry.detail == {"before": 4, "after": 2, "reason": "She speaks."}
    with pytest.raises(Refused, match="not on the waiting list"), transaction():
        move(_first, 1, "x", by=by, at=TODAY)


def test_the_page_of_an_offer(client: PageClient, meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    mine = f"/registrations/{own_token(second)}"
    other = f"/registrations/{own_token(third)}"
    assert client.get(f"{mine}/offer").location == mine
    leave(first)
    assert "A place is offered to you" in client.get(mine).text
    shown = client.get(f"{mine}/offer").text
    assert "Answer until" in shown and "UTC" in shown and "Accept the place" in shown
    assert client.post(f"{other}/offer").status_code == 409
    assert client.post(f"{mine}/offer").location == mine
    assert states(second) == [APPROVED]
    assert client.post(f"{mine}/offer/refusal").status_code == 409 and states(second) == [APPROVED]


def test_a_page_opened_before_the_deadline_says_that_it_is_over(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, meeting: Meeting, category: Category
) -> None:
    first, second, _third = in_line(meeting, category)
    leave(first)
    monkeypatch.setattr(views, "now", lambda: DEADLINE)
    page = f"/registrations/{own_token(second)}/offer"
    assert "The offer ended on" in client.get(page).text
    answer = client.post(page)
    assert answer.status_code == 409 and "This offer ended on" in answer.text and "Accept the place" not in answer.text


def test_the_list_shows_order_offers_and_what_ended(client: PageClient, meeting: Meeting, category: Category) -> None:
    first, second, third = in_line(meeting, category)
    client.sign_in(make.staff(meeting, "organizer"))
    assert "until" not in client.get(HERE).text.split("<tbody>")[1].split("</tbody>")[0]
    leave(first)
    shown = client.get(HERE).text
    assert shown.index(second.record_name) < shown.index(third.record_name) and "an offer stands for 48 hours" in shown
    for wrong in (
        {"position": "", "reason": "x"},
        {"position": "1", "reason": ""},
        {"position": "many", "reason": "x"},
        {"position": "4", "reason": "one more than there are"},
    ):
        assert client.post(f"{HERE}/{third.reference}", data=wrong).status_code == 422
    answer = client.post(f"{HERE}/{third.reference}", data={"position": "1", "reason": "Speaks."})
    shown = client.get(answer.location).text
    assert shown.index(f">{third.record_name}") < shown.index(f">{second.record_name}") and "Undo" in shown
    client.post(f"{HERE}/{third.reference}/undo", data={"was": "2"})
    assert line(second, third) == [1, 2]
    assert client.post(f"{HERE}/{third.reference}/undo", data={"was": "x"}).status_code == 400
    with transaction():
        end_overdue(at=DEADLINE)
    ended = client.get(f"{HERE}?tab=ended").text
    assert "Put back in line" in ended and "No answer" in ended
    number = db.session.scalar(select(func.min(Offer.id)))
    client.post(f"{HERE}/offers/{number}/undo")
    assert states(second) == [WAITING]
    assert "Put back in line" not in client.get(f"{HERE}?tab=ended").text


def test_the_rule_is_set_by_a_form(client: PageClient, meeting: Meeting, category: Category) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    for hours in ("", "0", "721", "two"):
        answer = client.post(HERE, data={"way": "by-offer", "hours": hours})
        assert answer.status_code == 422 and "hours" in answer.text
    assert client.post(HERE, data={"way": "never", "hours": "3"}).status_code == 422
    assert client.post(HERE, data={"way": "by-offer", "hours": "72"}).status_code == 303
    assert "an offer stands for 72 hours" in client.get(HERE).text
    assert client.post(HERE, data={"way": "at-once", "hours": "72"}).status_code == 303
    assert "goes to the first in line at once" in client.get(HERE).text


def test_by_the_rule_the_order_of_categories_comes_before_the_time(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    first, later = make.category(meeting, protocol_order=1), make.category(meeting, protocol_order=2)
    confirmed(meeting, category)
    waits = [confirmed(meeting, one) for one in (later, first, later, first)]
    assert [waiting_position(one) for one in waits] == [1, 2, 3, 4]
    client.sign_in(make.staff(meeting, "organizer"))
    assert client.post(HERE, data={"way": "by-offer", "hours": "48", "by_protocol": "y"}).status_code == 303
    db.session.rollback()
    assert [waiting_position(one) for one in waits] == [3, 1, 4, 2]
    assert [one.id for one in queries.waiting(meeting)] == [waits[n].id for n in (1, 3, 0, 2)]
    page = client.get(HERE).text
    assert (
        "types of participant in order of protocol first" in page
        and 'name="by_protocol" type="checkbox" value="y"' in page
    )
    places_of = [
        page.index(f">{waits[n].reference}<") if f">{waits[n].reference}<" in page else 0 for n in (1, 3, 0, 2)
    ]
    assert places_of == sorted(places_of)
    by = make.person()
    with transaction():
        move(waits[2], 1, "The minister asked.", by=by, at=TODAY)
    assert [waiting_position(one) for one in waits] == [4, 2, 1, 3], "whom an organizer puts first is first"
    with transaction():
        db.session.get_one(Category, first.id).protocol_order = 9
    assert [waiting_position(one) for one in waits] == [2, 3, 1, 4], "it is the order of now"


@pytest.fixture
def _slow_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking whether a place is free takes a moment, so that whoever is not held back comes in between."""
    free = places.is_free

    def slow(registration: Registration) -> bool:
        answer = free(registration)
        time.sleep(0.05)
        return answer

    for room in (places, decisions):
        monkeypatch.setattr(room, "is_free", slow)


def places_given(app: Flask) -> int:
    """How many hold one place after ten at once: the one with the offer accepts, an organizer approves the others."""
    meeting = make.meeting(capacity=1)
    people = in_line(meeting, make.category(meeting), 9)
    by, meeting_id = make.staff(meeting, "organizer").id, meeting.id
    leave(people[0])
    numbers = [one.id for one in people[1:]]
    db.session.remove()

    def act(number: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    mine = db.session.get_one(Registration, number)
                    if number == numbers[0]:
                        accept(mine, at=TODAY)
                    else:
                        approve(mine, by=db.session.get_one(Person, by), at=TODAY)
            except (Refused, DBAPIError):
                pass
            finally:
                db.session.remove()

    with ThreadPoolExecutor(9) as pool:
        list(pool.map(act, numbers))
    query = select(func.count()).where(Registration.meeting_id == meeting_id, Registration.state == APPROVED)
    return db.session.scalar(query) or 0


@pytest.mark.usefixtures("_slow_looking")
def test_an_offered_place_is_given_once(app: Flask) -> None:
    assert places_given(app) == 1


@pytest.mark.usefixtures("fresh_app", "_slow_looking")
def test_without_the_guard_the_same_race_gives_it_twice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is held, and an offer counts for nothing."""
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        event.remove(db.engine, "begin", sqlite.begin)
    for room in (actions, decisions):
        monkeypatch.setattr(room, "hold", lambda _row: None)
    monkeypatch.setattr(queries, "TAKEN", queries.PLACED)
    monkeypatch.setattr(queries, "TAKEN_IN_CATEGORY", queries.PLACED.where(queries.OF_CATEGORY))
    assert any(places_given(app) > 1 for _try in range(5))
