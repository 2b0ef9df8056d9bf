"""The page where notes come in by file: read, shown, then let in by those who record the whole meeting."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.record.loading import writing
from eventapp.record.loading.files import making
from eventapp.record.loading.files.jobs import LONG_JOBS
from eventapp.record.loading.writing import FILES
from eventapp.record.notes.queries import notes
from tests import make
from tests.browserless import PageClient

ADDRESS = "/meetings/spring/manage/outcomes/file"
CSV = "id,session,kind,delegation,words\nA-1,S1,challenge,Fiji,One cable serves us.\nA-2,S1,trend,ITU,Prices fall.\n"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1")
    return meeting


def choose(client: PageClient, text: str) -> Any:
    data = {"file": (BytesIO(text.encode()), "notes.csv")}
    return client.post(ADDRESS, data=data, content_type="multipart/form-data")


def let_in(client: PageClient, text: str, **more: str) -> Any:
    return client.post(f"{ADDRESS}/load", data={"content": text, **more}, content_type="multipart/form-data")


@pytest.mark.parametrize("role", [RAPPORTEUR, ORGANIZER])
def test_a_file_is_shown_then_let_in_then_downloaded(client: PageClient, meeting: Meeting, role: str) -> None:
    client.sign_in(make.staff(meeting, role))
    shown = choose(client, CSV)
    assert shown.status_code == 200
    for words in ("2 notes in this file", "New: 2. Changed: 0. As before: 0.", "One cable serves us.", "Fiji"):
        assert words in shown.text
    assert notes() == []
    assert let_in(client, CSV).status_code == 303
    assert "2 notes came in." in client.get(ADDRESS).text
    assert [note.state for note in notes()] == ["draft", "draft"]
    written = client.get(f"{ADDRESS}/notes.csv").data.decode()
    assert "spring/S1-01@1,S1,challenge" in written
    assert "As before: 2." in choose(client, written).text


def test_every_fault_is_shown_with_its_line(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    answer = choose(client, CSV.replace("S1,trend", "S9,gossip"))
    assert answer.status_code == 422
    assert "1 line to put right" in answer.text
    assert "There is no session “S9” in this meeting." in answer.text
    assert choose(client, "").status_code == 422
    assert "400 kB or less" in choose(client, CSV + "x" * 400_000).text
    assert let_in(client, CSV.replace("S1,trend", "S9,trend")).status_code == 409
    assert notes() == []


def test_only_an_administrator_chooses_the_state(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "Approved notes" not in choose(client, CSV).text
    assert let_in(client, CSV, state="approved").status_code == 400
    assert notes() == []
    client.sign_in(make.administrator())
    assert "Approved notes" in choose(client, CSV).text
    assert let_in(client, CSV, state="approved").status_code == 303
    assert [note.state for note in notes()] == ["approved", "approved"]


def test_who_records_one_session_only_does_not_see_it(client: PageClient, meeting: Meeting) -> None:
    session = make.session(meeting, code="S2")
    somebody = make.person()
    make.role(session, "rapporteur", person_id=somebody.id)
    client.sign_in(somebody)
    answers = [client.get(ADDRESS), choose(client, CSV), let_in(client, CSV), client.get(f"{ADDRESS}/notes.csv")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert notes() == []


@pytest.mark.parametrize("ending", FILES)
def test_many_notes_are_written_by_the_worker(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    let_in(client, CSV)
    at_once = client.get(f"{ADDRESS}/notes.{ending}").data
    assert client.post(f"{ADDRESS}/files", data={"ending": ending}).location == f"{ADDRESS}/notes.{ending}"
    monkeypatch.setattr(making, "LONG", 1)
    monkeypatch.setattr(writing, "SLICE", 1)
    assert client.get(f"{ADDRESS}/notes.{ending}").location == f"{ADDRESS}#out"
    assert f'action="{ADDRESS}/files"' in client.get(ADDRESS).text
    where = client.post(f"{ADDRESS}/files", data={"ending": ending}).location
    assert work_long(LONG_JOBS, at=now()) == {"write files of notes": 1}
    answer = client.get(f"{where}/file")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="spring-notes.{ending}"'
    assert answer.data == at_once and where in client.get(ADDRESS).text
    assert client.post(f"{ADDRESS}/files", data={"ending": "exe"}).location == ADDRESS
    client.sign_in(make.staff(db.session.merge(meeting), STEWARD))
    assert [client.get(f"{where}{tail}").status_code for tail in ("", "/file")] == [404, 404]
