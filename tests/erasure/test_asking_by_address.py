"""Who may ask that somebody without a registration be erased, who decides, and what is refused with which sentence."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.erasure import manage
from eventapp.erasure.actions import ask_about, confirm_erasure, refuse_erasure
from eventapp.erasure.everywhere import manage as everywhere
from eventapp.erasure.jobs import JOBS
from eventapp.erasure.models import Erasure
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.people.models import Person
from eventapp.people.queries import person_at
from eventapp.registration.invitations.models import Invitation
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.erasure import unregistered
from tests.erasure.erasing import erased_at, organizer
from tests.erasure.planting import EMAIL, NAME
from tests.erasure.searching import in_rows

LATER = make.TODAY + timedelta(days=60)
PAGE = "/meetings/spring/manage/erasures"
ALL = "/manage/erasures"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for module in (manage, everywhere):
        monkeypatch.setattr(module, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


def asked(email: str, name: str = "", *, by: Person, meeting: Meeting | None) -> Erasure:
    with transaction():
        return ask_about(email, name, "They asked.", meeting=meeting, by=by, at=LATER)


def test_two_people_decide_about_an_address_too(meeting: Meeting) -> None:
    unregistered.invitation(meeting)
    first, second = organizer(meeting), organizer(meeting)
    erasure = asked(EMAIL, by=first, meeting=meeting)
    with pytest.raises(Refused, match="somebody else than you"), transaction():
        confirm_erasure(erasure, by=first, at=LATER)
    with pytest.raises(Refused, match="asked for this already"):
        asked(EMAIL, by=second, meeting=meeting)
    assert db.session.scalars(select(Invitation.email)).all() == [EMAIL]
    with transaction():
        confirm_erasure(erasure, by=second, at=LATER)
    assert EMAIL not in db.session.scalars(select(Invitation.email)).all()


def test_what_is_refused_leaves_no_row_that_was_made_to_ask(meeting: Meeting) -> None:
    unregistered.invitation(meeting)
    by = organizer(meeting)
    erasure = asked(EMAIL, NAME, by=by, meeting=meeting)
    assert person_at(EMAIL) is not None and erasure.names == [NAME]
    with transaction():
        refuse_erasure(erasure, by=by, at=LATER)
    assert person_at(EMAIL) is None and erasure.names == [] and work_through(JOBS, at=LATER) == {}
    assert db.session.scalars(select(Invitation.email)).all() == [EMAIL]
    again = asked(EMAIL, by=by, meeting=meeting)
    assert again.id != erasure.id


def test_an_account_that_was_there_before_is_left_as_it_is_by_a_refusal(meeting: Meeting) -> None:
    unregistered.commitment(meeting)
    root = make.administrator()
    erasure = asked(EMAIL, by=root, meeting=None)
    with transaction():
        refuse_erasure(erasure, by=root, at=LATER)
    there = person_at(EMAIL)
    assert there is not None and there.name == NAME and there.is_active


def test_who_is_known_to_another_meeting_or_has_an_account_is_erased_by_an_administrator(meeting: Meeting) -> None:
    other = make.meeting(slug="autumn")
    for plant, at in ((unregistered.invitation, other), (unregistered.part_without_address, other)):
        plant(at)
    unregistered.reader(meeting)
    first, second = organizer(meeting), organizer(meeting)
    erasure = asked(EMAIL, by=first, meeting=meeting)
    with pytest.raises(Refused, match="an administrator has to"), transaction():
        confirm_erasure(erasure, by=second, at=LATER)
    with transaction():
        confirm_erasure(erasure, by=make_root(), at=LATER)
    assert erasure.is_confirmed


def make_root() -> Person:
    """An administrator, made inside a transaction."""
    return db.session.scalars(select(Person).where(Person.name == "Root")).one()


@pytest.fixture(autouse=True)
def _root(app: Flask) -> None:
    make.administrator()


def test_organizers_alone_do_not_decide_about_an_account(meeting: Meeting) -> None:
    unregistered.account(meeting)
    first, second = organizer(meeting), organizer(meeting)
    erasure = asked(EMAIL, by=first, meeting=meeting)
    with pytest.raises(Refused, match="an administrator has to"), transaction():
        confirm_erasure(erasure, by=second, at=LATER)


def test_who_only_got_letters_of_a_meeting_is_erased_by_its_organizers(meeting: Meeting) -> None:
    unregistered.letters(meeting)
    erased_at(EMAIL, meeting=meeting, at=LATER)
    assert "quartermain" not in in_rows()


def test_an_organizer_learns_nothing_of_another_meeting(meeting: Meeting) -> None:
    unregistered.invitation(make.meeting(slug="autumn"))
    with pytest.raises(Refused, match="Nothing of this person is at this meeting"):
        asked(EMAIL, by=organizer(meeting), meeting=meeting)
    assert person_at(EMAIL) is None


@pytest.mark.parametrize(
    ("email", "name", "sentence"),
    [
        ("nobody@example.org", "", "Nothing of this person is here"),
        ("", "Somebody Unheard Of", "Nothing of this person is here"),
        ("", "Quartermain", "Write the name in full"),
        (EMAIL, "Dr. Quartermain", "Write the name in full"),
    ],
)
def test_who_is_not_there_or_is_named_too_shortly_is_refused(
    meeting: Meeting, email: str, name: str, sentence: str
) -> None:
    unregistered.file_of_guests(meeting)
    by = make.administrator()
    with pytest.raises(Refused, match=sentence):
        asked(email, name, by=by, meeting=None)
    assert db.session.scalars(select(Erasure)).all() == []


def test_who_has_a_role_is_not_erased_before_it_ends(meeting: Meeting) -> None:
    root, last = make.administrator(), make.administrator()
    for person in (make.staff(meeting, ORGANIZER), last, root):
        with pytest.raises(Refused, match="role in running meetings"):
            asked(person.email, by=root, meeting=None)


def test_a_speaker_is_not_erased_before_the_session(meeting: Meeting) -> None:
    unregistered.part_without_address(meeting)
    by, second = organizer(meeting), organizer(meeting)
    with pytest.raises(Refused, match="a session that is to come"), transaction():
        ask_about("", NAME, "They asked.", meeting=meeting, by=by, at=make.TODAY)
    with transaction():
        db.session.scalars(select(Session)).one().cancelled_at = make.TODAY
    with transaction():
        erasure = ask_about("", NAME, "They asked.", meeting=meeting, by=by, at=make.TODAY)
    with transaction():
        confirm_erasure(erasure, by=second, at=make.TODAY)
    assert db.session.scalars(select(SpeakingRole.name)).all() == ["a participant"]


def test_an_organizer_finds_and_asks_and_another_confirms_by_the_pages(client: PageClient, meeting: Meeting) -> None:
    unregistered.invitation(meeting)
    first, second = organizer(meeting), organizer(meeting)
    client.sign_in(first)
    assert f'href="{PAGE}/new"' in client.get(PAGE).text
    assert client.get(f"{PAGE}/new").status_code == 200
    answer = client.get(f"{PAGE}/new?email=&name=")
    assert answer.status_code == 422 and "Write the email address or the name." in answer.text
    assert client.get(f"{PAGE}/new?email=x").status_code == 422
    found = client.get(f"{PAGE}/new?name=quartermain").text
    assert f"email={EMAIL}" in found and "Ask for it" not in found, "who has an address is erased by it"
    found = client.get(f"{PAGE}/new?email={EMAIL}").text
    assert "Invitations to register: 1" in found and "Emails that went to the address: 1" in found
    nothing = client.get(f"{PAGE}/new?email=nobody@example.org").text
    assert "Nothing of this person is at this meeting." in nothing and "Ask for it" not in nothing

    form = {"email": EMAIL, "name": "", "reason": ""}
    answer = client.post(PAGE, data=form)
    assert (
        answer.status_code == 422 and "Write the reason" in answer.text and "Invitations to register: 1" in answer.text
    )
    assert client.post(PAGE, data={**form, "email": "nobody@example.org", "reason": "So."}).status_code == 409
    assert client.post(PAGE, data={"reason": "So."}).status_code == 422
    assert client.post(PAGE, data={**form, "reason": "They wrote on 1 March."}).status_code == 303
    assert client.post(PAGE, data={**form, "reason": "Again."}).status_code == 409
    page = client.get(PAGE).text
    one = db.session.scalars(select(Erasure.id)).one()
    assert EMAIL in page and "They wrote on 1 March." in page
    assert "Erase for good" not in client.get(f"{PAGE}/{one}").text

    client.sign_in(second)
    page = client.get(f"{PAGE}/{one}").text
    assert "Erase for good" in page and "Invitations to register: 1" in page
    assert client.post(f"{PAGE}/{one}", data={"do": "confirm"}).status_code == 303
    work_through(JOBS, at=make.TODAY)
    page = client.get(PAGE).text
    assert "Done:" in page and EMAIL not in page and "Somebody without a registration" in page
    assert client.get("/meetings/spring/manage/history").status_code == 200


def test_an_administrator_asks_and_another_confirms_by_the_pages(client: PageClient, meeting: Meeting) -> None:
    unregistered.account(meeting)
    number = unregistered.known().id
    first, second = make.administrator(), make.administrator()
    client.sign_in(first)
    assert f'href="{ALL}"' in client.get("/manage/people").text
    assert f"{ALL}/new?email=" in client.get(f"/manage/people/{number}").text
    assert "Nobody asked for one." in client.get(ALL).text
    page = client.get(f"{ALL}/new?email={EMAIL}").text
    assert "Browsers that signed in: 1" in page and "Roles in running meetings, ended ones too: 1" in page
    assert meeting.title in page and NAME in page
    assert client.get(f"{ALL}/new?email=&name=").status_code == 422
    form = {"email": EMAIL, "name": ""}
    assert client.post(ALL, data={**form, "reason": ""}).status_code == 422
    assert client.post(ALL, data={**form, "email": "no@example.org", "reason": "So."}).status_code == 409
    assert client.post(ALL, data={**form, "reason": "They wrote on 1 March."}).status_code == 303
    one = db.session.scalars(select(Erasure.id)).one()
    assert client.post(f"{ALL}/{one}", data={"do": "confirm"}).status_code == 409
    assert client.post(f"{ALL}/{one}", data={"do": "x"}).status_code == 400
    assert client.post(f"{ALL}/{one + 1}", data={"do": "refuse"}).status_code == 404

    client.sign_in(second)
    assert EMAIL in client.get(ALL).text
    page = client.get(f"{ALL}/{one}").text
    assert "Erase for good" in page and "Browsers that signed in: 1" in page and NAME in page and meeting.title in page
    assert client.get(f"{ALL}/{one + 1}").status_code == 404
    assert client.post(f"{ALL}/{one}", data={"do": "confirm"}).status_code == 303
    work_through(JOBS, at=make.TODAY)
    page = client.get(ALL).text
    assert "Done:" in page and EMAIL not in page and "All meetings" in page
    assert "quartermain" not in in_rows()


def test_who_may_not_confirm_reads_why_on_the_page_itself(client: PageClient, meeting: Meeting) -> None:
    unregistered.invitation(meeting)
    unregistered.invitation(make.meeting(slug="autumn"))
    one = asked(EMAIL, by=organizer(meeting), meeting=meeting).id
    client.sign_in(organizer(meeting))
    page = client.get(f"{PAGE}/{one}").text
    assert "an administrator has to confirm it" in page and "Erase for good" not in page
    assert "Invitations to register: 1" in page, "nothing of the other meeting"
    answer = client.post(f"{PAGE}/{one}", data={"do": "confirm"})
    assert answer.status_code == 409 and "an administrator has to confirm it" in answer.text
    assert db.session.get_one(Erasure, one).decided_at is None


def test_the_list_asks_as_many_questions_for_many_as_for_one(client: PageClient, meeting: Meeting) -> None:
    by = organizer(meeting)
    client.sign_in(by)
    many = list[int]()
    for count in (1, 9):
        for _place in range(count):
            registration = make.registration(meeting)
            with transaction():
                row = {"person_id": registration.person_id, "reason": "So.", "asked_by_id": by.id}
                db.session.add(Erasure(meeting_id=meeting.id, asked_at=make.TODAY, **row))
        with counted() as sent:
            assert client.get(PAGE).text.count("Nobody decided yet.") == (1 if count == 1 else 10)
        many.append(len(sent))
    assert many[0] == many[1]


def test_what_was_asked_at_a_meeting_is_decided_by_an_administrator_too(client: PageClient, meeting: Meeting) -> None:
    unregistered.invitation(meeting)
    asked(EMAIL, by=organizer(meeting), meeting=meeting)
    with transaction():
        db.session.scalars(select(Meeting)).one().closed_at = make.TODAY
    client.sign_in(make.administrator())
    one = db.session.scalars(select(Erasure.id)).one()
    assert meeting.title in client.get(ALL).text
    assert client.post(f"{ALL}/{one}", data={"do": "confirm"}).status_code == 303


def test_nobody_else_finds_these_pages(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "steward"))
    for page in (f"{PAGE}/new", ALL, f"{ALL}/new"):
        assert client.get(page).status_code == 404
    client.sign_in(organizer(meeting))
    for page in (ALL, f"{ALL}/new?email={EMAIL}"):
        assert client.get(page).status_code == 404
    assert client.post(ALL, data={"email": EMAIL, "reason": "So."}).status_code == 404
