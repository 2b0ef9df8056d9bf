"""Invitations from a file: what is named and left out, drafts and letters, and the way back."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.history.models import Entry
from eventapp.mail.actions import post
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.registration.imports import actions, working
from eventapp.registration.imports import manage as imports_manage
from eventapp.registration.imports.models import IMPORTING, Import, ImportRow
from eventapp.registration.imports.queries import counts
from eventapp.registration.invitations import actions as inviting
from eventapp.registration.invitations import manage
from eventapp.registration.invitations.actions import Guest, Terms, invite
from eventapp.registration.invitations.jobs import LONG_JOBS
from eventapp.registration.invitations.models import Invitation
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.registration.test_imports import file_of, worked

ROOT = "/meetings/spring/manage/imports"
HEAD = ("Family name", "First name", "E-mail", "Type", "State", "Organization", "Language")
COLUMNS = ("family_name", "given_name", "email", "category", "delegation", "organization", "language")
ANE = ("Tabai", "Ane", "ane@example.org", "State", "Kiribati", "", "French")
LIN = ("Lin", "Mei", "mei@example.org", "Organization", "UNDP", "", "")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (manage, imports_manage, working):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    meeting = make.meeting(slug="spring", capacity=50)
    make.category(meeting, code="STA", name="State", represents="state")
    make.category(meeting, code="ORG", name="Organization")
    client.sign_in(make.staff(meeting, "organizer"))
    return meeting


def imported(client: PageClient, *rows: tuple[str, ...], send: str = "later") -> Import:
    """The file of these rows, checked and imported as the pages lead."""
    client.post(ROOT, data={"file": (BytesIO(file_of(HEAD, *rows)), "guests.csv"), "kind": "guests"})
    one = db.session.scalars(select(Import).order_by(Import.id.desc())).first()
    assert one is not None
    here = f"{ROOT}/{one.id}"
    shown = client.get(here).get_data(as_text=True)
    assert shown.count(" selected>") >= len(HEAD)
    sent: dict[str, Any] = {f"column-{place}": code for place, code in enumerate(COLUMNS)}
    client.post(f"{here}/columns", data={**sent, "send": send, "category": "ORG", "language": "en"})
    worked(one)
    client.post(f"{here}/start")
    return worked(one)


def invited() -> list[Invitation]:
    db.session.rollback()
    return list(db.session.scalars(select(Invitation).order_by(Invitation.id)))


def letters() -> list[str]:
    while work_long(LONG_JOBS, at=TODAY):
        pass
    return [one.to for one in db.session.scalars(select(Letter).order_by(Letter.id))]


def test_guests_become_drafts_that_are_sent_by_one_press(client: PageClient, meeting: Meeting) -> None:
    imported(client, ANE, LIN)
    ane, mei = invited()
    assert (ane.country, ane.language, ane.category.code, ane.is_draft) == ("KIR", "fr", "STA", True)
    assert mei.organization == "United Nations Development Programme"
    assert letters() == []
    page = client.get("/meetings/spring/manage/invitations?tab=drafts").get_data(as_text=True)
    assert "Send 2 drafts" in page
    client.post("/meetings/spring/manage/invitations/drafts")
    assert letters() == ["ane@example.org", "mei@example.org"]
    assert all(one.posted_at and not one.is_draft for one in invited())
    assert letters() == ["ane@example.org", "mei@example.org"]


def test_who_is_registered_or_invited_or_there_twice_is_named_and_left_out(
    client: PageClient, meeting: Meeting
) -> None:
    make.registration(meeting, person=make.person("Mei Lin", "mei@example.org"), record_name="Mei Lin", number=7)
    category, by = make.category(meeting), make.person()
    with transaction():
        invite(meeting, [Guest("Vai", "Aho", "vai@example.org")], Terms(category), by=by, at=TODAY)
    vai = ("Aho", "Vai", "vai@example.org", "Organization", "", "", "")
    one = imported(client, ANE, LIN, vai, ANE, ("", "", "nobody", "Press", "", "", ""), send="now")
    assert dict(counts(one)) == {"added": 1, "faulty": 4}
    rows = db.session.scalars(select(ImportRow).order_by(ImportRow.number))
    found = {fault[0]: fault[1] for row in rows for fault in row.faults}
    assert found["C3"] == "Mei Lin is registered already as R-0007."
    assert found["C4"] == "Is invited already."
    assert found["C5"] == "The same address stands in C2."
    assert {"A6", "C6", "D6"} <= found.keys()
    assert letters() == ["vai@example.org", "ane@example.org"]


def test_invitations_of_a_file_are_ended_together(client: PageClient, meeting: Meeting) -> None:
    one = imported(client, ANE, LIN)
    by = one.by
    assert by is not None
    with transaction():
        actions.undo(one, by=by, at=TODAY)
    worked(one)
    assert dict(counts(one)) == {"taken back": 2}
    assert all(one.ended_at for one in invited())
    again = imported(client, ANE, LIN)
    assert dict(counts(again)) == {"added": 2}


LIST = "/meetings/spring/manage/invitations"


@pytest.fixture
def three(client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three drafts that are handed to the worker, who writes one letter at a time."""
    monkeypatch.setattr(inviting, "A_TIME", 1)
    vai = ("Aho", "Vai", "vai@example.org", "Organization", "", "", "")
    imported(client, ANE, LIN, vai)
    client.post(f"{LIST}/drafts")


