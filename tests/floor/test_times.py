"""Speaking time by group, and files of speakers that no spreadsheet calculates."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.floor.actions import pause, resume
from eventapp.floor.labels import seconds_spoken
from eventapp.floor.speaking import exporting, manage
from eventapp.floor.speaking.jobs import LONG_JOBS
from eventapp.floor.speaking.queries import statements_at, times_at
from eventapp.floor.speaking.times import GROUPINGS, cells, group_of, heads, times
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.history.queries import entries_of
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD
from eventapp.meetings.prepared import tables
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_floor import asked, begun, ended

MINUTE = timedelta(minutes=1)
PAGE = "/meetings/spring/manage/speaking-time"


@pytest.fixture
def session(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Two States and one organization have spoken; somebody still speaks in another session."""
    for page in (manage, exporting):
        monkeypatch.setattr(page, "now", lambda: TODAY + 60 * MINUTE)
    session = make.session(make.meeting(slug="spring"), code="S3", title="Trends")
    state = make.category(session.meeting, name="Member State", stakeholder_type="government")
    other = make.category(session.meeting, name="Civil society", stakeholder_type="civil-society")
    for place, (name, whom, kind, minutes) in enumerate(
        [("A", "Nepal", state, 4), ("B", "Tonga", state, 2), ("C", "Radio Network", other, 9)]
    ):
        at = TODAY + 10 * place * MINUTE
        ended(begun(asked(session, name, whom, category=kind, at=at), at=at), at=at + minutes * MINUTE)
    later = make.session(session.meeting, code="S4", title="Plans")
    begun(asked(later, "D", at=TODAY + 55 * MINUTE), at=TODAY + 55 * MINUTE)
    return session


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_speaking_time_is_added_up_by_group_and_says_who_is_not_known(session: Session) -> None:
    found = times_at(session.meeting, "", "stakeholder", at=TODAY + 60 * MINUTE)
    assert [(one.label, one.statements, one.time, found.percent(one)) for one in found.shares] == [
        ("Civil society", 1, "9:00", 45),
        ("Government", 2, "6:00", 30),
        ("Not known", 1, "5:00", 25),
    ]
    assert (found.total.time, found.top) == ("20:00", 540)
    by_delegation = times_at(session.meeting, "", "delegation", at=TODAY + 60 * MINUTE)
    assert [one.label for one in by_delegation.shares] == ["Radio Network", "D", "Nepal", "Tonga"]
    assert times([]).top == 0


def test_the_file_has_the_start_with_its_zone_and_the_duration(client: PageClient, session: Session) -> None:
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    first = lines_of(client.get(f"{PAGE}.csv").data)[0]
    assert (first["Session"], first["Name"], first["State or organization"]) == ("S3", "A", "Nepal")
    assert (first["Began"], first["Time zone"]) == ("2026-03-02 09:00:00+07:00", "Asia/Bangkok")
    assert (first["Speaking time"], first["Seconds"]) == ("4:00", "240")
    assert entries_of(session.meeting)[-1].verb == "took the speakers along"


def test_no_name_becomes_a_formula(client: PageClient, session: Session) -> None:
    begun(asked(session, '=HYPERLINK("http://example.org")', "@SUM(A1)"))
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    line = next(one for one in lines_of(client.get(f"{PAGE}.csv").data) if "HYPERLINK" in one["Name"])
    assert (line["Name"][0], line["State or organization"][0]) == ("'", "'")
    book = ZipFile(BytesIO(client.get(f"{PAGE}.xlsx").data))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_one_session_has_files_of_its_own_for_whoever_chairs_it(client: PageClient, session: Session) -> None:
    chair = make.person("Chair")
    make.role(session, "chair", person_id=chair.id)
    client.sign_in(chair)
    address = "/meetings/spring/record/S3/floor/statements"
    assert [one["Name"] for one in lines_of(client.get(f"{address}.csv").data)] == ["A", "B", "C"]
    assert ZipFile(BytesIO(client.get(f"{address}.xlsx").data)).testzip() is None
    assert client.get(PAGE).status_code == 404


