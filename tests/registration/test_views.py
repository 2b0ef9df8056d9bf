"""Registering by the page, and everything the private link opens."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from unittest.mock import ANY

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from eventapp.db import db, transaction
from eventapp.home import mine
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.registration import gate, views
from eventapp.registration.entry import entry_code, own_token
from eventapp.registration.models import APPROVED, LAPSED, PENDING, UNCONFIRMED, WITHDRAWN, Registration, Upload
from eventapp.registration.queries import newest_upload, open_amendment
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import asked, confirmed, states

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    for room in (views, gate, mine):
        monkeypatch.setattr(room, "now", lambda: moment)


def typed(category: Category, **more: Any) -> dict[str, Any]:
    """What somebody fills into the form."""
    answers = {
        "key": "the-key-of-this-form",
        "given_name": "Anong",
        "family_name": "Suksawat",
        "own_name": "อนงค์ สุขสวัสดิ์",
        "record_name": "Ms. Anong Suksawat",
        "email": "anong@example.org",
        "category": category.code,
        "state": "",
        "delegation": "Telecommunication Union",
        "job_title": "Director, Digital Policy",
        "lists_name": "y",
    }
    return {**answers, **more}


def send(client: PageClient, meeting: Meeting, answers: dict[str, Any]) -> TestResponse:
    return client.post(f"/meetings/{meeting.slug}/registration", data=answers, content_type="multipart/form-data")


def only() -> Registration:
    return db.session.scalars(select(Registration)).one()


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_somebody_registers(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting, name="Civil society")

    page = client.get(f"/meetings/{meeting.slug}/registration/new")
    assert (page.status_code, "Civil society" in page.text) == (200, True)
    answer = send(client, meeting, typed(category))

    assert (answer.status_code, answer.location) == (303, f"/meetings/{meeting.slug}/registration/done")
    registration = only()
    assert (registration.state, registration.record_name, registration.badge_name, registration.own_language) == (
        UNCONFIRMED,
        "Ms. Anong Suksawat",
        "Ms. Anong Suksawat",
        "th",
    )
    assert (registration.lists_name, registration.shares_email) == (True, False)
    assert "Check your mail" in client.get(answer.location).text


def test_a_delegate_of_a_state(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting, represents="member", needs_approval=True)
    ministry = {"state": "BTN", "delegation": "Ministry of Information", "delegation_role": "HOD"}

    send(client, meeting, typed(category, **ministry))

    registration = only()
    assert (registration.delegation.name, registration.delegation.country, registration.delegation.is_state) == (
        "Bhutan",
        "BTN",
        True,
    )
    assert (registration.organization, registration.delegation_role) == ("Ministry of Information", "HOD")
    assert registration.country == "BTN"


def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting, represents="member")
    wrong = typed(category, email="anong@mdes", state="DEU", given_name="", access_needs="Step-free access")

    answer = send(client, meeting, wrong | {"letter": (BytesIO(b"MZ"), "letter.pdf")})

    assert answer.status_code == 422
    for sentence in (
        "Enter your given names.",
        "Write the part after the @ in full, such as example.org.",
        "Choose the member you represent.",
        "Choose your place in the delegation.",
        "Choose a PDF, a PNG or a JPEG. This file is none of them, whatever its name says.",
    ):
        assert sentence in answer.text.replace("&#39;", "'")
    assert "There are 5 things to put right" in answer.text
    assert "Step-free access" in answer.text and 'value="anong@mdes"' in answer.text
    assert (count(Registration), count(Letter)) == (0, 0)


def test_a_sound_file_beside_a_fault_is_asked_for_again(client: PageClient) -> None:
    meeting = make.meeting()
    answers = typed(make.category(meeting), job_title="") | {"letter": (BytesIO(PDF), "note verbale.pdf")}

    answer = send(client, meeting, answers)

    assert answer.status_code == 422
    assert "Choose note verbale.pdf again: browsers do not keep files." in answer.text


def test_a_letter_and_a_photo_come_along(client: PageClient) -> None:
    meeting = make.meeting()
    picture = BytesIO()
    Image.new("RGB", (30, 40)).save(picture, "PNG")
    picture.seek(0)
    files = {"letter": (BytesIO(PDF), "note.pdf"), "photo": (picture, "me.png")}

    send(client, meeting, typed(make.category(meeting)) | files)

    kinds = [
        (one.kind, one.content_type, one.given_name) for one in db.session.scalars(select(Upload).order_by(Upload.id))
    ]
    assert kinds == [("letter", "application/pdf", "note.pdf"), ("photo", "image/jpeg", "me.png")]


def test_files_are_served_as_downloads_to_their_owner_only(client: PageClient) -> None:
    meeting = make.meeting()
    send(client, meeting, typed(make.category(meeting)) | {"letter": (BytesIO(PDF), "<script>.pdf")})
    token = own_token(only())

    answer = client.get(f"/registrations/{token}/letter")

    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="R-0001-letter.pdf"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == (
        "nosniff",
        "no-store, private",
    )
    assert client.get(f"/registrations/{token}/photo").status_code == 404
    assert client.get(f"/registrations/{token}x/letter").status_code == 404


def test_the_same_form_sent_twice_is_one_registration(client: PageClient) -> None:
    meeting = make.meeting()
    answers = typed(make.category(meeting))

    codes = [send(client, meeting, dict(answers)).status_code for _ in range(3)]

    assert (codes, count(Registration), count(Letter)) == ([303, 303, 303], 1, 1)


def test_a_stranger_learns_nothing_from_an_address_that_is_registered(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    registration = confirmed(meeting, category, email="anong@example.org")

    known = send(client, meeting, typed(category, key="a"))
    unknown = send(client, meeting, typed(category, key="b", email="new@example.org"))

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    letter = db.session.scalars(select(Letter).where(Letter.kind == "registration/mail/already_registered.txt")).one()
    assert (letter.to, own_token(registration) in letter.text) == ("anong@example.org", True)


def test_one_address_gets_only_so_many_letters_an_hour(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting)

    codes = [send(client, meeting, typed(category, key=f"k{n}")).status_code for n in range(7)]

    assert codes == [303] * 6 + [429]
    assert send(client, meeting, typed(category, email="else@example.org")).status_code == 303


def test_one_host_sends_only_so_many_and_its_headers_fool_nobody(app: Flask, client: PageClient) -> None:
    app.config["REGISTRATIONS_PER_HOUR"] = 2
    meeting = make.meeting()
    category = make.category(meeting)

    codes = []
    for n in range(3):
        data = typed(category, email=f"n{n}@example.org")
        headers = {"X-Forwarded-For": f"203.0.113.{n}"}
        codes.append(client.post(f"/meetings/{meeting.slug}/registration", data=data, headers=headers).status_code)

    assert codes == [303, 303, 429]


def test_registration_opens_and_closes(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    set_clock(monkeypatch, meeting.registration_closes_at)

    page = client.get(f"/meetings/{meeting.slug}/registration/new")
    assert "Registration is closed" in page.text and "(Bangkok, UTC+7)" in page.text
    answer = send(client, meeting, typed(category))
    assert (answer.status_code, count(Registration)) == (409, 0)
    assert "Registration for this meeting is closed." in answer.text and "Ms. Anong Suksawat" in answer.text
    set_clock(monkeypatch, meeting.registration_opens_at - timedelta(seconds=1))
    assert "not open yet" in client.get(f"/meetings/{meeting.slug}/registration/new").text


def test_a_meeting_that_is_not_published_is_not_there(client: PageClient) -> None:
    meeting = make.meeting(published_at=None)

    assert client.get(f"/meetings/{meeting.slug}/registration/new").status_code == 404
    assert send(client, meeting, typed(make.category(meeting))).status_code == 404


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
    assert client.post(f"{address}/withdrawal/undo").status_code == 409


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


def test_every_form_carries_its_token(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting)

    answer = client.post(f"/meetings/{meeting.slug}/registration", data=typed(category), csrf=False)

    assert (answer.status_code, count(Registration)) == (400, 0)


def test_a_full_meeting_says_so_and_takes_the_request(client: PageClient) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting)
    confirmed(meeting, category)

    assert "you join the waiting list" in client.get(f"/meetings/{meeting.slug}/registration/new").text
    assert send(client, meeting, typed(category)).status_code == 303


def test_names_in_every_script_come_back_as_typed(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    for number, name in enumerate(("ཚེ་རིང་རྡོ་རྗེ", "سميرة حداد", "O'Brien", "{{7*7}}", "=cmd|' /C calc'!A0", "渡辺 健二")):
        send(client, meeting, typed(category, email=f"n{number}@example.org", own_name=name, record_name=name))
        registration = db.session.scalars(select(Registration).order_by(Registration.id.desc())).first()
        assert registration is not None and registration.own_name == name
        assert client.get(f"/registrations/{own_token(registration)}").status_code == 200
    for bad in ("\u202egnp.exe", "a\u2028b", "\u200b"):
        assert send(client, meeting, typed(category, record_name=bad)).status_code == 422


def test_nothing_is_left_of_a_request_that_failed(client: PageClient) -> None:
    meeting = make.meeting()
    closed = make.category(meeting, takes_registrations=False)

    assert send(client, meeting, typed(closed)).status_code == 422
    with transaction():
        assert count(Registration) == 0
