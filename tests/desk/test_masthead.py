import pytest

from eventapp.desk.masthead import manage
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Body, Meeting
from tests import make
from tests.browserless import PageClient

PAGE = "/meetings/spring/manage/settings/masthead"
TYPED = {
    "organs": "United Nations\n\n  Economic and Social Council \n",
    "session_name": "First session",
    "agenda_item": "Item 3 (a) of the provisional agenda",
    "distribution": "limited",
    "original_language": "fr",
}


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def test_an_organizer_says_what_stands_at_the_head_of_the_papers(desk: PageClient, meeting: Meeting) -> None:
    desk.get(PAGE)
    assert desk.post(PAGE, data=TYPED).status_code == 303

    db.session.expire_all()
    assert meeting.organs == ["United Nations", "Economic and Social Council"]
    assert (meeting.session_name, meeting.distribution, meeting.original_language) == ("First session", "limited", "fr")
    assert "Item 3 (a) of the provisional agenda" in desk.get("/meetings/spring/manage/settings/").text
    assert 'value="First session"' in desk.get(PAGE).text


def test_a_body_says_what_is_different_in_its_papers(desk: PageClient, meeting: Meeting) -> None:
    with transaction():
        meeting.bodies.append(Body(code="IWG", name="Working group"))
    answer = desk.post(f"{PAGE}/IWG", data={"organs": "", "session_name": "Ninth session", "agenda_item": ""})

    assert answer.status_code == 303
    db.session.expire_all()
    assert (meeting.bodies[0].session_name, meeting.session_name) == ("Ninth session", "")
    assert desk.get(f"{PAGE}/NONE").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("organs", "x" * 201, "200 characters"),
        ("organs", "x\n" * 11, "10 organs"),
        ("original_language", "Klingonese", "No language is called “Klingonese”"),
    ],
)
def test_what_does_not_fit_is_said(desk: PageClient, meeting: Meeting, field: str, typed: str, fault: str) -> None:
    answer = desk.post(PAGE, data={**TYPED, field: typed})

    assert answer.status_code == 422
    assert fault in answer.text
    db.session.expire_all()
    assert meeting.organs == []


def test_nobody_else_sets_it(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "rapporteur"))

    assert client.post(PAGE, data=TYPED).status_code == 404


@pytest.mark.parametrize("typed", ["French", "Français", "fr", "français", "الفرنسية"])
def test_a_language_is_typed_by_its_name_and_suggested(desk: PageClient, meeting: Meeting, typed: str) -> None:
    assert desk.post(PAGE, data={**TYPED, "original_language": typed}).status_code == 303
    db.session.expire_all()
    assert meeting.original_language == "fr"
    page = desk.get(PAGE).text
    assert 'value="French"' in page
    assert '<option value="Thai">ไทย</option>' in page
