"""People of a delegation named by a file: read however it was saved, every fault with its cell, all or nobody."""

import re
from html import unescape
from io import BytesIO

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse
from xlsxwriter import Workbook

from eventapp.delegations.by_file import views as file_views
from eventapp.delegations.focal import views
from eventapp.ground.db import db, transaction
from eventapp.ground.tables.reading import cell_name
from eventapp.links import access as gate
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Delegation, Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_delegations import focal_point, nominated, page_of
from tests.registration.filling import set_clock

pytestmark = pytest.mark.usefixtures("app")
HEAD = ["Family name", "Given names", "Job title", "Email", "Place in the delegation"]
GOOD = [
    ["Tabai", "Ane", "Director", "ane@example.org", "Head of delegation"],
    ["Awerika", "Tebao", "Adviser, “ICT”", "tebao@example.org", "adviser"],
]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    for room in (views, gate, file_views):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def sender(meeting: Meeting) -> Delegation:
    make.category(meeting, represents="state", code="OBS")
    return make.delegation(meeting, "Kenya", country="KEN", is_state=True, places=3)


@pytest.fixture
def page(sender: Delegation) -> str:
    return page_of(focal_point(sender))


def csv_of(rows: list[list[str]], *, by: str = ",", encoding: str = "utf-8") -> bytes:
    quoted = [by.join(f'"{cell}"' for cell in row) for row in rows]
    return "\r\n".join(quoted).encode(encoding)


def xlsx_of(rows: list[list[str]]) -> bytes:
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def send(client: PageClient, page: str, content: bytes, name: str = "people.csv") -> TestResponse:
    data = {"file": (BytesIO(content), name)}
    return client.post(f"{page}/file", data=data, content_type="multipart/form-data")


def hidden(answer: TestResponse) -> dict[str, str]:
    """What the page sends along with its one button."""
    found = {}
    for name in ("content", "key"):
        value = re.search(f'name="{name}"[^>]*value="([^"]*)"', answer.get_data(as_text=True), re.DOTALL)
        assert value
        found[name] = unescape(value.group(1))
    return found


def words_of(answer: TestResponse) -> str:
    """What the page says, without its marks."""
    return re.sub(r"<[^>]+>", "", answer.get_data(as_text=True))


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Registration.id))) or 0


@pytest.mark.parametrize(
    "content",
    [
        csv_of([HEAD, *GOOD]),
        csv_of([HEAD, *GOOD], encoding="utf-8-sig"),
        csv_of([HEAD, *GOOD], by=";"),
        csv_of([HEAD, *GOOD], by="\t", encoding="utf-16"),
        csv_of([["family_name", "given_name", "JOB TITLE", "email", "role"], *GOOD]),
        xlsx_of([HEAD, *GOOD]),
        xlsx_of([HEAD, [], *GOOD, ["", " "]]),
    ],
    ids=["utf-8", "mark", "semicolons", "utf-16", "codes", "xlsx", "gaps"],
)
def test_a_file_is_read_however_it_was_saved(client: PageClient, page: str, content: bytes) -> None:
    answer = send(client, page, content)
    assert answer.status_code == 200, answer.text
    assert "2 people can be nominated" in answer.text and people() == 0
    typed = hidden(answer)
    assert client.post(f"{page}/file/all", data=typed).status_code == 303
    assert client.post(f"{page}/file/all", data=typed).status_code == 303  # pressed twice
    assert people() == 2
    letters = db.session.scalars(select(Letter).where(Letter.kind.contains("nominated"))).all()
    assert {one.to for one in letters} == {"ane@example.org", "tebao@example.org"} and len(letters) == 2
    query = select(Registration.family_name, Registration.delegation_role)
    roles = {name: role for name, role in db.session.execute(query)}  # noqa: C416 -- a row is no pair to the types
    assert roles == {"Tabai": "HOD", "Awerika": "ADV"}


def test_every_fault_is_named_with_its_cell_and_nothing_is_written(
    client: PageClient, page: str, meeting: Meeting, sender: Delegation
) -> None:
    rows = [
        HEAD,
        ["Tabai", "Ane", "Director", "ane@example.org", "HOD"],
        ["", "Kinley", "Officer", "kinley.example.org", "Chief"],
        ["Second", "Head", "Minister", "ANE@example.org", "HOD"],
        ["Third", "One", "", "third@example.org", "ADV"],
    ]
    for content in (csv_of(rows), xlsx_of(rows)):
        answer = send(client, page, content)
        assert answer.status_code == 422 and people() == 0
        for words in (
            "A3: Enter the family name.",
            "D3: Write a full address",
            "E3: Choose the place in the delegation.",
            "D4: The same address stands in D2.",
            "E4: Ane Tabai is head of this delegation already.",
            "C5: Enter the job title.",
        ):
            assert words in words_of(answer)


