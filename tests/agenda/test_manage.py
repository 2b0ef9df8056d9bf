from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.agenda import manage
from eventapp.agenda.models import Release, Session, SpeakingRole
from eventapp.agenda.releases import manage as releases
from eventapp.agenda.sessions import manage as cancelling
from eventapp.ground.db import db
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.journeys.reader import Page

AGENDA = "/meetings/spring/manage/agenda"
NINE = datetime(2026, 3, 16, 2, tzinfo=UTC)


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for room in (manage, releases, cancelling):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def typed(**changes: str) -> dict[str, Any]:
    form: dict[str, Any] = {
        "code": "S4",
        "title": "A round of work plans",
        "day": "2026-03-16",
        "starts": "10:45",
        "ends": "12:15",
        "room": "",
        "kind": "interagency",
        "body": "",
        "rule": "closed",
        "interpretation": ["fr", "ru"],
        "expected": "30",
    }
    return {**form, **changes}


@pytest.mark.parametrize(
    ("codes", "offered"), [((), "S1"), (("S2", "S10", "SIDE", "W30"), "S11"), (("S٣", "S²"), "S1")]
)
def test_a_new_session_is_offered_the_code_after_the_last(
    desk: PageClient, meeting: Meeting, codes: tuple[str, ...], offered: str
) -> None:
    for code in codes:
        make.session(meeting, code=code)
    page = Page("http://localhost/", 200, "text/html", desk.get(f"{AGENDA}/new").data)
    assert page.form("/manage/agenda/").values["code"] == [offered]


def the_session(code: str = "S4") -> Session:
    db.session.expire_all()
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def test_only_organizers_plan(client: PageClient, meeting: Meeting) -> None:
    assert client.sign_in(make.staff(meeting, "rapporteur")).get(f"{AGENDA}/").status_code == 404


def test_a_session_is_added_with_all_that_is_said_of_it(desk: PageClient, meeting: Meeting) -> None:
    make.room(meeting, code="CR4")
    assert desk.get(f"{AGENDA}/new?day=2026-03-16&room=CR4").status_code == 200

    answer = desk.post(f"{AGENDA}/", data=typed(room="CR4", summary="Who does what."))
    session = the_session()
    assert (answer.status_code, answer.location) == (303, f"{AGENDA}/sessions/S4")
    assert (session.starts_at, session.ends_at) == (
        datetime(2026, 3, 16, 3, 45, tzinfo=UTC),
        datetime(2026, 3, 16, 5, 15, tzinfo=UTC),
    )
    assert (session.title, session.rule, session.interpretation, session.expected) == (
        "A round of work plans", "closed", ["fr", "ru"], 30,
    )  # fmt: skip
    assert session.room is not None
    assert session.room.code == "CR4"


