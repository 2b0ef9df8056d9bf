from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.actions import withdraw
from eventapp.registration.decisions.actions import (
    approve,
    ask_for_letter,
    decline,
    for_each,
    put_on_waiting_list,
    undo,
    write_to,
)
from eventapp.registration.decisions.queries import newest_decision
from eventapp.registration.models import APPROVED, DECLINED, PENDING, WAITING, Registration
from eventapp.registration.queries import places_left, waiting_position
from tests import make
from tests.make import TODAY
from tests.make_registration import asked, confirmed, states


def organizer(meeting: Meeting) -> Person:
    return make.staff(meeting, "organizer")


def pending(meeting: Meeting, count: int = 1) -> list[Registration]:
    category = make.category(meeting, needs_approval=True)
    return [confirmed(meeting, category) for _ in range(count)]


def newest_letter() -> Letter:
    return db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(1)).one()


def test_approving_takes_the_place(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    (registration,), by = pending(meeting), organizer(meeting)

    with transaction():
        approve(registration, by=by, at=TODAY)

    assert (registration.state, places_left(meeting)) == (APPROVED, 0)
    assert newest_letter().kind == "registration/mail/approved.txt"


def test_approving_never_oversells(app: Flask) -> None:
    meeting = make.meeting(capacity=2)
    everybody, by = pending(meeting, 4), organizer(meeting)

    with transaction():
        tally = for_each(everybody, lambda one: approve(one, by=by, at=TODAY))

    assert states(*everybody) == [APPROVED, APPROVED, PENDING, PENDING]
    assert tally.done == everybody[:2]
    assert [one.reference for one, _sentence in tally.refused] == ["R-0003", "R-0004"]


def test_a_category_is_not_oversold_by_approving(app: Flask) -> None:
    meeting = make.meeting()
    category = make.category(meeting, needs_approval=True, capacity=1, name="Civil society")
    one, other = confirmed(meeting, category), confirmed(meeting, category)
    by = organizer(meeting)
    with transaction():
        approve(one, by=by, at=TODAY)

    with pytest.raises(Refused, match=r"Every place for Civil society is taken \(1\)"), transaction():
        approve(other, by=by, at=TODAY)


def test_nobody_is_approved_who_did_not_confirm_or_has_withdrawn(app: Flask) -> None:
    meeting = make.meeting()
    by, stranger, gone = organizer(meeting), asked(meeting), confirmed(meeting)
    with transaction():
        withdraw(gone, by=gone.person, at=TODAY)

    with pytest.raises(Refused, match="confirmed"), transaction():
        approve(stranger, by=by, at=TODAY)
    with pytest.raises(Refused, match="withdrawn"), transaction():
        approve(gone, by=by, at=TODAY)


def test_declining_tells_the_reason_and_frees_the_place(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    first, second, by = confirmed(meeting, category), confirmed(meeting, category), organizer(meeting)

    with pytest.raises(Refused, match="reason"), transaction():
        decline(first, "", by=by, at=TODAY)
    with transaction():
        decline(first, "The note verbale names somebody else.", by=by, at=TODAY)

    assert states(first, second) == [DECLINED, APPROVED]
    query = select(Letter).where(Letter.kind == "registration/mail/declined.txt")
    assert "The note verbale names somebody else." in db.session.scalars(query).one().text


def test_an_approval_can_be_taken_back(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    (registration,), by = pending(meeting), organizer(meeting)
    with transaction():
        approve(registration, by=by, at=TODAY)

    with transaction():
        undo(registration, by=by, at=TODAY)

    assert (registration.state, places_left(meeting)) == (PENDING, 1)
    with pytest.raises(Refused, match="no decision"), transaction():
        undo(registration, by=by, at=TODAY)


def test_a_refusal_is_taken_back_only_where_the_place_is_still_there(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    first, by = confirmed(meeting, category), organizer(meeting)
    with transaction():
        decline(first, "A mistake.", by=by, at=TODAY)
    with transaction():
        undo(first, by=by, at=TODAY)
    assert states(first) == [APPROVED]

    with transaction():
        decline(first, "Again.", by=by, at=TODAY)
    confirmed(meeting, category)
    with pytest.raises(Refused, match="taken"), transaction():
        undo(first, by=by, at=TODAY)


def test_decisions_are_taken_back_one_after_the_other(app: Flask) -> None:
    meeting = make.meeting()
    (registration,), by = pending(meeting), organizer(meeting)
    with transaction():
        approve(registration, by=by, at=TODAY)
    with transaction():
        decline(registration, "No.", by=by, at=TODAY)

    for expected in (APPROVED, PENDING):
        with transaction():
            undo(registration, by=by, at=TODAY)
        assert states(registration) == [expected]


def test_what_the_person_did_is_not_taken_back_for_them(app: Flask) -> None:
    meeting = make.meeting()
    registration, by = confirmed(meeting), organizer(meeting)

    with pytest.raises(Refused, match="no decision"), transaction():
        undo(registration, by=by, at=TODAY)


def test_taking_back_keeps_the_place_in_the_line(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    confirmed(meeting, category)
    first = confirmed(meeting, category)
    second = confirmed(meeting, category, at=TODAY + timedelta(minutes=1))
    by = organizer(meeting)
    with transaction():
        decline(first, "No.", by=by, at=TODAY + timedelta(hours=1))

    with transaction():
        undo(first, by=by, at=TODAY + timedelta(hours=2))

    assert [waiting_position(one) for one in (first, second)] == [1, 2]


def test_who_comes_back_into_the_line_gets_the_place_that_came_free_meanwhile(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    holder, first = confirmed(meeting, category), confirmed(meeting, category)
    by = organizer(meeting)
    with transaction():
        decline(first, "A mistake.", by=by, at=TODAY)
    with transaction():
        withdraw(holder, by=holder.person, at=TODAY)

    with transaction():
        undo(first, by=by, at=TODAY)

    assert (states(first), newest_letter().kind) == ([APPROVED], "registration/mail/approved.txt")


def test_a_refusal_that_stands_again_keeps_its_reason(app: Flask) -> None:
    meeting = make.meeting()
    (registration,), by = pending(meeting), organizer(meeting)
    with transaction():
        decline(registration, "The note verbale names somebody else.", by=by, at=TODAY)
    with transaction():
        approve(registration, by=by, at=TODAY)

    with transaction():
        undo(registration, by=by, at=TODAY)

    assert (states(registration), registration.reason) == ([DECLINED], "The note verbale names somebody else.")
    assert registration.reason in newest_letter().text


def test_somebody_is_put_on_the_waiting_list_until_a_place_is_free(app: Flask) -> None:
    meeting = make.meeting(capacity=1)
    holder, by = confirmed(meeting), organizer(meeting)
    (registration,) = pending(meeting)

    with transaction():
        put_on_waiting_list(registration, by=by, at=TODAY)
    assert states(registration) == [WAITING]
    with transaction():
        withdraw(holder, by=holder.person, at=TODAY)

    assert states(registration) == [APPROVED]


def test_an_organizer_asks_for_the_letter_and_writes_to_one_person(app: Flask) -> None:
    meeting = make.meeting()
    category = make.category(meeting, needs_approval=True, needs_letter=True, credential="Note verbale")
    registration, by = confirmed(meeting, category), organizer(meeting)

    with transaction():
        ask_for_letter(registration, "By Friday, please.", by=by, at=TODAY)
    assert "Note verbale" in newest_letter().text and "By Friday, please." in newest_letter().text
    with transaction():
        write_to(registration, "Your visa", "It is ready.", by=by, at=TODAY)

    assert (newest_letter().subject, newest_letter().to) == ("Your visa", registration.person.email)
    assert states(registration) == [PENDING]


def test_a_letter_sent_twice_from_one_form_goes_out_once(app: Flask) -> None:
    meeting = make.meeting()
    (registration,), by = pending(meeting), organizer(meeting)
    before = letters_about(registration)

    for words in ("Bring the note.", "Bring the note.", "Bring both notes."):
        with transaction():
            write_to(registration, "The note", words, by=by, at=TODAY, key="one form")
            ask_for_letter(registration, words, by=by, at=TODAY, key="one form")

    assert letters_about(registration) - before == 4, "two of each: what was written anew is another letter"


def letters_about(registration: Registration) -> int:
    about = f"registration:{registration.id}"
    return db.session.scalar(select(func.count()).where(Letter.about == about)) or 0


def test_a_decision_taken_back_twice_leaves_the_one_before_it(app: Flask) -> None:
    meeting = make.meeting()
    (registration,), by = pending(meeting), organizer(meeting)
    with transaction():
        decline(registration, "Send the letter.", by=by, at=TODAY)
        approve(registration, by=by, at=TODAY)
    seen = [newest(registration)]

    for _press in range(2):
        with transaction():
            undo(registration, by=by, at=TODAY, seen=seen)

    assert registration.state == DECLINED


def test_a_decision_made_meanwhile_is_not_taken_back_unseen(app: Flask) -> None:
    meeting = make.meeting()
    (registration,), by = pending(meeting), organizer(meeting)
    with transaction():
        decline(registration, "Send the letter.", by=by, at=TODAY)
    seen = [newest(registration)]
    with transaction():
        approve(registration, by=by, at=TODAY)

    with pytest.raises(Refused, match="decided anew"), transaction():
        undo(registration, by=by, at=TODAY, seen=seen)

    assert registration.state == APPROVED


def newest(registration: Registration) -> int:
    decision = newest_decision(registration)
    assert decision
    return decision.id