def test_more_people_than_places_and_registered_addresses_are_faults(
    client: PageClient, page: str, meeting: Meeting, sender: Delegation
) -> None:
    make.registration(meeting, person=make.person(email="other@example.org"))
    focal = focal_point(sender)
    nominated(focal, meeting.categories[0], role="REP", email="here@example.org", family_name="Here")
    rows = [HEAD, *GOOD, ["A", "B", "C", "other@example.org", "ADV"], ["A", "B", "C", "here@example.org", "ADV"]]
    answer = send(client, page, csv_of(rows))
    assert answer.status_code == 422
    for words in (
        "D4: other@example.org cannot be nominated here.",
        "D5: Ane Here is in your delegation already.",
        "A4: Only 2 places are left.",
        "A5: Only 2 places are left.",
    ):
        assert words in words_of(answer)
    assert "A3:" not in words_of(answer)


def test_what_changed_after_the_page_was_read_writes_nothing(
    client: PageClient, page: str, meeting: Meeting, sender: Delegation
) -> None:
    typed = hidden(send(client, page, csv_of([HEAD, *GOOD])))
    with transaction():
        sender.places = 1
    answer = client.post(f"{page}/file/all", data=typed)
    assert answer.status_code == 409 and "Nobody was nominated" in answer.text
    assert "A3: Only 1 place is left." in words_of(answer) and people() == 0


def test_a_formula_is_never_taken(client: PageClient, page: str) -> None:
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, GOOD[0])
        sheet.write_formula(1, 2, '=HYPERLINK("https://example.org","x")')
    answer = send(client, page, out.getvalue())
    assert answer.status_code == 422 and "C2: This is a formula." in words_of(answer)
    plain = [HEAD, ["=1+1", *GOOD[0][1:]]]  # CSV has words only: it is a name like any other
    assert send(client, page, csv_of(plain)).status_code == 200


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose the file."),
        (b"x" * 400_001, "400 kB or less"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "not in UTF-8"),
        (b"PK\x03\x04 broken", "file"),
        (csv_of([HEAD]), "There is nobody in this file."),
        (csv_of([["Shoe size"], ["43"]]), "A1: There is no column “Shoe size”."),
        (csv_of([[*HEAD, "Email"], *GOOD]), "F1: There are two columns of this name."),
        (b'"not closed', "not closed"),
        (csv_of([HEAD, *([GOOD[0]] * 201)]), "A202: A file may have 200 people at most."),
    ],
    ids=["empty", "large", "half", "xls", "zip", "nobody", "column", "twice", "quotation", "many"],
)
def test_a_file_that_cannot_be_read_says_what_to_do(client: PageClient, page: str, content: bytes, words: str) -> None:
    answer = send(client, page, content)
    assert answer.status_code == 422 and words in words_of(answer) and people() == 0


def test_the_empty_file_is_read_again(client: PageClient, page: str) -> None:
    for ending in ("csv", "xlsx"):
        content = client.get(f"{page}/people.{ending}").data
        answer = send(client, page, content)
        assert answer.status_code == 422 and "There is nobody in this file." in answer.text
    assert client.get(f"{page}/people.pdf").status_code == 404
    assert "Nominate by file" in client.get(page).text and client.get(f"{page}/file").status_code == 200


def test_cells_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [cell_name(column, 1) for column in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A2", "Z2", "AA2", "AZ2", "BA2", "ZZ2", "AAA2"),
    ]


def test_people_of_a_member_are_of_the_members_category_and_need_no_column(
    client: PageClient, meeting: Meeting
) -> None:
    make.category(meeting, represents="state", code="OBS")
    make.category(meeting, represents="member", code="MEM")
    sender = make.delegation(meeting, "Thailand", country="THA", is_state=True)

    shown = send(client, page_of(focal_point(sender)), csv_of([HEAD, *GOOD]))

    assert (shown.status_code, "2 people can be nominated" in shown.text) == (200, True)


def test_where_several_categories_fit_the_file_has_to_name_one(client: PageClient, meeting: Meeting) -> None:
    for code in ("MEM", "MIN"):
        make.category(meeting, represents="member", code=code, name=code)
    sender = make.delegation(meeting, "Thailand", country="THA", is_state=True)
    page = page_of(focal_point(sender))

    refused = send(client, page, csv_of([HEAD, GOOD[0]]))

    assert refused.status_code == 422
    assert "A2: Choose the type of participant." in re.sub("<[^>]*>", "", refused.text)
    named = send(client, page, csv_of([[*HEAD, "Type of participant"], [*GOOD[0], "MIN"]]))
    assert "1 person can be nominated" in named.text
