from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.badges.actions import issue, reissue
from eventapp.badges.queries import badge_of, code_of
from eventapp.checkin.actions import OTHER_MEETING, REPLACED, UNKNOWN, close_gate, open_gate, undo
from eventapp.checkin.labels import Arrival
from eventapp.checkin.models import ALREADY, REFUSED, WELCOME, Scan
from eventapp.checkin.queries import answer_to, gate_counts, inside, people_named
from eventapp.checkin.verdicts import REASONS
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, STEWARD
from eventapp.registration.models import APPROVED, STATES
from tests import make
from tests.make import TODAY
from tests.make_checkin import gate, row, scanned

LATER = TODAY + timedelta(minutes=3)


def test_a_badge_is_welcome_the_first_time(app: Flask) -> None:
    meeting = make.meeting()
    door, registration = gate(meeting), make.registration(meeting)

    answer = scanned(door, code_of(registration))

    assert (answer.verdict, row(answer).registration, row(answer).badge) == (
        WELCOME,
        registration,
        badge_of(registration),
    )


def test_the_second_time_it_says_when_where_and_by_whom(app: Flask) -> None:
    meeting, steward = make.meeting(), make.person("Somchai")
    north, south = gate(meeting, "North"), gate(meeting, "South")
    code = code_of(make.registration(meeting))

    first = scanned(north, code, by=steward)
    second = scanned(south, code, at=LATER)

    assert second.verdict == ALREADY
    assert second.first == Arrival(first.scan_id, TODAY, "North", "Somchai")


def test_a_session_s_door_counts_for_itself(app: Flask) -> None:
    meeting = make.meeting()
    building, room = gate(meeting), gate(meeting, session=make.session(meeting))
    code = code_of(make.registration(meeting))

    verdicts = [scanned(door, code, at=LATER).verdict for door in (building, room, room)]

    assert verdicts == [WELCOME, WELCOME, ALREADY]
    assert (inside(building, LATER), inside(room, LATER)) == (1, 1)


def test_every_day_begins_anew_in_the_meeting_s_own_zone(app: Flask) -> None:
    meeting = make.meeting()  # in Bangkok, seven hours ahead
    door, code = gate(meeting), code_of(make.registration(meeting))
    evening, after_midnight = TODAY.replace(hour=16, minute=59), TODAY.replace(hour=17, minute=1)

    assert scanned(door, code, at=evening).verdict == WELCOME
    assert scanned(door, code, at=after_midnight).verdict == WELCOME
    assert inside(door, after_midnight) == 1


def test_the_same_key_is_the_same_reading(app: Flask) -> None:
    meeting = make.meeting()
    door, code = gate(meeting), code_of(make.registration(meeting))

    answers = [scanned(door, code, "the-same-key", at=at) for at in (TODAY, LATER, LATER)]

    assert [(answer.verdict, row(answer).id) for answer in answers] == [(WELCOME, answers[0].scan_id)] * 3
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1


def test_a_reading_kept_on_a_phone_since_earlier_finds_the_person_in_and_becomes_the_first(app: Flask) -> None:
    meeting = make.meeting()
    door, code = gate(meeting), code_of(make.registration(meeting))
    live = scanned(door, code, at=LATER)

    kept = scanned(door, code, at=LATER, offline_at=TODAY)

    assert (live.verdict, kept.verdict) == (WELCOME, ALREADY)
    assert (answer_to(row(kept)).verdict, answer_to(row(live)).verdict) == (WELCOME, ALREADY)


@pytest.mark.parametrize("state", [state for state in STATES if state != APPROVED])
def test_who_has_no_place_is_not_let_in_and_the_steward_reads_why(app: Flask, state: str) -> None:
    meeting = make.meeting()
    door, registration = gate(meeting), make.registration(meeting, state=state)

    answer = scanned(door, code_of(registration))

    assert (answer.verdict, row(answer).reason, state in REASONS) == (REFUSED, state, True)
    assert (row(answer).registration, badge_of(registration), inside(door, TODAY)) == (registration, None, 0)


