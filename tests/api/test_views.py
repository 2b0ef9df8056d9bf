import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import create_environ, run_wsgi_app

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.sub_items import SubItem, from_rows
from eventapp.api.documents import report_line
from eventapp.api.openapi import description
from eventapp.documents.models import SessionDocument
from eventapp.ground.db import compressed, db, transaction
from eventapp.meetings.models import Meeting
from eventapp.review.formats.evidence_json import from_dict, to_json
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.editions import LAST, content_of
from eventapp.review.reports.models import Edition
from tests import make, make_documents, make_review
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_agenda import NINE, published

ROOT = "/api/v1"
NAME = '"report": '
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None),
}  # fmt: skip
SPECIFICATION = description("http://localhost")


def faults(value: Any, schema: dict[str, Any], where: str = "$") -> Iterator[str]:
    """Where a value is not what the schema says: as much of JSON Schema as the description uses."""
    if "$ref" in schema:
        schema = SPECIFICATION["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        if all(list(faults(value, one)) for one in schema["anyOf"]):
            yield where
        return
    kind = TYPES[schema["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{where}: {value!r} is not {schema['type']}"
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from faults(one, schema["items"], f"{where}[{number}]")
    elif isinstance(value, dict) and "properties" in schema:
        yield from (f"{where}.{name} is missing" for name in set(schema["required"]) - set(value))
        yield from (f"{where}.{name} is not described" for name in set(value) - set(schema["properties"]))
        for name in set(value) & set(schema["properties"]):
            yield from faults(value[name], schema["properties"][name], f"{where}.{name}")


@pytest.fixture
def meeting(client: PageClient) -> Meeting:

    meeting = make.meeting(slug="spring")
    within = [{"title": "Welcome", "minutes": 5}, {"title": "Keynote", "link": "https://example.org/paper"}]
    one = make.session(meeting, code="S1", room_id=make.room(meeting).id, sub_items=within)
    make.role(one, name="Ada Byron")
    make.session(meeting, code="S2", starts_at=NINE + timedelta(hours=2))
    published(meeting)
    make_review.note(one, action_lines=["C2"], goals=[9])
    report = make_review.report(meeting, name="summary")
    publish(report, by=None, at=make.TODAY)
    return meeting


@pytest.mark.parametrize("address", SPECIFICATION["paths"])
def test_every_answer_is_as_described(client: PageClient, meeting: Meeting, address: str) -> None:
    answer = client.get(ROOT + address.format(slug="spring", code="S1", report="summary"))
    schema = SPECIFICATION["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert list(faults(answer.json, schema)) == []
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_material_is_listed_with_its_session_and_its_files(client: PageClient, meeting: Meeting) -> None:
    session = db.session.scalars(select(Session).where(Session.code == "S1")).one()
    with transaction():
        set_sub_items(session, [SubItem("Welcome"), SubItem("Keynote")], by=None, at=make.TODAY)
    published(meeting)
    key = from_rows(session.sub_items)[1].key
    for symbol, audience in (("D1", "public"), ("D2", "participants")):
        row = make.document(meeting, symbol=symbol, audience=audience)
        make_documents.file(row)
        make.kept(SessionDocument(document_id=row.id, session_id=session.id, sub_item=key))
    answer = client.get(f"{ROOT}/meetings/spring").json
    assert answer is not None
    first, second = answer["documents"]
    assert (first["session"], first["sub_item"], first["files"][0]["language"]) == ("S1", "Keynote", "en")
    assert client.get(first["files"][0]["url"].removeprefix("http://localhost")).status_code == 200
    assert (second["audience"], second["files"]) == ("participants", [])


def test_the_check_of_answers_can_fail() -> None:
    schema = {"$ref": "#/components/schemas/MeetingLine"}
    assert "$.slug is missing" in list(faults({}, schema))
    assert "$.more is not described" in list(faults({"more": 1}, schema))
    assert list(faults({"title": "x", "status": "404"}, {"$ref": "#/components/schemas/Problem"})) == [
        "$.status: '404' is not integer"
    ]


def test_every_route_is_described_and_nothing_else(app: Flask, client: PageClient) -> None:
    rules = {str(rule) for rule in app.url_map.iter_rules() if str(rule).startswith(ROOT)}
    described = {ROOT + address.replace("{", "<").replace("}", ">") for address in SPECIFICATION["paths"]}
    assert rules - {f"{ROOT}/openapi.json"} == described
    assert client.get(f"{ROOT}/openapi.json").json == SPECIFICATION


def test_what_is_not_published_is_not_there(client: PageClient) -> None:
    draft = make.meeting(slug="draft", published_at=None)
    make.session(draft, code="S1")
    make.meeting(slug="empty")
    for path in ("draft", "draft/agenda", "draft/reports", "draft/coverage", "empty/agenda", "empty/sessions/S1"):
        answer = client.get(f"{ROOT}/meetings/{path}")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    listed = client.get(f"{ROOT}/meetings").json
    assert listed and [one["slug"] for one in listed["meetings"]] == ["empty"]


def test_a_report_that_is_being_written_says_nothing(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    make_review.note(make.session(meeting))
    make_review.report(meeting, name="summary")
    assert client.get(f"{ROOT}/meetings/spring/reports").json == {"reports": []}
    assert client.get(f"{ROOT}/meetings/spring/reports/summary").status_code == 404
    table = client.get(f"{ROOT}/meetings/spring/coverage").json
    assert table and table["notes"] == 0


def test_coverage_counts_what_is_published(client: PageClient, meeting: Meeting) -> None:
    table = client.get(f"{ROOT}/meetings/spring/coverage").json
    assert table
    line = next(one for one in table["lines"] if one["line"] == "C2")
    assert (table["notes"], line["notes"], len(table["lines"])) == (1, 1, 18)
    assert next(one for one in line["goals"] if one["goal"] == 9) == {"goal": 9, "expected": True, "notes": 1}


def test_a_report_goes_out_as_it_is_kept_and_to_nobody_who_has_it(client: PageClient, meeting: Meeting) -> None:
    address = f"{ROOT}/meetings/spring/reports/summary"
    answer = client.get(address)
    edition = db.session.scalars(select(Edition)).one()
    assert answer.json and answer.json["content"] == edition.content["report"]
    db.session.remove()
    with counted() as statements:
        assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert not any("edition.content" in one for one in statements)


@pytest.fixture
def long(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """Its edition as one that is long: kept compressed, and read in pieces."""
    monkeypatch.setattr(compressed, "LONG", 1)
    monkeypatch.setattr(compressed, "PIECE", 400)
    monkeypatch.setattr(compressed, "UNPACKED", 500)
    with transaction():
        edition = db.session.scalars(select(Edition)).one()
        text = from_dict(edition.content)
        db.session.execute(update(Edition).values(content=content_of(text, to_json(text).decode())))
    return edition


def test_so_does_a_long_one_that_is_kept_compressed(client: PageClient, long: Edition) -> None:
    address = f"{ROOT}/meetings/spring/reports/summary"
    line = json.dumps(report_line(long, "http://localhost"))
    whole = to_json(from_dict(long.content)).decode()
    answer = client.get(address)
    assert answer.text == f'{line[:-1]}, "content": {whole[whole.index(NAME) + len(NAME) : -3]}}}\n'
    assert answer.content_length == len(answer.data)
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    head = client.head(address)
    assert (head.data, head.content_length, head.headers["ETag"]) == (b"", len(answer.data), answer.headers["ETag"])


def test_nobody_holds_a_long_one_as_a_whole(client: PageClient, long: Edition) -> None:
    address = f"{ROOT}/meetings/spring/reports/summary"
    client.get(address)  # how long it is, is known from now on
    with counted() as statements:
        parts, _status, _headers = run_wsgi_app(client.application, create_environ(address))
        begun = len(statements)
        sizes = [len(part) for part in parts]
    assert max(sizes[1:]) <= 500 + LAST and len(sizes) > 5  # behind the line about it
    assert len(statements) > begun + 1  # what comes last is read when it is sent


def test_a_long_one_that_is_cut_is_known_by_its_length(client: PageClient, long: Edition) -> None:
    address = f"{ROOT}/meetings/spring/reports/summary"
    whole = client.get(address).content_length
    with transaction():
        packed = db.session.scalar(select(Edition.content["compressed"].as_string()))
        assert packed
        db.session.execute(update(Edition).values(content={"compressed": packed[:800]}))
    parts, _status, headers = run_wsgi_app(client.application, create_environ(address))
    with pytest.raises(EOFError):
        list(parts)
    assert int(headers["Content-Length"]) == whole


def test_editions_are_read_once_for_what_they_touch(client: PageClient, meeting: Meeting) -> None:
    address = f"{ROOT}/meetings/spring/coverage"
    first = client.get(address).json
    db.session.remove()
    with counted() as statements:
        assert client.get(address).json == first
    assert not any("edition.content" in one for one in statements)
