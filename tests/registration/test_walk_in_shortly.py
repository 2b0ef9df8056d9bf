"""Somebody at the counter, with four fields: a place at once, the rest by their own link."""

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.badges.queries import portrait_at
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, STEWARD, Category, Meeting
from eventapp.organizations.actions import Facts
from eventapp.organizations.actions import add as add_organization
from eventapp.registration.models import APPROVED, Registration
from eventapp.registration.walk_ins.names import parts_of
from eventapp.registration.walk_ins.short.queries import state_called
from tests import make, make_questions
from tests.browserless import PageClient
from tests.registration.test_photographs import asks_check, picture

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting()


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, needs_letter=False)


@pytest.fixture
def steward(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, STEWARD))


def add(client: PageClient, to: Category, **more: object) -> TestResponse:
    typed = {"key": "k", "name": "Anong SUKSAWAT", "sender": "UPU", "category": to.code, "email": "", **more}
    address = f"/meetings/{to.meeting.slug}/manage/registrations/walk-in"
    return client.post(address, data=typed, content_type="multipart/form-data")


def only() -> Registration:
    return db.session.scalars(select(Registration)).one()


def test_four_fields_give_a_place_and_lead_to_the_badge(steward: PageClient, category: Category) -> None:
    answer = add(steward, category, email="anong@example.org")
    one = only()
    assert (one.state, one.given_name, one.family_name) == (APPROVED, "Anong", "SUKSAWAT")
    assert one.delegation.name == "Universal Postal Union"
    assert answer.status_code == 303 and f"/door/badges/{one.reference}" in answer.headers["Location"]
    page = steward.get(answer.headers["Location"]).text
    assert "A letter asks them for: Job title." in page
    kinds = [letter.kind for letter in db.session.scalars(select(Letter))]
    assert sorted(kinds) == ["registration/mail/approved.txt", "registration/mail/completing.txt"]


def test_any_name_in_the_register_means_its_organization(steward: PageClient, category: Category) -> None:
    by = make.administrator()
    with transaction():
        add_organization(Facts("Pacific Women", kind="ngo", abbreviation="PWX", names={}), by=by, at=make.TODAY)
    add(steward, category, sender="pwx")
    assert only().delegation.name == "Pacific Women"


def test_without_an_address_nothing_is_sent_and_the_steward_reads_it(steward: PageClient, category: Category) -> None:
    make_questions.question(category.meeting, label={"en": "Vehicle"}, is_required=True)
    answer = add(steward, category)
    page = steward.get(answer.headers["Location"]).text
    assert "They have no address, so no letter is sent." in page
    assert "Still to be answered, by an organizer: Job title, Vehicle." in page
    assert db.session.scalars(select(Letter)).all() == []
    assert not only().person.has_address
    assert "invalid" not in only().search_text


def test_sent_again_it_is_the_same_person(steward: PageClient, category: Category) -> None:
    assert add(steward, category).headers["Location"] == add(steward, category).headers["Location"]
    assert only().state == APPROVED
    assert add(steward, category, key="another", name="Ada Byron").status_code == 303
    assert len(db.session.scalars(select(Registration)).all()) == 2


def test_the_photograph_is_taken_in_the_same_step_and_held_over_a_fault(
    steward: PageClient, category: Category
) -> None:
    asks_check(category.meeting)
    fault = add(steward, category, name="", photo=(BytesIO(picture()), "photograph.jpg"))
    assert fault.status_code == 422
    assert "Enter the name." in fault.text and "photograph.jpg" in fault.text
    [held] = [one.split('"')[0] for one in fault.text.split('name="held" type="hidden" value="')[1:]]
    add(steward, category, held=held)
    assert portrait_at(category.meeting, only().reference)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"category": "NONE"}, "Choose whom the person represents."),
        ({"sender": ""}, "Enter the State or organization they represent."),
        ({"email": "no address"}, "Write one address, without spaces"),
        ({"photo": (BytesIO(b"%PDF-1.7\n%%EOF"), "me.jpg")}, "whatever its name says"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    steward: PageClient, category: Category, wrong: dict[str, object], sentence: str
) -> None:
    answer = add(steward, category, **wrong)
    assert answer.status_code == 422
    assert sentence in answer.text or "Write a full address" in answer.text
    assert "Anong SUKSAWAT" in answer.text
    assert db.session.scalars(select(Registration)).all() == []


def test_a_category_of_states_asks_for_one(steward: PageClient, meeting: Meeting) -> None:
    states = make.category(meeting, code="STATE", represents="state", needs_letter=False)
    answer = add(steward, states, sender="Universal Postal Union")
    assert answer.status_code == 422
    assert "is no State of this category" in answer.text
    assert add(steward, states, sender="thailand").status_code == 303
    assert (only().delegation.country, only().delegation_role) == ("THA", "REP")


def test_a_category_of_members_takes_no_other_state(steward: PageClient, meeting: Meeting) -> None:
    members = make.category(meeting, code="MEMB", represents="member", needs_letter=False)
    assert add(steward, members, sender="Brazil").status_code == 422
    assert add(steward, members, sender="Thailand").status_code == 303


def test_what_stands_against_a_place_stays(client: PageClient, meeting: Meeting) -> None:
    asks = make.category(meeting, code="LET", needs_letter=True)
    client.sign_in(make.staff(meeting, STEWARD))
    assert add(client, asks).status_code == 409
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert add(client, asks).status_code == 409
    assert add(client, asks, despite="The minister vouches.").status_code == 303


def test_nobody_else_opens_it(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.person())
    assert client.get(f"/meetings/{meeting.slug}/manage/registrations/walk-in").status_code == 404


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Anong SUKSAWAT", ("Anong", "SUKSAWAT")),
        ("WANG Xiao Ming", ("Xiao Ming", "WANG")),
        ("Ada Lovelace Byron", ("Ada Lovelace", "Byron")),
        ("Suharto", ("", "Suharto")),
        ("ANONG SUKSAWAT", ("ANONG", "SUKSAWAT")),
    ],
)
def test_a_name_is_given_names_and_a_family_name(name: str, parts: tuple[str, str]) -> None:
    assert parts_of(name) == parts


@pytest.mark.parametrize("words", ["Thailand", "THAILAND", "Thaïlande", "THA"])
def test_a_state_has_many_names(words: str) -> None:
    found = state_called(words)
    assert found is not None and found.iso3 == "THA"


def test_the_list_of_categories_says_how_many_places_each_has_left(steward: PageClient, meeting: Meeting) -> None:
    press, observers = (
        make.category(meeting, name="Press", capacity=3),
        make.category(meeting, name="Observers", capacity=1),
    )
    for category in (press, observers):
        make.registration(meeting, category=category)
    make.category(meeting, name="Others")
    page = steward.get(f"/meetings/{meeting.slug}/manage/registrations/walk-in").text
    assert "Press: 2 places are free" in page
    assert "Observers: 0 places are free" in page
    assert ">Others<" in page
