"""A file of an outlet of a large meeting is made by the worker: asked for, looked at, fetched."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.outlets.jobs import LONG_JOBS
from eventapp.outlets.submissions import OUTLETS
from eventapp.outlets.table import FILES
from eventapp.review.tasks import queries as sizes
from tests import make, make_review
from tests.browserless import PageClient

MADE = {"make files of outlets": 1}
JSON = {"outlet": "session-takeaways", "ending": "json", "policy": "nobody"}


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(sizes, "LARGE", 1)
    session = make.session(make.meeting())
    make_review.note(session, text="Trend 0 grows.", speaker="Ada Byron", organization="Society")
    return session.meeting


@pytest.fixture
def editor(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, RAPPORTEUR))


def base(meeting: Meeting) -> str:
    return f"/meetings/{meeting.slug}/review/outlets"


def asked(editor: PageClient, meeting: Meeting, **other: str) -> str:
    return editor.post(f"{base(meeting)}/files", data={**JSON, **other}).headers["Location"]


@pytest.mark.parametrize("outlet", OUTLETS)
def test_a_form_of_a_large_meeting_is_no_page_and_its_list_offers_none(
    editor: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, outlet: str
) -> None:
    page = f"{base(meeting)}/{outlet}"
    assert editor.get(page).location == base(meeting)
    assert f'href="{page}?' not in editor.get(base(meeting)).text
    assert editor.get(f"{base(meeting)}/nothing").status_code == 404
    monkeypatch.setattr(sizes, "LARGE", 10**6)
    assert editor.get(page).status_code == 200
    assert f'href="{page}?' in editor.get(base(meeting)).text


@pytest.mark.parametrize("outlet", OUTLETS)
def test_who_asks_looks_on_and_gets_what_was_made_at_once_before(
    editor: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, outlet: str
) -> None:
    where = asked(editor, meeting, outlet=outlet)
    assert "The file is being made." in editor.get(where).text and f"{where}/stop" in editor.get(where).text
    assert editor.get(f"{where}/file").status_code == 404
    assert asked(editor, meeting, outlet=outlet) == where  # two presses are one
    assert asked(editor, meeting, outlet=outlet, policy="person") != where
    assert work_long(LONG_JOBS, at=now()) == MADE

    assert "Download the file" in editor.get(where).text
    answer = editor.get(f"{where}/file")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{meeting.slug}-{outlet}.json"'
    monkeypatch.setattr(sizes, "LARGE", 10**6)
    assert answer.data == editor.get(f"{base(meeting)}/{outlet}.json?policy=nobody").data and json.loads(answer.data)


def test_its_pages_have_buttons_and_no_request_makes_one(editor: PageClient, meeting: Meeting) -> None:
    for page in (base(meeting), f"{base(meeting)}/sessions?form=session-takeaways"):
        text = editor.get(page).text
        assert f'action="{base(meeting)}/files"' in text and "session-takeaways.pdf" not in text
    assert editor.get(f"{base(meeting)}/session-takeaways.pdf").location == base(meeting)


def test_that_of_a_small_meeting_is_made_at_once(
    editor: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "LARGE", 10**6)
    assert f"{base(meeting)}/session-takeaways.pdf" in editor.get(base(meeting)).text
    assert asked(editor, meeting) == f"{base(meeting)}/session-takeaways.json?policy=nobody"
    assert db.session.scalars(select(PreparedFile)).all() == []


@pytest.mark.parametrize("wrong", [{"outlet": "x"}, {"ending": "exe"}, {"policy": "all"}, {"outlet": ""}])
def test_what_there_is_not_leads_back_to_what_there_is(
    editor: PageClient, meeting: Meeting, wrong: dict[str, str]
) -> None:
    answer = editor.post(f"{base(meeting)}/files", data={**JSON, **wrong})
    assert (answer.status_code, answer.location) == (303, base(meeting))
    assert db.session.scalars(select(PreparedFile)).all() == []


def test_stopped_nothing_is_made(editor: PageClient, meeting: Meeting) -> None:
    where = asked(editor, meeting)
    assert editor.post(f"{where}/stop").location == where
    assert work_long(LONG_JOBS, at=now()) == {}
    assert "No file was made." in editor.get(where).text and editor.get(f"{where}/file").status_code == 404
    assert asked(editor, meeting) != where


def test_only_who_edits_the_review_of_its_meeting_finds_it(editor: PageClient, meeting: Meeting) -> None:
    where = asked(editor, meeting)
    work_long(LONG_JOBS, at=now())
    assert editor.get(f"{where}/file").status_code == 200
    elsewhere = make.meeting(slug="autumn")
    meeting = db.session.merge(meeting)
    for who in (make.staff(elsewhere, ORGANIZER), make.staff(meeting, STEWARD), make.person("Guest")):
        editor.sign_in(who)
        assert [editor.get(f"{where}{tail}").status_code for tail in ("", "/file")] == [404, 404]
        assert editor.post(f"{where}/stop").status_code == 404
    editor.sign_in(make.staff(elsewhere, ORGANIZER))
    assert editor.get(where.replace(meeting.slug, "autumn")).status_code == 404


def lines_in(content: bytes, ending: str) -> bytes:
    """What a file says; a workbook holds beside it when it was made."""
    return ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml") if ending == "xlsx" else content


@pytest.mark.parametrize("ending", FILES)
def test_so_is_the_table_of_lines_and_goals(
    editor: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    make_review.note(make.session(meeting, code="S9"), text="Radio helps.", action_lines=["c2"], goals=[9])
    for page in ("", "/table"):
        text = editor.get(f"{base(meeting)}{page}").text
        assert 'name="outlet" value="table"' in text and f"table.{ending}" not in text
    assert editor.get(f"{base(meeting)}/table.{ending}").location == base(meeting)
    where = asked(editor, meeting, outlet="table", ending=ending)
    assert work_long(LONG_JOBS, at=now()) == MADE
    answer = editor.get(f"{where}/file")
    name = f"{meeting.slug}-action-lines-goals.{ending}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    monkeypatch.setattr(sizes, "LARGE", 10**6)
    assert lines_in(answer.data, ending) == lines_in(editor.get(f"{base(meeting)}/table.{ending}").data, ending)
    assert f"{base(meeting)}/table.{ending}" in editor.get(base(meeting)).text


def test_the_table_is_written_in_no_other_format(editor: PageClient, meeting: Meeting) -> None:
    assert asked(editor, meeting, outlet="table", ending="pdf") == base(meeting)
