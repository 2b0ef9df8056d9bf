"""Statements and presentations within a session: edited, released, shown, told as changes, taken along."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask

from eventapp.agenda.models import INVITED, Session
from eventapp.agenda.queries import newest_release, parts_in, released
from eventapp.agenda.releases.actions import draft_difference, release
from eventapp.agenda.rights.actions import change_rights
from eventapp.agenda.roles.actions import change_role
from eventapp.agenda.running.forms import BLANK
from eventapp.agenda.sessions.facts import RoleFacts
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.sub_items import MOST, SubItem, from_rows, in_order
from eventapp.agenda.taking_back.actions import take_back, undo
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.queries import entries_of
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import ORGANIZER
from eventapp.meetings.queries import meeting_at
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.content import ARCHIVE
from tests import make, make_package
from tests.agenda.test_programme import text_of
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_package import package
from tests.meeting_file.test_reader import SMALL
from tests.package.test_attached import moved
from tests.package.test_importing import imported

EDIT = "/meetings/spring/sessions/S3/running-order/edit"
PAPER = "https://example.org/paper.pdf The paper"
WELCOME = SubItem("Welcome", minutes=10)
KEYNOTE = SubItem("Keynote", minutes=30, person="Ada Byron", link=PAPER)


@pytest.fixture
def session(app: Flask) -> Session:
    session = make.session(make.meeting(slug="spring"), code="S3", agenda_item="3")
    make.role(session, name="Ada Byron")
    return session


def set_to(session: Session, *sub_items: SubItem) -> None:
    with transaction():
        set_sub_items(session, sub_items, by=None, at=TODAY)


def typed(*rows: dict[str, str]) -> dict[str, str]:
    blank = dict.fromkeys(("place", "title", "begins", "minutes", "person", "link"), "")
    return {f"{name}_{n}": value for n, row in enumerate(rows) for name, value in {**blank, **row}.items()}


def test_numbers_and_times() -> None:
    starts = datetime(2026, 3, 16, 2, tzinfo=UTC)
    listed = [WELCOME, KEYNOTE, SubItem("Reply"), SubItem("Close"), SubItem("End", after=80)]
    found = in_order(listed, starts, "3")
    assert [one.number for one in found] == ["3.1", "3.2", "3.3", "3.4", "3.5"]
    minutes = [int((one.starts_at - starts).total_seconds() // 60) if one.starts_at else None for one in found]
    assert minutes == [0, 10, 40, None, 80]
    assert [one.number for one in in_order(listed, starts, "3 (a)")][:2] == ["1", "2"]
    assert [one.starts_at for one in in_order([SubItem("A"), SubItem("B")], starts, "")] == [None, None]


def test_an_organizer_puts_them_in_order(client: PageClient, session: Session) -> None:
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    assert client.get("/meetings/spring/manage/agenda/sessions/S3").text.count("Running order") == 1
    first = {"place": "2", "title": "Keynote", "begins": "09:30", "minutes": "30", "person": "Ada Byron", "link": PAPER}
    answer = client.post(EDIT, data=typed(first, {"place": "1", "title": "Welcome"}, {}))
    assert answer.status_code == HTTPStatus.SEE_OTHER
    db.session.expire_all()
    assert from_rows(session.sub_items) == (SubItem("Welcome"), SubItem("Keynote", 30, 30, "Ada Byron", PAPER))
    page = client.get(EDIT).text
    assert "09:30" in page and page.count("Another statement or presentation") == BLANK
    verbs = [(one.verb, one.detail.get("changes", {}).get("sub_items")) for one in entries_of(session)]
    assert ("changed session", ["", f"1. Welcome; 2. Keynote, +30, 30′, Ada Byron, {PAPER}"]) in verbs
    client.post(EDIT, data=typed({"place": "1", "title": ""}, {"place": "2", "title": "Keynote"}))
    db.session.expire_all()
    assert from_rows(session.sub_items) == (SubItem("Keynote"),)


def test_a_title_stands_in_each_language_of_the_meeting(client: PageClient, session: Session) -> None:
    session.meeting.languages = ["en", "fr"]
    db.session.commit()
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    sent = typed({"place": "1", "title": "Keynote"})
    assert client.post(EDIT, data={**sent, "title_fr_0": "Discours"}).status_code == HTTPStatus.SEE_OTHER
    db.session.expire_all()
    [one] = from_rows(session.sub_items)
    assert one.texts == {"fr": {"title": "Discours"}}
    assert "Discours" in client.get(EDIT).text
    with transaction():
        release(session.meeting, by=None, at=TODAY)
    page = "/meetings/spring/sessions/S3"
    assert '<bdi lang="fr">Discours</bdi>' in client.get(f"{page}?language=fr").text
    assert '<bdi lang="en">Keynote</bdi>' in client.get(f"{page}?language=en").text
    found = client.get("/meetings/spring/agenda.json?language=fr").json
    assert found is not None and found["sessions"][0]["sub_items"][0]["title"] == "Discours"
    set_to(session, replace(one, texts={"fr": {"title": "Allocution"}}))
    changes = draft_difference(session.meeting)
    assert "fr: Allocution" in str(changes)
    newest = newest_release(session.meeting)
    assert newest is not None
    with transaction():
        take_back(session.meeting, newest, by=None, at=TODAY)
    assert from_rows(session.sub_items)[0].texts == {"fr": {"title": "Discours"}}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"minutes": "10"}, "Write the title."),
        ({"title": "A", "begins": "11:00"}, "Write a time within the session."),
        ({"title": "A", "minutes": "soon"}, "in figures"),
        ({"title": "A", "minutes": "5000"}, "minutes at most"),
        ({"title": "A", "link": "javascript:alert(1)"}, "Begin with an address"),
        ({"title": "A", "person": "Nobody here"}, "valid choice"),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field(
    client: PageClient, session: Session, row: dict[str, str], says: str
) -> None:
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    answer = client.post(EDIT, data=typed({"title": "Kept as typed"}, row))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in answer.text and "Kept as typed" in answer.text
    db.session.expire_all()
    assert session.sub_items == []


def test_two_at_one_list_and_one_twice(client: PageClient, session: Session) -> None:
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    set_to(session, WELCOME)
    old = client.post(EDIT, data={"seen": "older", **typed({"title": "Mine"})})
    assert old.status_code == HTTPStatus.CONFLICT and "Welcome" in old.text and "Mine" in old.text
    twice = client.post(EDIT, data=typed({"title": "Same"}, {"title": "Same"}))
    assert twice.status_code == HTTPStatus.CONFLICT
    with pytest.raises(Refused, match=str(MOST)):
        set_to(session, *(SubItem(f"Number {number}") for number in range(MOST + 1)))
    db.session.expire_all()
    assert from_rows(session.sub_items) == (WELCOME,)


def test_who_edits_the_text_may_and_nobody_else(client: PageClient, session: Session) -> None:
    person = make.person()
    role = make.role(session, "coordinator", person_id=person.id, name=person.name)
    client.sign_in(person)
    assert client.get(EDIT).status_code == HTTPStatus.NOT_FOUND
    for right, status in (("people", HTTPStatus.NOT_FOUND), ("text", HTTPStatus.OK)):
        with transaction():
            change_rights(session.meeting, {right: [role.role]}, by=None, at=TODAY)
        assert client.get(EDIT).status_code == status
    assert EDIT in client.get("/meetings/spring/sessions/S3/edit").text
    client.post(EDIT, data=typed({"title": "By the coordinator"}))
    db.session.expire_all()
    assert from_rows(session.sub_items) == (SubItem("By the coordinator"),)


def test_they_are_public_with_the_version_and_not_before(client: PageClient, session: Session) -> None:
    make.role(session, name="Not Asked", state=INVITED)
    with transaction():
        release(session.meeting, by=None, at=TODAY)
    set_to(session, WELCOME, KEYNOTE, SubItem("Reply", person="Not Asked"))
    page = "/meetings/spring/sessions/S3"
    assert "Keynote" not in client.get(page).text
    [change] = draft_difference(session.meeting)
    assert change.fields["sub_items"][1][1] == f"2. Keynote, 30′, Ada Byron, {PAPER}"
    with transaction():
        release(session.meeting, by=None, at=TODAY)
    shown = client.get(page).text
    assert (
        "3.2" in shown and "Keynote" in shown and "09:10" in shown and 'href="https://example.org/paper.pdf"' in shown
    )
    assert "Not Asked" not in shown and "Reply" in shown
    document = client.get("/meetings/spring/agenda.json").get_json()
    [one] = [each for each in document["sessions"] if each["code"] == "S3"]
    assert one["sub_items"][1] == {
        "number": "3.2",
        "title": "Keynote",
        "starts_at": "2026-03-16T02:10:00+00:00",
        "minutes": 30,
        "person": "Ada Byron",
        "link": {"url": "https://example.org/paper.pdf", "title": "The paper"},
    }
    printed = text_of(client.get("/meetings/spring/agenda.pdf").data)
    assert "09:10 3.2 Keynote, Ada Byron" in " ".join(printed.split())
    assert "Running order" in client.get("/meetings/spring/agenda/changes").text


def test_a_person_who_is_called_anew(session: Session) -> None:
    set_to(session, KEYNOTE)
    [role] = parts_in(session)
    with transaction():
        change_role(role, RoleFacts("speaker", "Ada Lovelace"), by=None, at=TODAY)
    assert from_rows(session.sub_items) == (replace(KEYNOTE, person="Ada Lovelace"),)


def test_the_draft_is_taken_back_with_them(session: Session) -> None:
    set_to(session, WELCOME, KEYNOTE)
    with transaction():
        first = release(session.meeting, by=None, at=TODAY)
    set_to(session, SubItem("Another"))
    with transaction():
        row = take_back(session.meeting, first, by=None, at=TODAY)
    assert from_rows(session.sub_items) == (WELCOME, KEYNOTE)
    assert not draft_difference(session.meeting)
    with transaction():
        assert undo(row, by=None, at=TODAY + timedelta(minutes=1)) == []
    assert from_rows(session.sub_items) == (SubItem("Another"),)


def test_releases_without_them_are_as_they_were(session: Session) -> None:
    with transaction():
        made = release(session.meeting, by=None, at=TODAY)
    assert "more" not in made.content["sessions"][0]


def test_the_file_of_a_meeting(app: Flask) -> None:
    within = f"""\
    roles:
      - {{role: speaker, name: Ada Byron}}
    sub_items:
      - {{title: Welcome, minutes: 10, texts: [{{language: fr, title: Bienvenue}}]}}
      - {{title: Keynote, after: 10, person: Ada Byron, link: "{PAPER}"}}
