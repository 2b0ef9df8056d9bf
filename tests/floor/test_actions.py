"""Asking for the floor, speaking, and taking back what was done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from eventapp.agenda.models import Session
from eventapp.floor.actions import ask, choose_order, move, pause, remove, resume, start, stop, undo
from eventapp.floor.asking import Asking, for_registration, for_role
from eventapp.floor.models import Statement
from eventapp.floor.queries import (
    floor_of,
    had_the_floor,
    participants_found,
    registration_at,
    running_in,
)
from eventapp.floor.speaking.queries import statements_at
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.chain import verify
from eventapp.history.queries import entries_of
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from tests import make
from tests.make import TODAY
from tests.make_floor import asked, begun, ended

MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def session(meeting: Meeting) -> Session:
    return make.session(meeting, code="S3")


@pytest.fixture
def keeper(app: Flask) -> Person:
    return make.person("Arjun Prasad")


def waiting(session: Session) -> list[str]:
    db.session.rollback()
    return [one.name for one in floor_of(session).waiting]


def running(session: Session) -> str:
    db.session.rollback()
    one = running_in(session)
    return one.name if one else ""


def act(action: Callable[..., Any], *values: Any, **more: Any) -> Any:
    more = {"by": None, "at": TODAY, **more}
    with transaction():
        return action(*values, **more)


def five(session: Session) -> None:
    """Five requests of five categories, the last in protocol first."""
    meeting = session.meeting
    ranks = {"NGO": 7, "Organization": 4, "Observer": 3, "Associate": 2, "Member": 1}
    for minute, (name, rank) in enumerate(ranks.items()):
        asked(session, name, category=make.category(meeting, protocol_order=rank), at=TODAY + minute * MINUTE)


def test_requests_wait_in_order_of_protocol_and_within_it_as_they_asked(session: Session) -> None:
    five(session)
    member = make.category(session.meeting, protocol_order=1)
    asked(session, "Second member", category=member, at=TODAY + 9 * MINUTE)
    asked(session, "Nobody knows what for", at=TODAY)
    assert waiting(session) == [
        "Member", "Second member", "Associate", "Observer", "Organization", "NGO", "Nobody knows what for",
    ]  # fmt: skip


def test_as_they_asked_is_chosen_for_a_session_and_orders_those_who_wait(session: Session) -> None:
    five(session)
    other = make.session(session.meeting)
    act(choose_order, session, "asked", first_timers_first=False)
    assert waiting(session) == ["NGO", "Organization", "Observer", "Associate", "Member"]
    asked(session, "Late member", category=make.category(session.meeting, protocol_order=1), at=TODAY + 9 * MINUTE)
    assert waiting(session)[-1] == "Late member"
    assert floor_of(other).rule == "protocol"


def test_first_time_speakers_first_is_by_delegation_and_changes_while_they_wait(session: Session) -> None:
    act(choose_order, session, "asked", first_timers_first=True)
    first = asked(session, "A", "Bhutan")
    for minute, (name, delegation) in enumerate([("B", "Bhutan"), ("C", "Nepal")], start=1):
        asked(session, name, delegation, at=TODAY + minute * MINUTE)
    assert waiting(session) == ["A", "B", "C"]
    begun(first)
    assert waiting(session) == ["C", "B"]
    ended(first)
    asked(session, "A", "Bhutan", at=TODAY - MINUTE)
    asked(session, "D", "Tonga", at=TODAY + 9 * MINUTE)
    assert waiting(session) == ["C", "D", "A", "B"]


def test_an_order_nobody_knows_is_refused(session: Session) -> None:
    with pytest.raises(Refused):
        act(choose_order, session, "loudest", first_timers_first=False)


def test_the_same_request_twice_is_refused_while_it_waits(session: Session) -> None:
    one = asked(session, "Anong Suksawat", "Thailand")
    with pytest.raises(Refused, match="already"):
        asked(session, "anong suksawat", "THAILAND")
    begun(one)
    asked(session, "Anong Suksawat", "Thailand")
    assert waiting(session) == ["Anong Suksawat"]


def test_nobody_and_a_cancelled_session_are_refused(session: Session) -> None:
    with pytest.raises(Refused, match="Write who"):
        asked(session, "")
    cancelled = make.session(session.meeting, cancelled_at=TODAY)
    with pytest.raises(Refused, match="cancelled"):
        asked(cancelled)


def test_a_participant_asks_for_their_delegation(session: Session) -> None:
    state = make.delegation(session.meeting, "Thailand", country="THA", is_state=True)
    kind = make.category(session.meeting)
    registration = make.registration(
        session.meeting, record_name="Ms. Anong SUKSAWAT", delegation=state, category=kind, country="THA"
    )
    found = participants_found(session, "suksawat thai")
    assert [one.id for one in found] == [registration.id]
    one = act(ask, session, for_registration(found[0]))
    assert (one.label, one.country, one.category_id) == ("Ms. Anong SUKSAWAT, Thailand", "THA", kind.id)


@pytest.mark.parametrize("words", ["isik lukasz", "Işık Łukasz"])
def test_a_participant_is_found_with_the_letters_of_their_language_and_without(session: Session, words: str) -> None:
    make.registration(session.meeting, record_name="Łukasz Işık")
    assert [one.record_name for one in participants_found(session, words)] == ["Łukasz Işık"]


def test_who_is_called_so_is_found_first_then_delegations_in_the_order_of_their_names(session: Session) -> None:
    names = ("Urban League", "Bangladesh", "Asian Development Bank", "India", "Republic of Korea")
    league, bangladesh, bank, india, korea = (make.delegation(session.meeting, name) for name in names)
    for family, state in (
        ("Abe", league),
        ("Zaw", bangladesh),
        ("Cruz", bank),
        ("Akter", bangladesh),
        ("Banerjee", india),
        ("Bo", bangladesh),
        ("Ban", korea),
    ):
        name = {"family_name": family, "record_name": f"Ms. Su {family}"}
        make.registration(session.meeting, **name, delegation=state, person=make.person())
    found = [one.family_name for one in participants_found(session, "BAN")]
    assert found == ["Ban", "Banerjee", "Cruz", "Akter", "Bo", "Zaw", "Abe"]


def test_a_search_finds_nobody_without_a_place_and_nobody_of_another_meeting(session: Session) -> None:
    make.registration(session.meeting, record_name="Pending Person", state="pending")
    make.registration(make.meeting(), record_name="Other Person")
    assert participants_found(session, "person") == []
    assert participants_found(session, "  ") == []


def test_a_person_of_the_session_brings_the_category_they_registered_in(session: Session) -> None:
    kind = make.category(session.meeting, stakeholder_type="un")
    registration = make.registration(session.meeting, category=kind)
    role = make.role(session, name="Samira Haddad", organization="ITU", person_id=registration.person_id)
    one = act(ask, session, for_role(role, registration_at(session, role.person_id)))
    assert (one.label, one.role_id, one.category_id) == ("Samira Haddad, ITU", role.id, kind.id)


def test_starting_one_ends_the_one_before(session: Session) -> None:
    first, second = asked(session, "First"), asked(session, "Second")
    begun(first)
    begun(second, at=TODAY + 2 * MINUTE)
    assert running(session) == "Second"
    assert first.ended_at == TODAY + 2 * MINUTE
    assert first.spoken_for(TODAY + 9 * MINUTE) == 2 * MINUTE
    assert waiting(session) == []


def test_starting_twice_is_starting_once(session: Session) -> None:
    one = asked(session)
    begun(one)
    with transaction():
        start(one, after=None, by=None, at=TODAY + MINUTE)
    assert one.started_at == TODAY
    assert floor_of(session).acts == 2


def test_starting_is_refused_where_somebody_else_got_the_floor_meanwhile(session: Session) -> None:
    first, second = asked(session, "First"), asked(session, "Second")
    begun(first)
    with pytest.raises(Refused, match="First has the floor"):
        act(start, second, after=None)
    ended(first)
    with pytest.raises(Refused, match="does not wait"):
        act(start, first, after=None)


def test_the_database_too_lets_one_speak_at_a_time(session: Session) -> None:
    begun(asked(session, "First"))
    second = asked(session, "Second")
    with pytest.raises(IntegrityError), transaction():
        second.started_at = TODAY


def test_pauses_do_not_count(session: Session) -> None:
    one = begun(asked(session))
    act(pause, one, at=TODAY + MINUTE)
    act(pause, one, at=TODAY + 2 * MINUTE)
    assert one.is_paused
    assert one.spoken_for(TODAY + 5 * MINUTE) == MINUTE
    act(resume, one, at=TODAY + 5 * MINUTE)
    assert one.spoken_for(TODAY + 6 * MINUTE) == 2 * MINUTE
    act(pause, one, at=TODAY + 7 * MINUTE)
    act(stop, one, at=TODAY + 9 * MINUTE)
    act(stop, one, at=TODAY + 11 * MINUTE)
    assert (one.spoken_for(TODAY + 60 * MINUTE), one.paused_for(TODAY + 60 * MINUTE)) == (3 * MINUTE, 6 * MINUTE)


@pytest.mark.parametrize("action", [pause, resume, stop])
def test_out_of_turn_is_refused(session: Session, action: Callable[..., Statement]) -> None:
    one = asked(session)
    with pytest.raises(Refused, match="does not have the floor"):
        act(action, one)


def test_moving_by_hand_stays_when_others_come(session: Session) -> None:
    act(choose_order, session, "asked", first_timers_first=False)
    found = [asked(session, name, at=TODAY + place * MINUTE) for place, name in enumerate("ABC")]
    act(move, found[2], 1)
    assert waiting(session) == ["C", "A", "B"]
    act(move, found[2], 99)
    act(move, found[1], -5)
    assert waiting(session) == ["B", "A", "C"]
    asked(session, "D", at=TODAY + 9 * MINUTE)
    assert waiting(session) == ["B", "A", "C", "D"]


def test_taking_off_the_list_is_for_those_who_wait(session: Session) -> None:
    one, other = asked(session, "A"), asked(session, "B")
    act(remove, one)
    act(remove, one)
    assert waiting(session) == ["B"]
    begun(other)
    with pytest.raises(Refused):
        act(remove, other)


def test_every_act_can_be_taken_back_the_newest_first(session: Session, keeper: Person) -> None:
    first, second = asked(session, "A", by=keeper), asked(session, "B", by=keeper)
    begun(first, by=keeper)
    begun(second, by=keeper, at=TODAY + MINUTE)
    act(undo, session, by=keeper, at=TODAY + 2 * MINUTE)
    assert (running(session), waiting(session), first.ended_at) == ("A", ["B"], None)
    act(undo, session, by=keeper, at=TODAY + 3 * MINUTE)
    assert (running(session), waiting(session)) == ("", ["A", "B"])
    act(undo, session, by=keeper, at=TODAY + 3 * MINUTE)
    act(undo, session, by=keeper, at=TODAY + 3 * MINUTE)
    assert waiting(session) == []
    with pytest.raises(Refused, match="nothing"):
        act(undo, session, by=keeper)


def test_order_move_pause_and_removal_can_be_taken_back(session: Session, keeper: Person) -> None:
    five(session)
    before = waiting(session)
    act(choose_order, session, "asked", first_timers_first=True, by=keeper)
    act(undo, session, by=keeper)
    assert (waiting(session), floor_of(session).rule, floor_of(session).first_timers_first) == (
        before,
        "protocol",
        False,
    )
    last = floor_of(session).waiting[-1]
    for action, more in ((move, (1,)), (remove, ())):
        act(action, last, *more, by=keeper)
        assert waiting(session) != before
        act(undo, session, by=keeper)
        assert waiting(session) == before
    begun(last, by=keeper)
    act(pause, last, by=keeper, at=TODAY + MINUTE)
    act(undo, session, by=keeper, at=TODAY + MINUTE)
    assert not last.is_paused


def test_undo_is_for_ones_own_act_within_ten_minutes(session: Session, keeper: Person) -> None:
    asked(session, by=keeper)
    with pytest.raises(Refused, match="Somebody else"):
        act(undo, session, by=make.person())
    with pytest.raises(Refused, match="Ten minutes"):
        act(undo, session, by=keeper, at=TODAY + 11 * MINUTE)
    floor = floor_of(session)
    assert floor.undoable(keeper, TODAY + MINUTE)
    assert not floor.undoable(keeper, TODAY + 11 * MINUTE)
    assert not floor.undoable(make.person(), TODAY)


def test_history_says_who_gave_whom_the_floor(session: Session, keeper: Person) -> None:
    one = begun(asked(session, "A", by=keeper), by=keeper)
    assert [(entry.verb, entry.by_name) for entry in entries_of(one)] == [
        ("asked for the floor", "Arjun Prasad"),
        ("given the floor", "Arjun Prasad"),
    ]
    assert verify() == []


def test_who_spoke_is_known_by_person_and_registration(session: Session) -> None:
    meeting = session.meeting
    registered, silent = make.registration(meeting), make.registration(meeting)
    role = make.role(session, person_id=make.person("Grace").id, name="Grace")
    begun(act(ask, session, for_registration(registered)))
    begun(act(ask, session, for_role(role, None)))
    begun(act(ask, session, Asking("A visitor")))
    act(ask, session, for_registration(silent))
    assert set(db.session.scalars(had_the_floor(meeting))) == {registered.person_id, role.person_id}
    assert [one.name for one in db.session.scalars(statements_at(meeting))] == [
        registered.record_name,
        "Grace",
        "A visitor",
    ]
    assert db.session.scalars(had_the_floor(make.meeting())).all() == []
