"""The pages where notes come in by file: checked, shown, then let in by those who record the whole meeting."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.record.loading import manage, writing
from eventapp.record.loading.arriving.jobs import LONG_JOBS as ARRIVALS
from eventapp.record.loading.arriving.models import NotesImport, NotesImportLine
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


def choose(client: PageClient, text: str | bytes, name: str = "notes.csv") -> Any:
    """The answer to a file that was sent."""
    content = text.encode() if isinstance(text, str) else text
    return client.post(ADDRESS, data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")


def checked(client: PageClient, text: str | bytes) -> str:
    """The address of a file that the worker has checked."""
    sent = choose(client, text)
    assert sent.status_code == 303
    assert work_long(ARRIVALS, at=now()) == {"let notes in": 1}
    return str(sent.location)


def let_in(client: PageClient, where: str, **more: str) -> str:
    """The page of a file whose notes the worker has let in."""
    assert client.post(f"{where}/load", data=more).location == where
    assert work_long(ARRIVALS, at=now()) == {"let notes in": 1}
    return str(client.get(where).text)


@pytest.mark.parametrize("role", [RAPPORTEUR, ORGANIZER])
def test_a_file_is_shown_then_let_in_then_downloaded(client: PageClient, meeting: Meeting, role: str) -> None:
    client.sign_in(make.staff(meeting, role))
    assert "Files of before" not in client.get(ADDRESS).text
    where = str(choose(client, CSV).location)
    page = client.get(where).text
    assert "<progress" in page and f"{where}/stop" in page and f"{where}/load" not in page
    work_long(ARRIVALS, at=now())
    page = client.get(where).text
    for words in ("2 notes in this file", "New: 2. Changed: 0. As before: 0.", "One cable serves us.", "Fiji"):
        assert words in page
    assert "Checked, not let in" in client.get(ADDRESS).text and notes() == []
    page = let_in(client, where)
    assert "Came in" in page and "<dd>2</dd>" in page and "One cable serves us." not in page
    assert [note.state for note in notes()] == ["draft", "draft"]
    written = client.get(f"{ADDRESS}/notes.csv").data.decode()
    assert "spring/S1-01@1,S1,challenge" in written
    where = checked(client, written)
    page = client.get(where).text
    assert "As before: 2." in page and "there is nothing to let in" in page and f"{where}/load" not in page


def test_every_fault_is_shown_with_its_line(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    where = checked(client, CSV.replace("S1,trend", "S9,gossip"))
    page = client.get(where).text
    assert "1 line to put right" in page and f"{where}/load" not in page
    assert "There is no session “S9” in this meeting." in page
    assert "3,There is no session “S9” in this meeting." in client.get(f"{where}/faults.csv").data.decode()
    assert "Check the file first." in client.post(f"{where}/load").text
    make.session(db.session.merge(meeting), code="S9")
    assert client.post(f"{where}/again").location == where
    work_long(ARRIVALS, at=now())
    assert "“gossip”" in client.get(where).text and "no session" not in client.get(where).text
    assert notes() == []


def test_faults_are_on_pages_and_all_are_in_their_file(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    where = checked(client, "session,kind,words\n" + "S9,trend,Prices fall.\n" * 60)
    assert "60 lines to put right" in client.get(where).text
    assert [client.get(f"{where}?page={number}").text.count("no session") for number in (1, 2)] == [50, 10]
    assert client.get(f"{where}/faults.csv").data.decode().count("no session") == 60


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "This file is not in UTF-8."),
        (b"session,kind,words\n", "There is no note in this file."),
        (b'{"\\ud800\\u0000": 1}\n', "There is no column"),
        (b'{"session": "\\ud800", "kind": "\\u0000", "words": "a"}\n', "There is no session"),
        (b"\n" * 300_000 + b"session,kind,words\n", "A file may have 20000 notes at most."),
        (b'session,kind,words,"' + b"a" * 1000, "a quotation mark is not closed"),
        (b"{}\n" * 20_001, "A file may have 20000 notes at most."),
        (b"{" + b",".join(b'"%d": 1' % number for number in range(9000)) + b"}", "There is no column"),
    ],
)
def test_a_file_that_is_none_says_so(client: PageClient, meeting: Meeting, content: bytes, words: str) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    where = checked(client, content)
    assert words in client.get(where).text and client.get(f"{where}/faults.csv").status_code == 200
    assert notes() == []


def test_no_file_and_one_that_is_too_large_are_refused(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert choose(client, "").status_code == 422
    assert "Choose a file." in choose(client, "").text
    monkeypatch.setattr(manage, "MOST", 1)
    monkeypatch.setattr(manage, "MEGABYTE", 1000)
    answer = choose(client, CSV + "x" * 1000)
    assert answer.status_code == 422 and "Choose a file of 1 MB or less." in answer.text
    assert db.session.scalar(select(NotesImport)) is None


def test_only_an_administrator_chooses_the_state(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    where = checked(client, CSV)
    assert "Approved notes" not in client.get(where).text
    assert client.post(f"{where}/load", data={"state": "approved"}).status_code == 422
    assert work_long(ARRIVALS, at=now()) == {} and notes() == []
    client.sign_in(make.administrator())
    assert "Approved notes" in client.get(where).text
    let_in(client, where, state="approved")
    assert [note.state for note in notes()] == ["approved", "approved"]


def test_who_records_one_session_only_does_not_see_it(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    where = checked(client, CSV)
    session = make.session(db.session.merge(meeting), code="S2")
    somebody = make.person()
    make.role(session, "rapporteur", person_id=somebody.id)
    client.sign_in(somebody)
    seen = [client.get(one) for one in (ADDRESS, where, f"{where}/faults.csv", f"{ADDRESS}/notes.csv")]
    acts = [client.post(f"{where}/{act}") for act in ("load", "again", "stop")]
    assert [answer.status_code for answer in [*seen, choose(client, CSV), *acts]] == [404] * 8
    client.sign_in(make.staff(make.meeting(slug="autumn"), ORGANIZER))
    assert client.get(where.replace("spring", "autumn")).status_code == 404
    assert notes() == []


def test_what_is_off_the_record_is_not_shown(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    text = "session,kind,speaker,words,off_record\nS1,trend,Ada Byron,Zanzibarquetzal,yes\n"
    page = client.get(checked(client, text)).text
    assert "Off the record" in page and "Zanzibarquetzal" not in page and "Byron" not in page
    shown = db.session.scalars(select(NotesImportLine.shown)).one()
    assert "Zanzibarquetzal" not in str(shown)


def test_long_notes_are_shown_in_part(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    lines = "".join(f"S1,trend,{number} {'word ' * 110}\n" for number in range(400))
    page = client.get(checked(client, "session,kind,words\n" + lines)).text
    assert "400 notes in this file" in page and page.count("word word") < 300 * 81 and page.count("…</bdi>") == 300
    assert len(page) < 400_000


@pytest.mark.parametrize("ending", FILES)
def test_many_notes_are_written_by_the_worker(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    let_in(client, checked(client, CSV))
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
