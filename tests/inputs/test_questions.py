"""Questions of a meeting's own in the form of inputs."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.desk.retention.queries import count_of_each
from eventapp.drafts import protocol, text_page
from eventapp.drafts.actions import Sent
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.inputs import manage, views
from eventapp.inputs.actions import Invited, begin, invite, send, withdraw
from eventapp.inputs.answers import manage as sheet
from eventapp.inputs.answers.models import InputAnswer
from eventapp.inputs.answers.queries import answers_anywhere, shown_of_input, taken_anywhere
from eventapp.inputs.entry import own_token
from eventapp.inputs.jobs import JOBS
from eventapp.inputs.models import Input
from eventapp.inputs.own import views as own
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.meetings.retention.models import Deletion
from eventapp.questions.actions import change_question
from eventapp.questions.content import Choice
from eventapp.questions.models import Question
from eventapp.registration.answers.actions import answer
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_inputs import begun, call, said
from tests.make_questions import condition, content, question

FORM = {"draft": "0", "behalf": "organization", "organization": "Radio Network", "country": "", "language": "en",
        "overview": "Three things matter."}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (views, own, manage, sheet, protocol, text_page):
        monkeypatch.setattr(module, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting()
    call(meeting)
    return meeting


def asked(meeting: Meeting, **facts: object) -> Question:
    return question(meeting, stage="input", **facts)


def address_of(written: Input, registration: Registration) -> str:
    with transaction():
        return f"/inputs/{own_token(written, registration, at=TODAY)}"


def version(written: Input) -> dict[str, str]:
    db.session.expire_all()
    return {"draft": str(written.version)}


def answers(written: Input) -> list[tuple[str, str]]:
    db.session.expire_all()
    return [(one.label, one.words) for one in shown_of_input(written)]


def test_a_question_of_the_form_is_asked_kept_and_shown_to_the_secretariat(
    client: PageClient, meeting: Meeting
) -> None:
    part = asked(meeting, kind="yes_no", label={"en": "May we translate it?"}, is_required=True)
    why = asked(meeting, label={"en": "Why not?"}, condition=condition(part, "no"), is_required=True)
    written, registration = begun(meeting)
    address = address_of(written, registration)
    page = client.get(address).text
    assert "May we translate it?" in page and "Why not?" in page and 'data-question="q1"' in page
    refused = client.post(address, data={**FORM, **version(written)})
    assert refused.status_code == 422
    assert "Answer this question." in refused.text and "Three things matter." in refused.text
    assert not answers(written)
    half = client.post(address, data={**FORM, **version(written), "q_q1": "no"})
    assert half.status_code == 422, "the second is required where the first says no"
    assert (
        client.post(address, data={**FORM, **version(written), "q_q1": "no", "q_q2": "It is old."}).status_code == 303
    )
    assert answers(written) == [("May we translate it?", "No"), ("Why not?", "It is old.")]
    staff = make.staff(meeting, RAPPORTEUR)
    client.sign_in(staff)
    seen = client.get(f"/meetings/{meeting.slug}/manage/inputs/1").text
    assert "Why not?" in seen and "It is old." in seen
    again = client.post(address, data={**FORM, **version(written), "q_q1": "yes", "q_q2": "It is old."})
    assert again.status_code == 303
    assert answers(written) == [("May we translate it?", "Yes")], "what hangs on another answer is dropped"
    assert why.code == "q2"


def test_a_draft_keeps_answers_and_what_no_draft_may_hold_is_said(client: PageClient, meeting: Meeting) -> None:
    asked(meeting, kind="date", label={"en": "When was it?"})
    asked(meeting, kind="choice", label={"en": "Which line?"}, choices=("Radio", "Press"), is_required=True)
    written, registration = begun(meeting)
    address = address_of(written, registration)
    assert client.post(address, data={**FORM, **version(written), "q_q1": "never", "keep": "1"}).status_code == 422
    typed = {**FORM, **version(written), "q_q1": "2016-05-02", "q_q2": "2"}
    assert client.post(f"{address}/draft", data=typed).status_code == 204
    db.session.expire_all()
    assert written.content["answers"] == {"q1": ["2016-05-02"], "q2": ["2"]} and not answers(written)
    page = client.get(address).text
    assert "2016-05-02" in page and re.search(r'value="2" ?checked', page)
    unknown = client.post(address, data={**FORM, **version(written), "q_q2": "9"})
    assert unknown.status_code == 422 and "Choose one of the answers that are offered." in unknown.text


def test_who_is_asked_goes_by_category_and_what_they_answered_at_registration(app: Flask, meeting: Meeting) -> None:
    visit = question(meeting, kind="yes_no", label={"en": "Speaking?"})
    press = make.category(meeting, code="press", name="Press")
    asked(meeting, label={"en": "Your outlet"}, categories=("press",))
    asked(meeting, label={"en": "Your slides"}, condition=condition(visit, "yes"))
    asked(meeting, label={"en": "Anything else"})
    given = {"q2": ["Daily"], "q3": ["Ten"], "q4": ["No"]}
    guest, reporter = make.registration(meeting), make.registration(meeting, category=press)
    with transaction():
        answer(reporter, {"q1": ["yes"]}, by=None, at=TODAY)
        inputs = [begin(one, at=TODAY) for one in (guest, reporter)]
        body = Invited(name="Ada", email="ada@radio.example", organization="Radio")
        inputs.append(invite(meeting, body, by=None, at=TODAY)[0])
        for one in inputs:
            send(one, said(), Sent(0), at=TODAY, public=False, token="", answers=given)
    assert [[label for label, _words in answers(one)] for one in inputs] == [
        ["Anything else"],
        ["Your outlet", "Your slides", "Anything else"],
        ["Anything else"],
    ]


def test_the_last_place_of_an_answer_goes_to_one_input_that_stands(app: Flask, meeting: Meeting) -> None:
    choices = (Choice(label={"en": "Morning"}, places=1), Choice(label={"en": "Evening"}))
    slot = asked(meeting, kind="choice", label={"en": "Slot"}, choices=choices)
    first, second = begun(meeting)[0], begun(meeting)[0]
    morning = {slot.code: ["1"]}
    with transaction():
        send(first, said(), Sent(0), at=TODAY, public=False, token="", answers=morning)
    with transaction():
        send(first, said(overview="More"), Sent(1), at=TODAY, public=False, token="", answers=morning)
    with pytest.raises(Refused, match="Morning"), transaction():
        send(second, said(), Sent(0), at=TODAY, public=False, token="", answers=morning)
    assert taken_anywhere(meeting)[slot.code] == {"1": 1} and answers_anywhere(slot) == 1
    with transaction():
        withdraw(first, at=TODAY)
    with transaction():
        send(second, said(), Sent(second.version), at=TODAY, public=False, token="", answers=morning)
    with pytest.raises(Refused, match="Morning"), transaction():  # its own place went while it was withdrawn
        send(first, said(), Sent(first.version), at=TODAY, public=False, token="", answers=morning)


def test_a_personal_answer_is_organizers_alone_and_goes_after_its_days(client: PageClient, meeting: Meeting) -> None:
    asked(meeting, label={"en": "Passport"}, is_personal=True, retention_days=3)
    asked(meeting, label={"en": "Topic"})
    sent, _guest = begun(meeting)
    begun_only, registration = begun(meeting)
    with transaction():
        given = {"q1": ["=AB12"], "q2": ["=1+1"]}
        send(sent, said(), Sent(0), at=TODAY, public=False, token="", answers=given)
    typed = {**FORM, **version(begun_only), "q_q1": "CD34", "q_q2": "Maps", "keep": "1"}
    assert client.post(address_of(begun_only, registration), data=typed).status_code == 303
    base = f"/meetings/{meeting.slug}/manage/inputs"
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert "AB12" not in client.get(f"{base}/1").text
    assert "AB12" not in client.get(f"{base}.csv?needs=1").text
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "AB12" in client.get(f"{base}/1").text
    assert "AB12" not in client.get(f"{base}.csv").text
    table = client.get(f"{base}.csv?needs=1").text
    assert "'=AB12" in table and "'=1+1" in table and "Maps" not in table
    detail = db.session.scalars(select(Entry.detail).where(Entry.verb == "answered questions")).one()
    assert detail["changes"] == {"Passport": None, "Topic": ["", "=1+1"]}

    (job,) = JOBS
    over = datetime.combine(meeting.ends_on, TODAY.time(), TODAY.tzinfo) + timedelta(days=3)
    assert not job.is_due(over)
    late = over + timedelta(days=2)
    with transaction():
        assert job.do(late) == 2, "one was sent, one more typed"
    with transaction():
        assert not job.is_due(late)
    assert answers(sent) == [("Topic", "=1+1")]
    contents = db.session.scalars(select(Draft.content).where(Draft.kind == "input")).all()
    assert sorted(str(one.get("answers")) for one in contents) == ["{'q2': ['=1+1']}", "{'q2': ['Maps']}"]
    assert len(db.session.scalars(select(InputAnswer)).all()) == 1


def test_lists_of_people_know_nothing_of_questions_for_inputs(client: PageClient, meeting: Meeting) -> None:
    asked(meeting, kind="yes_no", label={"en": "May we translate it?"})
    client.sign_in(make.staff(meeting, ORGANIZER))
    base = f"/meetings/{meeting.slug}/manage"
    assert "May we translate it?" in client.get(f"{base}/settings/questions?stage=input").text
    assert "May we translate it?" not in client.get(f"{base}/registrations").text
    assert "May we translate it?" not in client.get(f"{base}/registrations/columns").text


def test_a_kind_that_changed_under_a_draft_is_no_fault_of_ours(client: PageClient, meeting: Meeting) -> None:
    written, registration = begun(meeting)
    when = asked(meeting, label={"en": "When?"})
    address = address_of(written, registration)
    assert client.post(address, data={**FORM, **version(written), "q_q1": "soon", "keep": "1"}).status_code == 303
    with transaction():
        change_question(when, content(stage="input", kind="date", label={"en": "When?"}), 1, by=None, at=TODAY)
    assert client.get(address).status_code == 200
    with transaction():
        change_question(when, content(stage="input", kind="file", label={"en": "When?"}), 2, by=None, at=TODAY)
    assert "On file" not in client.get(address).text, "what was typed is no file"


def test_a_personal_answer_without_days_of_its_own_goes_with_those_of_the_meeting(meeting: Meeting) -> None:
    asked(meeting, label={"en": "Passport"}, is_personal=True, retention_days=None)
    sent, _guest = begun(meeting)
    with transaction():
        send(sent, said(), Sent(0), at=TODAY, public=False, token="", answers={"q1": ["AB12"]})
    assert count_of_each(meeting)["answers"] == 1
    (job,) = JOBS
    last = datetime.combine(meeting.ends_on, TODAY.time(), TODAY.tzinfo)
    assert not job.is_due(last + timedelta(days=30))
    with transaction():
        meeting.terms_from = meeting.ends_on + timedelta(days=40)
    assert not job.is_due(last + timedelta(days=31)), "organizers see the plan first"
    with transaction():
        meeting.terms_from = None
    assert job.is_due(last + timedelta(days=31))
    with transaction():
        assert job.do(last + timedelta(days=31)) == 1
    assert answers(sent) == []
    row = db.session.scalars(select(Deletion)).one()
    assert (row.sort, row.number, row.origin) == ("answers", 1, "usual")
