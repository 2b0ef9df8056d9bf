"""A long list is written by the worker, for who asked alone; a short one is the answer."""

import csv
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE, LEASE, STOPPED, WORKING
from eventapp.ground.jobs.scheduler import work_long
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting
from eventapp.meetings.prepared import actions, tables
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.people.models import Person
from eventapp.registration.answers.actions import answer
from eventapp.registration.lists import exporting
from eventapp.registration.lists.exporting import read_list, wanted_of
from eventapp.registration.lists.jobs import LONG_JOBS
from eventapp.registration.lists.listing import Look, read_look
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.counting import loaded
from tests.make_questions import question
from tests.make_registration import confirmed
from tests.registration.test_sealed_answers import tables_with

LIST = "/meetings/spring/manage/registrations"
MADE = {"write lists of registrations": 1}


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(tables, "LONG", 2)
    monkeypatch.setattr(tables, "SLICE", 2)
    meeting = make.meeting(slug="spring")
    for number in range(5):
        confirmed(meeting, record_name=f"Person {number}", family_name=f"Person {number}")
    return meeting


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def ordered(organizer: PageClient, words: str = "state=everyone&sort=name", ending: str = "xlsx") -> str:
    asks = organizer.get(f"{LIST}.{ending}?{words}").location
    assert asks.startswith(f"{LIST}/files?") and "Make the file" in organizer.get(asks).text
    answer = organizer.post(asks)
    assert answer.status_code == 303
    return answer.headers["Location"]


def names_in(book: bytes) -> list[object]:
    sheet = load_workbook(BytesIO(book), read_only=True).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    return [line[head.index("Name in list")] for line in lines]


def taken() -> list[dict[str, Any]]:
    db.session.rollback()
    return list(
        db.session.scalars(select(Entry.detail).where(Entry.verb == "took the list along").order_by(Entry.number))
    )


