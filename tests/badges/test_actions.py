import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.badges.actions import issue, print_badges, reissue
from eventapp.badges.models import Badge
from eventapp.badges.queries import Choice, badge_of, badges_of, bearers, code_of, counts
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.registration.entry import entry_code
from eventapp.registration.models import PENDING
from tests import make
from tests.make import TODAY


def test_the_first_badge_has_the_code_of_the_letter_of_approval(app: Flask) -> None:
    registration = make.registration(make.meeting())

    with transaction():
        badge = issue(registration, by=None, at=TODAY)

    assert badge.code == entry_code(registration) == code_of(registration)


def test_issuing_twice_is_one_badge(app: Flask) -> None:
    registration = make.registration(make.meeting())

    with transaction():
        first = issue(registration, by=None, at=TODAY).id
    with transaction():
        second = issue(registration, by=None, at=TODAY).id

    assert first == second


def test_who_is_not_approved_gets_no_badge(app: Flask) -> None:
    registration = make.registration(make.meeting(), state=PENDING, number=7)

    with pytest.raises(Refused, match="R-0007 is not approved"), transaction():
        issue(registration, by=None, at=TODAY)


def test_a_new_badge_ends_the_one_before(app: Flask) -> None:
    meeting = make.meeting()
    registration, organizer = make.registration(meeting), make.staff(meeting, "organizer")

    with transaction():
        reissue(registration, "lost on the way", by=organizer, at=TODAY)

    newest, first = badges_of(registration)
    assert (first.code, first.ended_at, first.ended_because) == (entry_code(registration), TODAY, "lost on the way")
    assert (badge_of(registration), newest.ended_at, newest.code == first.code) == (newest, None, False)
    assert code_of(registration) == newest.code
    [letter] = db.session.scalars(select(Letter))
    assert (letter.to, letter.subject) == (registration.person.email, f"Your new entry code: {meeting.short_title}")
    assert (newest.code in letter.text, first.code in letter.text) == (True, False)


def test_a_new_badge_asked_for_twice_from_one_page_is_one(app: Flask) -> None:
    registration = make.registration(make.meeting())

    for _press in range(2):
        with transaction():
            reissue(registration, "lost", by=None, at=TODAY, replaced=0)
    assert (len(badges_of(registration)), len(db.session.scalars(select(Letter)).all())) == (2, 1)

    with transaction():
        reissue(registration, "lost again", by=None, at=TODAY, replaced=1)
    assert len(badges_of(registration)) == 3


def test_printing_issues_what_was_missing_and_is_one_line_of_history(app: Flask) -> None:
    meeting = make.meeting()
    for number in (1, 2, 3):
        make.registration(meeting, number=number)

    with transaction():
        printed = print_badges(meeting, Choice(), by=None, at=TODAY)

    assert [bearer.registration.reference for bearer in printed] == ["R-0001", "R-0002", "R-0003"]
    assert [badge.printed_at for badge in db.session.scalars(select(Badge))] == [TODAY] * 3
    assert counts(meeting) == (3, 0)
    [entry] = db.session.scalars(select(Entry))
    assert (entry.verb, entry.detail) == ("badges printed", {"count": 3, "references": ["R-0001", "R-0002", "R-0003"]})


def test_there_is_nothing_to_print_twice(app: Flask) -> None:
    meeting = make.meeting()
    make.registration(meeting)
    with transaction():
        print_badges(meeting, Choice(), by=None, at=TODAY)

    with pytest.raises(Refused, match="no badge to print"), transaction():
        print_badges(meeting, Choice(), by=None, at=TODAY)


def test_a_new_badge_is_to_be_printed_again(app: Flask) -> None:
    meeting = make.meeting()
    registration = make.registration(meeting)
    with transaction():
        print_badges(meeting, Choice(), by=None, at=TODAY)

    with transaction():
        reissue(registration, "lost", by=None, at=TODAY)

    assert counts(meeting) == (1, 1)


def test_badges_come_in_order_of_protocol_and_by_category(app: Flask) -> None:
    meeting = make.meeting()
    second, first = make.category(meeting, protocol_order=2, code="NGO"), make.category(meeting, protocol_order=1)
    make.registration(meeting, number=1, category=second)
    make.registration(meeting, number=2, category=first)
    make.registration(meeting, number=3, category=first, state=PENDING)
    make.registration(make.meeting(), number=4)

    assert references(bearers(meeting, Choice())) == ["R-0002", "R-0001"]
    assert references(bearers(meeting, Choice(category="NGO"))) == ["R-0001"]
    assert references(bearers(meeting, Choice(references=("R-0002", "R-0004", "x", "9" * 30)))) == ["R-0002"]


def references(found: list) -> list[str]:  # type: ignore[type-arg]
    return [bearer.registration.reference for bearer in found]
