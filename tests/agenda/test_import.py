"""Sessions from the files of other programs: compared, imported, imported again, and taken back."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.imports import manage, reading
from eventapp.agenda.imports.foreign import Foreign
from eventapp.agenda.imports.jobs import LONG_JOBS
from eventapp.agenda.imports.models import FAILED, AgendaImport, AgendaImportRow
from eventapp.agenda.imports.programs.schedule import say_links
from eventapp.agenda.imports.queries import counts
from eventapp.agenda.models import Session
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.sub_items import SubItem
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published

IMPORTS = "/meetings/spring/manage/agenda/imports"
LINKED = "https://example.org/paper The paper"
GUID = "6c1b4e6e-9a68-5f1d-9f0c-{:012d}"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def event(number: int, **said: object) -> dict[str, object]:
    """A talk of a congress: thirteen an hour, the last ones after midnight."""
    day, place = divmod(number, 35)
    hour, room = divmod(place, 2)
    starts = datetime(2026, 3, 16 + day, 10, tzinfo=UTC) + timedelta(hours=hour)
    facts = {
        "id": 9000 + number,
        "guid": GUID.format(number),
        "date": f"{starts:%Y-%m-%dT%H:%M:%S}+07:00",
        "start": f"{starts:%H:%M}",
        "duration": "00:45",
        "room": f"Saal {room + 1}",
        "slug": f"congress-{9000 + number}-a_talk_with_a_long_name",
        "title": f"Talk {number} <b>& more</b> 峰会",
        "subtitle": "",
        "track": "Ethics" if number % 2 else "Science",
        "type": "lecture",
        "language": "de" if number % 3 else "en",
        "abstract": "What it is\nabout.",
        "description": f"More of {number}.",
        "recording_license": "CC BY 4.0",
        "do_not_record": number % 10 == 0,
        "persons": [{"id": 100 + number % 60, "public_name": f"Speaker {number % 60}"}],
        "links": [{"url": f"https://example.org/{number}", "title": "Paper"}],
    }
    return {**facts, **said}


def congress(events: list[dict[str, object]]) -> bytes:
    """The schedule as JSON."""
    days: dict[str, dict[str, list[object]]] = {}
    for one in events:
        begins = datetime.fromisoformat(str(one["date"])) - timedelta(hours=6)
        days.setdefault(begins.date().isoformat(), {}).setdefault(str(one["room"]), []).append(one)
    listed = [{"index": place, "date": day, "rooms": rooms} for place, (day, rooms) in enumerate(days.items(), start=1)]
    conference = {"acronym": "congress", "title": "Congress", "time_zone_name": "Asia/Bangkok", "days": listed}
    conference["rooms"] = [{"name": "Saal 1", "capacity": 3000}, {"name": "Saal 2"}]
    return json.dumps({"schedule": {"version": "1", "conference": conference}}).encode()


def congress_xml(events: list[dict[str, object]]) -> bytes:
    """The same as XML, in the manner of frab."""
    out = ['<?xml version="1.0" encoding="utf-8"?>', "<schedule><version>1</version>"]
    out.append("<conference><acronym>congress</acronym><title>Congress</title></conference>")
    whole = json.loads(congress(events))["schedule"]["conference"]
    plain = ("date", "start", "duration", "room", "slug", "title", "subtitle", "track", "type", "language")
    for day in whole["days"]:
        out.append(f'<day index="{day["index"]}" date="{day["date"]}">')
        for room, here in day["rooms"].items():
            out.append(f'<room name="{room}">')
            for one in here:
                out.append(f'<event id="{one["id"]}" guid="{one["guid"]}">')
                out += [f"<{tag}>{escape(str(one[tag]))}</{tag}>" for tag in (*plain, "abstract", "description")]
                optout = str(one["do_not_record"]).lower()
                out.append(
                    f"<recording><license>{one['recording_license']}</license><optout>{optout}</optout></recording>"
                )
                people = "".join(f'<person id="{who["id"]}">{who["public_name"]}</person>' for who in one["persons"])
                links = "".join(f'<link href="{link["url"]}">{link["title"]}</link>' for link in one["links"])
                out.append(f"<persons>{people}</persons><links>{links}</links></event>")
            out.append("</room>")
        out.append("</day>")
    return "\n".join([*out, "</schedule>"]).encode()


EVENTS = [event(number) for number in range(138)]


def chosen(desk: PageClient, content: bytes, name: str = "schedule.json") -> str:
    """The address of the page of this file."""
    answer = desk.post(IMPORTS, data={"file": (BytesIO(content), name)})
    assert answer.status_code == 303, answer.text
    worked(answer.location)
    return str(answer.location)


def with_columns_as_proposed(desk: PageClient, page: str) -> None:
    """The same table compared with the columns that its headings are taken for."""
    one = db.session.get_one(AgendaImport, int(page.rpartition("/")[2]))
    data = {f"column-{place}": code for place, code in enumerate(one.columns)}
    assert all(one.columns), (one.heads, one.columns)
    assert desk.post(f"{page}/columns", data=data).status_code == 303
    worked(page)


def pressed(desk: PageClient, page: str, button: str, **more: str) -> Counter[str]:
    """What the rows would do, or have done, once this was pressed and the worker is done."""
    assert desk.post(f"{page}/{button}", data=more).status_code == 303
    return worked(page)


def tally(page: str) -> Counter[str]:
    db.session.rollback()
    one = db.session.get_one(AgendaImport, int(page.rpartition("/")[2]))
    return +counts(one)


def worked(page: str) -> Counter[str]:
    """What became of the rows once the worker is done."""
    db.session.rollback()
    while work_long(LONG_JOBS, at=now()):
        pass
    assert db.session.scalar(select(AgendaImport.id).where(AgendaImport.state == FAILED)) is None
    return tally(page)


def imported(desk: PageClient, content: bytes, **more: str) -> Counter[str]:
    """The file with all that it lacks made, and imported."""
    page = chosen(desk, content)
    pressed(desk, page, "rooms", seats="80")
    pressed(desk, page, "kinds")
    return pressed(desk, page, "start", **more)


def sessions() -> dict[str, Session]:
    db.session.rollback()
    return {one.guid: one for one in db.session.scalars(select(Session))}


@pytest.mark.parametrize("written", [congress, congress_xml])
def test_a_congress_comes_in_and_nothing_is_made_silently(desk: PageClient, meeting: Meeting, written: object) -> None:
    assert callable(written)
    page = chosen(desk, written(EVENTS))
    assert tally(page) == {"faulty": 138}
    shown = desk.get(page).text
    assert "2 rooms are not there yet" in shown
    assert "Make 2 rooms" in shown
    assert "Make 1 kind" in shown
    assert pressed(desk, page, "rooms", seats="80") == {"faulty": 138}
    assert pressed(desk, page, "kinds") == {"new": 138}
    assert pressed(desk, page, "start") == {"added": 138}
    found = sessions()
    one = found[GUID.format(10)]
    assert (one.title, one.room and one.room.name, one.kind) == (EVENTS[10]["title"], "Saal 1", "lecture")
    assert (one.track, one.language, one.description) == ("Science", "de", "More of 10.")
    assert (one.links, one.licence, one.no_recording) == (["https://example.org/10 Paper"], "CC BY 4.0", True)
    assert [(role.name, role.state, role.foreign_id) for role in one.roles] == [("Speaker 10", "confirmed", "110")]
    assert one.starts_at == datetime.fromisoformat(str(EVENTS[10]["date"]))
    assert (one.foreign_id, one.code, len({each.code for each in found.values()})) == ("9010", "E9010", 138)
    assert db.session.scalars(select(Letter)).all() == []
    assert tally(chosen(desk, written(EVENTS))) == {"same": 138}


@pytest.mark.parametrize("address", ["agenda.xml", "schedule.json", "agenda.ics", "agenda.csv", "agenda.xlsx"])
def test_our_own_export_changes_nothing(desk: PageClient, meeting: Meeting, address: str) -> None:
    imported(desk, congress(EVENTS))
    hall = make.room(meeting, code="A", name="Hall", where="Second floor")
    own = make.session(meeting, code="S1", title="S1 of ours", room_id=hall.id, summary="About", rule="chatham")
    make.role(own, "moderator", name="Ada Byron", organization="Navy", position_held="Countess")
    make.role(own, "speaker", name="Cleo", state="requested")
    within(own)
    make.session(meeting, code="TEA", title="Coffee break", kind="break", starts_at=NINE + timedelta(hours=2))
    off = make.session(meeting, code="OFF", starts_at=NINE + timedelta(hours=4))
    published(meeting)
    with transaction():
        db.session.merge(off).cancelled_at = make.TODAY
    published(meeting)
    before = {one.code: (one.version, one.sub_items) for one in sessions().values()}
    content = desk.get(f"/meetings/spring/{address}").data
    page = chosen(desk, content, address)
    if address in ("agenda.csv", "agenda.xlsx"):
        with_columns_as_proposed(desk, page)
    assert tally(page).keys() == {"same"}, [
        (row.title, row.what, row.faults)
        for row in db.session.scalars(select(AgendaImportRow))
        if row.outcome != "same"
    ]
    assert {one.code: (one.version, one.sub_items) for one in sessions().values()} == before


@pytest.mark.parametrize("address", ["agenda.xml", "schedule.json", "agenda.ics", "agenda.csv", "agenda.xlsx"])
def test_our_own_export_in_another_language_changes_nothing(desk: PageClient, meeting: Meeting, address: str) -> None:
    """It has titles in the language of who took it along; the meeting keeps those that it has."""
    with transaction():
        db.session.merge(meeting).languages = ["en", "fr"]
    texts = {"fr": {"title": "Ouverture", "summary": "De quoi il s’agit"}}
    hall = make.room(meeting, code="A", name="Hall", texts={"fr": {"name": "Salle"}})
    own = make.session(meeting, code="S1", title="Opening", summary="About", room_id=hall.id, texts=texts)
    within(own)
    published(meeting)
    before = {one.code: (one.version, one.title, one.sub_items) for one in sessions().values()}
    content = desk.get(f"/meetings/spring/{address}?language=fr").data
    desk.get("/meetings/spring/agenda?language=en")
    if not address.endswith("xlsx"):
        assert "Ouverture" in content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8")
    page = chosen(desk, content, address)
    if address in ("agenda.csv", "agenda.xlsx"):
        with_columns_as_proposed(desk, page)
    assert tally(page) == {"same": 1}, [(row.what, row.faults) for row in db.session.scalars(select(AgendaImportRow))]
    assert {one.code: (one.version, one.title, one.sub_items) for one in sessions().values()} == before


@pytest.mark.parametrize("address", ["agenda.xml", "schedule.json"])
def test_statements_go_out_and_come_into_another_meeting(desk: PageClient, meeting: Meeting, address: str) -> None:
    hall = make.room(meeting, code="A", name="Hall")
    own = make.session(meeting, code="S1", title="Ours", room_id=hall.id)
    make.role(own, "speaker", name="Ada Byron")
    within(own)
    published(meeting)
    content = desk.get(f"/meetings/spring/{address}").data
    other = make.meeting(slug="autumn")
    make.room(other, code="A", name="Hall")
    desk.sign_in(make.staff(other, "organizer"))
    answer = desk.post("/meetings/autumn/manage/agenda/imports", data={"file": (BytesIO(content), address)})
    page = str(answer.location)
    assert worked(page) == {"new": 1}
    assert pressed(desk, page, "start") == {"added": 1}
    came = db.session.scalars(select(Session).where(Session.meeting_id == other.id)).one()
    rows = [{name: value for name, value in row.items() if name != "key"} for row in came.sub_items]
    assert rows == [
        {"title": "Why ?> matters & <how>", "minutes": 15, "after": 5, "person": "Ada Byron", "link": LINKED},
        {"title": "Second", "texts": {"fr": {"title": "Deuxième"}}},
        {"title": "Of Cleo"},
    ]


@pytest.mark.parametrize("written", ["agenda.xml", "schedule.json"])
def test_statements_of_a_second_file_change_and_are_taken_back(
    desk: PageClient, meeting: Meeting, written: str
) -> None:
    own = make.session(meeting, code="S1", title="Ours")
    make.role(own, "speaker", name="Ada Byron")
    within(own)
    published(meeting)
    before = [dict(row) for row in own.sub_items]
    content = desk.get(f"/meetings/spring/{written}").text.replace("Second", "Last")
    page = chosen(desk, content.encode(), written)
    assert tally(page) == {"changed": 1}
    shown = desk.get(page).text
    assert "Running order" in shown and "2. Second" in shown and "2. Last" in shown
    assert pressed(desk, page, "start") == {"updated": 1}
    [session] = sessions().values()
    assert [row["title"] for row in session.sub_items] == ["Why ?> matters & <how>", "Last", "Of Cleo"]
    assert session.sub_items[0]["key"] == before[0]["key"], "material finds its statement"
    assert pressed(desk, page, "undo") == {"taken back": 1}
    [session] = sessions().values()
    assert session.sub_items == before


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("none", "Its running order cannot be read. Write a list of objects that have a “title”."),
        ([1], "Its running order cannot be read. Write a list of objects that have a “title”."),
        ([{"title": "One"}, {"minutes": 5}], "Its running order, 2: write the title."),
        ([{"title": "One", "minutes": -3}], "Its running order, 1: write a number from 1 to 1440 for “minutes”."),
        ([{"title": "One", "minutes": True}], "Its running order, 1: write a number from 1 to 1440 for “minutes”."),
        ([{"title": "One", "after": "5"}], "Its running order, 1: write a number from 0 to 1440 for “after”."),
        ([{"title": "One", "link": "javascript:x"}], "Its running order, 1: a link begins with an address"),
        (
            [{"title": "One", "person": "Nobody"}],
            "Its running order, 1: Nobody is not among the people of the session.",
        ),
        ([{"title": "x" * 301}], "Its running order, 1: Use 300 characters or less."),
        ([{"title": "One"}] * 2, "Its running order: “One” is there twice for one person. Write another title."),
        ([{"title": str(n)} for n in range(61)], "Its running order: Write 60 of them at most."),
    ],
)
def test_statements_that_cannot_be_say_why(desk: PageClient, meeting: Meeting, rows: object, sentence: str) -> None:
    page = chosen(desk, congress([event(0, sub_items=rows)]))
    assert tally(page) == {"faulty": 1}
    assert sentence in desk.get(page).text


def test_an_instruction_that_is_no_json_is_a_fault_and_one_of_others_is_none(
    desk: PageClient, meeting: Meeting
) -> None:
    content = congress_xml([event(0)])
    broken = content.replace(b"</event>", b"<?eventapp-sub-items [{?></event>")
    page = chosen(desk, broken, "schedule.xml")
    assert "Its running order cannot be read" in desk.get(page).text
    page = chosen(desk, content.replace(b"</event>", b"<?php echo 1 ?></event>"), "schedule.xml")
    assert "Its running order" not in desk.get(page).text


def within(session: Session) -> None:
    """Three statements, of which the last is by somebody who has not answered yet."""
    first = SubItem("Why ?> matters & <how>", 15, 5, "Ada Byron", LINKED)
    with transaction():
        items = [first, SubItem("Second", texts={"fr": {"title": "Deuxième"}}), SubItem("Of Cleo", person="Cleo")]
        set_sub_items(db.session.merge(session), items, by=None, at=make.TODAY)


def test_what_goes_out_is_what_came_in(desk: PageClient, meeting: Meeting) -> None:
    imported(desk, congress_xml(EVENTS))
    published(meeting)
    conference = desk.get("/meetings/spring/schedule.json").get_json()["schedule"]["conference"]
    out = {one["guid"]: one for day in conference["days"] for room in day["rooms"].values() for one in room}
    named = ("id", "date", "start", "duration", "room", "title", "track", "type", "language", "abstract", "description")
    for one in EVENTS:
        back = out[str(one["guid"])]
        assert {name: back[name] for name in named} == {name: one[name] for name in named}
        assert [(who["id"], who["public_name"]) for who in back["persons"]] == [
            (who["id"], who["public_name"])
            for who in one["persons"]  # type: ignore[attr-defined]
        ]
        assert (back["recording_license"], back["do_not_record"]) == (one["recording_license"], one["do_not_record"])
    written = json.loads(congress(EVENTS))["schedule"]["conference"]["days"]
    assert [day["date"] for day in conference["days"]] == [day["date"] for day in written]


@pytest.mark.parametrize("guid", ["aB3_-aB3_-aB3_-aB3_-xy", "6C1B4E6E-9A68-5F1D-9F0C-000000000001"])
@pytest.mark.parametrize("address", ["agenda.xml", "schedule.json"])
def test_a_guid_goes_out_as_it_came(desk: PageClient, meeting: Meeting, guid: str, address: str) -> None:
    came = congress_xml([event(1, guid=guid)])
    imported(desk, came)
    published(meeting)
    out = desk.get(f"/meetings/spring/{address}").data
    assert guid.encode() in out
    assert imported(desk, out) == imported(desk, came) == Counter({"same": 1})


def test_a_second_file_updates_and_can_be_taken_back(desk: PageClient, meeting: Meeting) -> None:
    imported(desk, congress(EVENTS[:10]))
    published(meeting)
    before = {guid: (one.uid, one.version, one.title, one.starts_at) for guid, one in sessions().items()}
    people = [{"id": 500, "public_name": "Somebody else"}]
    later = [
        event(0, title="Other", persons=people),
        event(1, date="2026-03-16T12:00:00+07:00"),
        *EVENTS[2:9],
        event(50),
    ]
    page = chosen(desk, congress(later))
    assert tally(page) == {"changed": 2, "same": 7, "new": 1, "gone": 1}
    shown = desk.get(page).text
    assert "Cancel the 1 session that the file no longer has" in shown
    assert "Other" in shown
    assert pressed(desk, page, "start", cancels="1") == {"updated": 2, "same": 7, "added": 1, "cancelled": 1}
    found = sessions()
    assert {guid: found[guid].uid for guid in before} == {guid: row[0] for guid, row in before.items()}
    assert found[GUID.format(0)].title == "Other"
    assert [role.name for role in found[GUID.format(0)].roles if role.holds] == ["Somebody else"]
    assert found[GUID.format(1)].sequence == 1
    assert found[GUID.format(9)].cancelled_at is not None
    assert "Other" not in desk.get("/meetings/spring/agenda").text  # what is published stays

    assert pressed(desk, page, "undo") == {"taken back": 4, "same": 7}
    found = sessions()
    assert found[GUID.format(50)].cancelled_at is not None
    assert {guid: (found[guid].title, found[guid].starts_at) for guid in before} == {
        guid: row[2:] for guid, row in before.items()
    }
    assert [role.name for role in found[GUID.format(0)].roles if role.holds] == ["Speaker 0"]
    assert found[GUID.format(9)].cancelled_at is None


def test_what_somebody_changed_since_is_not_taken_back(desk: PageClient, meeting: Meeting) -> None:
    page = chosen(desk, congress(EVENTS[:2]))
    pressed(desk, page, "rooms", seats="80")
    pressed(desk, page, "kinds")
    pressed(desk, page, "start")
    with transaction():
        one = sessions()[GUID.format(0)]
        one.title, one.version = "By hand", one.version + 1
    assert pressed(desk, page, "undo") == {"taken back": 1, "left": 1}
    assert sessions()[GUID.format(0)].cancelled_at is None
    assert "Somebody changed this session since." in desk.get(page).text


def test_each_fault_has_its_line(desk: PageClient, meeting: Meeting) -> None:
    wrong = [event(0, title=""), event(1, duration="soon"), event(2, title="x" * 301), event(3)]
    page = chosen(desk, congress_xml(wrong))
    pressed(desk, page, "rooms", seats="80")
    pressed(desk, page, "kinds")
    assert tally(page) == {"faulty": 3, "new": 1}
    found = db.session.scalars(select(AgendaImportRow).where(AgendaImportRow.outcome == "faulty"))
    lines = congress_xml(wrong).decode().splitlines()
    for row in found:
        assert lines[row.number - 1].startswith("<event ")
        assert row.faults
    shown = desk.get(page).text
    assert "It has no title." in shown
    assert "“soon” is not how long it can take. Write it as 01:30." in shown


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//EN
BEGIN:VEVENT
UID:one@example.org
DTSTART:20260316T020000Z
DURATION:PT1H
SUMMARY:Opening
LOCATION:Hall
DESCRIPTION:Welcome\\nall
CATEGORIES:trends
END:VEVENT
BEGIN:VEVENT
UID:two@example.org
DTSTART;TZID=Asia/Bangkok:20260316T110000
DTEND;TZID=Asia/Bangkok:20260316T120000
SUMMARY:Every day
RRULE:FREQ=DAILY;COUNT=7300
END:VEVENT
BEGIN:VEVENT
UID:three@example.org
DTSTART;VALUE=DATE:20260317
SUMMARY:Whole day
END:VEVENT
BEGIN:VEVENT
UID:four@example.org
DTSTART:20260316T140000
DTEND:20260316T150000
SUMMARY:Without a kind
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def test_a_calendar_keeps_its_uid_and_what_repeats_is_refused(desk: PageClient, meeting: Meeting) -> None:
    make.room(meeting, code="A", name="Hall")
    page = chosen(desk, CALENDAR.encode(), "old.ics")
    assert tally(page) == {"new": 1, "faulty": 3}
    shown = desk.get(page).text
    for sentence in ("This event repeats.", "This event is for a whole day.", "It says no kind of session."):
        assert sentence in shown
    assert pressed(desk, page, "kind", kind="trends") == {"new": 2, "faulty": 2}
    pressed(desk, page, "start")
    found = {one.uid: one for one in sessions().values()}
    opening = found["one@example.org"]
    assert (opening.title, opening.summary, opening.kind) == ("Opening", "Welcome\nall", "trends")
    assert (opening.starts_at, opening.ends_at - opening.starts_at) == (NINE, timedelta(hours=1))
    assert found["four@example.org"].starts_at == NINE + timedelta(hours=5)
    again = tally(chosen(desk, CALENDAR.replace("SUMMARY:Opening", "SUMMARY:Opened").encode(), "old.ics"))
    assert (again["changed"], again["new"]) == (1, 0)


BOMB = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><schedule>&b;</schedule>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (BOMB, "declares entities or a document type"),
        (b'<!DOCTYPE s SYSTEM "file:///etc/passwd"><schedule/>', "declares entities or a document type"),
        (b"<schedule>\n<day>", "Line 2: this is not sound XML"),
        (b"<html></html>", "begins with &lt;html&gt;"),
        (b"<schedule></schedule>", "There is no session in this file."),
        (b"<schedule>" + b"<a>" * 60, "inside each other without end"),
        (b"{" * 3, "This is not sound JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"schedule": []}', "This JSON is no schedule"),
        (b"\xff\xfe\x00\x01PK", "This is no schedule in XML or JSON and no calendar."),
        (b"PK\x03\x04 something", "This document cannot be read."),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 3001, "more than 3,000 sessions"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    desk: PageClient, meeting: Meeting, content: bytes, sentence: str
) -> None:
    answer = desk.post(IMPORTS, data={"file": (BytesIO(content), "x.xml")})
    assert answer.status_code == 422
    assert sentence in answer.data.decode()
    assert db.session.scalars(select(AgendaImport)).all() == []


def test_xml_in_utf_16_is_read(desk: PageClient, meeting: Meeting) -> None:
    text = congress_xml(EVENTS[:2]).decode().replace('encoding="utf-8"', 'encoding="utf-16"')
    assert tally(chosen(desk, text.encode("utf-16"))) == {"faulty": 2}


def test_a_large_file_is_refused_before_it_is_read(
    desk: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (manage, reading):
        monkeypatch.setattr(room, "MOST_BYTES", 1_000)
    answer = desk.post(IMPORTS, data={"file": (BytesIO(b"<schedule>" + b"<" * 1_000), "x.xml")})
    assert answer.status_code == 422
    assert "The file is too large." in answer.text


def test_a_body_that_is_too_large_is_refused_with_a_sentence(
    app: Flask, desk: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10_000)
    answer = desk.post(IMPORTS, data={"file": (BytesIO(b"<schedule>" + b" " * 20_000), "large.xml")})
    assert answer.status_code == 413
    assert "The file is too large" in answer.text
    assert db.session.scalars(select(AgendaImport)).all() == []


def test_twenty_years_of_recurrences_are_one_fault(desk: PageClient, meeting: Meeting) -> None:
    event_text = CALENDAR[CALENDAR.index("BEGIN:VEVENT") : CALENDAR.index("END:VEVENT")]
    again = event_text + "RRULE:FREQ=SECONDLY;UNTIL=20460101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    page = chosen(desk, ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\n" + again).encode(), "years.ics")
    assert tally(page) == {"faulty": 1}
    assert "This event repeats." in desk.get(page).text


def test_a_schedule_without_guids_is_known_by_its_numbers(desk: PageClient, meeting: Meeting) -> None:
    def without(events: list[dict[str, object]]) -> bytes:
        return congress([{**one, "guid": ""} for one in events])

    imported(desk, without(EVENTS[:3]))
    assert tally(chosen(desk, without(EVENTS[:3]))) == {"same": 3}
    assert tally(chosen(desk, without([event(0, title="Other"), *EVENTS[1:2]]))) == {"changed": 1, "same": 1, "gone": 1}


def test_a_session_that_is_there_twice_is_a_fault(desk: PageClient, meeting: Meeting) -> None:
    page = chosen(desk, congress([*EVENTS[:2], event(0, title="Again")]))
    pressed(desk, page, "rooms", seats="80")
    assert pressed(desk, page, "kinds") == {"new": 2, "faulty": 1}
    assert "It has the same number as the session at 1 of the file." in desk.get(page).text


def test_only_organizers_import(client: PageClient, meeting: Meeting) -> None:
    assert client.sign_in(make.staff(meeting, "rapporteur")).get(IMPORTS).status_code == 404


def test_a_command_does_the_same(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    file = tmp_path / "schedule.xml"
    file.write_bytes(congress_xml(EVENTS[:5]))
    run = app.test_cli_runner()
    first = run.invoke(args=["agenda", "import", "spring", str(file)])
    assert first.exit_code == 0, first.output
    assert "faulty: 5" in first.output
    assert "The meeting has no room “Saal 1”." in first.output
    second = run.invoke(args=["agenda", "import", "spring", str(file), "--rooms", "50", "--kinds", "--do"])
    assert "added: 5" in second.output
    third = run.invoke(args=["agenda", "import", "spring", str(file)])
    assert "same: 5" in third.output
    assert run.invoke(args=["agenda", "import", "elsewhere", str(file)]).exit_code == 1
    file.write_bytes(congress([event(0, links=[{"url": "/papers", "title": "Paper"}])]))
    partly = run.invoke(args=["agenda", "import", "spring", str(file)])
    assert "The link “/papers Paper” is left out" in partly.output


def test_only_addresses_of_the_web_are_links() -> None:
    """By the rule of the form and of the package: what an import takes can be saved again and can leave."""
    sent = [
        ("javascript:alert(1)", "Run"),
        ("http://", "Nowhere"),
        ("HTTPS://Example.org/a", "A"),
        ("https://a b", "C"),
    ]
    one = Foreign(1, "Opening")
    say_links(one, [*sent, ("https://example.org", "https://example.org"), ("", "")])
    assert one.links == ["HTTPS://Example.org/a A", "https://example.org"]
    assert [each.split("”", maxsplit=1)[0] for each in one.remarks] == [
        "The link “javascript:alert(1) Run",
        "The link “http:// Nowhere",
        "The link “https://a b C",
    ]
