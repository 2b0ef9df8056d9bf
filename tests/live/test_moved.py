"""Moves that planners made become public at once: time, room and state with the reason, and nothing else of the draft."""

from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from eventapp.agenda.models import Session
from eventapp.agenda.queries import newest_release, released
from eventapp.agenda.releases.actions import changed_since, draft_difference
from eventapp.agenda.releases.content import digest_of
from eventapp.agenda.sessions.actions import cancel_session, move
from eventapp.agenda.swapping.actions import swap
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.live.models import LiveChange
from eventapp.live.moved import manage
from eventapp.live.telling.jobs import LONG_JOBS
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.my_agenda.models import Star
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published

PAGE = "/meetings/spring/manage/agenda/at-once"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WHY = "The roof leaks"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """Two sessions in the hall, in one of which Ada speaks; Ben gave it a star; the attic is empty. Published."""
    monkeypatch.setattr(manage, "now", lambda: NINE - HOUR)
    meeting = make.meeting(slug="spring")
    hall = make.room(meeting, code="A", name="Hall")
    make.room(meeting, code="B", name="Attic")
    for number, hours in ((1, 0), (2, 2)):
        make.session(
            meeting, code=f"S{number}", title=f"Title {number}", room_id=hall.id, starts_at=NINE + hours * HOUR
        )
    ada = make.person("Ada", email="ada@example.org")
    make.role(the("S1"), name="Ada", person_id=ada.id)
    ben = make.registration(meeting, person=make.person("Ben", email="ben@example.org"))
    make.kept(Star(registration_id=ben.id, session_id=the("S1").id, at=make.TODAY))
    published(meeting)
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def the(code: str) -> Session:
    return db.session.query(Session).filter_by(code=code).one()


def to_attic(meeting: Meeting) -> None:
    """S1 goes upstairs, and is called something else."""
    with transaction():
        one, room = the("S1"), next(room.id for room in meeting.rooms if room.code == "B")
        move(one, starts_at=one.starts_at, ends_at=one.ends_at, room_id=room, by=None, at=make.TODAY, reason=WHY)
        one.title, one.summary = "Renamed", "New words"


def letters() -> list[Letter]:
    while work_long(LONG_JOBS, at=NINE):
        pass
    db.session.rollback()
    return db.session.query(Letter).order_by(Letter.to).all()


def seen(page: str) -> str:
    return page.split('name="seen"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def test_a_change_of_room_is_public_at_once_with_its_reason_and_without_the_rest(
    desk: PageClient, meeting: Meeting
) -> None:
    assert "Every session is where the public agenda has it." in desk.get(PAGE).text
    to_attic(meeting)
    page = desk.get(PAGE).text
    assert "<del>Hall</del>" in page and "<ins>Attic</ins>" in page and WHY in page
    assert "2 people have a part in one of them or chose it" in page
    assert released(meeting).by_code["S1"].room.name == "Hall"  # type: ignore[union-attr]
    assert desk.post(PAGE, data={"code": "S1", "tell": "each", "seen": seen(page)}).status_code == 303
    one = released(meeting).by_code["S1"]  # type: ignore[union-attr]
    assert (one.room.name, one.more.moved_reason, one.title, one.summary) == ("Attic", WHY, "Title 1", "")  # type: ignore[union-attr]
    last = newest_release(meeting)
    assert last and (last.number, last.digest) == (2, digest_of(last.content))
    assert WHY in desk.get("/meetings/spring/agenda/changes").text
    assert [set(each.fields) for each in draft_difference(meeting)] == [{"title", "summary"}]
    assert changed_since(meeting, last) == draft_difference(meeting)  # what waited before the change of the day


def test_who_has_a_part_and_who_chose_it_gets_one_letter(desk: PageClient, meeting: Meeting) -> None:
    to_attic(meeting)
    desk.post(PAGE, data={"code": "S1", "tell": "each", "seen": seen(desk.get(PAGE).text)})
    ada, ben = letters()
    assert (ada.to, ben.to) == ("ada@example.org", "ben@example.org")
    for letter in (ada, ben):
        assert all(words in letter.text for words in ("Other room", "Attic", "Hall", f"Reason: {WHY}", "Title 1"))
        (event,) = Calendar.from_ical(letter.enclosures[0].content).walk("VEVENT")
        assert (event["SEQUENCE"], str(event["LOCATION"]).split(",")[0]) == (1, "Attic")
    published(meeting)
    assert len(letters()) == 2, "the next version tells it to nobody again"


def test_a_swap_and_what_is_cancelled_go_together_or_apart(desk: PageClient, meeting: Meeting) -> None:
    with transaction():
        swap(the("S1"), the("S2"), by=None, at=make.TODAY)
    make.session(meeting, code="S3", title="Never public")
    assert desk.get(PAGE).text.count('name="code"') == 2
    desk.post(PAGE, data={"code": ["S1", "S2"], "tell": "nobody"})
    agenda = released(meeting)
    assert agenda and [one.code for one in agenda.sessions] == ["S2", "S1"]
    assert letters() == []
    with transaction():
        cancel_session(the("S1"), by=None, at=make.TODAY, reason=WHY)
        move(the("S2"), starts_at=NINE + 4 * HOUR, ends_at=NINE + 5 * HOUR, room_id=None, by=None, at=make.TODAY)
    desk.post(PAGE, data={"code": "S1", "tell": "each"})
    agenda = released(meeting)
    assert agenda and [one.code for one in agenda.sessions] == ["S2"]
    assert (agenda.by_code["S1"].more.off_reason, agenda.by_code["S2"].starts_at) == (WHY, NINE)
    assert all("Cancelled." in one.text and WHY in one.text for one in letters())


