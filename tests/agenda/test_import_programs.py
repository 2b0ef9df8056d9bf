"""Sessions from the exports of pretalx and Indico."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.imports.foreign import in_their_role
from eventapp.agenda.imports.models import AgendaImport
from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_import import IMPORTS, chosen, pressed, sessions, tally
from tests.browserless import PageClient


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    one = make.meeting(slug="spring")
    make.room(one, code="A", name="Hall")
    return one


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def talk(code: str, **more: object) -> dict[str, object]:
    """A talk as the programming interface of pretalx has it."""
    facts: dict[str, object] = {
        "code": code,
        "title": f"Talk {code}",
        "speakers": [{"code": "ADA123", "name": "Ada Byron", "biography": ""}],
        "submission_type": {"id": 3, "name": {"en": "trends"}},
        "track": {"en": "Science"},
        "state": "confirmed",
        "abstract": "What it is\nabout.",
        "description": "More.",
        "duration": 60,
        "content_locale": "de-formal",
        "do_not_record": True,
        "resources": [{"link": "https://example.org/paper", "description": "Paper"}],
        "slot": {"start": "2026-03-16T09:00:00+07:00", "end": "2026-03-16T10:00:00+07:00", "room": {"en": "Hall"}},
    }
    return {**facts, **more}


def test_talks_of_pretalx_come_in_and_come_again(desk: PageClient, meeting: Meeting) -> None:
    twice = [{"start": f"2026-03-1{day}T12:00:00+07:00", "end": f"2026-03-1{day}T13:00:00+07:00"} for day in (6, 7)]
    talks = [
        talk("ABCDEF"),
        talk("TWICES", slots=twice, slot=None),
        talk("ASKING", state="submitted"),
        talk("REFUSE", state="rejected"),
    ]
    page = chosen(desk, json.dumps({"count": 4, "next": None, "results": talks}).encode())
    assert tally(page) == {"new": 3, "same": 1}
    pressed(desk, page, "start")
    found = {one.code: one for one in db.session.scalars(select(Session))}
    one = found["ABCDEF"]
    assert (one.title, one.kind, one.track, one.language) == ("Talk ABCDEF", "trends", "Science", "de")
    assert (one.summary, one.description, one.no_recording) == ("What it is\nabout.", "More.", True)
    assert (one.links, one.room and one.room.name) == (["https://example.org/paper Paper"], "Hall")
    assert [(role.name, role.guid) for role in one.roles] == [("Ada Byron", "ADA123")]
    assert (one.starts_at, one.ends_at - one.starts_at) == (datetime(2026, 3, 16, 2, tzinfo=UTC), timedelta(hours=1))
    talks = [talk("ABCDEF", title="Renamed"), talk("TWICES", slots=twice, state="canceled")]
    page = chosen(desk, json.dumps(talks).encode())
    assert tally(page) == {"changed": 1, "gone": 2}
    uid = one.uid
    pressed(desk, page, "start", cancels="1")
    found = {one.code: one for one in db.session.scalars(select(Session))}
    assert (found["ABCDEF"].title, found["ABCDEF"].uid, found["TWICES"].is_off) == ("Renamed", uid, True)


def test_the_widget_of_pretalx_names_rooms_and_people_by_numbers(desk: PageClient, meeting: Meeting) -> None:
    times = {"start": "2026-03-16T09:00:00+07:00", "end": "2026-03-16T09:30:00+07:00"}
    whole = {
        "talks": [{"code": "ABCDEF", "title": "Talk", "room": 7, "track": 2, "speakers": ["ADA123"], **times}],
        "rooms": [{"id": 7, "name": {"en": "Hall"}}],
        "tracks": [{"id": 2, "name": {"en": "Science"}}],
        "speakers": [{"code": "ADA123", "name": "Ada Byron"}],
    }
    page = chosen(desk, json.dumps(whole).encode())
    pressed(desk, page, "kind", kind="trends")
    assert pressed(desk, page, "start") == {"added": 1}
    one = db.session.scalars(select(Session)).one()
    assert (one.track, one.room and one.room.name, [role.name for role in one.roles]) == (
        "Science",
        "Hall",
        ["Ada Byron"],
    )


def test_a_list_that_an_organizer_of_pretalx_exported_is_a_table(desk: PageClient, meeting: Meeting) -> None:
    rows = [
        {
            "ID": "ABCDEF",
            "Proposal title": "Talk",
            "Session type": {"en": "trends"},
            "Speaker names": ["Ada Byron", "Grace Hopper"],
            "Start": "2026-03-16T09:00:00+07:00",
            "End": "2026-03-16T10:00:00+07:00",
            "Room": {"en": "Hall"},
            "Do not record": False,
        }
    ]
    answer = desk.post(IMPORTS, data={"file": (BytesIO(json.dumps(rows).encode()), "sessions.json")})
    page = str(answer.location)
    columns = db.session.get_one(AgendaImport, int(page.rpartition("/")[2])).columns
    assert columns == ["guid", "title", "kind", "people", "starts", "ends", "room", "no_recording"]
    data = {f"column-{place}": code for place, code in enumerate(columns)}
    assert pressed(desk, page, "columns", **data) == {"new": 1}
    pressed(desk, page, "start")
    assert [role.name for role in sessions()["ABCDEF"].roles] == ["Ada Byron", "Grace Hopper"]


def when(clock: str, day: str = "2026-03-16") -> dict[str, str]:
    return {"date": day, "time": f"{clock}:00", "tz": "Asia/Bangkok"}


def contribution(number: int, **more: object) -> dict[str, object]:
    """A contribution as Indico exports it."""
    who = {"first_name": "Ada", "last_name": "Byron", "fullName": "BYRON, Ada", "person_id": 17, "emailHash": "ab56"}
    facts: dict[str, object] = {
        "_type": "Contribution",
        "id": str(number),
        "friendly_id": number,
        "title": f"Contribution {number}",
        "startDate": when("09:00"),
        "endDate": when("09:20"),
        "duration": 20,
        "roomFullname": "Hall",
        "type": "trends",
        "track": "Science",
        "description": "<p>First &amp; second.</p><p>Third.</p>",
        "speakers": [who],
        "url": f"https://indico.example.org/event/5/contributions/{number}/",
    }
    return {**facts, **more}


def event(**more: object) -> bytes:
    found = {"_type": "Conference", "id": "5", "title": "Meeting", **more}
    return json.dumps({"_type": "HTTPAPIResult", "count": 1, "results": [found]}).encode()


def test_contributions_of_indico_come_in_and_come_again(desk: PageClient, meeting: Meeting) -> None:
    alone = contribution(3, room="Hall", roomFullname="", startDate=when("11:00"), endDate=None, session="Panel")
    listed = [contribution(1), contribution(2, startDate=None, endDate=None)]
    page = chosen(desk, event(contributions=listed, sessions=[{"title": "Panel", "contributions": [listed[0], alone]}]))
    assert tally(page) == {"new": 2, "faulty": 1}
    assert "It does not say when it begins" in desk.get(page).text
    pressed(desk, page, "start")
    one = sessions()["indico-5-c1"]
    assert (one.title, one.kind, one.track, one.foreign_id) == ("Contribution 1", "trends", "Science", "1")
    assert one.summary == "First & second.\nThird."
    assert (one.starts_at, one.ends_at - one.starts_at) == (datetime(2026, 3, 16, 2, tzinfo=UTC), timedelta(minutes=20))
    assert [(role.name, role.foreign_id) for role in one.roles] == [("Ada Byron", "17")]
    assert sessions()["indico-5-c3"].ends_at - sessions()["indico-5-c3"].starts_at == timedelta(minutes=20)
    again = event(contributions=[contribution(1, title="Renamed"), contribution(3)])
    assert tally(chosen(desk, again)) == {"changed": 2}


@pytest.mark.parametrize(
    ("words", "name", "role"),
    [
        ("Ada Byron", "Ada Byron", "speaker"),
        ("Ada Byron (Chair)", "Ada Byron", "chair"),
        ("Moderator: Ada Byron", "Ada Byron", "moderator"),
        ("Session host: Ada Byron", "Ada Byron", "moderator"),
        ("Ada Byron (ITU)", "Ada Byron (ITU)", "speaker"),
        ("Dr: Ada", "Dr: Ada", "speaker"),
    ],
)
def test_words_beside_a_name_say_the_part(words: str, name: str, role: str) -> None:
    who = in_their_role(words, "g", "7")
    assert (who.name, who.role, who.guid, who.foreign_id) == (name, role, "g", "7")


def test_who_convenes_comes_in_as_a_moderator(desk: PageClient, meeting: Meeting) -> None:
    convener = {"first_name": "Grace", "last_name": "Hopper"}
    page = chosen(desk, event(contributions=[contribution(1, conveners=[convener])]))
    pressed(desk, page, "start")
    parts = {role.name: role.role for role in sessions()["indico-5-c1"].roles}
    assert parts == {"Ada Byron": "speaker", "Grace Hopper": "moderator"}


def test_a_timetable_of_indico_has_what_takes_place_in_its_sessions(desk: PageClient, meeting: Meeting) -> None:
    inside = {"id": "c4", "entryType": "Contribution", "contributionId": 4, "title": "Paper"}
    times = {"startDate": when("09:00"), "endDate": when("09:30")}
    presenters = [{"name": "Dr Ada Byron", "affiliation": "Navy", "emailHash": "x"}]
    panel = {"id": "s9", "entryType": "Session", "title": "Panel", "room": "Hall", "startDate": when("09:00")}
    day = {
        "s9": {**panel, "endDate": when("10:00"), "entries": {"c4": {**inside, **times, "presenters": presenters}}},
        "b2": {
            "id": "b2",
            "entryType": "Break",
            "title": "Tea",
            "duration": 30,
            "startDate": when("10:00"),
            "entries": {},
        },
        "s8": {**panel, "id": "s8", "startDate": when("11:00"), "endDate": when("12:00"), "entries": {}},
    }
    page = chosen(desk, json.dumps({"results": {"5": {"20260316": day}}}).encode())
    pressed(desk, page, "kind", kind="trends")
    assert pressed(desk, page, "start") == {"added": 3}
    found = {one.title: one for one in sessions().values()}
    paper = found["Paper"]
    assert (paper.track, paper.room and paper.room.name, paper.guid) == ("Panel", "Hall", "indico-5-c4")
    assert [role.name for role in paper.roles] == ["Dr Ada Byron"]
    assert found["Tea"].kind == "break"
    assert found["Panel"].guid == "indico-5-s8"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (event(), "Export it with detail=contributions."),
        (b'{"_type": "HTTPAPIResult", "results": []}', "has 0 events"),
        (event(contributions=[]), "There is no session in this file."),
        (b'{"results": {"5": {"20260316": {}}}}', "There is no session in this file."),
        (b'{"results": {"5": {"20260316": []}}}', "There is no session in this file."),
        (b'{"results": 5}', "This JSON is no schedule"),
        (b"[1, 2]", "This JSON is no schedule"),
        (b'[{"a": 1}]', "In a table, the first row names the columns."),
        (b'[{"code": "A", "title": "Asked", "slot": null, "state": "submitted"}]', "There is no session in this file."),
    ],
)
def test_what_has_no_sessions_is_refused(desk: PageClient, meeting: Meeting, content: bytes, sentence: str) -> None:
    answer = desk.post(IMPORTS, data={"file": (BytesIO(content), "x.json")})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_odd_values_are_faults_and_break_nothing(desk: PageClient, meeting: Meeting) -> None:
    odd = [
        talk(
            "ODDONE",
            title=None,
            slot={"start": 5, "end": [], "room": 3},
            speakers=[None, {"name": None}],
            resources=[None],
        ),
        talk("ODDTWO", slot={"start": "2026-03-16T10:00:00+07:00", "end": "2026-03-16T09:00:00+07:00"}, track=9),
    ]
    assert tally(chosen(desk, json.dumps(odd).encode())) == {"faulty": 2}
    strange = [
        contribution(1, startDate="soon", speakers="Ada", duration=True),
        contribution(2, id=None, friendly_id=None, url=5),
    ]
    assert "faulty" in tally(chosen(desk, event(contributions=strange)))
