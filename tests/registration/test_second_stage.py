"""Questions that are asked once a place is given: in My registration, on a page of their own, named in the letter."""

from datetime import timedelta

import pytest

from eventapp.ground.db import db
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.answers import views as more
from eventapp.registration.answers.queries import given
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from eventapp.registration.queries import letters_about
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_questions import condition, question
from tests.make_registration import confirmed
from tests.registration.filling import set_clock


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    set_clock(monkeypatch, TODAY)
    monkeypatch.setattr(more, "now", lambda: TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, code="NGO")


def page(registration: Registration) -> str:
    return f"/registrations/{own_token(registration)}"


def answers(registration: Registration) -> dict[str, list[str]]:
    db.session.expire_all()
    return given(registration, opens=True)


def test_who_has_a_place_is_asked_more_and_the_letter_says_so(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    part = question(meeting, kind="yes_no", label={"en": "In person?"})
    question(meeting, stage="approved", label={"en": "Arrival"}, is_required=True, condition=condition(part, "yes"))
    question(meeting, stage="approved", label={"en": "For online"}, condition=condition(part, "no"))
    one = confirmed(meeting, category, answers={"q1": ["yes"]})
    assert "asks you 1 question" in letters_about(one)[0].text
    assert "asks you 1 more question." in client.get(page(one)).text
    form = client.get(f"{page(one)}/questions").text
    assert "Arrival" in form and "For online" not in form
    assert "Answer this question." in client.post(f"{page(one)}/questions", data={}).text
    answer = client.post(f"{page(one)}/questions", data={"q_q2": "Monday", "q_q3": "x", "q_q1": "no"})
    assert (answer.status_code, answer.location) == (303, page(one))
    assert answers(one) == {"q1": ["yes"], "q2": ["Monday"]}
    assert "You have answered everything" in client.get(page(one)).text
    assert 'value="Monday"' in client.get(f"{page(one)}/questions").text


def test_what_an_answer_of_registration_decides_is_not_asked_of_the_page(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    part = question(meeting, kind="yes_no", label={"en": "In person?"})
    visit = question(meeting, kind="yes_no", stage="approved", label={"en": "Visit"})
    on = (condition(part, "yes"), condition(visit, "yes"))
    question(meeting, stage="approved", label={"en": "Both"}, conditions=on)
    question(meeting, stage="approved", label={"en": "One of them"}, conditions=on, match="any")
    here, online = (confirmed(meeting, category, answers={"q1": [words]}) for words in ("yes", "no"))
    form = client.get(f"{page(here)}/questions").text
    assert form.count("data-if") == 1, "of both only the visit is open, and one of them holds"
    assert "Both" not in client.get(f"{page(online)}/questions").text
    client.post(f"{page(online)}/questions", data={"q_q2": "no", "q_q3": "x", "q_q4": "x"})
    assert answers(online) == {"q1": ["no"], "q2": ["no"]}
    client.post(f"{page(here)}/questions", data={"q_q2": "no", "q_q3": "x", "q_q4": "x"})
    assert answers(here) == {"q1": ["yes"], "q2": ["no"], "q4": ["x"]}


def test_nobody_is_asked_before(client: PageClient, meeting: Meeting) -> None:
    question(meeting, stage="approved", label={"en": "Arrival"})
    pending = confirmed(meeting, make.category(meeting, needs_approval=True))
    assert "One more thing" not in client.get(page(pending)).text
    assert client.get(f"{page(pending)}/questions").status_code == 303
    refused = client.post(f"{page(pending)}/questions", data={"q_q1": "Monday"})
    assert refused.status_code == 409
    assert "asked of those who have a place" in refused.text
    assert answers(pending) == {}


def test_a_meeting_that_asks_nothing_says_nothing(client: PageClient, meeting: Meeting, category: Category) -> None:
    one = confirmed(meeting, category)
    assert "One more thing" not in client.get(page(one)).text
    assert "one more thing" not in letters_about(one)[0].text
    assert client.get(f"{page(one)}/questions").status_code == 303


def test_after_the_meeting_nothing_is_changed(
    client: PageClient, meeting: Meeting, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    question(meeting, stage="approved", label={"en": "Arrival"})
    one = confirmed(meeting, category)
    monkeypatch.setattr(more, "now", lambda: TODAY + timedelta(days=30))
    assert client.post(f"{page(one)}/questions", data={"q_q1": "Monday"}).status_code == 409
    assert answers(one) == {}
