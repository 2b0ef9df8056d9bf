"""Strings that break programs, through every field of the form and everything that is made of it."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.links import access as gate
from eventapp.registration import manage, views
from eventapp.registration.actions import confirm
from eventapp.registration.decisions import manage as deciding
from eventapp.registration.entry import own_token
from eventapp.registration.lists import manage as lists
from eventapp.registration.models import Registration
from eventapp.registration.own import views as own
from eventapp.registration.walk_ins import manage as walk_ins
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.registration.filling import typed

TAKEN = (
    "👩‍👩‍👧‍👦" * 8, "𠜎", "Straße ß SS", "İ i ı", "سميرة حداد", "משה", "O'Brien", "Null", "true", "-1", "1e309",
    "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "{{7*7}}", "{0.__class__}", "%s%n", "</textarea><svg onload=alert(1)>",
    "javascript:alert(1)", ";,\\n", "a, b@example.org", "раypal", "..%2f", "CON", "dot.", "<!--", "]]>", "\\", "\ufffd",
    "می‌خواهم", "ཚེ་རིང་རྡོ་རྗེ", "%(name)s", "${x}", "`id`", "${{<%[%'\"}}%\\",
)  # fmt: skip
REFUSED = (
    "\u202egnp.exe", "\u2066open", "\u200b", "e" + "\u0301" * 100, "a" * 10_000, "one\r\nBcc: two", "a\u2028b", "\x1b[31m",
    "tag\U000e0041", "\uffff",
)  # fmt: skip
FIELDS = (
    "given_name",
    "family_name",
    "own_name",
    "record_name",
    "badge_name",
    "delegation",
    "job_title",
    "access_needs",
)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    app.config["REGISTRATIONS_PER_HOUR"] = 10_000
    for room in (views, own, gate, manage, deciding, walk_ins, lists):
        monkeypatch.setattr(room, "now", lambda: TODAY)


def test_what_may_be_written_comes_back_everywhere_as_it_was(client: PageClient) -> None:
    meeting = make.meeting(slug="spring", capacity=1000)
    category = make.category(meeting, name="Civil society")
    for number, text in enumerate(TAKEN):
        answers = typed(category, key=f"k{number}", email=f"n{number}@example.org", **dict.fromkeys(FIELDS, text))
        assert client.post("/meetings/spring/registration", data=answers).status_code == 303, text
    rows = list(db.session.scalars(select(Registration).order_by(Registration.number)))
    with transaction():
        for registration in rows:
            confirm(registration, at=TODAY)

    assert [row.record_name for row in rows] == list(TAKEN)
    client.sign_in(make.staff(meeting, "organizer"))
    for page in ("manage/registrations?state=everyone", "manage/participants"):
        shown = client.get(f"/meetings/spring/{page}").text
        assert "<svg onload" not in shown and "&lt;svg onload" in shown
    for row in rows[::6]:
        for page in ("", "/edit"):
            assert client.get(f"/registrations/{own_token(row)}{page}").status_code == 200
        found = client.get(
            "/meetings/spring/manage/registrations", query_string={"q": row.record_name, "state": "everyone"}
        )
        assert row.reference in found.text, row.record_name
    book = load_workbook(BytesIO(client.get("/meetings/spring/manage/registrations.xlsx?state=everyone").data)).active
    assert book is not None
    assert {cell.value for cell in book["H"][1:]} >= {"=cmd|' /C calc'!A0", "+1", "@SUM(A1)"}
    assert {cell.data_type for line in book.iter_rows() for cell in line if cell.value is not None} == {"s"}


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_not_be_written_is_told_beside_the_field(client: PageClient, text: str) -> None:
    meeting = make.meeting(slug="spring")
    category = make.category(meeting)

    answer = client.post("/meetings/spring/registration", data=typed(category, job_title=text))

    assert (answer.status_code, 'id="job_title-error"' in answer.text) == (422, True)