def test_the_page_shows_each_group_with_its_number_and_bar(client: PageClient, session: Session) -> None:
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    page = client.get(PAGE).text
    assert [words in page for words in ("Civil society", "45%", "20:00", "bar-svg")] == [True] * 4
    only = client.get(f"{PAGE}?session=S3&by=category").text
    assert ("Member State" in only, "15:00" in only, ">D<" in only) == (True, True, False)
    assert client.get(f"{PAGE}?session=nowhere&by=nonsense").status_code == 200


def test_without_a_statement_the_page_says_how_one_comes(client: PageClient, app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert "Nobody has spoken yet" in client.get(PAGE).text


def test_stewards_do_not_see_who_spoke(client: PageClient, session: Session) -> None:
    client.sign_in(make.staff(session.meeting, STEWARD))
    assert client.get(PAGE).status_code == 404


def test_a_list_says_where_nobody_may_be_named(client: PageClient, session: Session) -> None:
    private = make.session(session.meeting, code="S6", rule="chatham")
    begun(asked(private, "E"))
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    told = {line["Session"]: line["May be published"] for line in lines_of(client.get(f"{PAGE}.csv").data)}
    assert told == {"S3": "", "S4": "", "S6": "Chatham House rule: nobody may be named"}
    assert "Chatham House rule: nobody may be named" in client.get(PAGE).text


def test_each_line_has_a_cell_for_each_head(session: Session) -> None:
    lines = cells(db.session.scalars(statements_at(session.meeting)), "Asia/Bangkok", at=TODAY)
    assert {len(line) for line in lines} == {len(heads())}


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_database_adds_up_what_each_line_says(session: Session, by: str) -> None:
    """With parts of a second, with pauses, and while somebody speaks: the sums are those of the lines."""
    category = make.category(session.meeting, name="Observer", stakeholder_type="igo")
    for place, length in enumerate((0, 999, 1000, 59_999, 60_000, 61_001)):
        at = TODAY + timedelta(hours=3, minutes=place, milliseconds=137 * place)
        one = begun(asked(session, f"E{place}", "Chad" if place % 2 else "", category=category, at=at), at=at)
        if place > 3:
            with transaction():
                pause(one, by=None, at=at + timedelta(seconds=10))
            with transaction():
                resume(one, by=None, at=at + timedelta(seconds=25, milliseconds=3))
        ended(one, at=at + timedelta(milliseconds=length))
    at = TODAY + timedelta(hours=5)
    expected: dict[str, list[int]] = {}
    for one in db.session.scalars(statements_at(session.meeting)):
        expected.setdefault(group_of(one, by), []).append(seconds_spoken(one, at))
    found = times_at(session.meeting, "", by, at=at)
    assert {one.label: (one.statements, one.seconds) for one in found.shares} == {
        label: (len(some), sum(some)) for label, some in expected.items()
    }


def test_a_long_meeting_is_shown_page_by_page(
    client: PageClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage, "A_PAGE", 2)
    monkeypatch.setattr(manage, "GROUPS", 1)
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    first, second = client.get(f"{PAGE}?by=delegation").text, client.get(f"{PAGE}?by=delegation&page=2&groups=3").text
    assert [first.count(f">{name}<") for name in "ABCD"] == [1, 1, 0, 0]
    assert [second.count(f">{name}<") for name in "ABCD"] == [0, 0, 1, 1]
    assert ">Nepal<" in second.split("tbody")[1] and ">Nepal<" not in first.split("tbody")[1]
    assert "20:00" in first and "20:00" in second


def test_a_long_list_is_written_by_the_worker_for_who_asked(
    client: PageClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    rapporteur = make.staff(session.meeting, RAPPORTEUR)
    client.sign_in(rapporteur)
    short = client.get(f"{PAGE}.csv").data
    with monkeypatch.context() as patch:
        patch.setattr(tables, "LONG", 2)
        patch.setattr(tables, "SLICE", 2)
        asks = client.get(f"{PAGE}.csv").location
        assert "4 lines." in client.get(asks).text
        where = client.post(asks).location
        assert work_long(LONG_JOBS, at=now()) == {"write lists of who spoke": 1}
    answer = client.get(f"{where}/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-speakers.csv"'
    assert answer.data == short and short.count(b"\r\n") == 5
    assert [entry.verb for entry in entries_of(db.session.merge(session.meeting))].count("took the speakers along") == 2
    client.sign_in(make.staff(db.session.merge(session.meeting), ORGANIZER, make.person("Another")))
    assert client.get(f"{where}/file").status_code == 404
