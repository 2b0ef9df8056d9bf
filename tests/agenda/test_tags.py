"""Tags of a session: written by an organizer, found by readers, brought in and out by files."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import change_session, facts_of
from eventapp.ground.db import db, transaction
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_import import IMPORTS, pressed, tally, with_columns_as_proposed, worked
from tests.agenda.test_manage import AGENDA, typed
from tests.browserless import PageClient
from tests.make_agenda import published
from tests.meeting_file.test_reader import SMALL

EDIT = "/meetings/spring/manage/agenda/sessions/S1"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="Opening", tags=["E-health", "الصحة"])
    make.session(meeting, code="S2", title="Closing")
    published(meeting)
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def tags(code: str = "S1") -> list[str]:
    db.session.expire_all()
    return db.session.query(Session).filter_by(code=code).one().tags


def test_an_organizer_writes_them_and_a_version_takes_them_along(desk: PageClient, meeting: Meeting) -> None:
    assert 'value="E-health, الصحة"' in desk.get(EDIT).text
    assert desk.post(f"{AGENDA}/", data=typed(tags=" mHealth ; e-health،  E-Health,, land  law")).status_code == 303
    assert tags("S4") == ["mHealth", "e-health", "land law"], "each once, in the order they were written in"
    published(meeting)
    assert "agenda?q=land+law" in desk.get("/meetings/spring/sessions/S4").text
    with transaction():
        other = db.session.query(Session).filter_by(code="S2").one()
        change_session(other, replace(facts_of(other), tags=("Land", "Water")), by=None, at=make.TODAY)
    published(meeting)
    changes = desk.get("/meetings/spring/agenda/changes").text
    assert "Tags" in changes and "Land, Water" in changes


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (", ".join(str(number) for number in range(21)), "Write 20 tags at most."),
        ("x" * 61, "is too long for a tag. Put commas between tags."),
    ],
)
def test_what_cannot_be_is_told_and_stays_as_typed(
    desk: PageClient, meeting: Meeting, words: str, sentence: str
) -> None:
    answer = desk.post(EDIT, data=typed(tags=words))
    assert answer.status_code == 422
    assert sentence in answer.text and words in answer.text
    assert tags() == ["E-health", "الصحة"]


@pytest.mark.parametrize(("words", "found"), [("e-health", ["S1"]), ("الصحة", ["S1"]), ("closing", ["S2"])])
def test_readers_find_a_session_by_them(client: PageClient, meeting: Meeting, words: str, found: list[str]) -> None:
    page = client.get("/meetings/spring/agenda", query_string={"q": words}).text
    assert [code for code in ("S1", "S2") if f'data-code="{code}"' in page] == found


@pytest.mark.parametrize("address", ["agenda.xml", "schedule.json", "agenda.ics", "agenda.csv", "agenda.xlsx"])
def test_an_export_of_ours_leaves_them_as_they_are(desk: PageClient, meeting: Meeting, address: str) -> None:
    content = desk.get(f"/meetings/spring/{address}").data
    page = str(desk.post(IMPORTS, data={"file": (BytesIO(content), address)}).location)
    if address.endswith(("csv", "xlsx")):
        with_columns_as_proposed(desk, page)
    else:
        worked(page)
    assert tally(page) == {"same": 2}


def test_a_schedule_in_json_changes_them_and_is_taken_back(desk: PageClient, meeting: Meeting) -> None:
    content = desk.get("/meetings/spring/schedule.json").get_json()
    [day] = content["schedule"]["conference"]["days"]
    events = [one for room in day["rooms"].values() for one in room]
    next(one for one in events if one["title"] == "Opening")["tags"] = ["Land", {"tag": "Water"}, 7]
    file = BytesIO(json.dumps(content).encode())
    page = str(desk.post(IMPORTS, data={"file": (file, "schedule.json")}).location)
    assert worked(page) == {"changed": 1, "same": 1}
    assert pressed(desk, page, "start")["updated"] == 1
    assert tags() == ["Land", "Water"]
    pressed(desk, page, "undo")
    assert tags() == ["E-health", "الصحة"]


def test_a_meeting_file_has_them(app: Flask, meeting: Meeting) -> None:
    file = content_of(db.session.merge(meeting))
    assert [one.tags for one in file.sessions] == [("E-health", "الصحة"), ()]
    assert "- E-health" in write(file)
    found = read(SMALL + "    tags: [Land law, E-health]\n")
    assert found.sessions[0].tags == ("Land law", "E-health")
    for wrong in ('["Land, law"]', f"[{', '.join(map(str, range(21)))}]"):
        with pytest.raises(Faulty):
            read(f"{SMALL}    tags: {wrong}\n")


def test_the_interface_has_them(client: PageClient, meeting: Meeting) -> None:
    agenda = client.get("/meetings/spring/agenda.json").get_json()
    assert [one["tags"] for one in agenda["sessions"]] == [["E-health", "الصحة"], []]
