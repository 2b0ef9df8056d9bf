from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda.models import INVITED
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.mail.models import Letter
from eventapp.meetings.lifecycle import close, reopen
from eventapp.meetings.models import Meeting
from eventapp.messages import manage
from eventapp.messages.actions import send
from eventapp.messages.jobs import JOBS, LONG_JOBS
from eventapp.messages.log import manage as log
from eventapp.messages.models import Message
from tests import make
from tests.browserless import PageClient

HERE = "/meetings/spring/manage/messages"
WEEK_BEFORE = datetime(2026, 3, 9, 2, tzinfo=UTC)  # 9 in the morning in Bangkok, a week before the meeting


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for room in (manage, log):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


@pytest.fixture
def reminder(desk: PageClient, meeting: Meeting) -> Message:
    """Planned for a week before the meeting, to those whose letter is missing."""
    typed = {"state": "no-letter", "subject_en": "Your letter", "text_en": "Please.", "need": "yes"}
    desk.post(HERE, data={**typed, "when": "before", "days": "7"})
    return the_message()


def the_message() -> Message:
    db.session.expire_all()
    return db.session.scalars(select(Message)).one()


def plan(meeting: Meeting, message: Message) -> None:
    category = make.category(meeting, needs_letter=True)
    make.registration(meeting, category=category)
    by = make.staff(meeting, "organizer", make.person("Second"))
    with transaction():
        send(message, by=by, at=make.TODAY)


def letters() -> int:
    db.session.expire_all()
    return len(db.session.scalars(select(Letter)).all())


def look(at: datetime) -> None:
    work_through(JOBS, at=at)
    while work_long(LONG_JOBS, at=at):
        pass


def test_it_leaves_so_many_days_before_to_whom_it_fits_then(meeting: Meeting, reminder: Message) -> None:
    plan(meeting, reminder)
    assert (the_message().state, the_message().send_at) == ("scheduled", WEEK_BEFORE)
    look(WEEK_BEFORE - timedelta(minutes=1))
    assert letters() == 0
    look(WEEK_BEFORE)
    assert letters() == 1


def test_it_moves_with_the_meeting(meeting: Meeting, reminder: Message) -> None:
    plan(meeting, reminder)
    with transaction():
        meeting.starts_on += timedelta(days=2)
        meeting.ends_on += timedelta(days=2)
    look(WEEK_BEFORE)
    assert (letters(), the_message().send_at) == (0, WEEK_BEFORE + timedelta(days=2))
    look(WEEK_BEFORE + timedelta(days=2))
    assert letters() == 1


def test_it_is_skipped_where_it_would_be_late(meeting: Meeting, reminder: Message, desk: PageClient) -> None:
    plan(meeting, reminder)
    look(WEEK_BEFORE + timedelta(hours=7))
    assert (letters(), the_message().state) == (0, "missed")
    assert "Skipped: it was to leave on" in desk.get(f"{HERE}/{reminder.id}").text
    desk.post(f"{HERE}/{reminder.id}/back")
    assert the_message().state == "draft"


def test_it_does_not_leave_while_the_meeting_is_closed(meeting: Meeting, reminder: Message) -> None:
    plan(meeting, reminder)
    by = make.person("Third")
    with transaction():
        close(meeting, by=by, at=make.TODAY)
    look(WEEK_BEFORE)
    assert (letters(), the_message().state) == (0, "scheduled")
    with transaction():
        reopen(meeting, by=by, at=WEEK_BEFORE)
    look(WEEK_BEFORE)
    assert letters() == 1


def test_it_is_paused_and_goes_on(meeting: Meeting, reminder: Message, desk: PageClient) -> None:
    plan(meeting, reminder)
    where = f"{HERE}/{reminder.id}"
    desk.post(f"{where}/pause")
    look(WEEK_BEFORE)
    assert (letters(), the_message().state) == (0, "paused")
    assert desk.post(f"{where}/pause").status_code == 409
    desk.post(f"{where}/resume")
    look(WEEK_BEFORE)
    assert letters() == 1


@pytest.mark.parametrize("code", ["letter", "unanswered", "arrival"])
def test_each_has_words_to_begin_with_in_the_languages_of_the_meeting(desk: PageClient, code: str) -> None:
    page = desk.get(f"{HERE}/new?reminder={code}").text
    assert "Dear {name}," in page and "Ouvrir mon inscription\n{registration_link}" in page
    assert "{registration_link}" in page


def test_who_has_not_answered_is_found(desk: PageClient, meeting: Meeting) -> None:
    asked, agreed = make.registration(meeting), make.registration(meeting)
    session = make.session(meeting)
    make.role(session, person_id=asked.person_id, state=INVITED)
    make.role(session, person_id=agreed.person_id, name="Other")
    typed = {"state": "everyone", "part": "unanswered", "subject_en": "S", "text_en": "T", "need": "yes", "when": "now"}
    answer = desk.post(HERE, data=typed)
    page = desk.get(f"{answer.location}/people").text
    assert asked.person.email in page and agreed.person.email not in page


@pytest.mark.parametrize("days", ["", "0", "400", "x"])
def test_days_are_a_number(desk: PageClient, days: str) -> None:
    typed = {"subject_en": "S", "text_en": "T", "need": "yes", "when": "before", "days": days}
    assert desk.post(HERE, data=typed).status_code == 422
    assert not db.session.scalars(select(Message)).all()