def test_every_reason_has_its_own_sentences(app: Flask) -> None:
    whys, says = ([str(getattr(reason, part)) for reason in REASONS.values()] for part in ("why", "say"))

    assert (len(set(whys)), len(set(says))) == (len(REASONS), len(REASONS))


def test_an_old_badge_is_refused_and_the_new_one_is_welcome(app: Flask) -> None:
    meeting = make.meeting()
    door, registration = gate(meeting), make.registration(meeting)
    old = code_of(registration)
    with transaction():
        reissue(registration, "lost", by=None, at=TODAY)

    assert [(a.verdict, row(a).reason) for a in (scanned(door, old), scanned(door, code_of(registration)))] == [
        (REFUSED, REPLACED),
        (WELCOME, ""),
    ]


def test_a_badge_of_another_meeting_tells_nothing_of_its_bearer(app: Flask) -> None:
    door, stranger = gate(make.meeting()), make.registration(make.meeting())
    with transaction():
        issue(stranger, by=None, at=TODAY)

    answer = scanned(door, code_of(stranger))

    assert (answer.verdict, row(answer).reason, row(answer).registration) == (REFUSED, OTHER_MEETING, None)


def test_the_code_of_a_letter_of_another_meeting_says_so_and_issues_nothing(app: Flask) -> None:
    door, stranger = gate(make.meeting()), make.registration(make.meeting())

    answer = scanned(door, code_of(stranger))

    assert (answer.verdict, row(answer).reason, row(answer).registration) == (REFUSED, OTHER_MEETING, None)
    assert badge_of(stranger) is None


@pytest.mark.parametrize("code", ["7777777777777777777Z", "R-9999", "0", "?", "ก", "9" * 60])
def test_a_code_nobody_has_is_refused_and_kept(app: Flask, code: str) -> None:
    answer = scanned(gate(make.meeting()), code)

    assert (answer.verdict, row(answer).reason, row(answer).read) == (REFUSED, UNKNOWN, code)


@pytest.mark.parametrize("typed", ["R-0158", "r-158", "R0158", "158", " 0158 "])
def test_the_number_under_the_code_can_be_typed_in_any_way(app: Flask, typed: str) -> None:
    meeting = make.meeting()
    door, registration = gate(meeting), make.registration(meeting, number=158)

    assert row(scanned(door, typed)).registration == registration


def test_a_code_is_read_though_its_letters_were_taken_for_figures(app: Flask) -> None:
    meeting = make.meeting()
    door, registration = gate(meeting), make.registration(meeting)
    typed = code_of(registration).lower().replace("1", "l").replace("0", "o")

    assert scanned(door, f"{typed[:10]} {typed[10:]}").verdict == WELCOME


def test_a_closed_gate_reads_only_what_was_scanned_before(app: Flask) -> None:
    meeting = make.meeting()
    door, code = gate(meeting), code_of(make.registration(meeting))
    with transaction():
        close_gate(door, by=None, at=LATER)

    with pytest.raises(Refused, match="Choose another gate"):
        scanned(door, code, at=LATER)
    assert scanned(door, code, at=LATER, offline_at=TODAY).verdict == WELCOME


def test_a_gate_is_opened_and_closed_once(app: Flask) -> None:
    meeting = make.meeting()
    door = gate(meeting, "North")
    with pytest.raises(Refused, match="open gate called North"), transaction():
        open_gate(meeting, "North", by=None, at=TODAY)
    for at in (TODAY, LATER):
        with transaction():
            close_gate(door, by=None, at=at)

    assert door.closed_at == TODAY
    assert [entry.verb for entry in db.session.scalars(select(Entry).order_by(Entry.number))] == [
        "gate opened",
        "gate closed",
    ]


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        (timedelta(minutes=9), timedelta()),
        (-timedelta(minutes=9), -timedelta(minutes=9)),
        (-timedelta(days=9), -timedelta(hours=48)),
    ],
)
def test_the_time_of_a_reading_kept_offline_is_held_to_the_server_s(
    app: Flask, claimed: timedelta, kept: timedelta
) -> None:
    answer = scanned(gate(make.meeting()), "R-0001", offline_at=TODAY + claimed)

    assert row(answer).scanned_at == TODAY + kept


