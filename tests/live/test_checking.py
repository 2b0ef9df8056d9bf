"""Where the meeting wants it, letters about live changes wait until an organizer has looked at them."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.desk import views as desk_views
from eventapp.desk.attention.day import letters_of_the_day
from eventapp.desk.attention.lines import Look
from eventapp.desk.starting.content import PARTS
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.refusal import Refused
from eventapp.live.checking import manage
from eventapp.live.checking.actions import choose_live_letters, leave_out, let_wait_again, send_waiting_letters
from eventapp.live.checking.content import CHECKED
from eventapp.live.checking.queries import mark_of_waiting, waiting_changes
from eventapp.live.checking.when import manage as when_manage
from eventapp.live.late import views as late_views
from eventapp.live.late.actions import Press, press_late, undo_late
from eventapp.live.late.queries import lateness
from eventapp.live.models import LiveChange
from eventapp.live.telling.jobs import LONG_JOBS
from eventapp.mail.models import Letter
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.validation import nonsense_in
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_agenda import NINE, published

MINUTE = timedelta(minutes=1)
AT = NINE + 80 * MINUTE
PAGE = "/meetings/spring/manage/agenda/day-letters"
SETTING = "/meetings/spring/manage/settings/letters-of-the-day"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Ada speaks in both sessions, Ben in the second. Letters are looked at."""
    meeting = make.meeting(slug="spring")
    hall = make.room(meeting, name="Hall")
    ada, ben = (make.person(name, email=f"{name}@example.org") for name in ("ada", "ben"))
    for number, people in ((0, [ada]), (1, [ada, ben])):
        starts_at = NINE + number * 90 * MINUTE
        session = make.session(
            meeting, code=f"S{number}", title=f"Title {number}", room_id=hall.id, starts_at=starts_at
        )
        for person in people:
            make.role(session, person_id=person.id, name=person.name)
    published(meeting)
    with transaction():
        choose_live_letters(meeting, CHECKED, by=None, at=AT)
    return meeting


