"""Warnings that an organizer acknowledges: quiet with a reason until their cause changes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda import manage
from eventapp.agenda.models import Session
from eventapp.agenda.warnings.manage import A_PAGE
from eventapp.agenda.warnings.models import AcknowledgedWarning
from eventapp.agenda.warnings.queries import warnings_now
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_manage import AGENDA
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE

PAGE = f"{AGENDA}/warnings"
CLASH = "S4 and S5 are both in Hall at 10:00, for 30 minutes."
DAY = {"on": "2026-03-16", "kind": "room"}


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """Two sessions that clash in a room."""
    monkeypatch.setattr(manage, "now", lambda: TODAY)
    meeting = make.meeting(slug="spring")
    room = make.room(meeting, name="Hall", seats=10)
    make.session(meeting, code="S4", room_id=room.id, expected=20)
    make.session(meeting, code="S5", room_id=room.id, starts_at=NINE + timedelta(hours=1))
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def key_of(meeting: Meeting, kind: str = "room") -> str:
    return next(one.key for one in warnings_now(meeting).open if one.kind == kind)


def quiet(desk: PageClient, meeting: Meeting) -> None:
    """The clash, acknowledged."""
    data = {**DAY, "key": key_of(meeting), "reason": "The hall is divided"}
    assert desk.post(PAGE, data=data).status_code == 303


def test_a_warning_with_a_reason_is_folded_away_and_the_rest_stays(desk: PageClient, meeting: Meeting) -> None:
    assert CLASH in desk.get(f"{AGENDA}/").text
    count = len(warnings_now(meeting).open)
    quiet(desk, meeting)

    plan = desk.get(f"{AGENDA}/").text
    assert CLASH not in plan
    assert f"{count - 1} warnings" in plan
    assert "1 acknowledged" in plan
    page = desk.get(f"{PAGE}?on=2026-03-16").text
    assert all(words in page for words in (CLASH, "The hall is divided", "Organizer", "Take this back"))
    assert "20 people are expected in S4; Hall seats 10." in plan
    assert CLASH not in desk.get(f"{AGENDA}/sessions/S4").text
    entry = db.session.scalars(select(Entry).where(Entry.verb == "acknowledged warnings")).one()
    assert entry.detail == {"warnings": [CLASH], "reason": "The hall is divided"}


def test_versions_have_the_open_ones_apart_from_those(desk: PageClient, meeting: Meeting) -> None:
    quiet(desk, meeting)
    left, quiet_ones = desk.get(f"{AGENDA}/releases").text.split("1 warning is acknowledged")
    assert "warnings are left" in left
    assert CLASH not in left
    assert CLASH in quiet_ones and "The hall is divided" in quiet_ones


@pytest.mark.parametrize(
    "changes", [{"starts_at": NINE + timedelta(minutes=75)}, {"ends_at": NINE + timedelta(hours=4)}, {"room": "Attic"}]
)
def test_another_cause_is_another_warning_and_the_old_one_is_quiet_again(
    desk: PageClient, meeting: Meeting, changes: dict[str, object]
) -> None:
    quiet(desk, meeting)
    if "room" in changes:
        attic = make.room(meeting, name="Attic").id
        change("S4", room_id=attic)
        changes = {"room_id": attic}
    before = change("S5", **changes)
    assert [one.kind for one in warnings_now(meeting).open if one.kind == "room"] == ["room"]
    assert not warnings_now(meeting).acknowledged
    change("S5", **before)
    if "room_id" in changes:
        change("S4", room_id=before["room_id"])
    assert len(warnings_now(meeting).acknowledged) == 1


def test_it_is_told_again_by_a_press(desk: PageClient, meeting: Meeting) -> None:
    quiet(desk, meeting)
    number = db.session.scalars(select(AcknowledgedWarning.id)).one()
    assert desk.post(f"{PAGE}/{number}/return", data=DAY).status_code == 303
    assert CLASH in desk.get(f"{AGENDA}/").text
    assert "acknowledged" not in desk.get(f"{AGENDA}/").text
    assert desk.post(f"{PAGE}/{number}/return", data=DAY).status_code == 404
    assert [one.verb for one in db.session.scalars(select(Entry).order_by(Entry.id))][-1] == "opened a warning again"


def test_without_a_reason_or_a_choice_nothing_is_done(desk: PageClient, meeting: Meeting) -> None:
    key = key_of(meeting)
    answer = desk.post(PAGE, data={**DAY, "key": key, "reason": " "})
    assert answer.status_code == 422
    assert "Write why it may stay as it is." in answer.text
    assert f'value="{key}" checked' in answer.text
    answer = desk.post(PAGE, data={**DAY, "reason": "Agreed"})
    assert answer.status_code == 422
    assert "Choose at least one warning." in answer.text and 'value="Agreed"' in answer.text
    answer = desk.post(PAGE, data={**DAY, "key": "gone", "reason": "Agreed"})
    assert answer.status_code == 409
    assert "These warnings are there no more" in answer.text
    assert desk.post(PAGE, data={**DAY, "key": key, "reason": "x" * 501}).status_code == 422
    assert not db.session.scalars(select(AcknowledgedWarning)).all()


def test_pressed_twice_is_once_with_the_first_reason(desk: PageClient, meeting: Meeting) -> None:
    key = key_of(meeting)
    quiet(desk, meeting)
    assert desk.post(PAGE, data={**DAY, "key": key, "reason": "Another"}).status_code == 409
    assert [one.reason for one in db.session.scalars(select(AcknowledgedWarning))] == ["The hall is divided"]


def test_many_are_shown_by_pages_and_by_day(desk: PageClient, meeting: Meeting) -> None:
    for number in range(A_PAGE):
        make.session(meeting, code=f"M{number:02}", starts_at=NINE + timedelta(hours=5))
    page = desk.get(f"{PAGE}?on=2026-03-16&kind=moderator").text
    assert page.count('name="key"') == A_PAGE
    assert desk.get(f"{PAGE}?on=2026-03-16&kind=moderator&page=2").text.count('name="key"') == 2
    assert desk.get(f"{PAGE}?on=nonsense&kind=nonsense&page=x").status_code == 200


def test_only_organizers_acknowledge_and_only_in_their_meeting(desk: PageClient, meeting: Meeting) -> None:
    quiet(desk, meeting)
    row = db.session.scalars(select(AcknowledgedWarning)).one()
    other = make.meeting(slug="autumn")
    desk.sign_in(make.staff(other, "organizer"))
    assert desk.get(PAGE).status_code == 404
    assert desk.post(f"/meetings/autumn/manage/agenda/warnings/{row.id}/return").status_code == 404
    assert "Nothing clashes" in desk.get("/meetings/autumn/manage/agenda/warnings").text


def change(code: str, **values: object) -> dict[str, object]:
    """Give the session these values. Returns those of before."""
    with transaction():
        row = db.session.scalars(select(Session).where(Session.code == code)).one()
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
    return before
