"""Little time between two sessions of a room or of a person: warned of where the meeting says how many minutes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.warnings import manage as warnings
from eventapp.agenda.warnings.actions import set_changeover
from eventapp.agenda.warnings.queries import changeover_of, warnings_now
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_manage import AGENDA
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY
from tests.make_agenda import NINE

PAGE = f"{AGENDA}/warnings/settings"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(warnings, "now", lambda: TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def session(meeting: Meeting, code: str, minutes: int, room: int | None, **more: object) -> Session:
    """An hour that begins so many minutes after nine."""
    starts_at = NINE + minutes * MINUTE
    return make.session(meeting, code=code, starts_at=starts_at, ends_at=starts_at + HOUR, room_id=room, **more)


def told(meeting: Meeting, minutes: int = 10) -> list[str]:
    with transaction():
        set_changeover(meeting, minutes, by=None, at=TODAY)
    return [one.words for one in warnings_now(meeting).open if one.kind == "changeover"]


def test_it_is_warned_of_less_between_two_sessions_of_a_room(meeting: Meeting) -> None:
    hall = make.room(meeting, name="Hall").id
    for code, minutes in (("S1", 0), ("S2", 65), ("S3", 135), ("S4", 195)):
        session(meeting, code, minutes, hall)
    session(meeting, "S5", 60, make.room(meeting).id)
    assert told(meeting, 0) == []
    assert told(meeting, 10) == ["Hall has 5 minutes between S1 and S2.", "Hall has 0 minutes between S3 and S4."]
    assert told(meeting, 5) == ["Hall has 0 minutes between S3 and S4."]


def test_a_break_is_such_time_and_a_clash_is_another_warning(meeting: Meeting) -> None:
    hall = make.room(meeting, name="Hall").id
    session(meeting, "S1", 0, hall)
    session(meeting, "S2", 30, hall)
    make.session(meeting, code="TEA", kind="break", room_id=hall, starts_at=NINE + 90 * MINUTE, ends_at=NINE + 2 * HOUR)
    session(meeting, "S3", 120, hall)
    assert told(meeting, 30) == []
    assert told(meeting, 31) == ["Hall has 30 minutes between S2 and S3."]


def test_somebody_who_goes_to_another_room_needs_it_too(meeting: Meeting) -> None:
    hall, attic = make.room(meeting, name="Hall").id, make.room(meeting, name="Attic").id
    ada = make.person("Ada Byron").id
    first, second = session(meeting, "S1", 0, hall), session(meeting, "S2", 65, attic)
    here = session(meeting, "S3", 140, attic)
    for one in (first, second, here):
        make.role(one, name="Ada Byron", person_id=ada)
        make.role(one, name="Grace Hopper", state="declined")
    make.role(first, name="No Address", person_id=None)
    make.role(second, name="no address", person_id=None)
    assert told(meeting, 10) == [
        "Ada Byron has 5 minutes from S1 in Hall to S2 in Attic.",
        "No Address has 5 minutes from S1 in Hall to S2 in Attic.",
    ]
    assert told(meeting, 20)[0] == "Attic has 15 minutes between S2 and S3."
    assert len(told(meeting, 20)) == 3, "who stays in a room goes nowhere"


def test_it_is_acknowledged_as_others_are_until_the_times_change(desk: PageClient, meeting: Meeting) -> None:
    hall = make.room(meeting, name="Hall").id
    session(meeting, "S1", 0, hall)
    late = session(meeting, "S2", 65, hall)
    [words] = told(meeting)
    assert words in desk.get(f"{AGENDA}/").text
    [key] = [one.key for one in warnings_now(meeting).open if one.kind == "changeover"]
    data = {"on": "2026-03-16", "kind": "changeover", "key": key, "reason": "They sit already"}
    assert desk.post(f"{AGENDA}/warnings", data=data).status_code == 303
    assert told(meeting) == []
    with transaction():
        late.starts_at += MINUTE
    assert told(meeting) == ["Hall has 6 minutes between S1 and S2."]


def test_how_many_minutes_is_set_on_a_page(desk: PageClient, meeting: Meeting) -> None:
    assert PAGE in desk.get(f"{AGENDA}/warnings").text
    assert 'value="0"' in desk.get(PAGE).text
    for typed, fault in (("241", "Write 240 minutes at most."), ("soon", "Write a whole number, in figures.")):
        answer = desk.post(PAGE, data={"changeover": typed})
        assert answer.status_code == 422
        assert fault in answer.text and f'value="{typed}"' in answer.text
    assert changeover_of(meeting) == 0
    for _twice in range(2):
        assert desk.post(PAGE, data={"changeover": "15"}).status_code == 303
    assert changeover_of(meeting) == 15
    entry = db.session.scalars(select(Entry).where(Entry.verb == "set what is warned of")).one()
    assert entry.detail == {"changes": {"changeover": [0, 15]}}
    assert desk.post(PAGE, data={"changeover": ""}).status_code == 303
    assert changeover_of(meeting) == 0


def test_two_who_set_it_see_each_other(desk: PageClient, meeting: Meeting) -> None:
    seen = desk.get(PAGE).text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    desk.post(PAGE, data={"changeover": "15"})
    answer = desk.post(PAGE, data={"changeover": "20", "seen": seen})
    assert answer.status_code == 409
    assert 'value="20"' in answer.text and '<dd dir="auto">15</dd>' in answer.text
    assert changeover_of(meeting) == 15


def test_many_sessions_take_no_more_questions(meeting: Meeting) -> None:
    hall = make.room(meeting).id
    with transaction():
        set_changeover(meeting, 10, by=None, at=TODAY)
    session(meeting, "S0", 0, hall)

    def asked() -> int:
        with counted() as statements:
            warnings_now(meeting)
        return len(statements)

    few = asked()
    for number in range(1, 30):
        make.role(session(meeting, f"S{number}", 60 * number, hall), name=f"Somebody {number}")
    assert asked() == few