def test_pressed_twice_is_once_and_what_moved_meanwhile_is_shown_first(desk: PageClient, meeting: Meeting) -> None:
    to_attic(meeting)
    mark = seen(desk.get(PAGE).text)
    for _twice in range(2):
        assert desk.post(PAGE, data={"code": "S1", "seen": mark}).status_code == 303
    assert db.session.query(LiveChange).count() == 1
    with transaction():
        move(the("S2"), starts_at=NINE + 4 * HOUR, ends_at=NINE + 5 * HOUR, room_id=None, by=None, at=make.TODAY)
    mark = seen(desk.get(PAGE).text)
    with transaction():
        move(the("S2"), starts_at=NINE + 5 * HOUR, ends_at=NINE + 6 * HOUR, room_id=None, by=None, at=make.TODAY)
    answer = desk.post(PAGE, data={"code": "S2", "seen": mark})
    assert answer.status_code == 409
    assert "Somebody changed the draft meanwhile." in answer.text and 'value="S2" checked' in answer.text
    assert released(meeting).by_code["S2"].starts_at == NINE + 2 * HOUR  # type: ignore[union-attr]


def test_what_makes_no_sense_is_refused(desk: PageClient, meeting: Meeting) -> None:
    to_attic(meeting)
    assert desk.post(PAGE, data={}).status_code == 422
    assert desk.post(PAGE, data={"code": "S2"}).status_code == 409
    assert desk.post(PAGE, data={"code": "S1", "tell": "loud"}).status_code == 422
    with transaction():
        meeting.closed_at = make.TODAY
    assert desk.post(PAGE, data={"code": "S1"}).status_code in (404, 409)
    assert newest_release(meeting).number == 1  # type: ignore[union-attr]


def test_before_the_first_version_there_is_nothing_to_change(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1")
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "Publish its first version." in client.get(PAGE).text
    assert client.post(PAGE, data={"code": "S1"}).status_code == 409


def pressed_undo(desk: PageClient) -> str:
    """What the page says once the newest change was taken back."""
    newest = db.session.query(LiveChange).order_by(LiveChange.id.desc()).first()
    assert newest is not None
    assert desk.post(f"{PAGE}/{newest.id}/undo").status_code == 303
    return desk.get(PAGE).text


def test_what_was_made_public_is_taken_back_in_the_draft_and_in_public(desk: PageClient, meeting: Meeting) -> None:
    to_attic(meeting)
    with transaction():
        cancel_session(the("S2"), by=None, at=make.TODAY)
    desk.post(PAGE, data={"code": ["S1", "S2"], "tell": "each", "seen": seen(desk.get(PAGE).text)})
    assert released(meeting).by_code["S2"].cancelled  # type: ignore[union-attr]
    number = db.session.query(LiveChange).one().id
    shown = desk.get(PAGE).text
    assert "Made public at once today" in shown and f"{PAGE}/{number}/undo" in shown

    text = pressed_undo(desk)
    assert "Taken back at 08:00" in text
    now = released(meeting)
    assert now is not None
    one, two = now.by_code["S1"], now.by_code["S2"]
    assert (one.room.name, one.sequence, one.title, two.cancelled) == ("Hall", 2, "Title 1", False)  # type: ignore[union-attr]
    db.session.rollback()
    assert (the("S1").room.name, the("S2").is_off) == ("Hall", False)  # type: ignore[union-attr]
    last = newest_release(meeting)
    assert last and (last.number, last.digest) == (3, digest_of(last.content))
    assert desk.post(f"{PAGE}/{number}/undo").status_code == 303  # twice is once
    assert newest_release(meeting).number == 3  # type: ignore[union-attr]


def test_after_ten_minutes_or_another_move_it_is_not_taken_back(
    desk: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_attic(meeting)
    desk.post(PAGE, data={"code": "S1", "tell": "nobody", "seen": seen(desk.get(PAGE).text)})
    with transaction():
        one = the("S1")
        move(
            one, starts_at=one.starts_at + HOUR, ends_at=one.ends_at + HOUR, room_id=one.room_id, by=None, at=make.TODAY
        )
    assert "S1 changed again since." in pressed_undo(desk)
    monkeypatch.setattr(manage, "now", lambda: NINE - HOUR + 11 * MINUTE)
    text = pressed_undo(desk)
    assert "Ten minutes are over" in text
    assert "/undo" not in text
    assert released(meeting).by_code["S1"].room.name == "Attic"  # type: ignore[union-attr]


def test_who_heard_of_a_move_hears_that_it_was_taken_back(desk: PageClient, meeting: Meeting) -> None:
    to_attic(meeting)
    desk.post(PAGE, data={"code": "S1", "tell": "each", "seen": seen(desk.get(PAGE).text)})
    assert len(letters()) == 2
    pressed_undo(desk)
    sent = letters()
    assert len(sent) == 4
    newest = max(sent, key=lambda letter: letter.id)
    (event,) = Calendar.from_ical(newest.enclosures[0].content).walk("VEVENT")
    assert (event["SEQUENCE"], str(event["LOCATION"]).split(",")[0]) == (2, "Hall")