def test_who_asks_looks_on_and_gets_every_line_in_order(organizer: PageClient, meeting: Meeting) -> None:
    where = ordered(organizer)
    assert ordered(organizer) == where, "two presses are one"
    assert ordered(organizer, "state=everyone") != where
    page = organizer.get(where).text
    assert "The file is being made." in page and f"{where}/stop" in page and taken() == []
    assert work_long(LONG_JOBS, at=now()) == MADE
    organizer.head(f"{where}/file")
    answer = organizer.get(f"{where}/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-registrations.xlsx"'
    assert names_in(answer.data) == [f"Person {number}" for number in range(5)]
    assert taken() == [{"view": "everyone", "search": "", "needs": False, "lines": 5}]
    asks = organizer.get(f"{LIST}.xlsx?state=everyone&sort=name").location
    assert "The file that was asked for on" in organizer.get(asks).text


def test_it_says_what_the_answer_of_a_short_one_says(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("state=everyone&order=protocol&needs=1", "state=approved&q=person&columns=number,email"):
        where = ordered(organizer, words, "csv")
        assert work_long(LONG_JOBS, at=now()) == MADE
        made = organizer.get(f"{where}/file").data
        with monkeypatch.context() as patch:
            patch.setattr(tables, "LONG", 100)
            assert made == organizer.get(f"{LIST}.csv?{words}").data
    assert len(list(csv.reader(StringIO(made.decode("utf-8-sig"))))) == 6
    assert [line["needs"] for line in taken()] == [True, True, False, False]


def test_a_short_one_is_the_answer(organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LONG", 5)
    assert len(names_in(organizer.get(f"{LIST}.xlsx?state=everyone").data)) == 5
    assert db.session.scalars(select(PreparedFile)).all() == []


def test_no_more_is_read_at_once_than_some(meeting: Meeting) -> None:
    wanted = wanted_of(Look(state="everyone"), needs=False, in_protocol_order=False, opens=False)
    lines = iter(read_list(db.session.merge(meeting), wanted).lines)
    db.session.expunge_all()
    with loaded(Registration) as found:
        next(lines)
    assert found["Registration"] == 2
    assert len(list(lines)) == 4


def test_the_search_is_the_same_when_it_is_read_back() -> None:
    look = read_look({"q": "person", "state": "pending", "columns": "number", "sort": "name"})
    assert Look(**wanted_of(look, needs=False, in_protocol_order=False, opens=False)["look"]) == look


def test_stopped_nothing_is_kept(organizer: PageClient, meeting: Meeting) -> None:
    where = ordered(organizer)
    assert organizer.post(f"{where}/stop").location == where
    assert work_long(LONG_JOBS, at=now()) == {}
    assert "No file was made." in organizer.get(where).text
    assert db.session.scalars(select(PreparedFile.state)).one() == STOPPED


def test_what_a_killed_worker_wrote_is_written_again(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ordered(organizer)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_finish", dies)
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    db.session.rollback()
    assert db.session.scalars(select(PreparedFile.state)).one() == WORKING
    assert work_long(LONG_JOBS, at=now() + LEASE + timedelta(minutes=1)) == MADE
    db.session.rollback()
    assert db.session.scalars(select(PreparedFile.state)).one() == DONE
    assert len(names_in(organizer.get(f"{where}/file").data)) == 5


def dies(*_what: object) -> None:
    raise KeyboardInterrupt


def test_nobody_finds_it_but_who_asked_while_they_are_an_organizer(organizer: PageClient, meeting: Meeting) -> None:
    where = ordered(organizer)
    work_long(LONG_JOBS, at=now())
    assert organizer.get(f"{where}/file").status_code == 200
    meeting = db.session.merge(meeting)
    elsewhere = make.meeting(slug="autumn")
    others: Sequence[Person] = (
        make.staff(meeting, ORGANIZER, make.person("Second organizer")),
        make.staff(elsewhere, ORGANIZER),
        make.staff(meeting, STEWARD),
    )
    for who in others:
        organizer.sign_in(who)
        assert [organizer.get(f"{where}{tail}").status_code for tail in ("", "/file")] == [404, 404]
        assert organizer.post(f"{where}/stop").status_code == 404
    assert len(taken()) == 1


def test_one_of_a_closed_meeting_is_made_too(organizer: PageClient, meeting: Meeting) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).closed_at = make.TODAY
    ordered(organizer)
    assert work_long(LONG_JOBS, at=now()) == MADE


def test_a_file_of_no_kind_is_none(organizer: PageClient) -> None:
    assert organizer.get(f"{LIST}/files?ending=exe").status_code == 404
    assert organizer.post(f"{LIST}/files?ending=exe").status_code == 404


@pytest.mark.parametrize("is_sealed", [True, False], ids=["its parts are sealed", "they are not: found"])
def test_no_row_of_a_file_holds_sealed_answers_open(
    organizer: PageClient, meeting: Meeting, app: Flask, monkeypatch: pytest.MonkeyPatch, is_sealed: bool
) -> None:
    if not is_sealed:
        monkeypatch.setattr(exporting, "can_seal", lambda: False)
    monkeypatch.setitem(app.config, "ANSWER_KEYS", app.config["ANSWER_KEYS"])  # put back afterwards
    asked = question(meeting, stage="approved", label={"en": "Passport"})
    one = db.session.scalars(select(Registration).limit(1)).one()
    with transaction():
        answer(db.session.merge(one), {asked.code: ["XQ7PASSPORT"]}, ("approved",), by=None, at=make.TODAY)
    where = ordered(organizer, f"state=everyone&columns=number,{asked.code}", "csv")
    assert work_long(LONG_JOBS, at=now()) == MADE
    assert tables_with("XQ7PASSPORT") == (set() if is_sealed else {"prepared_part"})
    assert "XQ7PASSPORT" in organizer.get(f"{where}/file").text
    if is_sealed:
        app.config["ANSWER_KEYS"] = ["another key of thirty-two letters"]
        lost = organizer.get(f"{where}/file")
        assert lost.status_code == 409 and "Sealed with a key that the server does not have." in lost.text
        assert len(taken()) == 1
