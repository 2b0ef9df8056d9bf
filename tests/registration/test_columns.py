"""The columns of the list and of its files, and the views that organizers keep."""

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.registration.answers.models import Answer
from eventapp.registration.saved import actions
from eventapp.registration.saved.models import SavedView
from eventapp.registration.tags.models import Tag, Tagging
from tests import make, make_questions
from tests.browserless import PageClient
from tests.make_registration import confirmed

LIST = "/meetings/spring/manage/registrations"
COLUMNS = f"{LIST}/columns"


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    client.sign_in(make.staff(meeting, "organizer"))
    return client


def tagged(meeting: Meeting, **facts: Any) -> None:
    one = confirmed(meeting, **facts)
    tag = make.kept(Tag(meeting_id=meeting.id, name="VIP", folded_name="vip", colour="blue"))
    make.kept(Tagging(registration_id=one.id, tag_id=tag.id))


def lines_of(client: PageClient, question: str) -> list[str]:
    return str(client.get(f"{LIST}.csv?{question}").data, "utf-8-sig").splitlines()


def heads_of(page: str) -> list[str]:
    head = page[page.index("<thead>") : page.index("</thead>")]
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<th.*?</th>", head, re.DOTALL)][1:]


def test_the_page_and_the_files_have_the_columns_that_were_chosen(organizer: PageClient, meeting: Meeting) -> None:
    tagged(meeting, record_name="Ada", dietary_needs="Halal", email="ada@example.org")

    shown = organizer.post(
        COLUMNS, data={"columns": ["tags", "dietary_needs", "email"], "state": "everyone", "do": "show"}
    )
    page = organizer.get(shown.location).text

    question = shown.location.split("?")[1]
    assert heads_of(page) == ["Name", "Email", "Tags", "Food"]
    assert 'data-label="Food"' in page and "Halal" in page and "ada@example.org" in page
    assert lines_of(organizer, question) == ["Email,Tags,Food", "ada@example.org,VIP,Halal"]
    book = load_workbook(BytesIO(organizer.get(f"{LIST}.xlsx?{question}").data)).active
    assert book is not None and [cell.value for cell in book[1]] == ["Email", "Tags", "Food"]
    detail = db.session.scalars(select(Entry.detail).where(Entry.verb == "took the list along")).first()
    assert detail is not None and detail["needs"] is True


def test_without_a_choice_they_are_as_they_were(organizer: PageClient, meeting: Meeting) -> None:
    confirmed(meeting, dietary_needs="Halal")

    assert heads_of(organizer.get(f"{LIST}?state=everyone").text) == ["Name", "For", "Type", "Letter", "Sent", "State"]
    head, line = lines_of(organizer, "state=everyone&columns=nonsense")
    assert head.startswith("Number,State,Type,Represents") and "Halal" not in line


def test_a_view_is_kept_with_its_filters_and_replaced_by_its_name(organizer: PageClient, meeting: Meeting) -> None:
    look = {"state": "approved", "sort": "name"}
    kept = organizer.post(COLUMNS, data={"columns": ["number"], "name": "To meet", "do": "keep", **look})
    organizer.post(COLUMNS, data={"columns": ["number", "email"], "name": "to MEET", "do": "keep", **look})

    view = db.session.scalars(select(SavedView)).one()
    assert (kept.status_code, view.name) == (303, "to MEET")
    assert view.look == {"state": "approved", "sort": "name", "columns": "number,email"}
    page = organizer.get(f"{LIST}?state=approved&sort=name&columns=number,email").text
    assert re.search(r'aria-current="page"><bdi>to MEET</bdi>', page)
    assert page.count('aria-current="page"') == organizer.get(f"{LIST}?state=approved").text.count(
        'aria-current="page"'
    )
    number = view.id
    organizer.post(COLUMNS, data={"columns": ["number"], "name": "By Enter", "do": "show", **look})
    assert [one.name for one in db.session.scalars(select(SavedView).where(SavedView.id != number))] == ["By Enter"]
    for one in db.session.scalars(select(SavedView.id)).all():
        organizer.post(f"{COLUMNS}/{one}/removal")
    assert db.session.scalars(select(SavedView)).all() == []


def test_the_questions_of_the_meeting_are_columns(organizer: PageClient, meeting: Meeting) -> None:
    first, _second = confirmed(meeting, email="ada@example.org"), confirmed(meeting, email="bo@example.org")
    asked = make_questions.question(meeting)
    other = make_questions.question(make.meeting(slug="autumn"))
    facts = {"registration_id": first.id, "question_id": asked.id, "wording_id": asked.wording.id, "at": make.TODAY}
    make.kept(Answer(text="Window seat", **facts))
    label = asked.label["en"]

    assert label in organizer.get(COLUMNS).text
    shown = organizer.post(COLUMNS, data={"columns": ["email", asked.code], "state": "everyone", "do": "show"})
    page = organizer.get(shown.location).text
    assert heads_of(page) == ["Name", "Email", label] and page.count("Window seat") == 1
    question = f"state=everyone&sort=name&columns=email,{asked.code},q999"
    assert lines_of(organizer, question) == [f"Email,{label}", "ada@example.org,Window seat", "bo@example.org,"]
    assert other.code == asked.code, "the code of another meeting names its own question here"
    assert lines_of(organizer, "state=everyone&columns=q999")[0].startswith("Number,State"), "no question at all"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"do": "show"}, "Tick a column."),
        ({"do": "show", "columns": ["nonsense"]}, "Tick a column."),
        ({"do": "keep", "columns": ["number"]}, "Write a name to keep the view under."),
        ({"do": "keep", "columns": ["number"], "name": "x" * 61}, "60"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    organizer: PageClient, meeting: Meeting, typed: dict[str, Any], words: str
) -> None:
    answer = organizer.post(COLUMNS, data=typed)

    assert (answer.status_code, words in answer.text) == (422, True)
    assert db.session.scalars(select(SavedView)).all() == []


def test_there_are_only_so_many(organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_VIEWS", 1)
    codes = [
        organizer.post(COLUMNS, data={"columns": ["number"], "name": name, "do": "keep"}).status_code
        for name in ("A", "B")
    ]

    assert codes == [303, 409]


def test_a_view_of_another_meeting_is_not_there(organizer: PageClient, meeting: Meeting) -> None:
    other = make.kept(SavedView(meeting_id=make.meeting(slug="autumn").id, name="A", folded_name="a", look={}))

    assert organizer.post(f"{COLUMNS}/{other.id}/removal").status_code == 404
