"""Two windows that change answers to own questions: the second is refused once, with all that was typed. And places
that count only once the address is confirmed."""

import pytest
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Category, Meeting
from eventapp.questions.content import Choice
from eventapp.registration.actions import confirm
from eventapp.registration.answers import views as more
from eventapp.registration.answers.queries import given
from eventapp.registration.changes import manage as correcting
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_questions import question
from tests.make_registration import asked, confirmed
from tests.registration.filling import send, set_clock, typed


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    for room in (correcting, more):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, code="NGO")


def answers(registration: Registration) -> dict[str, list[str]]:
    db.session.expire_all()
    return given(registration, opens=True)


def base_in(page: str) -> str:
    return page.split('name="base"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def test_the_second_window_of_the_form_is_refused_once(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, label={"en": "Flight"})
    send(client, meeting, typed(category))
    one = db.session.scalars(select(Registration)).one()
    with transaction():
        confirm(one, at=TODAY)
    edit = f"/registrations/{own_token(one)}/edit"
    base = base_in(client.get(edit).text)
    assert client.post(edit, data=typed(category, base=base, q_q1="TG 1")).status_code == 303
    second = client.post(edit, data=typed(category, base=base, q_q1="TG 2"))
    assert second.status_code == 409
    assert "changed meanwhile in another window" in second.text and "“Flight”" in second.text
    assert 'value="TG 2"' in second.text
    assert answers(one) == {"q1": ["TG 1"]}
    assert client.post(edit, data=typed(category, base=base, q_q1="TG 1")).status_code == 303, "the same is no fault"
    assert client.post(edit, data=typed(category, base=base_in(second.text), q_q1="TG 2")).status_code == 303
    assert answers(one) == {"q1": ["TG 2"]}


def test_the_second_window_of_the_second_stage_is_refused_once(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, stage="approved", label={"en": "Arrival"})
    one = confirmed(meeting, category)
    page = f"/registrations/{own_token(one)}/questions"
    base = base_in(client.get(page).text)
    assert client.post(page, data={"base": base, "q_q1": "Monday"}).status_code == 303
    second = client.post(page, data={"base": base, "q_q1": "Tuesday"})
    assert second.status_code == 409
    assert "“Arrival”" in second.text and 'value="Tuesday"' in second.text
    assert client.post(page, data={"base": base_in(second.text), "q_q1": "Tuesday"}).status_code == 303
    assert answers(one) == {"q1": ["Tuesday"]}


def test_organizers_correct_every_stage_and_do_not_write_over_the_person(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, label={"en": "Flight"})
    question(meeting, stage="approved", label={"en": "Arrival"}, is_required=True)
    send(client, meeting, typed(category))
    one = db.session.scalars(select(Registration)).one()
    here = f"/meetings/spring/manage/registrations/{one.reference}/answers"
    organizer = client.application.test_client()
    assert isinstance(organizer, PageClient)
    organizer.sign_in(make.staff(meeting, "organizer"))
    assert "Arrival" not in organizer.get(here).text, "nobody is asked it yet"
    with transaction():
        confirm(one, at=TODAY)
    page = organizer.get(here).text
    assert "Arrival" in page
    client.post(f"/registrations/{own_token(one)}/questions", data={"q_q2": "Monday"})
    late = organizer.post(here, data=typed(category, base=base_in(page), q_q1="TG 1", q_q2="Friday"))
    assert late.status_code == 409
    assert "“Arrival”" in late.text
    data = typed(category, base=base_in(late.text), q_q1="TG 1", q_q2="Tuesday")
    assert organizer.post(here, data=data).status_code == 303
    assert answers(one) == {"q1": ["TG 1"], "q2": ["Tuesday"]}
    changes = [entry.detail["changes"] for entry in db.session.scalars(
        select(Entry).where(Entry.verb == "answered questions").order_by(Entry.id))]  # fmt: skip
    assert changes[-1] == {"Flight": ["", "TG 1"], "Arrival": None}


def test_what_only_organizers_see_is_no_other_window_of_the_person(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, stage="desk", label={"en": "VIP"})
    send(client, meeting, typed(category))
    one = db.session.scalars(select(Registration)).one()
    edit = f"/registrations/{own_token(one)}/edit"
    base = base_in(client.get(edit).text)
    client.sign_in(make.staff(meeting, "organizer"))
    client.post(f"/meetings/spring/manage/registrations/{one.reference}/answers", data=typed(category, q_q1="Yes"))
    assert client.post(edit, data=typed(category, base=base, job_title="Minister")).status_code == 303
    assert answers(one) == {"q1": ["Yes"]}


def test_who_has_not_confirmed_keeps_nobody_out_of_a_choice(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    bus = Choice(label={"en": "Bus"}, places=1)
    question(meeting, kind="choice", label={"en": "Visit"}, choices=(bus, "No"), is_required=True)
    first = asked(meeting, category, answers={"q1": ["1"]})
    second = confirmed(meeting, category, answers={"q1": ["1"]})
    assert (answers(first), answers(second)) == ({"q1": ["1"]}, {"q1": ["1"]})
    with transaction():
        confirm(first, at=TODAY)
    assert answers(first) == {}
    token = own_token(first)
    page = client.get(f"/registrations/{token}").text
    assert "“Bus” has no place left" in page and f"/registrations/{token}/edit" in page
    assert client.post(f"/registrations/{token}/edit", data=typed(category, q_q1="2")).status_code == 303
    assert "has no place left" not in client.get(f"/registrations/{token}").text
