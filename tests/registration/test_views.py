"""Registering by the page."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.people.models import RateHit
from eventapp.registration.entry import own_token
from eventapp.registration.models import UNCONFIRMED, Registration, Upload
from eventapp.registration.uploads import reading as uploads
from eventapp.registration.views import FORMS_WITH_FILES
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed
from tests.registration.filling import PDF, count, only, send, set_clock, typed
from tests.registration.test_uploads import picture


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


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


def test_a_name_is_typed_once(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting)

    send(client, meeting, typed(category, record_name="", badge_name="", delegation_role="HOD"))

    registration = only()
    assert (registration.record_name, registration.badge_name) == ("Anong Suksawat", "Anong Suksawat")
    assert registration.delegation_role == ""  # not asked of an organization; chosen before the category, it goes


def test_somebody_has_one_name_only(client: PageClient) -> None:
    meeting = make.meeting()

    send(client, meeting, typed(make.category(meeting), given_name="", family_name="Suharto", record_name=""))

    registration = only()
    assert (registration.record_name, registration.badge_name, registration.given_name) == ("Suharto", "Suharto", "")


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
    wrong = typed(category, email="anong@mdes", state="DEU", family_name="", access_needs="Step-free access")

    answer = send(client, meeting, wrong | {"letter": (BytesIO(b"MZ"), "letter.pdf")})

    assert answer.status_code == 422
    for sentence in (
        "Enter your family name.",
        "Write the part after the @ in full, such as example.org.",
        "Choose the member you represent.",
        "Choose your place in the delegation.",
        "Choose a PDF, a PNG or a JPEG. This file is none of them, whatever its name says.",
    ):
        assert sentence in answer.text.replace("&#39;", "'")
    assert "There are 5 things to put right" in answer.text
    assert "Step-free access" in answer.text and 'value="anong@mdes"' in answer.text
    assert (count(Registration), count(Letter)) == (0, 0)


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_nul_that_was_pasted_is_told_beside_its_field(client: PageClient, kind: str) -> None:
    meeting = make.meeting()
    answers = typed(make.category(meeting), job_title="Direc\0tor")

    answer = client.post(f"/meetings/{meeting.slug}/registration", data=answers, content_type=kind)

    assert (answer.status_code, "Remove the hidden control character." in answer.text) == (422, True)
    assert 'value="Direc\ufffdtor"' in answer.text and count(Registration) == 0


def test_a_letter_and_a_photo_come_along(client: PageClient) -> None:
    meeting = make.meeting()
    picture = BytesIO()
    Image.new("RGB", (300, 400)).save(picture, "PNG")
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


@pytest.mark.parametrize("is_known", [False, True])
def test_one_form_is_counted_once_however_often_a_bad_line_repeats_it(client: PageClient, *, is_known: bool) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    if is_known:
        confirmed(meeting, category, email="anong@example.org")

    codes = [send(client, meeting, typed(category)).status_code for _sending in range(20)]

    assert codes == [303] * 20
    assert {hit.hits for hit in db.session.scalars(select(RateHit))} == {1}
    assert count(Letter) == (3 if is_known else 1)


def test_a_stranger_uses_up_nobodys_tries(client: PageClient) -> None:
    """The owner of an address registers, and asks for the link, whatever another host sent for the address."""
    meeting = make.meeting()
    category = make.category(meeting)
    stranger = {"REMOTE_ADDR": "203.0.113.9"}
    links = f"/meetings/{meeting.slug}/registration/link"
    for n in range(8):
        form, asks = typed(category, key=f"k{n}", job_title=f"Chief {n}"), {"email": "anong@example.org"}
        client.post(f"/meetings/{meeting.slug}/registration", data=form, environ_overrides=stranger)
        client.post(links, data=asks, environ_overrides=stranger)

    codes = [send(client, meeting, typed(category)).status_code, client.post(links, data=asks).status_code]

    assert codes == [303, 303]


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


def test_pictures_in_faulty_forms_are_opened_only_so_often_for_one_host(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["REGISTRATIONS_PER_HOUR"] = 1
    meeting = make.meeting()
    faulty, opened = typed(make.category(meeting), family_name=""), []

    def open_it(content: bytes, *_how: object) -> bytes:
        opened.append(content)
        return picture("JPEG", (400, 300))

    monkeypatch.setattr(uploads, "redrawn", open_it)
    monkeypatch.setattr(uploads, "portrait_of", lambda _content: b"")

    codes = [
        send(client, meeting, {**faulty, "photo": (BytesIO(picture(size=(400, 300))), "me.png")}).status_code
        for _time in range(FORMS_WITH_FILES + 2)
    ]

    assert codes == [422] * FORMS_WITH_FILES + [429, 429]
    assert len(opened) == FORMS_WITH_FILES
    assert send(client, meeting, faulty).status_code == 422, "a form without a file is looked at as before"


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


@pytest.mark.parametrize("facts", [{"published_at": None}, {"registration_opens_at": TODAY + timedelta(days=1)}])
def test_an_organizer_sees_the_form_before_it_opens_and_nobody_else(client: PageClient, facts: dict[str, Any]) -> None:
    meeting = make.meeting(slug="spring", **facts)
    make.category(meeting)
    assert "Send registration" not in client.get("/meetings/spring/registration/new").text
    client.sign_in(make.staff(meeting, "organizer"))
    page = client.get("/meetings/spring/registration/new").text

    assert "You are looking at a form that is not open yet." in page and "Given name" in page
    assert "Send registration" not in page and "It closed on" not in page


def test_a_meeting_that_is_not_published_is_not_there(client: PageClient) -> None:
    meeting = make.meeting(published_at=None)

    assert client.get(f"/meetings/{meeting.slug}/registration/new").status_code == 404
    assert send(client, meeting, typed(make.category(meeting))).status_code == 404


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
    for bad in ("\u202egnp.exe", "a\u2028b"):
        assert send(client, meeting, typed(category, record_name=bad)).status_code == 422


def test_nothing_is_left_of_a_request_that_failed(client: PageClient) -> None:
    meeting = make.meeting()
    closed = make.category(meeting, takes_registrations=False)

    assert send(client, meeting, typed(closed)).status_code == 422
    with transaction():
        assert count(Registration) == 0
