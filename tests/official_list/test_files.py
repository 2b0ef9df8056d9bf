"""A file of a long official list is made by the worker, for whoever reads the list, once for whom it names."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.official_list.actions import choose
from eventapp.official_list.files import making
from eventapp.official_list.files.making import Wanted
from eventapp.official_list.jobs import LONG_JOBS
from eventapp.official_list.models import ORGANIZERS, PUBLIC
from eventapp.official_list.queries import Choice
from eventapp.registration.models import Registration
from tests import make
from tests.badges.reading import texts
from tests.browserless import PageClient
from tests.official_list.test_list import PAGE, issued_now, rows_of, world

MADE = {"make files of official lists": 1}
AT = f"{PAGE}/1/files"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """A long list, for everybody."""
    monkeypatch.setattr(making, "MANY", 5)
    meeting = make.meeting(slug="spring", languages=["en", "fr", "ar"])
    world(meeting)
    with transaction():
        choose(meeting, Choice(audience=PUBLIC), by=None, at=make.TODAY)
    issued_now(meeting)
    return meeting


def names_in(book: bytes) -> set[str]:
    return {row[3] for row in rows_of(book)[1:]}


def test_a_visitor_asks_looks_on_and_everybody_gets_the_same(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f'href="{AT}/en.xlsx"' in client.get(PAGE).text
    assert client.get(f"{PAGE}/1/en.xlsx").location == f"{AT}/en.xlsx"
    page = client.get(f"{AT}/en.xlsx")
    assert "Make the file" in page.text and "no-store" in page.headers["Cache-Control"]
    for _press in range(2):  # which are one
        assert client.post(f"{AT}/en.xlsx").location == f"{AT}/en.xlsx"
    shown = client.get(f"{AT}/en.xlsx").text
    assert "The file is being made." in shown and "/stop" not in shown
    assert work_long(LONG_JOBS, at=now()) == MADE and work_long(LONG_JOBS, at=now()) == {}
    client.post(f"{AT}/en.xlsx")  # it is there
    assert work_long(LONG_JOBS, at=now()) == {}
    answer = client.get(f"{PAGE}/1/en.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-participants-1-en.xlsx"'
    monkeypatch.setattr(making, "MANY", 100)
    assert names_in(answer.data) == names_in(client.get(f"{PAGE}/1/en.xlsx").data) and len(names_in(answer.data)) == 11
    assert client.get(f"{AT}/en.xlsx").location == f"{PAGE}/1/en.xlsx"


def test_a_paper_is_made_in_the_language_that_was_asked_for(client: PageClient, meeting: Meeting) -> None:
    client.post(f"{AT}/fr.pdf")
    work_long(LONG_JOBS, at=now())
    assert "Ms. U. En" in " ".join(texts(client.get(f"{PAGE}/1/fr.pdf").data))
    assert client.get(f"{PAGE}/1/en.pdf").location == f"{AT}/en.pdf", "that is another file"


def agrees(name: str, *, is_named: bool) -> Callable[[], None]:
    def act() -> None:
        with transaction():
            one = db.session.scalars(select(Registration).where(Registration.record_name == name)).one()
            one.lists_name = is_named

    return act


def test_who_takes_the_agreement_back_is_in_no_file_any_more(client: PageClient, meeting: Meeting) -> None:
    client.post(f"{AT}/en.xlsx")
    work_long(LONG_JOBS, at=now())
    assert "Mr. N. Go" in names_in(client.get(f"{PAGE}/1/en.xlsx").data)
    agrees("Mr. N. Go", is_named=False)()
    assert client.get(f"{PAGE}/1/en.xlsx").location == f"{AT}/en.xlsx"
    client.post(f"{AT}/en.xlsx")
    work_long(LONG_JOBS, at=now())
    assert "Mr. N. Go" not in names_in(client.get(f"{PAGE}/1/en.xlsx").data)


def test_an_organizer_stops_it_and_a_visitor_does_not(client: PageClient, meeting: Meeting) -> None:
    client.post(f"{AT}/en.xlsx")
    assert client.post(f"{AT}/en.xlsx/stop").status_code in (302, 404)
    assert db.session.scalars(select(PreparedFile.state)).one() == "waiting"
    client.sign_in(make.staff(db.session.merge(meeting), "organizer"))
    assert f"{AT}/en.xlsx/stop" in client.get(f"{AT}/en.xlsx").text
    assert client.post(f"{AT}/en.xlsx/stop").location == f"{AT}/en.xlsx"
    assert work_long(LONG_JOBS, at=now()) == {}
    assert "No file was made." in client.get(f"{AT}/en.xlsx").text
    client.post(f"{AT}/en.xlsx")
    assert work_long(LONG_JOBS, at=now()) == MADE


def test_who_may_not_read_the_list_any_more_fetches_nothing(client: PageClient, meeting: Meeting) -> None:
    client.post(f"{AT}/en.xlsx")
    work_long(LONG_JOBS, at=now())
    with transaction():
        choose(db.session.get_one(Meeting, meeting.id), Choice(audience=ORGANIZERS), by=None, at=make.TODAY)
    client.sign_in(make.person("Guest"))
    for path in (f"{PAGE}/1/en.xlsx", f"{AT}/en.xlsx"):
        assert client.get(path).status_code == 404
    assert client.post(f"{AT}/en.xlsx").status_code == 404


@pytest.mark.parametrize("wrong", ["de.pdf", "en.exe"])
def test_of_no_such_language_or_format_there_is_none(client: PageClient, meeting: Meeting, wrong: str) -> None:
    assert client.get(f"{AT}/{wrong}").status_code == 404
    assert client.post(f"{AT}/{wrong}").status_code == 404


def test_its_name_fits_its_column() -> None:
    assert len(Wanted("9" * 10, "zh-Hans-CN", "docx", "x" * making.MARK).key) <= 60
