"""The questions of a meeting's own in the form: asked of whom they are for, kept with their words, counted where places are."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.desk.questions import manage as settings
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import Category, Meeting
from eventapp.questions import actions
from eventapp.questions.content import Choice
from eventapp.questions.models import Question
from eventapp.registration.actions import undo_withdrawal, withdraw
from eventapp.registration.answers.actions import answer
from eventapp.registration.answers.models import Answer
from eventapp.registration.answers.queries import answers_in_words, given
from eventapp.registration.changes import manage as correcting
from eventapp.registration.entry import own_token
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import Registration
from eventapp.registration.uploads.retention import forget
from eventapp.registration.walk_ins import manage as walk_ins
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY
from tests.make_questions import condition, content, question
from tests.make_registration import confirmed
from tests.registration.filling import count, only, send, set_clock, typed


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    for room in (settings, correcting, walk_ins):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, code="NGO")


def said(registration: Registration) -> dict[str, list[str]]:
    db.session.expire_all()
    return given(registration)


def of_each_kind(meeting: Meeting) -> None:
    question(meeting, label={"en": "Flight", "fr": "Vol"})
    question(meeting, kind="long_text", label={"en": "Remarks"})
    question(meeting, kind="choice", label={"en": "Lunch"}, choices=("Fish", "Rice"))
    question(meeting, kind="several", label={"en": "Themes"}, choices=("Data", "Skills", "Trade"))
    question(meeting, kind="yes_no", label={"en": "Visa"})
    question(meeting, kind="date", label={"en": "Arrival"})
    question(meeting, kind="country", label={"en": "Passport"})
    question(meeting, kind="number", label={"en": "Shoes"})
    question(meeting, kind="agreement", label={"en": "Rules"}, agreement={"en": "No drones."})


ANSWERS = {
    "q_q1": "TG 921",
    "q_q2": "Two lines\nof it",
    "q_q3": "2",
    "q_q4": ["1", "3"],
    "q_q5": "no",
    "q_q6": "2026-03-15",
    "q_q7": "THA",
    "q_q8": "42",
    "q_q9": "y",
}
KEPT = {
    "q1": ["TG 921"],
    "q2": ["Two lines\nof it"],
    "q3": ["2"],
    "q4": ["1", "3"],
    "q5": ["no"],
    "q6": ["2026-03-15"],
    "q7": ["THA"],
    "q8": ["42"],
    "q9": ["yes"],
}


def test_each_kind_is_asked_kept_shown_and_changed(client: PageClient, meeting: Meeting, category: Category) -> None:
    of_each_kind(meeting)
    page = client.get(f"/meetings/spring/registration/new?category={category.code}").text
    assert 'name="q_q1"' in page and "No drones." in page
    assert 'lang="fr">Vol' in client.get(f"/meetings/spring/registration/new?category={category.code}&language=fr").text

    assert send(client, meeting, typed(category, **ANSWERS)).status_code == 303
    one = only()
    assert said(one) == KEPT
    assert [(one.label, one.words) for one in answers_in_words(only())] == [
        ("Flight", "TG 921"),
        ("Remarks", "Two lines\nof it"),
        ("Lunch", "Rice"),
        ("Themes", "Data, Trade"),
        ("Visa", "No"),
        ("Arrival", "15 March 2026"),
        ("Passport", "Thailand"),
        ("Shoes", "42"),
        ("Rules", "Yes"),
    ]
    organizer = client.application.test_client()
    assert isinstance(organizer, PageClient)
    organizer.sign_in(make.staff(meeting, "organizer"))
    panel = organizer.get(f"/meetings/spring/manage/registrations?state=everyone&open={one.reference}").text
    assert "Data, Trade" in panel and "answered questions" in panel
    token = own_token(one)
    assert "Data, Trade" in client.get(f"/registrations/{token}").text
    form = client.get(f"/registrations/{token}/edit").text
    assert 'value="TG 921"' in form and 'value="2026-03-15"' in form
    assert (
        client.post(f"/registrations/{token}/edit", data=typed(category, **{**ANSWERS, "q_q3": "1"})).status_code == 303
    )
    assert said(one) == {**KEPT, "q3": ["1"]}
    assert '"fr":"Vol"' in client.get(f"/registrations/{token}/everything.json").text.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("q_q1", "x" * 100_000, "Use 200 characters or less."),
        ("q_q3", "9", "Choose one of the answers that are offered."),
        ("q_q4", ["1", "9"], "Choose one of the answers that are offered."),
        ("q_q5", "perhaps", "Choose one of the answers that are offered."),
        ("q_q6", "yesterday", "Write the day as 2018-01-31"),
        ("q_q7", "ZZZ", "Choose a country from the list."),
        ("q_q8", "many", "Write a number in figures"),
    ],
)
def test_what_does_not_fit_is_said_beside_it(
    client: PageClient, meeting: Meeting, category: Category, name: str, value: Any, sentence: str
) -> None:
    of_each_kind(meeting)
    answer = send(client, meeting, typed(category, **{**ANSWERS, name: value}))
    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text and sentence in answer.text
    assert count(Registration) == 0
    assert count(Answer) == 0


def test_a_form_of_five_hundred_questions_is_taken_in_parts(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    with transaction():
        for number in range(1, 501):
            actions.ask(meeting, f"q{number}", content(), number, by=None, at=TODAY)
    answers = {f"q_q{number}": "x" for number in range(1, 501)}
    with counted() as many:
        assert send(client, meeting, typed(category, job_title="", **answers)).status_code == 422
    assert len(many) < 40, "a form that comes back reads its questions at once"
    assert send(client, meeting, typed(category, **answers)).status_code == 303
    assert count(Answer) == 500


def test_a_required_one_is_asked_only_where_it_applies(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    visit = question(meeting, kind="yes_no", label={"en": "Visit"})
    question(meeting, label={"en": "Size"}, condition=condition(visit, "yes"), is_required=True)
    question(meeting, label={"en": "For others"}, categories=("GOV",), is_required=True)
    page = client.get(f"/meetings/spring/registration/new?category={category.code}").text
    assert "For others" not in page
    assert "data-if=" in page and 'data-match="all"' in page

    wrong = send(client, meeting, typed(category, q_q1="yes"))
    assert wrong.status_code == 422
    assert 'id="q_q2-error"' in wrong.text
    assert send(client, meeting, typed(category, q_q1="no", q_q2="42", q_q3="x")).status_code == 303
    assert said(only()) == {"q1": ["no"]}


def test_an_agreement_that_is_required_is_given_or_nothing_is_sent(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, kind="agreement", label={"en": "Rules"}, agreement={"en": "None."}, is_required=True)
    assert "Agree to this" in send(client, meeting, typed(category)).text
    assert send(client, meeting, typed(category, q_q1="y")).status_code == 303


def test_an_answer_stays_with_the_words_it_was_given_to(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    lunch = question(meeting, kind="choice", label={"en": "Lunch"}, choices=("Fish", "Rice"))
    send(client, meeting, typed(category, q_q1="1"))
    with transaction():
        new = content(kind="choice", label={"en": "Dinner"}, choices=(Choice(code="1", label={"en": "Soup"}),))
        actions.change_question(lunch, new, lunch.version, by=None, at=TODAY)
    assert [(one.label, one.words) for one in answers_in_words(only())] == [("Lunch", "Fish")]


def limited(meeting: Meeting, places: int) -> Question:
    bus = Choice(label={"en": "Bus"}, places=places)
    return question(meeting, kind="choice", label={"en": "Visit"}, choices=(bus, "No"))


def test_a_full_choice_is_refused_and_what_was_chosen_before_is_not(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    limited(meeting, 1)
    first = confirmed(meeting, category, answers={"q1": ["1"]})
    refused = send(client, meeting, typed(category, q_q1="1"))
    assert refused.status_code == 409
    assert "“Bus” has no place left" in refused.text
    assert count(Registration) == 1
    assert "Full" in client.get(f"/meetings/spring/registration/new?category={category.code}").text
    token = own_token(first)
    assert client.post(f"/registrations/{token}/edit", data=typed(category, q_q1="1")).status_code == 303
    assert send(client, meeting, typed(category, q_q1="2")).status_code == 303


def test_who_withdraws_frees_it_and_loses_it_to_who_came_since(meeting: Meeting, category: Category) -> None:
    limited(meeting, 1)
    first, second = (confirmed(meeting, category) for _ in range(2))
    with transaction():
        answer(first, {"q1": ["1"]}, by=None, at=TODAY)
    with pytest.raises(Refused), transaction():
        answer(second, {"q1": ["1"]}, by=None, at=TODAY)
    with transaction():
        withdraw(first, by=None, at=TODAY)
    with transaction():
        answer(second, {"q1": ["1"]}, by=None, at=TODAY)
    with transaction():
        undo_withdrawal(first, by=None, at=TODAY)
    assert (said(first), said(second)) == ({}, {"q1": ["1"]})


def test_settings_count_who_answered(client: PageClient, meeting: Meeting, category: Category) -> None:
    limited(meeting, 3)
    for _number in range(2):
        confirmed(meeting, category, answers={"q1": ["1"]})
    here = "/meetings/spring/manage/settings/questions"
    client.sign_in(make.staff(meeting, "organizer"))
    assert "2 people answered this question." in client.get(f"{here}/q1").text
    form = {
        "kind": "choice", "stage": "registration", "label_en": "Visit", "match": "all", "version": "1",
        "choices-0-code": "1", "choices-0-text_en": "Bus", "choices-0-places": "1",
    }  # fmt: skip
    assert "2 places are taken already" in client.post(f"{here}/q1", data=form).text
    assert "its kind stays" in client.post(f"{here}/q1", data={**form, "kind": "text"}).text
    client.post(f"{here}/q1/end")
    assert "2 people answered this question, so it stays" in client.post(f"{here}/q1/removal").text


def test_the_counter_asks_too_and_only_organizers_see_their_own(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, label={"en": "Flight"}, is_required=True)
    question(meeting, stage="desk", label={"en": "VIP"})
    client.sign_in(make.staff(meeting, "organizer"))
    here = "/meetings/spring/manage/registrations"
    assert client.post(f"{here}/new", data=typed(category)).status_code == 422
    assert client.post(f"{here}/new", data=typed(category, q_q1="TG 921")).status_code == 303
    one = only()
    assert "VIP" in client.get(f"{here}/{one.reference}/answers").text
    data = typed(category, q_q1="TG 922", q_q2="Call protocol")
    assert client.post(f"{here}/{one.reference}/answers", data=data).status_code == 303
    assert said(one) == {"q1": ["TG 922"], "q2": ["Call protocol"]}
    token = own_token(one)
    assert "Call protocol" not in client.get(f"/registrations/{token}").text
    assert client.post(f"/registrations/{token}/edit", data=typed(category, q_q1="TG 1")).status_code == 303
    assert said(one) == {"q1": ["TG 1"], "q2": ["Call protocol"]}
    assert db.session.scalars(select(Answer.wording_id)).all()


@pytest.mark.parametrize(("days", "deleted"), [(7, 1), (8, 0), (None, 0)])
def test_personal_answers_are_deleted_when_their_days_are_over(
    meeting: Meeting, category: Category, days: int | None, deleted: int
) -> None:
    question(meeting, label={"en": "Shoes"}, is_personal=True, retention_days=days)
    question(meeting, label={"en": "Themes"})
    one = confirmed(meeting, category, answers={"q1": ["42"], "q2": ["Data"]})
    at = make.TODAY + timedelta(days=22)  # eight days after the last one
    done = work_through(JOBS, at=at)
    assert done.get("forget answers", 0) == deleted
    assert said(one) == ({"q2": ["Data"]} if deleted else {"q1": ["42"], "q2": ["Data"]})
    assert "forget answers" not in work_through(JOBS, at=at)


def test_history_never_holds_a_personal_answer(client: PageClient, meeting: Meeting, category: Category) -> None:
    question(meeting, label={"en": "Shoes"}, is_personal=True)
    send(client, meeting, typed(category, q_q1="size 42"))
    entry = db.session.scalars(select(Entry).where(Entry.verb == "answered questions")).one()
    assert entry.detail == {"changes": {"Shoes": None}}
    one = only()
    with transaction():
        db.session.get_one(Registration, one.id).state = "declined"
    by = make.staff(meeting, "organizer")
    with transaction():
        forget(db.session.get_one(Registration, one.id), by=by, at=TODAY)
    assert said(one) == {}
