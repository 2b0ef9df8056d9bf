"""What somebody does with the link to their registration: confirm, look, change, withdraw, come back."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest.mock import ANY

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.ground.db import db
from eventapp.mail.models import Letter
from eventapp.registration.entry import entry_code, own_token
from eventapp.registration.models import APPROVED, LAPSED, PENDING, UNCONFIRMED, WITHDRAWN
from eventapp.registration.queries import newest_upload, open_amendment
from tests import make
from tests.browserless import PageClient
from tests.journeys.reader import Form, Page
from tests.make import TODAY
from tests.make_registration import asked, confirmed, states
from tests.registration.filling import PDF, count, set_clock, typed


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


def test_opening_the_mailed_link_does_nothing_and_its_button_confirms(client: PageClient) -> None:
    registration = asked(make.meeting())
    address = f"/registrations/{own_token(registration)}/confirmation"

    page = client.get(address)
    assert (page.status_code, states(registration)) == (200, [UNCONFIRMED])
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store, private"
    answer = client.post(address)

    assert (answer.status_code, answer.location) == (303, f"/registrations/{own_token(registration)}")
    assert states(registration) == [APPROVED]
    assert client.post(address).status_code == 303
    assert "nothing more to do" in client.get(address).text


def test_a_link_that_lapsed_says_what_to_do(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    registration = asked(make.meeting())
    set_clock(monkeypatch, TODAY + timedelta(hours=48))
    address = f"/registrations/{own_token(registration)}/confirmation"

    assert "Register again" in client.get(address).text
    assert (client.post(address).status_code, states(registration)) == (409, [UNCONFIRMED])
    assert "lapsed" in client.get(f"/registrations/{own_token(registration)}").text
    assert registration.state_now(TODAY + timedelta(hours=48)) == LAPSED


def test_a_link_that_was_altered_is_not_there(client: PageClient) -> None:
    token = own_token(confirmed(make.meeting()))

    for broken in (token[:-1], token + "x", "x", "WzEsMV0.x"):
        for page in ("", "/edit", "/confirmation", "/withdrawal", "/letter"):
            assert client.get(f"/registrations/{broken}{page}").status_code == 404


def test_my_registration_says_where_it_stands(client: PageClient) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    first, second = confirmed(meeting, category), confirmed(meeting, category)
    checked = confirmed(meeting, make.category(meeting, needs_approval=True, needs_letter=True))

    mine = client.get(f"/registrations/{own_token(first)}")
    assert "You have a place" in mine.text and entry_code(first) in mine.text
    assert "You are number 1 on the waiting list" in client.get(f"/registrations/{own_token(second)}").text
    waits = client.get(f"/registrations/{own_token(checked)}").text
    assert "Send the letter" in waits and entry_code(checked) not in waits
    assert client.get(f"/registrations/{own_token(first)}/entry-code.png").data[:4] == b"\x89PNG"
    assert client.get(f"/registrations/{own_token(second)}/entry-code.png").status_code == 404


def test_answers_are_changed_and_checked_again_after_approval(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    registration = confirmed(meeting, category, email="anong@example.org", record_name="Anong", job_title="Director")
    address = f"/registrations/{own_token(registration)}/edit"

    assert 'value="Anong"' in client.get(address).text
    changed = typed(category, record_name="Ms. Anong", own_name="", given_name=registration.given_name)
    changed |= {"family_name": registration.family_name, "badge_name": "Anong", "job_title": "Director"}
    changed |= {"dietary_needs": "Halal", "email": "mallory@example.org"}
    answer = client.post(address, data=changed)

    assert answer.status_code == 303
    amendment = open_amendment(registration)
    assert amendment is not None and amendment.changes == {"record_name": ["Anong", "Ms. Anong"]}
    assert (registration.dietary_needs, registration.person.email) == ("Halal", "anong@example.org")
    assert "Changes that wait for the secretariat" in client.get(answer.location).text
    assert 'value="Ms. Anong"' in client.get(address).text  # to go on from, not to start again


def test_a_letter_is_sent_later(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting, needs_approval=True, needs_letter=True)
    registration = confirmed(meeting, category, email="anong@example.org")
    address = f"/registrations/{own_token(registration)}/edit"

    answer = client.post(address, data=typed(category) | {"letter": (BytesIO(PDF), "late.pdf")})

    assert (answer.status_code, states(registration)) == (303, [PENDING])
    letter = newest_upload(registration, "letter")
    assert letter is not None and letter.given_name == "late.pdf"


def test_somebody_withdraws_after_a_question_and_takes_it_back(client: PageClient) -> None:
    registration = confirmed(make.meeting())
    address = f"/registrations/{own_token(registration)}"

    assert "Withdraw my registration" in client.get(f"{address}/withdrawal").text
    assert states(registration) == [APPROVED]
    client.post(f"{address}/withdrawal")
    assert states(registration) == [WITHDRAWN]
    assert "I am coming after all" in client.get(address).text
    client.post(f"{address}/withdrawal/undo")
    assert states(registration) == [APPROVED]
    again = client.post(f"{address}/withdrawal/undo")
    assert (again.status_code, again.location) == (303, address), "pressed twice: the page says how it stands"


def test_a_name_made_of_the_others_follows_them_when_they_are_put_right(client: PageClient) -> None:
    names: dict[str, Any] = dict.fromkeys(("record_name", "badge_name"), "Ada Byrn")
    registration = confirmed(make.meeting(), given_name="Ada", family_name="Byrn", job_title="Officer", **names)
    address = f"/registrations/{own_token(registration)}/edit"

    answer = client.post(address, data=form_of(client.get(address)).fill(family_name="Byron").values)
    assert answer.status_code == 303

    amendment = open_amendment(registration)
    assert amendment is not None
    changed = {name: new for name, (_old, new) in amendment.changes.items()}
    assert changed == {"family_name": "Byron", "record_name": "Ada Byron", "badge_name": "Ada Byron"}


def test_whoever_waits_reads_before_withdrawing_that_the_position_is_lost(client: PageClient) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    placed, waiting = confirmed(meeting, category), confirmed(meeting, category)

    shown = [client.get(f"/registrations/{own_token(one)}").text for one in (placed, waiting)]
    assert ["Your place goes to" in text for text in shown] == [True, False]
    assert ["You give up your position on the waiting list" in text for text in shown] == [False, True]
    page, other = (client.get(f"/registrations/{own_token(one)}/withdrawal").text for one in (placed, waiting))

    assert ("Your place goes to" in page, "the last in line" in page) == (True, False)
    assert ("Your place goes to" in other, "the last in line" in other) == (False, True)


def test_a_lost_link_is_sent_again_and_the_answer_is_the_same_for_everybody(client: PageClient) -> None:
    meeting = make.meeting()
    registration = confirmed(meeting, email="anong@example.org")
    before = count(Letter)

    assert client.get(f"/meetings/{meeting.slug}/registration/link").status_code == 200
    answers = [
        client.post(f"/meetings/{meeting.slug}/registration/link", data={"email": email})
        for email in ("anong@example.org", "nobody@example.org")
    ]

    assert [(one.status_code, one.location) for one in answers] == [(303, ANY), (303, answers[0].location)]
    assert count(Letter) == before + 1
    assert own_token(registration) in db.session.scalars(select(Letter).order_by(Letter.id.desc())).first().text  # type: ignore[union-attr]


@pytest.mark.parametrize("needs_approval", [True, False])
def test_what_another_window_changed_meanwhile_is_not_written_over_unseen(
    client: PageClient, needs_approval: bool
) -> None:
    meeting = make.meeting()
    registration = confirmed(meeting, make.category(meeting, needs_approval=needs_approval))
    address = f"/registrations/{own_token(registration)}/edit"
    one, other = (form_of(client.get(address)).fill(job_title=title) for title in ("Minister", "Deputy Minister"))
    other.fill(phone="+66 2 288 1234")

    assert [client.post(address, data=one.values).status_code for _press in range(2)] == [303, 303]
    answer = client.post(address, data=other.values)

    assert (answer.status_code, "This page differs from them in: Job title, Telephone." in answer.text) == (409, True)
    assert 'value="Deputy Minister"' in answer.text
    assert form_of(client.get(address)).values["job_title"] == ["Minister"]
    assert client.post(address, data=form_of(answer).values).status_code == 303, "seen by now"
    assert form_of(client.get(address)).values["job_title"] == ["Deputy Minister"]


def form_of(answer: TestResponse) -> Form:
    """The form on the page, as a browser would send it."""
    return Page("", answer.status_code, "text/html", answer.data).form("/edit")


@pytest.mark.parametrize(
    ("name", "facts", "shown"),
    [
        ("Switzerland", {"is_state": True, "country": "CHE"}, "Suisse"),
        ("Swiss mission", {"is_state": True, "country": "CHE"}, "Swiss mission"),
        ("Switzerland", {}, "Switzerland"),
    ],
)
def test_a_state_is_called_as_the_reader_calls_it(
    client: PageClient, name: str, facts: dict[str, str], shown: str
) -> None:
    meeting = make.meeting()
    registration = make.registration(meeting, delegation=make.delegation(meeting, name, **facts))
    page = client.get(f"/registrations/{own_token(registration)}?language=fr").text
    assert f"<dt>Représente</dt><dd>{shown}</dd>" in page
