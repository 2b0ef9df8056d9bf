"""The schedule of the agenda holds what the programs that read it ask for; finding 16."""

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published

GUID, OTHERS = "6c1b4e6e-9a68-5f1d-9f0c-0a3c1c7b2d11", "0f5d9f6a-1111-4c3a-8a53-6a2f3f4b5c6d"
DURATION, CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{1,2})?"), re.compile(r"[0-2]\d:[0-5]\d(:[0-5]\d)?")
MANY = re.compile(r"[1-9]\d*")
FACTS = {
    "subtitle": "From data to a plan",
    "description": "First.\nSecond.",
    "language": "fr",
    "track": "Ethics",
    "links": ["https://example.org/a The paper", "https://example.org/b"],
    "licence": "CC BY 4.0",
}
# What an event must hold, once each, and how it must read: the public description of the format.
EVENT: dict[str, Callable[[str], object]] = {
    "room": str,
    "title": str,
    "subtitle": str,
    "type": str,
    "date": lambda words: datetime.fromisoformat(words).utcoffset() is not None,
    "start": CLOCK.fullmatch,
    "duration": DURATION.fullmatch,
    "abstract": str,
    "slug": str,
    "track": str,
}
MUST_SAY = ("title", "type", "date", "start", "duration", "slug")


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    meeting = make.meeting(slug="spring")
    hall = make.room(meeting, code="A", name="Hall")
    one = make.session(meeting, code="S1", title="Trends", room_id=hall.id, summary="Short", **FACTS)
    role = make.role(one, name="Ada Byron", organization="Navy")
    other = make.session(meeting, code="S2", room_id=hall.id, starts_at=NINE + timedelta(hours=15, minutes=30))
    make.session(meeting, code="S3", starts_at=NINE + timedelta(days=1), rule="chatham")
    with transaction():
        for row in db.session.scalars(select(Session).where(Session.code == "S1")):
            row.guid, row.foreign_id = GUID, "4711"
        db.session.merge(role).foreign_id = "17"
        db.session.merge(role).guid = OTHERS
        db.session.merge(other).no_recording = True
    published(meeting)
    return meeting


def faults_in(schedule: ET.Element) -> list[str]:
    """What a program that holds to the format would object to."""
    found = []
    conference = schedule.find("conference")
    if conference is None or not all(conference.findtext(name) for name in ("title", "acronym")):
        found.append("conference")
    for day in schedule.findall("day"):
        begins = [datetime.fromisoformat(one.findtext("date", "")) for one in day.iter("event")]
        if not MANY.fullmatch(day.get("index", "")) or not begins:
            found.append("day")
        first = date.fromisoformat(day.get("date", ""))
        if any((one - timedelta(hours=6)).date() != first for one in begins):
            found.append("an event on another day")
    events = list(schedule.iter("event"))
    for one in events:
        children = [part.tag for part in one]
        found += [f"{name} {children.count(name)} times" for name in EVENT if children.count(name) != 1]
        found += [name for name, reads in EVENT.items() if not reads(one.findtext(name) or "") and name in MUST_SAY]
        recording = one.find("recording")
        if recording is None or recording.findtext("optout") not in ("true", "false"):
            found.append("recording")
        numbers = [person.get("id", "") for person in one.iter("person")]
        found += ["id of a person" for number in numbers if not MANY.fullmatch(number)]
        found += ["guid" for guid in [one.get("guid", "")] if str(uuid.UUID(guid)) != guid]
    for name in ("id", "guid"):
        if len({one.get(name) for one in events}) != len(events):
            found.append(f"{name} twice")
    if len({one.findtext("slug") for one in events}) != len(events):
        found.append("slug twice")
    return found


def xml_of(client: PageClient) -> ET.Element:
    return ET.fromstring(client.get("/meetings/spring/agenda.xml").data)


def test_the_xml_is_as_the_format_is_described(client: PageClient, meeting: Meeting) -> None:
    assert faults_in(xml_of(client)) == []


def test_an_event_says_all_that_is_known_of_it(client: PageClient, meeting: Meeting) -> None:
    event = next(one for one in xml_of(client).iter("event") if one.get("guid") == GUID)
    told = {part.tag: part.text or "" for part in event}
    assert event.get("id") == "4711"
    assert {name: told[name] for name in ("subtitle", "description", "language", "track", "type", "abstract")} == {
        **{name: FACTS[name] for name in ("subtitle", "description", "language", "track")},
        "type": "trends",
        "abstract": "Short",
    }
    assert [(one.get("href"), one.text) for one in event.iter("link")] == [
        ("https://example.org/a", "The paper"),
        ("https://example.org/b", "https://example.org/b"),
    ]
    assert [(one.get("id"), one.get("guid"), one.text) for one in event.iter("person")] == [("17", OTHERS, "Ada Byron")]
    assert (event.findtext("recording/license"), event.findtext("recording/optout")) == ("CC BY 4.0", "false")


def test_what_may_not_be_recorded_says_so(client: PageClient, meeting: Meeting) -> None:
    found = {one.findtext("slug"): one.findtext("recording/optout") for one in xml_of(client).iter("event")}
    assert found == {"spring-S1": "false", "spring-S2": "true", "spring-S3": "true"}


def test_the_json_says_the_same_as_the_xml(client: PageClient, meeting: Meeting) -> None:
    answer = client.get("/meetings/spring/schedule.json")
    conference = answer.get_json()["schedule"]["conference"]
    events = [one for day in conference["days"] for room in day["rooms"].values() for one in room]
    in_xml = list(xml_of(client).iter("event"))
    named = ("room", "title", "subtitle", "track", "type", "language", "abstract", "description", "date", "duration")
    assert [[one[name] for name in named] for one in events] == [
        [one.findtext(name) or "" for name in named] for one in in_xml
    ]
    assert [(str(one["id"]), one["guid"]) for one in events] == [(one.get("id"), one.get("guid")) for one in in_xml]
    assert [day["date"] for day in conference["days"]] == [day.get("date") for day in xml_of(client).findall("day")]
    first = events[0]
    assert first["persons"] == [{"id": 17, "guid": OTHERS, "name": "Ada Byron", "public_name": "Ada Byron"}]
    assert (first["recording_license"], first["do_not_record"]) == ("CC BY 4.0", False)
    assert first["links"][0] == {"url": "https://example.org/a", "title": "The paper"}
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/meetings/spring/schedule.json", headers=known).status_code == 304


def test_a_session_page_shows_it(client: PageClient, meeting: Meeting) -> None:
    page = client.get("/meetings/spring/sessions/S1").text
    for words in ("From data to a plan", "Second.", "Ethics", "French", "CC BY 4.0", 'href="https://example.org/a"'):
        assert words in page


def test_a_release_without_any_of_it_is_as_it_always_was(client: PageClient) -> None:
    meeting = make.meeting(slug="plain")
    make.role(make.session(meeting, code="S1"), name="Ada Byron")
    (one,) = published(meeting).content["sessions"]
    assert "more" not in one
    assert "guid" not in one["roles"][0]
