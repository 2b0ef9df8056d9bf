"""A new meeting from the browser: from nothing, from an earlier one, from a file; and what it lacks before it opens."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.queries import waiting_sessions
from eventapp.desk import views
from eventapp.desk.starting import forms, manage
from eventapp.desk.starting.content import slug_for, usual_categories
from eventapp.ground.db import transaction
from eventapp.meeting_file.queries import content_of, sessions_by_code
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.wordings.actions import reword
from eventapp.meetings.wordings.queries import wordings_of
from eventapp.questions.queries import every_question_of
from tests import make
from tests.browserless import PageClient
from tests.make_questions import condition, question

NEW, COPY, FILE = "/manage/meetings/new", "/manage/meetings/copy", "/manage/meetings/file"
SAID = {
    "title": "Committee on ICT, second session",
    "starts_on": "2027-10-05",
    "ends_on": "2027-10-07",
    "venue": "Conference Centre",
    "city": "Bangkok",
    "country": "THA",
    "zone": "Asia/Bangkok",
    "organization": "ESCAP",
    "organizer": "Napat Srisai",
    "email": "napat.srisai@example.org",
    "categories": "y",
}
SLUG = "committee-on-ict-second-session-2027"


@pytest.fixture
def admin(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """An administrator, signed in."""
    for room in (manage, views):  # the day of the meeting that is made comes, and what is left to do is another then
        monkeypatch.setattr(room, "now", lambda: make.TODAY + timedelta(seconds=17, microseconds=5))
    return client.sign_in(make.administrator())


def made(slug: str = SLUG) -> Meeting:
    meeting = meeting_at(slug)
    assert meeting is not None
    return meeting


def test_a_meeting_is_made_of_a_few_words_and_led_on_to_what_is_missing(admin: PageClient) -> None:
    admin.get(NEW)
    answer = admin.post(NEW, data=SAID)

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/meetings/{SLUG}/manage/")
    meeting = made()
    assert (meeting.starts_on, meeting.ends_on, meeting.zone) == (date(2027, 10, 5), date(2027, 10, 7), "Asia/Bangkok")
    assert [(one.person.email, one.role) for one in meeting.staff] == [(SAID["email"], ORGANIZER)]
    assert [one.code for one in meeting.categories] == [one.code for one in usual_categories()]
    assert not meeting.is_published
    assert (meeting.registration_opens_at, meeting.registration_closes_at) == (
        make.TODAY,
        datetime(2027, 10, 7, 16, 59, tzinfo=UTC),
    )
    today = admin.get(f"/meetings/{SLUG}/manage/").text
    assert "6 of 9 steps are left." in today and "Plan the sessions" in today
    for words, link in (
        ("Say where questions go", "meeting#contact_email"),
        ("Write what people agree to", "consents"),
    ):
        step = next(one for one in today.split("<li>") if words in one)
        assert f'href="/meetings/{SLUG}/manage/settings/{link}"' in step
    assert f'action="/meetings/{SLUG}/manage/settings/publication"' in today


def test_without_a_category_it_cannot_be_published_and_the_list_says_so(admin: PageClient) -> None:
    admin.post(NEW, data={**SAID, "categories": ""})

    today = admin.get(f"/meetings/{SLUG}/manage/").text
    assert "Has to be done" in today and "settings/publication" not in today


def test_the_list_is_gone_once_the_meeting_is_published(admin: PageClient) -> None:
    admin.post(NEW, data=SAID)
    admin.post(f"/meetings/{SLUG}/manage/settings/publication", data={"step": "publish"})

    assert "Before this meeting opens" not in admin.get(f"/meetings/{SLUG}/manage/").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Write the title in full."),
        ({"ends_on": "2027-10-04"}, "The last day is before the first one."),
        ({"ends_on": "2028-10-04"}, "A meeting lasts 60 days or less."),
        ({"starts_on": "soon"}, "Write the day as 2018-01-31, 31/01/2018"),
        ({"country": "XXX"}, "Not a valid choice"),
        ({"zone": ""}, "Choose a time zone."),
        ({"email": "napat"}, "Write a full address"),
        ({"slug": "Com mittee"}, "Write small letters a to z"),
        ({"slug": "spring"}, "Another meeting has this address."),
        ({"title": "x" * 301}, "300"),
        ({"title": "{{7*7}}\x00"}, "Remove"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(
    admin: PageClient, typed: dict[str, str], sentence: str
) -> None:
    make.meeting(slug="spring")
    answer = admin.post(NEW, data={**SAID, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Conference Centre"' in answer.text
    assert meeting_at(SLUG) is None


def test_an_address_that_was_taken_meanwhile_is_refused(admin: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    make.meeting(slug=SLUG, title="The other")
    monkeypatch.setattr(forms, "meeting_at", lambda _slug: None)
    answer = admin.post(NEW, data={**SAID, "slug": SLUG})

    assert answer.status_code == 409
    assert "Choose another address." in answer.text
    assert made().title == "The other"


def test_an_address_is_made_of_the_title_and_the_year() -> None:
    def slug(title: str, *taken: str) -> str:
        return slug_for(title, date(2027, 1, 1), lambda one: one in taken)

    assert slug("Réunion régionale 2027") == "reunion-regionale-2027"
    assert slug("การประชุม") == "meeting-2027"
    assert slug("Forum", "forum-2027", "forum-2027-2") == "forum-2027-3"
    assert len(slug("word " * 60)) <= 80


def earlier() -> Meeting:
    """A meeting of two days with a room, a session of the second day, and its people."""
    meeting = make.meeting(
        slug="spring", zone="Asia/Bangkok", objectives=["Review"], symbol="E/1", illustrative="All of it."
    )
    room = make.room(meeting, code="CR4")
    nine = datetime.combine(meeting.starts_on + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=2)
    session = make.session(meeting, code="S2", room_id=room.id, starts_at=nine, ends_at=nine + timedelta(hours=1))
    make.role(session, name="Grace Hopper")
    make.staff(meeting, ORGANIZER)
    return meeting


def copy(admin: PageClient, **typed: Any) -> Meeting:
    answer = admin.post(
        f"{COPY}?of=spring", data={**SAID, "parts": ["texts", "categories", "rooms", "sessions"], **typed}
    )
    assert answer.status_code == 303, answer.text
    return made()


def test_a_copy_has_the_sessions_on_the_new_days_and_nobody_of_the_programme(admin: PageClient) -> None:
    earlier()
    assert "spring" in admin.get(COPY).text
    assert 'value="Conference Centre"' not in admin.get(f"{COPY}?of=spring").text

    found = content_of(copy(admin, zone="Asia/Tokyo"))

    [session] = found.sessions
    assert session.starts == datetime(2027, 10, 6, 0, 0, tzinfo=UTC)  # nine in the morning, in Tokyo
    assert (session.room, session.roles) == ("CR4", ())
    assert (found.objectives, found.symbol, found.illustrative) == (("Review",), "", "")
    assert [one.email for one in found.staff] == [SAID["email"]]
    assert content_of(made("spring")).sessions[0].roles


def test_a_copied_session_takes_sign_up_until_as_many_days_before(admin: PageClient) -> None:
    earlier()
    with transaction():
        session = sessions_by_code(made("spring"))["S2"]
        session.sign_up_places, session.sign_up_until = 20, session.starts_at - timedelta(days=2)
    [one] = content_of(copy(admin)).sessions
    assert (one.sign_up, one.starts - (one.sign_up_until or one.starts)) == (20, timedelta(days=2))


def test_sessions_without_dates_wait_beside_the_plan(admin: PageClient) -> None:
    earlier()
    both = admin.post(f"{COPY}?of=spring", data={**SAID, "parts": ["sessions", "undated"]})
    assert both.status_code == 422
    assert "Choose sessions on the new days or sessions without dates, not both." in both.text
    meeting = copy(admin, parts=["rooms", "undated"])

    assert not content_of(meeting).sessions, "none has a time"
    [session] = waiting_sessions(meeting, 5)
    assert (session.room.code if session.room else "", session.title) == (
        "CR4",
        content_of(made("spring")).sessions[0].title,
    )


def test_only_what_was_chosen_comes_along(admin: PageClient) -> None:
    earlier()
    found = content_of(copy(admin, parts=["sessions", "staff"]))

    assert (found.rooms, found.categories, found.objectives) == ((), (), ())
    assert found.sessions[0].room == ""
    assert len(found.staff) == 2


def test_a_file_becomes_a_meeting(admin: PageClient) -> None:
    text = write(content_of(earlier())).replace("slug: spring", "slug: autumn")
    admin.get(FILE)
    answer = admin.post(FILE, data={"file": (BytesIO(text.encode()), "autumn.yaml")})

    assert answer.headers["Location"] == "/meetings/autumn/manage/"
    assert content_of(made("autumn")).sessions[0].roles


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"", 422, "Choose a file."),
        (b"x" * 60_000, 422, "2 MB or less"),
        (b"slug: spring\ntitle: \xff\n", 422, "This line is not UTF-8."),
        (b"slug: [", 422, "This is not YAML"),
        (b"slug: autumn\ntitel: Autumn\n", 422, "Did you mean “title”?"),
        (None, 409, "There is a meeting at “spring” already."),
    ],
)
def test_a_file_that_makes_no_meeting_says_why_with_its_line(
    admin: PageClient, content: bytes | None, status: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage, "MOST_BYTES", 50_000)
    sent = write(content_of(earlier())).encode() if content is None else content
    answer = admin.post(FILE, data={"file": (BytesIO(sent), "autumn.yaml")})

    assert answer.status_code == status
    assert sentence in answer.text
    assert meeting_at("autumn") is None


def test_who_organizes_a_body_makes_meetings_of_it(body_organizer: PageClient) -> None:
    page = body_organizer.get(NEW).text
    assert '<option selected value="cict">Committee on ICT</option>' in page and "Regional coordination" not in page
    for code in ("", "rcm"):
        answer = body_organizer.post(NEW, data={**SAID, "body": code})
        assert answer.status_code == 422 and "Choose the body that the meeting is of." in answer.text
    answer = body_organizer.post(NEW, data={**SAID, "body": "cict"})
    assert answer.status_code == 303
    assert [(one.code, one.name) for one in made().bodies] == [("cict", "Committee on ICT")]
    assert body_organizer.get(answer.location).status_code == 200  # it is theirs to run


def test_who_organizes_a_body_copies_the_meetings_of_it(body_organizer: PageClient) -> None:
    listed = body_organizer.get(COPY).text
    assert "The spring meeting" in listed and "The autumn meeting" not in listed
    assert "The autumn meeting" not in body_organizer.get(f"{COPY}?of=autumn").text
    answer = body_organizer.post(f"{COPY}?of=spring", data={**SAID, "body": "cict", "parts": ["rooms"]})
    assert answer.status_code == 303
    assert [one.code for one in made().bodies] == ["cict"]


def test_a_file_of_another_body_is_refused(body_organizer: PageClient) -> None:
    for slug, code, status in (("autumn", "cict", 409), ("spring", "rcm", 303)):
        meeting = meeting_at(slug)
        assert meeting is not None
        text = write(content_of(meeting)).replace(f"slug: {slug}", f"slug: next-{code}")
        answer = body_organizer.post(FILE, data={"file": (BytesIO(text.encode()), "meeting.yaml")})
        assert answer.status_code == status
        assert (meeting_at(f"next-{code}") is None) == (status == 409)
        assert ("Name one of them among its bodies." in answer.text) == (status == 409)


def test_only_administrators_make_meetings(client: PageClient) -> None:
    client.sign_in(make.staff(make.meeting(slug="spring"), ORGANIZER))

    assert {client.get(page).status_code for page in (NEW, COPY, FILE)} == {404}
    assert client.post(NEW, data=SAID).status_code == 404
    assert NEW not in client.get("/").text


def test_an_administrator_finds_the_page_from_home_and_from_the_account(admin: PageClient) -> None:
    assert NEW in admin.get("/").text and NEW in admin.get("/account").text


def test_a_copy_takes_along_what_still_says_the_same_in_other_languages(admin: PageClient) -> None:
    meeting = earlier()
    with transaction():
        meeting.languages = ["en", "fr"]
        meeting.texts = {"fr": {"title": "Examen", "venue": "Palais", "mandate": ["La résolution le demande."]}}
        meeting.rooms[0].texts = {"fr": {"name": "Salle 4"}}
    found = content_of(copy(admin))
    assert [(one.title, one.venue, one.mandate) for one in found.texts] == [("", "", ("La résolution le demande.",))]
    assert [one.name for one in found.rooms[0].texts] == ["Salle 4"]


def test_questions_come_along_in_their_words_of_now_without_answers(admin: PageClient) -> None:
    source = make.meeting(slug="spring")
    visit = question(source, kind="choice", label={"en": "Visit"}, choices=("Bus", "No"), stage="registration")
    question(source, label={"en": "Size"}, condition=condition(visit, "1"), stage="approved")
    assert 'value="questions" checked' in admin.get(f"{COPY}?of=spring").text
    admin.post(f"{COPY}?of=spring", data={**SAID, "parts": ["categories"]})
    assert every_question_of(made()) == []
    admin.post(f"{COPY}?of=spring", data={**SAID, "slug": "again-2027", "parts": ["categories", "questions"]})
    assert [
        (one.code, one.label["en"], [part["answer"] for part in one.conditions])
        for one in every_question_of(made("again-2027"))
    ] == [
        ("q2", "Size", ["1"]),
        ("q1", "Visit", []),
    ]
    assert len(every_question_of(source)) == 2


def test_letters_come_along_in_the_words_of_the_earlier_meeting(admin: PageClient) -> None:
    source = make.meeting(slug="spring")
    with transaction():
        reword(source, "approved", "fr", subject="Bienvenue", text="{name} {code}", by=None, at=make.TODAY)
    admin.post(f"{COPY}?of=spring", data={**SAID, "parts": ["categories", "letters"]})
    assert [(one.letter, one.language, one.subject) for one in wordings_of(made().id)] == [
        ("approved", "fr", "Bienvenue")
    ]