def written() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter.to).order_by(Letter.id)))


def test_how_far_the_letters_are_is_shown_until_none_waits(client: PageClient, three: None) -> None:
    page = client.get(LIST).text
    assert "3 letters of invitation are being written." in page and 'value="0"' in page and "/drafts/stop" in page
    work_long(LONG_JOBS, at=TODAY)
    page = client.get(f"{LIST}?on=letters").text
    assert "3 letters of invitation are being written." in page and 'value="34"' in page
    assert len(letters()) == 3
    assert "<progress" not in client.get(LIST).text
    assert "No letter of invitation waits any more." in client.get(f"{LIST}?on=letters").text


def test_stopped_the_rest_are_drafts_again(client: PageClient, three: None) -> None:
    work_long(LONG_JOBS, at=TODAY)
    answer = client.post(f"{LIST}/drafts/stop")
    assert "2 letters are drafts again. What is written already is on its way." in client.get(answer.location).text
    assert letters() == ["ane@example.org"]
    assert [one.is_draft for one in invited()] == [False, True, True]
    line = db.session.scalars(select(Entry).where(Entry.verb == "stopped letters of invitations")).one()
    assert line.detail == {"people": 2}
    client.post(f"{LIST}/drafts")
    assert letters() == ["ane@example.org", "mei@example.org", "vai@example.org"], "nobody gets two"


def test_stopped_while_a_file_is_imported_who_comes_later_is_a_draft(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = imported(client, ANE, send="now")
    with transaction():
        db.session.get_one(Import, one.id).state = IMPORTING
    client.post(f"{LIST}/drafts/stop")
    assert db.session.get_one(Import, one.id, populate_existing=True).terms["send"] == "later"
    assert letters() == [] and [one.is_draft for one in invited()] == [True]


class Killed(BaseException):
    """The worker is no more."""


def test_killed_while_it_writes_nobody_gets_two_letters(
    client: PageClient, three: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = list[object]()

    def dying(letter: Letter, *, at: datetime) -> None:
        post(letter, at=at)
        begun.append(letter)
        if len(begun) == 2:
            raise Killed

    monkeypatch.setattr(inviting, "post", dying)
    work_long(LONG_JOBS, at=TODAY)
    with pytest.raises(Killed):
        work_long(LONG_JOBS, at=TODAY)
    assert written() == ["ane@example.org"]
    assert letters() == ["ane@example.org", "mei@example.org", "vai@example.org"]
