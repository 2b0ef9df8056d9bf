from datetime import timedelta
from typing import Any

import pytest

from eventapp.desk import views
from eventapp.ground.db import db, transaction
from eventapp.mail.actions import TYPED_SUBJECTS, empty_old
from eventapp.mail.models import FAILED, SENT, WAITING, Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient

LETTERS = "/meetings/spring/manage/letters"


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(views, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def letter(meeting: Meeting, **facts: Any) -> Letter:
    number = len(db.session.query(Letter).all()) + 1
    defaults = {
        "to": "ada@example.org",
        "subject": f"Letter {number}",
        "text": "Good day, http://localhost/registrations/aBc123aBc123aBc123aBc123",
        "html": "<p>Good day</p>",
        "kind": "registration/mail/approved.txt",
        "message_id": f"<{number}@example.org>",
        "posted_at": make.TODAY,
        "due_at": make.TODAY,
        "attempts": 0,
        "state": SENT,
    }
    row = Letter(meeting_id=meeting.id, **{**defaults, **facts})
    with transaction():
        db.session.add(row)
    return row


def test_letters_stand_with_what_became_of_them(desk: PageClient, meeting: Meeting) -> None:
    letter(meeting, subject="Your place", state=SENT)
    letter(meeting, subject="A question", state=FAILED, last_error="550 no such mailbox")
    letter(meeting, subject="Not yet", state=WAITING, attempts=2, last_error="450 try later")
    letter(make.meeting(), subject="Another meeting's")

    page = desk.get(LETTERS).text
    assert "1 sent, 1 waiting, 1 failed" in page
    assert "550 no such mailbox" in page
    assert "450 try later" in page
    assert "Another meeting" not in page


def test_one_state_can_be_shown_alone(desk: PageClient, meeting: Meeting) -> None:
    letter(meeting, subject="Your place", state=SENT)
    letter(meeting, subject="A question", state=FAILED)

    page = desk.get(f"{LETTERS}?state=failed").text
    assert "A question" in page
    assert "Your place" not in page
    assert "No emails yet" in desk.get(f"{LETTERS}?state=waiting").text


def test_pages_of_fifty(desk: PageClient, meeting: Meeting) -> None:
    for _ in range(51):
        letter(meeting)

    assert desk.get(LETTERS).text.count("Letter ") == 50
    assert desk.get(f"{LETTERS}?page=2").text.count("Letter ") == 1
    assert desk.get(f"{LETTERS}?page=99").text.count("Letter ") == 1


def test_a_letter_is_read_without_the_secrets_in_it(desk: PageClient, meeting: Meeting) -> None:
    row = letter(meeting)

    page = desk.get(f"{LETTERS}/{row.id}").text
    assert "http://localhost/registrations/…" in page
    assert "aBc123" not in page


def test_a_letter_whose_text_is_no_longer_kept_says_so(desk: PageClient, meeting: Meeting) -> None:
    row = letter(meeting, state=SENT, kind=TYPED_SUBJECTS[0])
    with transaction():
        empty_old(before=make.TODAY + timedelta(days=1), at=make.TODAY + timedelta(days=91))
    assert "The text of this email is no longer kept. It was deleted on" in desk.get(f"{LETTERS}/{row.id}").text
    assert "Subject no longer kept" in desk.get(LETTERS).text


@pytest.mark.parametrize(("state", "says"), [(FAILED, "Failed, because"), (WAITING, "Not sent yet:")])
def test_a_letter_says_on_its_own_page_why_it_did_not_leave(
    desk: PageClient, meeting: Meeting, state: str, says: str
) -> None:
    row = letter(meeting, state=state, attempts=2, last_error="450 try later")
    page = desk.get(f"{LETTERS}/{row.id}").text
    assert says in page
    assert "450 try later" in page


def test_a_failed_letter_is_sent_again_and_a_sent_one_is_not(desk: PageClient, meeting: Meeting) -> None:
    failed, sent = letter(meeting, state=FAILED, attempts=5), letter(meeting, state=SENT)

    assert desk.post(f"{LETTERS}/{failed.id}/sending").status_code == 303
    assert desk.post(f"{LETTERS}/{sent.id}/sending").status_code == 409
    db.session.refresh(failed)
    assert (failed.state, failed.attempts) == (WAITING, 0)


def test_a_waiting_letter_is_stopped(desk: PageClient, meeting: Meeting) -> None:
    row = letter(meeting, state=WAITING, attempts=3)

    assert desk.post(f"{LETTERS}/{row.id}/stop").status_code == 303
    assert desk.post(f"{LETTERS}/{row.id}/stop").status_code == 409
    db.session.refresh(row)
    assert (row.state, row.last_error) == (FAILED, "An organizer stopped it.")


def test_letters_of_other_meetings_are_not_there(desk: PageClient, meeting: Meeting) -> None:
    assert desk.get(f"{LETTERS}/{letter(make.meeting()).id}").status_code == 404
