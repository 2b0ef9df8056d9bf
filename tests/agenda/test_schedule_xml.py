from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import cancel_session
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE, published

PAGE = "/meetings/spring/agenda.xml"
NASTY = 'Trends <b>& "more"</b> ]]> 峰会'


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    meeting = make.meeting(slug="spring")
    hall, small = (make.room(meeting, code=code, name=name) for code, name in (("A", "Hall"), ("B", "Small room")))
    one = make.session(meeting, code="S1", title=NASTY, room_id=hall.id)
    make.role(one, name="Ada Byron", organization="Navy")
    make.session(meeting, code="S2", starts_at=NINE + timedelta(hours=2), room_id=small.id)
    make.session(meeting, code="TEA", title="Coffee", kind="break", starts_at=NINE + timedelta(hours=4))
    make.session(meeting, code="S3", starts_at=NINE + timedelta(days=1), room_id=hall.id)
    published(meeting)
    return meeting


def read(client: PageClient) -> ET.Element:
    answer = client.get(PAGE)
    assert answer.content_type == "application/xml; charset=utf-8"
    return ET.fromstring(answer.data)


def words(part: ET.Element, name: str) -> list[str | None]:
    return [one.text for one in part.iter(name)]


def test_days_hold_rooms_and_rooms_hold_sessions(client: PageClient, meeting: Meeting) -> None:
    schedule = read(client)
    days = schedule.findall("day")
    assert [(day.get("index"), day.get("date")) for day in days] == [("1", "2026-03-16"), ("2", "2026-03-17")]
    assert [room.get("name") for room in days[0].findall("room")] == ["Hall", "Small room", ""]
    assert [len(day.findall("room/event")) for day in days] == [3, 1]
    assert words(schedule, "time_zone_name") == [meeting.zone]


def test_a_session_says_when_in_the_zone_of_the_meeting(client: PageClient, meeting: Meeting) -> None:
    event = read(client).findall("day/room/event")[0]
    told = {part.tag: part.text for part in event}
    assert (told["title"], told["date"], told["start"]) == (NASTY, "2026-03-16T09:00:00+07:00", "09:00")
    assert (told["duration"], told["room"], words(event, "person")) == ("01:30", "Hall", ["Ada Byron"])
    assert told["url"] == "http://localhost/meetings/spring/sessions/S1"


def test_numbers_stay_when_the_agenda_changes_and_cancelled_sessions_go(client: PageClient, meeting: Meeting) -> None:
    def numbers() -> dict[str | None, tuple[str | None, str | None]]:
        events = read(client).findall("day/room/event")
        return {one.findtext("slug"): (one.get("id"), one.get("guid")) for one in events}

    before = numbers()
    with transaction():
        session = db.session.scalars(select(Session).where(Session.code == "S2")).one()
        cancel_session(session, by=None, at=TODAY)
    published(meeting)

    assert len(set(before.values())) == 4
    assert numbers() == {slug: number for slug, number in before.items() if slug != "spring-S2"}


def test_nothing_is_there_that_the_schema_of_schedules_does_not_know(client: PageClient, meeting: Meeting) -> None:
    schedule = read(client)
    assert {one.tag for one in schedule} == {"generator", "version", "conference", "day"}
    about = {"title", "acronym", "start", "end", "days", "timeslot_duration", "base_url", "time_zone_name"}
    assert {one.tag for one in schedule.findall("conference/*")} == about
    asked = {"room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track"}
    known = asked | {"language", "description", "recording", "url", "persons", "links"}
    for event in schedule.iter("event"):
        assert asked <= {one.tag for one in event} <= known
    assert all(str(one.text).startswith("http") for one in schedule.iter("url")), "a break has no page"


def test_what_is_within_a_session_is_an_instruction_that_others_pass_over(client: PageClient, meeting: Meeting) -> None:
    content = client.get(PAGE).text
    assert content.count("<?eventapp-sub-items []?>") == 4


def test_it_stands_on_the_shelf(client: PageClient, meeting: Meeting) -> None:
    answer = client.get(PAGE)
    assert client.get(PAGE, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_talk_after_midnight_is_of_the_evening_and_no_booth_is_its_language(
    client: PageClient, meeting: Meeting
) -> None:
    late = NINE + timedelta(hours=15, minutes=30)  # half past midnight in Bangkok
    make.session(meeting, code="S9", starts_at=late, interpretation=["fr"])
    published(meeting)
    first, second = read(client).findall("day")
    assert (len(first.findall("room/event")), len(second.findall("room/event"))) == (4, 1)
    (event,) = [one for one in first.iter("event") if one.findtext("slug") == "spring-S9"]
    assert (event.findtext("date"), event.findtext("language")) == ("2026-03-17T00:30:00+07:00", "")