"""
    small = SMALL.replace("capacity: 20", "languages: [en, fr]\ncapacity: 20")
    with transaction():
        load(read(small + within), by=None, at=TODAY)
    meeting = meeting_at("spring-review")
    assert meeting is not None
    [session] = [one for one in db.session.scalars(db.select(Session)) if one.sub_items]
    welcome = replace(WELCOME, texts={"fr": {"title": "Bienvenue"}})
    assert from_rows(session.sub_items) == (welcome, SubItem("Keynote", None, 10, "Ada Byron", PAPER))
    with transaction():
        assert not load(read(write(content_of(meeting))), by=None, at=TODAY)
    turned = small + within.replace("Welcome", "X").replace("Keynote", "Welcome").replace("X", "Keynote")
    with transaction():
        assert load(read(turned), by=None, at=TODAY)
    for wrong in (within.replace("person: Ada Byron", "person: Bob"), within.replace("https:", "javascript:")):
        with pytest.raises(Faulty):
            read(SMALL + wrong)


def test_a_package_takes_them_along(app: Flask, tmp_path: Path) -> None:
    meeting = make_package.held()
    session = next(one for one in db.session.scalars(db.select(Session)) if one.meeting_id == meeting.id)
    paper = SubItem("Paper", after=20, link=PAPER, texts={"fr": {"title": "Document"}})
    set_to(session, WELCOME, paper)
    with transaction():
        release(meeting, by=None, at=TODAY + timedelta(days=1))
    code, came = session.code, tmp_path / "came.zip"
    came.write_bytes(package(meeting, ARCHIVE))
    moved(meeting)
    imported(came)
    db.session.expire_all()
    other = meeting_at("spring")
    assert other is not None
    agenda = released(other)
    assert agenda is not None and agenda.by_code[code].more.sub_items == (WELCOME, paper)
    row = next(one for one in db.session.scalars(db.select(Session)) if (one.meeting_id, one.code) == (other.id, code))
    assert from_rows(row.sub_items) == (WELCOME, paper)
    assert [one["key"] for one in row.sub_items] == [one["key"] for one in session.sub_items]
    assert newest_release(other) is not None and filled(other, ARCHIVE)
