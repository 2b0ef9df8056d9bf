"""When rooms are open: set by day, warned of, drawn in the plan; and whose people cannot take part, for what is held."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from eventapp.agenda import manage as planner
from eventapp.agenda.availability.content import BUT, OFF, ONLY, DayHours
from eventapp.agenda.availability.models import Availability
from eventapp.agenda.room_hours import manage
from eventapp.agenda.room_hours.actions import set_hours
from eventapp.agenda.warnings.queries import warnings_now
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting, Room
from tests import make
from tests.agenda.test_manage import AGENDA
from tests.browserless import PageClient, beside
from tests.counting import counted
from tests.make import TODAY
from tests.make_agenda import NINE

DAY = "2026-03-16"
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for page in (planner, manage):
        monkeypatch.setattr(page, "now", lambda: TODAY)
    return make.meeting(slug="spring", starts_on=NINE.date(), ends_on=NINE.date() + timedelta(days=1))


@pytest.fixture
def hall(meeting: Meeting) -> Room:
    return make.room(meeting, code="HALL", name="Hall")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def typed(**more: str) -> dict[str, str]:
    fields = {f"{name}_{number}": "" for number in (0, 1) for name in ("starts", "ends")}
    return {"state_0": "free", "state_1": "free", **fields, **more}


def opened(room: Room, *days: DayHours) -> None:
    with transaction():
        set_hours(db.session.get_one(Room, room.id), days, by=None, at=TODAY)


def told(meeting: Meeting) -> list[str]:
    db.session.expire_all()
    return [one.words for one in warnings_now(meeting).open if one.kind == "hours"]


def test_hours_are_set_shown_and_warned_of(desk: PageClient, meeting: Meeting, hall: Room) -> None:
    make.session(meeting, code="S1", starts_at=NINE, ends_at=NINE + HOUR, room_id=hall.id)
    make.session(meeting, code="S2", starts_at=NINE, ends_at=NINE + HOUR)  # in no room
    assert told(meeting) == []
    assert "Open on every day." in desk.get(f"{AGENDA}/rooms").text
    answer = desk.post(f"{AGENDA}/rooms/HALL", data=typed(state_0="only", starts_0="9:30", ends_0="18:00"))
    assert answer.status_code == 303
    [words] = told(meeting)
    assert words.startswith("S1, ") and words.endswith("is in Hall while that is not open.")
    assert 'value="09:30"' in desk.get(f"{AGENDA}/rooms/HALL").text
    assert "Open 09:30–18:00" in desk.get(f"{AGENDA}/rooms").text
    board = desk.get(f"{AGENDA}/?day={DAY}").text
    assert "Outside the hours of a room" in board and "Open 09:30–18:00" in board
    assert "Not open" not in desk.get(f"{AGENDA}/?day=2026-03-17").text
    opened(hall, DayHours(DAY, BUT, "10:00", "11:00"))
    assert told(meeting) == []  # it ends when the room is shut


def test_shut_quarters_are_marked_and_the_room_says_when(desk: PageClient, meeting: Meeting, hall: Room) -> None:
    make.room(meeting, code="OTHER", name="Other")
    make.session(meeting, code="S1", starts_at=NINE, ends_at=NINE + HOUR, room_id=hall.id)
    opened(hall, DayHours(DAY, BUT, "08:30", "12:00"), DayHours("2026-03-17", OFF))
    page = desk.get(f"{AGENDA}/?day={DAY}").text
    assert (
        page.count('class="free shut" data-room="HALL"') == 2 + 8
    )  # 8:30 and 8:45; from 10 to 12; the session is drawn
    assert 'class="free shut" data-room="OTHER"' not in page
    shut = json.dumps([[0, 510, 720], [1, 0, 1440]])
    assert f"data-shut='{shut}'" in page


def test_whose_people_are_away_is_on_what_can_be_held(desk: PageClient, meeting: Meeting, hall: Room) -> None:
    grace = make.person("Grace Hopper")
    session = make.session(meeting, code="S1", starts_at=NINE, ends_at=NINE + HOUR, room_id=hall.id)
    make.role(session, name="Grace Hopper", person_id=grace.id)
    make.role(session, name="Ada Byron", person_id=make.person("Ada Byron").id)
    assert "data-people" not in desk.get(f"{AGENDA}/").text
    rows = [{"day": DAY, "state": "only", "starts": "12:00", "ends": "14:00"}]
    make.kept(Availability(meeting_id=meeting.id, person_id=grace.id, answered_at=TODAY, days=rows))
    page = desk.get(f"{AGENDA}/").text
    away = json.dumps([["Grace Hopper", [[0, 0, 720], [0, 840, 1440]]]])
    assert f"data-people='{away}'" in page and 'data-people="0"' in page


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"state_0": "but"}, "starts_0", "Write both times."),
        ({"state_1": "only", "starts_1": "11:00", "ends_1": "09:00"}, "ends_1", "It ends before it begins."),
        ({"state_0": "maybe"}, "state_0", "valid choice"),
    ],
)
def test_a_fault_is_beside_its_field(desk: PageClient, hall: Room, more: dict[str, str], field: str, says: str) -> None:
    answer = desk.post(f"{AGENDA}/rooms/HALL", data=typed(**more))
    assert answer.status_code == 422 and says in beside(field, answer.text)
    db.session.expire_all()
    assert db.session.get_one(Room, hall.id).hours == []


def test_two_organizers_do_not_write_over_each_other(desk: PageClient, hall: Room) -> None:
    seen = desk.get(f"{AGENDA}/rooms/HALL").text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    opened(hall, DayHours(DAY, OFF))
    answer = desk.post(f"{AGENDA}/rooms/HALL", data=typed(state_1="off", seen=seen))
    assert answer.status_code == 409 and "Somebody changed this meanwhile" in answer.text
    db.session.expire_all()
    assert [one["day"] for one in db.session.get_one(Room, hall.id).hours] == [DAY]


def test_a_room_that_is_not_there_is_not_found(desk: PageClient) -> None:
    assert desk.get(f"{AGENDA}/rooms/NONE").status_code == 404


def test_it_asks_as_often_for_many_sessions_as_for_few(desk: PageClient, meeting: Meeting, hall: Room) -> None:
    opened(hall, DayHours(DAY, ONLY, "12:00", "13:00"))
    rows = [{"day": DAY, "state": "off"}]

    def queries(first: int, count: int) -> int:
        for number in range(first, first + count):
            starts = datetime(2026, 3, 16, 1, tzinfo=UTC) + number * timedelta(minutes=1)
            session = make.session(meeting, code=f"T{number}", starts_at=starts, ends_at=starts + HOUR, room_id=hall.id)
            person = make.person(f"Person {number}").id
            make.role(session, name=f"Person {number}", person_id=person)
            make.kept(Availability(meeting_id=meeting.id, person_id=person, answered_at=TODAY, days=rows))
        db.session.expire_all()
        with counted() as sent:
            page = desk.get(f"{AGENDA}/?day={DAY}").text
        assert page.count("data-people=") == 1 + first + count
        return len(sent)

    queries(0, 1)  # fills what is kept for the next page
    assert queries(1, 1) == queries(2, 20)
