"""A session is moved or swapped by two presses with a reason, which those concerned read; who calls off is thanked."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda import manage
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.releases.live import release_live
from eventapp.agenda.roles import manage as parts
from eventapp.agenda.sessions.actions import cancel_session, move, restore_session, set_columns
from eventapp.agenda.swapping import manage as swapping
from eventapp.ground.db import db, transaction
from eventapp.ground.text.dates import day, local, zone_label
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_manage import AGENDA, the_session
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY
from tests.make_agenda import NINE, published

PAGE, SWAP = f"{AGENDA}/sessions/S4/move", f"{AGENDA}/sessions/S4/swap"
WHY = "The projector is broken"
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for room in (manage, parts, swapping):
        monkeypatch.setattr(room, "now", lambda: TODAY)
    meeting = make.meeting(slug="spring")
    one = make.session(meeting, code="S4", room_id=make.room(meeting, code="A", name="Hall A").id)
    make.role(one, name="Ada Byron", person_id=make.person("Ada Byron").id)
    make.room(meeting, code="B", name="Hall B")
    published(meeting)
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def place(**more: str) -> dict[str, str]:
    return {"day": "2026-03-16", "starts": "09:00", "ends": "10:30", "room": "B", "reason": WHY, **more}


def letters(name: str = "sessions_changed") -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == f"agenda/mail/{name}.txt").order_by(Letter.id)))


def test_whom_a_move_concerns_is_shown_first_and_the_reason_is_told(desk: PageClient, meeting: Meeting) -> None:
    assert PAGE in desk.get(f"{AGENDA}/sessions/S4").text
    page = desk.get(PAGE).text
    assert "Ada Byron" in page and 'name="reason"' in page
    assert desk.post(PAGE, data=place()).status_code == 303
    assert (the_session().room.name, the_session().moved_reason) == ("Hall B", WHY)  # type: ignore[union-attr]
    entry = db.session.scalars(select(Entry).where(Entry.verb == "changed session")).one()
    assert entry.detail["changes"]["moved_reason"] == ["", WHY]
    assert WHY in desk.get(f"{AGENDA}/releases").text, "what the next version would change"
    published(meeting)
    [letter] = letters()
    assert "Hall B" in letter.text and "Hall A" in letter.text and f"Reason: {WHY}" in letter.text
    for address in ("sessions/S4", "agenda/changes"):
        assert WHY in desk.get(f"/meetings/spring/{address}").text


def test_a_reason_is_of_one_move_and_no_longer_than_a_line(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(PAGE, data=place(reason="x" * 501))
    assert answer.status_code == 422
    assert "x" * 501 in answer.text
    desk.post(PAGE, data=place())
    desk.post(PAGE, data=place(reason=""))
    assert the_session().moved_reason == WHY, "it was not moved"
    desk.post(PAGE, data=place(starts="09:15", reason=""))
    assert the_session().moved_reason == ""
    published(meeting)
    assert "Reason" not in letters()[0].text


def test_a_reason_may_be_given_to_what_was_dragged_before(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=place(reason=""))
    sequence = the_session().sequence
    desk.post(PAGE, data=place())
    assert (the_session().moved_reason, the_session().sequence) == (WHY, sequence)


def test_what_was_moved_is_cancelled_for_its_own_reason(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=place())
    with transaction():
        cancel_session(the_session(), by=None, at=TODAY, reason="")
    published(meeting)
    assert "Reason" not in letters()[0].text
    with transaction():
        row = the_session()
        restore_session(row, by=None, at=TODAY)
        move(row, starts_at=NINE, ends_at=NINE + HOUR, room_id=None, by=None, at=TODAY, reason=WHY)
        cancel_session(row, by=None, at=TODAY)
        restore_session(row, by=None, at=TODAY)
    assert the_session().moved_reason == ""


def test_a_change_of_the_day_takes_no_reason_of_an_earlier_move(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=place())
    published(meeting)
    with transaction():
        row = the_session()
        set_columns(row, {"starts_at": NINE + HOUR, "ends_at": NINE + 2 * HOUR}, by=None, at=TODAY)
        made = release_live(meeting, [row], by=None, at=TODAY, remark="")
    assert made is not None
    assert "more" not in made.content["sessions"][0]
    assert WHY not in desk.get("/meetings/spring/sessions/S4").text


def test_without_a_time_the_reason_says_why_it_is_off(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=place(day=""))
    published(meeting)
    assert f"Reason: {WHY}" in letters()[0].text
    assert WHY in desk.get("/meetings/spring/sessions/S4").text


def test_what_changed_today_says_why(desk: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventapp.agenda.views.now", lambda: TODAY + HOUR)
    desk.post(PAGE, data=place())
    published(meeting)
    assert f"Hall B. Reason: {WHY}" in desk.get("/meetings/spring/agenda").text


@pytest.fixture
def other(meeting: Meeting) -> Session:
    room = next(one.id for one in meeting.rooms if one.code == "B")
    starts_at = NINE + 3 * HOUR
    return make.session(meeting, code="S7", title="Panel", starts_at=starts_at, ends_at=starts_at + HOUR, room_id=room)


def test_a_swap_is_shown_before_it_is_done(desk: PageClient, other: Session) -> None:
    assert SWAP in desk.get(f"{AGENDA}/sessions/S4").text
    assert "S7 Panel" in desk.get(SWAP).text
    page = desk.get(f"{SWAP}?other=S7").text
    assert "Ada Byron" in page and "Hall B" in page
    assert (the_session().starts_at, the_session("S7").starts_at) == (NINE, NINE + 3 * HOUR)
    answer = desk.post(SWAP, data={"other": "S7", "reason": WHY, "seen": page.split('name="seen"')[1].split('"')[3]})
    assert answer.status_code == 303
    first, second = the_session(), the_session("S7")
    assert (first.starts_at, first.ends_at, first.room and first.room.code) == (NINE + 3 * HOUR, NINE + 4 * HOUR, "B")
    assert (second.starts_at, second.ends_at, second.room and second.room.code) == (NINE, NINE + 1.5 * HOUR, "A")
    assert {first.moved_reason, second.moved_reason} == {WHY}


def test_nothing_is_swapped_that_somebody_changed_meanwhile(desk: PageClient, other: Session) -> None:
    page = desk.get(f"{SWAP}?other=S7").text
    seen = page.split('name="seen"')[1].split('"')[3]
    desk.post(PAGE, data=place(starts="09:30"))
    answer = desk.post(SWAP, data={"other": "S7", "reason": WHY, "seen": seen})
    assert answer.status_code == 409
    assert "Somebody changed one of the two meanwhile." in answer.text and WHY in answer.text
    assert the_session("S7").starts_at == NINE + 3 * HOUR


def test_what_can_be_swapped_stands_under_its_day_and_is_read_by_as_many_questions(
    desk: PageClient, other: Session
) -> None:
    desk.get(SWAP)
    with counted() as few:
        page = desk.get(SWAP).text
    label = page.split('<optgroup label="')[1].split('"')[0]
    assert label == f"{day(local(NINE, other.meeting.zone))} ({zone_label(other.meeting.zone, NINE)})"
    assert re.search(r"S7 Panel, \d\d:\d\d–\d\d:\d\d, Hall B<", page)
    for number in range(20):
        starts_at = NINE + timedelta(days=number % 3, hours=20)
        make.session(other.meeting, code=f"L{number}", starts_at=starts_at, ends_at=starts_at + 9 * HOUR)
    with counted() as many:
        page = desk.get(SWAP).text
    assert len(many) == len(few)
    assert page.count("<optgroup") >= 3 and page.count('<option value="L') == 20


@pytest.mark.parametrize("chosen", ["", "S4", "S99", "S8"])
def test_what_cannot_be_swapped_is_said_beside_the_field(desk: PageClient, other: Session, chosen: str) -> None:
    make.session(other.meeting, code="S8", cancelled_at=TODAY)
    for answer in (desk.get(f"{SWAP}?other={chosen}"), desk.post(SWAP, data={"other": chosen})):
        assert answer.status_code == 422
        assert "Choose a session that has a time." in answer.text
    assert desk.get(f"{AGENDA}/sessions/S8/swap").status_code == 303
    assert desk.post(f"{AGENDA}/sessions/S8/swap", data={"other": "S7"}).status_code == 409


def test_two_in_one_place_are_not_swapped(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S7", room_id=the_session().room_id)
    answer = desk.post(SWAP, data={"other": "S7"})
    assert answer.status_code == 409
    assert "there is nothing to swap" in answer.text


def the_part() -> SpeakingRole:
    db.session.expire_all()
    return db.session.scalars(select(SpeakingRole)).one()


def test_who_calls_off_by_telephone_is_thanked_by_email(desk: PageClient, meeting: Meeting) -> None:
    page = f"{AGENDA}/sessions/S4/roles/{the_part().id}/calling-off"
    assert page in desk.get(f"{AGENDA}/sessions/S4").text
    assert the_part().person.email in desk.get(page).text  # type: ignore[union-attr]
    assert the_part().state == "confirmed"
    for _twice in range(2):
        assert desk.post(page, data={"reason": "Ill"}).status_code == 303
    assert (the_part().state, the_part().reason) == ("declined", "Ill")
    [letter] = letters("role_called_off")
    assert "Thank you for telling us that you cannot be speaker" in letter.text
    assert "not expected" not in letter.text
    assert desk.get(page).status_code == 404
    assert db.session.scalars(select(Entry).where(Entry.verb == "noted a calling off")).one()
    desk.post(f"{AGENDA}/sessions/S4/roles/{the_part().id}/end")
    assert not letters("role_ended"), "they were thanked"
    published(meeting)
    assert "Ada Byron" not in desk.get("/meetings/spring/sessions/S4").text


def test_nobody_calls_off_from_what_is_off(desk: PageClient, meeting: Meeting) -> None:
    page = f"{AGENDA}/sessions/S4/roles/{the_part().id}/calling-off"
    assert desk.post(page, data={"reason": "x" * 501}).status_code == 422
    with transaction():
        cancel_session(the_session(), by=None, at=TODAY)
    assert desk.post(page).status_code == 409
    assert the_part().state == "confirmed"