def test_undoing_takes_the_person_out_again(app: Flask) -> None:
    meeting = make.meeting()
    door, code, steward = gate(meeting), code_of(make.registration(meeting)), make.staff(meeting, STEWARD)
    first = scanned(door, code, by=steward)
    for at in (TODAY, LATER):
        with transaction():
            undo(row(first), by=steward, at=at)

    assert (inside(door, TODAY), row(first).undone_at) == (0, TODAY)
    assert scanned(door, code, at=LATER).verdict == WELCOME


def test_undoing_the_first_makes_the_second_the_first(app: Flask) -> None:
    meeting = make.meeting()
    door, code, steward = gate(meeting), code_of(make.registration(meeting)), make.staff(meeting, STEWARD)
    first, second = scanned(door, code, by=steward), scanned(door, code, at=LATER)
    with transaction():
        undo(row(first), by=steward, at=TODAY)

    assert answer_to(row(second)).verdict == WELCOME


def test_a_steward_undoes_only_what_they_did_in_the_last_five_minutes(app: Flask) -> None:
    meeting = make.meeting()
    door, code = gate(meeting), code_of(make.registration(meeting))
    steward, other, organizer = (make.staff(meeting, role) for role in (STEWARD, STEWARD, ORGANIZER))
    read = row(scanned(door, code, by=steward))

    with pytest.raises(Refused, match="Somebody else"), transaction():
        undo(read, by=other, at=TODAY)
    with pytest.raises(Refused, match="more than five minutes"), transaction():
        undo(read, by=steward, at=TODAY + timedelta(minutes=6))
    with transaction():
        undo(read, by=organizer, at=TODAY + timedelta(hours=6))
    assert read.undone_by_id == organizer.id


def test_people_are_found_in_either_script(app: Flask) -> None:
    meeting = make.meeting()
    anong = make.registration(meeting, record_name="Anong Suksawat", own_name="อนงค์ สุขสวัสดิ์")
    make.registration(meeting, record_name="Élodie Martin")
    make.registration(make.meeting(), record_name="Anong Suksawat")

    assert [people_named(meeting, words) for words in ("suks ano", "สุขสวัสดิ์", "%")] == [[anong], [anong], []]
    assert [person.record_name for person in people_named(meeting, "elodie")] == ["Élodie Martin"]


@pytest.mark.parametrize("words", ["isik", "Işık", "IŞIK", "łukasz", "Lukasz", "dang", "Đặng", "soeur", "sœur"])
def test_people_are_found_with_the_letters_of_their_language_and_without(app: Flask, words: str) -> None:
    meeting = make.meeting()
    make.registration(meeting, record_name="Łukasz Işık", own_name="Đặng Sœur")
    make.registration(meeting, record_name="Somebody Else")
    assert [person.record_name for person in people_named(meeting, words)] == ["Łukasz Işık"]


def test_gates_are_counted_by_people(app: Flask) -> None:
    meeting = make.meeting()
    north, south = gate(meeting, "North"), gate(meeting, "South")
    one, two = (code_of(make.registration(meeting)) for _ in range(2))
    for door, code in [(north, one), (north, one), (south, one), (south, two)]:
        scanned(door, code)

    assert [(count.gate.name, count.inside) for count in gate_counts(meeting, TODAY.date())] == [
        ("North", 1),
        ("South", 2),
    ]
    assert inside(north, TODAY) == 2