def test_the_second_of_two_who_move_a_session_is_told(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S1", starts_at=NINE, ends_at=NINE + timedelta(hours=1))
    there = f"{AGENDA}/sessions/S1/move"
    seen = desk.get(there).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    fields = {"day": "2026-03-16", "ends": "13:00", "room": "", "seen": seen}
    assert desk.post(there, data={**fields, "starts": "10:00"}).status_code == 303
    answer = desk.post(there, data={**fields, "starts": "11:00"})
    assert answer.status_code == 409
    assert "Somebody changed this meanwhile" in answer.text
    assert "10:00" in answer.text
    assert the_session("S1").starts_at == NINE + timedelta(hours=1)


def test_languages_are_picked_and_named(desk: PageClient, meeting: Meeting) -> None:
    more = "Thai, Bahasa Indonesia; français"
    assert desk.post(f"{AGENDA}/", data=typed(interpretation_more=more)).status_code == 303
    assert the_session().interpretation == ["fr", "ru", "th", "id"]
    page = desk.get(f"{AGENDA}/sessions/S4", headers={"Accept-Language": "fr"}).text
    assert "Thaï" in page or "thaï" in page
    assert 'value="id" checked' in page or 'checked value="id"' in page or 'value="th" checked' in page


@pytest.mark.parametrize(
    ("field", "words", "says"),
    [
        ("code", "S 4", "Write a short code without spaces, such as S4."),
        ("title", "", "Write the title."),
        ("starts", "25:00", "Write a time of the day, such as 09:30, 9.30 or 9:30 pm."),
        ("ends", "09:00", "It ends before it begins. Write a later time."),
        ("day", "2020-01-01", "Choose a day."),
        ("room", "NOWHERE", "Choose a room that is in use."),
        ("interpretation_more", "Thai, Klingon!", "No language is called “Klingon!”. Write a name such as French."),
        ("interpretation", "xx-klingon", "is not a valid choice"),
        ("expected", "many", "Write a whole number, in figures."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    desk: PageClient, meeting: Meeting, field: str, words: str, says: str
) -> None:
    answer = desk.post(f"{AGENDA}/", data=typed(**{field: words, "summary": "Not lost"}))

    assert answer.status_code == 422
    assert says in answer.text
    assert "Not lost" in answer.text
    assert db.session.scalars(select(Session)).all() == []


def test_a_code_is_given_once(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S4")

    answer = desk.post(f"{AGENDA}/", data=typed())
    assert answer.status_code == 409
    assert "There is a session S4 already." in answer.text


def test_a_session_that_is_sent_twice_is_one(desk: PageClient, meeting: Meeting) -> None:
    for _press in range(2):
        answer = desk.post(f"{AGENDA}/", data=typed())
        assert (answer.status_code, answer.location) == (303, f"{AGENDA}/sessions/S4")
    assert len(db.session.scalars(select(Session)).all()) == 1


def test_a_session_may_run_past_midnight_and_the_page_warns_of_it(desk: PageClient, meeting: Meeting) -> None:
    desk.post(f"{AGENDA}/", data=typed(starts="22:00", ends="00:30"))

    session = the_session()
    assert (session.starts_at, session.ends_at) == (
        datetime(2026, 3, 16, 15, tzinfo=UTC),
        datetime(2026, 3, 16, 17, 30, tzinfo=UTC),
    )
    page = desk.get(f"{AGENDA}/sessions/S4").text
    assert "<b>Past midnight</b> S4 runs past midnight." in page
    assert 'value="22:00"' in page and 'value="00:30"' in page
    assert desk.post(f"{AGENDA}/sessions/S4", data=typed(version="1", starts="22:00", ends="21:00")).status_code == 422


def test_a_session_may_be_on_the_day_before_and_the_page_warns_of_it(desk: PageClient, meeting: Meeting) -> None:
    form = desk.get(f"{AGENDA}/new").text
    assert '<option value="2026-03-15">15 March 2026, not a day of the meeting</option>' in form
    assert '<option selected value="2026-03-16">' in form

    assert desk.post(f"{AGENDA}/", data=typed(day="2026-03-15")).status_code == 303
    page = desk.get(f"{AGENDA}/sessions/S4").text
    assert "<b>Outside the meeting</b> S4 is on a day the meeting does not have." in page


def test_a_session_is_changed_and_an_old_form_changes_nothing(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S4")
    assert 'value="09:00"' in desk.get(f"{AGENDA}/sessions/S4").text

    answer = desk.post(f"{AGENDA}/sessions/S4", data=typed(version="1", title="Work plans"))
    assert (answer.status_code, answer.location) == (303, f"{AGENDA}/?day=2026-03-16#S4")
    assert the_session().title == "Work plans"

    answer = desk.post(f"{AGENDA}/sessions/S4", data=typed(version="1", title="Older words"))
    assert answer.status_code == 409
    assert 'value="Older words"' in answer.text
    assert the_session().title == "Work plans"


def test_the_form_of_a_session_saves_just_as_the_page_has_it(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S4", title="A round of work plans")
    shown = desk.get(f"{AGENDA}/sessions/S4")
    form = Page("", shown.status_code, "text/html", shown.data).form(f"{AGENDA}/sessions/S4", button="Save")

    answer = desk.post(form.target, data=form.fill(title="Work plans").values)

    assert (answer.status_code, the_session().title) == (303, "Work plans")


def test_a_session_is_moved_without_a_dialog(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S4")
    make.room(meeting, code="CR4")
    assert desk.get(f"{AGENDA}/sessions/S4/move").status_code == 200

    place = {"day": "2026-03-16", "starts": "14:00", "ends": "15:00", "room": "CR4"}
    assert desk.post(f"{AGENDA}/sessions/S4/move", data=place).status_code == 303
    session = the_session()
    assert session.starts_at == datetime(2026, 3, 16, 7, tzinfo=UTC)
    assert session.room is not None
    assert desk.post(f"{AGENDA}/sessions/S4/move", data={**place, "ends": "soon"}).status_code == 422
    del place["day"]
    assert "Choose a day." in desk.post(f"{AGENDA}/sessions/S4/move", data=place).text


def test_a_session_is_cancelled_and_put_back(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S4")

    assert desk.post(f"{AGENDA}/sessions/S4/cancellation").status_code == 303
    assert the_session().cancelled_at == make.TODAY
    assert desk.post(f"{AGENDA}/sessions/S4/cancellation").status_code == 303, "pressed twice"
    assert the_session().sequence == 1
    assert "Put it back" in desk.get(f"{AGENDA}/sessions/S4").text
    for _press in range(2):
        assert desk.post(f"{AGENDA}/sessions/S4/return").status_code == 303
    assert (the_session().cancelled_at, the_session().sequence) == (None, 2)


def test_a_person_with_an_address_is_asked_by_letter_and_one_who_agreed_is_not(
    desk: PageClient, meeting: Meeting
) -> None:
    make.session(meeting, code="S4")
    part = {"role-role": "speaker", "role-name": "Ada Byron", "role-email": "ada@example.org", "role-country": ""}

    assert desk.post(f"{AGENDA}/sessions/S4/roles", data=part).status_code == 303
    assert [letter.to for letter in db.session.scalars(select(Letter))] == ["ada@example.org"]
    agreed = {**part, "role-name": "Grace Hopper", "role-email": "grace@example.org", "confirmed": "1"}
    assert desk.post(f"{AGENDA}/sessions/S4/roles", data=agreed).status_code == 303
    assert db.session.query(Letter).count() == 1
    states = db.session.execute(select(SpeakingRole.name, SpeakingRole.state).order_by(SpeakingRole.id)).all()
    assert [tuple(row) for row in states] == [("Ada Byron", "invited"), ("Grace Hopper", "confirmed")]
    assert desk.post(f"{AGENDA}/sessions/S4/roles", data=part).status_code == 303, "pressed twice"
    assert db.session.query(SpeakingRole).count() == 2
    other = {**part, "role-organization": "ITU"}
    assert desk.post(f"{AGENDA}/sessions/S4/roles", data=other).status_code == 409
    assert desk.post(f"{AGENDA}/sessions/S4/roles", data={**part, "role-name": ""}).status_code == 422


def test_a_session_shows_everybody_who_was_asked(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S4")
    for name in ("Grace Hopper", "Ada Lovelace", "Mary Jackson"):
        part = {
            "role-role": "speaker",
            "role-name": name,
            "role-email": f"{name[:3].lower()}@example.org",
            "role-country": "",
        }
        assert desk.post(f"{AGENDA}/sessions/S4/roles", data=part).status_code == 303
    page = desk.get(f"{AGENDA}/sessions/S4")
    assert page.status_code == 200
    assert "ada@example.org" in page.text


def test_what_is_said_of_a_part_is_corrected(desk: PageClient, meeting: Meeting) -> None:
    session = make.session(meeting, code="S4")
    role = make.role(session, name="Ada Byrn", state="invited", organization="ITU", person_id=None)
    page = f"{AGENDA}/sessions/S4/roles/{role.id}"
    shown = desk.get(f"{AGENDA}/sessions/S4").text
    assert (page in shown, "Not asked: no email" in shown) == (True, True)
    assert 'value="Ada Byrn"' in desk.get(page).text

    said = {"role-name": "Ada Byron", "role-organization": "ITU", "role-email": "Ada@example.org", "role-country": ""}
    assert desk.post(page, data={**said, "role-name": ""}).status_code == 422
    answer = desk.post(page, data=said)
    assert (answer.status_code, answer.location) == (303, f"{AGENDA}/sessions/S4")
    db.session.expire_all()
    assert (role.name, role.role, role.state) == ("Ada Byron", "speaker", "invited")
    assert [letter.to for letter in db.session.scalars(select(Letter))] == ["ada@example.org"]
    assert "Not asked: no email" not in desk.get(f"{AGENDA}/sessions/S4").text

    desk.post(page, data={**said, "role-email": "other@example.org", "confirmed": "1"})
    db.session.expire_all()
    assert role.person is not None and role.person.email == "ada@example.org", "whoever was asked stays"
    assert (role.state, db.session.query(Letter).count()) == ("confirmed", 1)

    make.role(session, name="Grace Hopper", person_id=None)
    assert desk.post(page, data={**said, "role-name": "Grace Hopper"}).status_code == 409
    desk.post(f"{page}/end")
    assert desk.get(page).status_code == 404


def test_a_part_is_taken_back(desk: PageClient, meeting: Meeting) -> None:
    role = make.role(make.session(meeting, code="S4"), name="Ada Byron")

    assert desk.post(f"{AGENDA}/sessions/S4/roles/{role.id}/end").status_code == 303
    assert "Nobody has a role in this session yet." in desk.get(f"{AGENDA}/sessions/S4").text


def test_the_plan_shows_sessions_warnings_and_changes(desk: PageClient, meeting: Meeting) -> None:
    room = make.room(meeting, name="Conference Room 4")
    make.session(meeting, code="S4", room_id=room.id)
    make.session(meeting, code="S5", room_id=room.id, starts_at=NINE + timedelta(hours=1))
    make.session(meeting, code="S6", room_id=None)

    page = desk.get(f"{AGENDA}/").text
    assert "Nothing is published yet" in page
    assert "S4 and S5 are both in Conference Room 4 at 10:00, for 30 minutes." in page
    assert "Without a room (1)" in page
    assert desk.get(f"{AGENDA}/?day=1999-01-01").status_code == 200


def test_the_day_itself_leads_from_a_session_to_running_late(
    desk: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make.room(meeting, name="Hall")
    session = make.session(meeting, code="S1", room_id=room.id)
    link = "/meetings/spring/record/S1/late"
    day = session.starts_at.astimezone(meeting.tz).date().isoformat()
    assert link not in desk.get(f"/meetings/spring/manage/agenda/?day={day}").text
    for module in (manage, cancelling):
        monkeypatch.setattr(module, "now", lambda: session.starts_at)
    assert link in desk.get(f"/meetings/spring/manage/agenda/?day={day}").text


def test_versions_are_published_with_their_difference(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S4", title="Opening")
    assert "Version 1 would change" in desk.get(f"{AGENDA}/releases").text
    assert desk.post(f"{AGENDA}/releases", data={"seen": "0", "remark": ""}).status_code == 303
    assert desk.post(f"{AGENDA}/releases", data={"seen": "0"}).status_code == 303, "pressed twice: it is out"

    desk.post(f"{AGENDA}/sessions/S4/move", data={"day": "2026-03-16", "starts": "14:00", "ends": "15:30", "room": ""})
    plan = desk.get(f"{AGENDA}/").text
    assert "1 change since version 1" in plan
    assert desk.post(f"{AGENDA}/releases", data={"seen": "0"}).status_code == 409, "of that move this page knew nothing"
    assert '<span class="mark">Moved</span>' in plan
    desk.post(f"{AGENDA}/releases", data={"seen": "1", "remark": "The opening is later."})
    page = desk.get(f"{AGENDA}/releases").text
    assert "Nothing has changed since the last version." in page
    assert "The opening is later." in page
    assert "<del>16 March 2026, 09:00–10:30</del> <ins>16 March 2026, 14:00–15:30</ins>" in page
    assert [one.number for one in db.session.scalars(select(Release).order_by(Release.number))] == [1, 2]


def test_an_agenda_without_sessions_is_not_published(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(f"{AGENDA}/releases", data={"seen": "0"})

    assert answer.status_code == 409
    assert "There is no session yet." in answer.text


def test_sessions_of_other_meetings_are_not_there(desk: PageClient, meeting: Meeting) -> None:
    role = make.role(make.session(make.meeting(), code="S9"))
    make.session(meeting, code="S4")

    assert desk.get(f"{AGENDA}/sessions/S9").status_code == 404
    assert desk.post(f"{AGENDA}/sessions/S4/roles/{role.id}/end").status_code == 404


@pytest.mark.parametrize("page", ["", "new", "releases", "sessions/S0"])
def test_ten_sessions_cost_no_more_questions_than_one(desk: PageClient, meeting: Meeting, page: str) -> None:
    def plan(numbers: range) -> None:
        for number in numbers:
            room = make.room(meeting)
            session = make.session(meeting, code=f"S{number}", room_id=room.id, expected=90)
            make.role(session, "rapporteur", person_id=make.person().id)

    plan(range(1))
    with counted() as first:
        desk.get(f"{AGENDA}/{page}")
    plan(range(1, 10))
    with counted() as then:
        desk.get(f"{AGENDA}/{page}")
    assert len(then) == len(first)
