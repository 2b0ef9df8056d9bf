"""The pages of an import, from the choice of the file to its undoing."""

from io import BytesIO

import pytest
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.imports import manage, working
from eventapp.registration.imports.columns import guessed
from eventapp.registration.imports.models import Import
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_questions import question
from tests.registration.test_imports import ANE, HEAD, LIN, file_of, states, worked

ROOT = "/meetings/spring/manage/imports"
TERMS = {"place": "approved", "letters": "none", "there": "change"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (manage, working):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    meeting = make.meeting(slug="spring", capacity=50)
    make.category(meeting, code="STA", name="State", represents="state", needs_approval=True)
    make.category(meeting, code="ORG", name="Organization")
    client.sign_in(make.staff(meeting, "organizer"))
    return meeting


def chosen(client: PageClient, content: bytes, name: str = "people.csv") -> str:
    """The page after this file was chosen."""
    sent = client.post(ROOT, data={"file": (BytesIO(content), name)})
    answer = client.get(sent.headers["Location"]) if sent.status_code == 303 else sent
    return answer.get_data(as_text=True)


def only() -> Import:
    return db.session.scalars(select(Import)).one()


def columns() -> dict[str, str]:
    return {f"column-{place}": code for place, code in enumerate(guessed(HEAD, (), {}))}


def test_the_pages_lead_from_the_file_to_the_import_and_back(meeting: Meeting, client: PageClient) -> None:
    page = chosen(client, file_of(HEAD, ANE, LIN))
    assert "What the columns are" in page
    assert page.count(" selected>") >= len(HEAD)
    one = only()
    here = f"{ROOT}/{one.id}"
    client.post(f"{here}/columns", data={**columns(), **TERMS})
    page = client.get(here).get_data(as_text=True)
    assert "The file is being checked." in page
    worked(one)
    page = client.get(here).get_data(as_text=True)
    assert "Import 2 people" in page
    client.post(f"{here}/start")
    worked(one)
    assert "Undo the import" in client.get(here).get_data(as_text=True)
    client.post(f"{here}/undo")
    worked(one)
    assert "Taken back" in client.get(here).get_data(as_text=True)
    assert set(states(meeting).values()) == {"withdrawn"}


@pytest.mark.parametrize("content", [b"%PDF-1.4\nName,Email\n1,2", b"\x89PNG\r\n", b"Name\0Email\nA\0B"])
def test_a_file_that_is_no_list_is_refused_as_that(content: bytes, meeting: Meeting, client: PageClient) -> None:
    assert "This is neither CSV nor XLSX." in chosen(client, content)
    assert db.session.scalars(select(Import)).all() == []


def test_a_column_that_is_missing_is_said_above_and_at_the_columns(meeting: Meeting, client: PageClient) -> None:
    chosen(client, file_of(HEAD, ANE))
    sent = {place: code for place, code in columns().items() if code != "email"}
    answer = client.post(f"{ROOT}/{only().id}/columns", data={**sent, **TERMS})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text and 'id="columns-error"' in answer.text
    assert answer.text.count("Say which column has: Email.") > 1


def test_a_file_that_says_no_type_asks_for_one_and_offers_no_import(meeting: Meeting, client: PageClient) -> None:
    chosen(client, file_of(HEAD, ANE))
    one = only()
    sent = {place: code for place, code in columns().items() if code != "category"}
    client.post(f"{ROOT}/{one.id}/columns", data={**sent, **TERMS})
    worked(one)
    page = client.get(f"{ROOT}/{one.id}").text
    assert "Say what the person takes part as" in page and ">Row 2</th>" in page
    assert "There is nobody to import." in page and "Nobody gets a letter." not in page


def test_a_file_has_no_column_for_what_is_sealed_and_the_page_says_so(meeting: Meeting, client: PageClient) -> None:
    question(meeting, label={"en": "Hotel"})
    assert "these answers are sealed" not in chosen(client, file_of([*HEAD, "Hotel"], [*ANE, "Ritz"]))
    question(meeting, stage="approved", label={"en": "Passport"})
    question(meeting, stage="approved", kind="yes_no", label={"en": "Visa"})
    page = chosen(client, file_of([*HEAD, "Passport", "Visa"], [*ANE, "AB 1", "yes"]))
    assert "these answers are sealed and people give them by their own link: “Passport”." in page
    options = page.split('name="column-')[-1].split("</select>")[0]
    assert ">Visa</option>" in options and ">Passport</option>" not in options