@pytest.fixture
def desk(app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    for room in (manage, when_manage, late_views, desk_views):
        monkeypatch.setattr(room, "now", lambda: AT + 2 * MINUTE)
    return PageClient(app, app.response_class).sign_in(make.staff(meeting, ORGANIZER))


def late(minutes: int = 10, at: datetime = AT) -> LiveChange:
    db.session.rollback()
    session = db.session.query(Session).filter_by(code="S0").one()
    seen = lateness(session, minutes, everywhere=False, at=at).seen
    with transaction():
        return press_late(session, Press(minutes, seen), by=None, at=at)


def letters(at: datetime) -> list[Letter]:
    while work_long(LONG_JOBS, at=at):
        pass
    db.session.rollback()
    return db.session.query(Letter).order_by(Letter.to).all()


def send(meeting: Meeting, at: datetime) -> int:
    with transaction():
        return send_waiting_letters(meeting, mark_of_waiting(waiting_changes(meeting)), by=None, at=at)


def test_nothing_leaves_before_an_organizer_sends_it_and_then_one_letter_each(meeting: Meeting) -> None:
    late()
    late(5, AT + 5 * MINUTE)
    assert letters(AT + 20 * MINUTE) == [], "however long it takes: they wait in the database"
    assert db.session.query(Session).filter_by(code="S0").one().ends_at == NINE + 105 * MINUTE, "public at once"
    assert send(meeting, AT + 20 * MINUTE) == 2
    ada, ben = letters(AT + 20 * MINUTE)
    assert (ada.to, ben.to) == ("ada@example.org", "ben@example.org")
    assert "Now: 16 March 2026, 10:45–12:15" in ben.text and "Before: 16 March 2026, 10:30–12:00" in ben.text
    assert [one.name for one in ada.enclosures] == ["spring-S0.ics", "spring-S1.ics"]
    assert send(meeting, AT + 21 * MINUTE) == 0 and len(letters(AT + 23 * MINUTE)) == 2, "once"


def test_a_change_of_a_session_that_is_over_is_told_to_nobody(meeting: Meeting) -> None:
    late()
    send(meeting, AT + 40 * MINUTE)
    ada, _ben = letters(AT + 40 * MINUTE)
    assert [one.name for one in ada.enclosures] == ["spring-S1.ics"], "S0 ended ten minutes before"


def test_what_was_undone_does_not_wait_any_more(meeting: Meeting) -> None:
    change = late()
    with transaction():
        undo_late(change, by=None, at=AT + 5 * MINUTE)
    assert waiting_changes(meeting) == [] and letters(AT + 60 * MINUTE) == []
    change = late(at=AT + 6 * MINUTE)
    send(meeting, AT + 8 * MINUTE)
    assert len(letters(AT + 8 * MINUTE)) == 2
    with transaction():
        undo_late(change, by=None, at=AT + 9 * MINUTE)
    assert len(waiting_changes(meeting)) == 1, "they were told that it is late: the way back waits for a look too"


def test_a_change_is_left_out_with_a_reason_and_waits_again(meeting: Meeting) -> None:
    change = late()
    with pytest.raises(Refused, match="Write why"), transaction():
        leave_out(change, "", by=None, at=AT)
    with transaction():
        leave_out(change, "Said in the room.", by=None, at=AT + MINUTE)
    assert waiting_changes(meeting) == [] and letters(AT + 60 * MINUTE) == []
    with transaction():
        let_wait_again(change, by=None, at=AT + 2 * MINUTE)
    assert [one.left_out for one in waiting_changes(meeting)] == [""]
    send(meeting, AT + 3 * MINUTE)
    with pytest.raises(Refused, match="do not wait any more"), transaction():
        leave_out(change, "Too late.", by=None, at=AT + 4 * MINUTE)


def test_what_waits_goes_on_waiting_where_the_meeting_chooses_otherwise(meeting: Meeting) -> None:
    late()
    with transaction():
        choose_live_letters(meeting, "", by=None, at=AT)
    assert letters(AT + 60 * MINUTE) == [] and len(waiting_changes(meeting)) == 1
    late(5, AT + MINUTE)
    assert len(letters(AT + 60 * MINUTE)) == 2, "and the next one leaves at once"
    assert len(waiting_changes(meeting)) == 1


def test_an_organizer_looks_reads_one_letter_and_sends(desk: PageClient, meeting: Meeting) -> None:
    assert "No letter waits" in desk.get(PAGE).text
    late()
    page = desk.get(PAGE).text
    assert "2 people get one letter each." in page and "S0 runs 10 minutes late" in page and "Send 2 letters" in page
    names = desk.get(f"{PAGE}/people").text
    assert "ada@example.org" in names and "ben@example.org" in names
    ben = re.findall(r"preview\?to=(\d+)", names)[1]
    read_one = desk.get(f"{PAGE}/preview?to={ben}").text
    assert "ben@example.org" in read_one and "Before: 16 March 2026, 10:30" in read_one and "spring-S1.ics" in read_one
    assert "ada@example.org" in desk.get(f"{PAGE}/preview?to=999999").text, "else the first by name"
    assert db.session.query(Letter).count() == 0, "looking sends nothing"
    for there in (
        "/meetings/spring/manage/agenda/",
        "/meetings/spring/manage/agenda/at-once",
        "/meetings/spring/manage/",
    ):
        assert "public and told to nobody yet" in desk.get(there).text
    [mark] = re.findall('name="seen" value="([^"]+)"', page)
    late(5, AT + MINUTE)
    assert desk.post(PAGE, data={"seen": mark}).status_code == 409
    [mark] = re.findall('name="seen" value="([^"]+)"', desk.get(PAGE).text)
    assert desk.post(PAGE, data={"seen": mark}).status_code == 303
    assert desk.post(PAGE, data={"seen": mark}).status_code == 303
    assert "These letters were sent already" in desk.get(PAGE).text
    assert len(letters(AT + 3 * MINUTE)) == 2


def test_an_organizer_leaves_one_out_and_lets_it_wait_again(desk: PageClient, meeting: Meeting) -> None:
    number = late().id
    assert desk.post(f"{PAGE}/{number}", data={"reason": ""}).status_code == 422
    assert "It concerns 2 people" in desk.get(f"{PAGE}/{number}").text
    assert desk.post(f"{PAGE}/{number}", data={"reason": "Said in the room."}).status_code == 303
    page = desk.get(PAGE).text
    assert "Left out" in page and "Said in the room." in page and "No letter waits" in page
    assert desk.post(f"{PAGE}/{number}/again").status_code == 303
    assert "1 change waits" in desk.get(PAGE).text
    assert desk.get(f"{PAGE}/999999").status_code == 404


def test_the_form_of_a_change_says_that_letters_are_looked_at(desk: PageClient, meeting: Meeting) -> None:
    late_page = desk.get("/meetings/spring/record/S0/late?by=10").text
    assert "To each, after an organizer has looked" in late_page
    with transaction():
        choose_live_letters(meeting, "", by=None, at=AT)
    assert "To each, at once" in desk.get("/meetings/spring/record/S0/late?by=10").text


def test_today_says_that_nobody_is_told_yet(meeting: Meeting) -> None:
    assert list(letters_of_the_day(Look(meeting, AT, ()))) == []
    late()
    [line] = letters_of_the_day(Look(meeting, AT + MINUTE, ()))
    assert (line.tone, line.what) == ("stop", "1 change is public and told to nobody yet")


def test_the_page_asks_as_often_for_many_as_for_few(desk: PageClient, meeting: Meeting) -> None:
    late(1)
    with counted() as few:
        desk.get(PAGE)
    session = db.session.query(Session).filter_by(code="S1").one()
    for number in range(10):
        person = make.person(f"P{number}", email=f"p{number}@example.org")
        make.role(session, person_id=person.id, name=person.name)
    for number in range(1, 8):
        late(1, AT + number * MINUTE)
    with counted() as many:
        desk.get(PAGE)
    assert len(many) == len(few)


def test_the_setting_is_saved_once_and_not_over_another(desk: PageClient, meeting: Meeting) -> None:
    [mark] = re.findall('name="seen"[^>]* value="([^"]+)"', desk.get(SETTING).text)
    assert desk.post(SETTING, data={"seen": mark, "letters": ""}).status_code == 303
    db.session.expire_all()
    assert meeting.live_letters == ""
    older = desk.post(SETTING, data={"seen": mark, "letters": CHECKED})
    assert older.status_code == 409 and "meanwhile" in older.text
    assert desk.post(SETTING, data={"letters": "never"}).status_code == 422
    assert "Letters about changes of the day" in desk.get("/meetings/spring/manage/history").text


def test_the_setting_is_in_the_file_the_copy_and_the_package(meeting: Meeting) -> None:
    file = content_of(meeting)
    assert file.live_letters == CHECKED and read(write(file)).live_letters == CHECKED
    assert PARTS["day"][1] == ("live_letters",)
    with transaction():
        load(replace(file, live_letters=""), by=None, at=AT)
    assert meeting.live_letters == ""
    with transaction():
        load(file, by=None, at=AT)
    package = filled(meeting, "public").package
    assert package.meeting.live_letters == CHECKED
    assert not any("live_letters" in one for one in nonsense_in(package))
    wrong = replace(package, meeting=replace(package.meeting, live_letters="later"))
    assert any("live_letters" in one for one in nonsense_in(wrong))
