"""One decision about many people: all of a list at once, in short transactions."""

import re

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from eventapp.ground.db import db
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.registration import manage
from eventapp.registration.decisions import manage as deciding
from eventapp.registration.decisions import many
from eventapp.registration.decisions.many import from_spans, in_spans
from eventapp.registration.lists import listing
from eventapp.registration.models import APPROVED, PENDING, Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed, states

LIST = "/meetings/spring/manage/registrations"


def hidden(page: str) -> dict[str, str]:
    """What the form of this page sends by itself."""
    return dict(re.findall('<input type="hidden" name="([a-z]+)" value="([^"]*)">', page))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (manage, deciding):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, needs_approval=True)


@pytest.fixture
def three(meeting: Meeting, category: Category) -> list[Registration]:
    return [confirmed(meeting, category) for _ in range(3)]


def test_all_pages_of_a_list_are_approved_after_a_question(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    assert "Approve all of this list…" in organizer.get(LIST).text

    question = organizer.post(LIST, data={"all": "approve"})
    assert (question.status_code, "Approve 3 registrations" in question.text) == (200, True)
    assert states(*three) == [PENDING] * 3
    answer = organizer.post(LIST, data={**hidden(question.text), "do": "approve"})

    assert states(*three) == [APPROVED] * 3
    page = organizer.get(answer.location).text
    assert "3 of 3 approved." in page
    assert page.count('name="pick"') == 3
    letters = select(func.count()).where(Letter.kind == "registration/mail/approved.txt")
    assert db.session.scalar(letters) == 3


def test_who_comes_after_the_question_and_who_is_on_another_list_are_not_meant(
    organizer: PageClient, meeting: Meeting, category: Category, three: list[Registration]
) -> None:
    other = confirmed(meeting, make.category(meeting, needs_approval=True))
    question = organizer.post(LIST, data={"all": "approve", "type": category.code})
    late = confirmed(meeting, category)

    organizer.post(LIST, data={**hidden(question.text), "do": "approve"})

    assert states(*three, other, late) == [APPROVED] * 3 + [PENDING] * 2


def test_a_list_where_nobody_waits_says_so(organizer: PageClient) -> None:
    answer = organizer.post(LIST, data={"all": "approve", "state": "approved"})

    assert "Nobody in this list waits for a decision." in organizer.get(answer.location).text


@pytest.mark.parametrize(("seconds", "times"), [(0.0, 3), (60.0, 1)])
def test_the_meeting_is_held_for_as_many_as_there_is_time_for(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch, seconds: float, times: int
) -> None:
    monkeypatch.setattr(many, "HELD", seconds)
    ended = list[object]()
    note = ended.append
    event.listen(db.engine, "commit", note)

    organizer.post(LIST, data={"do": "approve", "pick": [one.reference for one in three]})

    event.remove(db.engine, "commit", note)
    assert (states(*three), len(ended)) == ([APPROVED] * 3, times)


def test_numbers_go_through_an_address() -> None:
    numbers = [1, 2, 3, 7, 9, 10]
    assert in_spans(numbers) == "1-3.7.9-10"
    assert from_spans("1-3.7.9-10", most=500) == numbers
    assert from_spans("1-999999999", most=5) == [1, 2, 3, 4, 5]
    assert from_spans("x.3-1.-.5", most=5) == [5]
    assert in_spans([]) == "" and from_spans("", most=5) == []
