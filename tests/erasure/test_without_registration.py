"""Somebody without a registration is erased by an address or a name, from every place that knows such people."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.balance.models import Nominee
from eventapp.erasure import actions, emptying, files, sweeping
from eventapp.erasure.actions import ask_about
from eventapp.erasure.files import WaitingFile
from eventapp.erasure.looking.holdings import PLACES as LABELS
from eventapp.erasure.looking.holdings import holdings_of
from eventapp.erasure.looking.known import known_at
from eventapp.erasure.models import Erasure
from eventapp.erasure.names import Names
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.refusal import Refused
from eventapp.ground.tables.reading import read_sheet
from eventapp.ground.tables.writing import csv_of
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.registration.imports import planning, working
from eventapp.registration.imports.actions import check
from eventapp.registration.imports.jobs import LONG_JOBS
from eventapp.registration.imports.models import CHECKED, CHOOSING, NEW, Import, ImportFile, ImportRow
from eventapp.registration.invitations.models import Invitation
from tests import make
from tests.erasure import unregistered
from tests.erasure.erasing import erased_at, organizer
from tests.erasure.everywhere import planted
from tests.erasure.planting import EMAIL, NAME, SECRET
from tests.erasure.searching import everywhere, in_rows

LATER = make.TODAY + timedelta(days=60)  # the meeting is over


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


def traces(said: str) -> list[str]:
    """What of the person is in a text."""
    marks = ("quartermain", "quartermain".encode("utf-16").decode("latin-1"), SECRET.casefold())
    return [one for one in marks if one in said]


def in_workbooks() -> str:
    """What the files that wait say: a workbook is packed."""
    files = db.session.scalars(select(ImportFile.content))
    return "\n".join(read_sheet(one).text for one in files).casefold()


def at_places(email: str, name: str) -> set[str]:
    return {one.place for one in holdings_of(known_at(email, name))} - {"account"}


@pytest.mark.parametrize("place", sorted(unregistered.PLACES))
def test_each_place_is_found_by_the_address_and_emptied(meeting: Meeting, place: str) -> None:
    unregistered.PLACES[place](meeting)
    assert place in at_places(EMAIL, "") and traces(in_rows() + in_workbooks())
    name = NAME if place == "files" else ""  # nothing else says how the address is called
    erased_at(EMAIL, name, meeting=None, at=LATER)
    assert traces(in_rows() + in_workbooks()) == []
    assert verify() == []


@pytest.mark.parametrize("place", sorted(unregistered.BY_NAME))
def test_each_place_without_an_address_is_found_by_the_name_and_emptied(meeting: Meeting, place: str) -> None:
    unregistered.BY_NAME[place](meeting)
    assert at_places("", NAME) == {place} and traces(in_rows())
    erased_at("", NAME, meeting=meeting, at=LATER)
    assert traces(in_rows()) == []
    assert verify() == []


def test_the_places_are_all_that_are_shown() -> None:
    """An account has several at once, and who wrote an input is registered."""
    planted_here = {*unregistered.PLACES, *unregistered.BY_NAME, "account", "roles", "sign-ins"}
    assert set(LABELS) - planted_here == {"registrations", "inputs"}


def everywhere_at_once(meeting: Meeting) -> None:
    for plant in (*unregistered.PLACES.values(), *unregistered.BY_NAME.values()):
        plant(meeting)
    make.session(meeting, description=f"Led by {NAME}; write to {EMAIL.upper()}.")


def test_nothing_is_left_in_any_place(app: Flask, meeting: Meeting, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("backups")
    everywhere_at_once(meeting)
    before = {place for place, said in everywhere(app, folder / "before").items() if traces(said)}
    assert {"the rows", "a new backup"} < before and len(planted()) > 35
    erased_at(EMAIL, NAME, meeting=None, at=LATER)
    assert {place: traces(said) for place, said in everywhere(app, folder / "after").items() if traces(said)} == {}
    assert traces(in_workbooks()) == [] and planted() == set()
    assert db.session.scalars(select(Erasure.names)).all() == [[]]
    verbs = set(db.session.scalars(select(Entry.verb)))
    assert {"asked to erase somebody", "erased somebody", "took names out of the history"} <= verbs
    assert verify() == []


@pytest.mark.parametrize(
    ("module", "guard", "columns"),
    [
        (sweeping, "write_file", {"registration_import_file.content"}),
        (actions, "take_parts", {"speaking_role.position_held", "speaking_role.guid"}),
        (emptying, "empty_imports", {"registration_import_row.cells", "registration_import.example"}),
        (emptying, "empty_letters", {"letter.subject", "letter.text"}),
        (actions, "erase_nominees", set[str]()),
    ],
)
def test_control_what_is_not_emptied_is_found(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, module: object, guard: str, columns: set[str]
) -> None:
    everywhere_at_once(meeting)
    for one in (module, sweeping):  # which empties rows of imports once more
        monkeypatch.setattr(one, guard, lambda *_one, **_more: None, raising=False)
    erased_at(EMAIL, NAME, meeting=None, at=LATER)
    assert columns <= planted()
    if not columns:
        assert db.session.scalars(select(Nominee.name)).all() != []


def test_a_row_that_was_erased_is_not_imported_and_the_others_are_where_they_were(meeting: Meeting) -> None:
    unregistered.file_of_guests(meeting)
    unregistered.row_of_guests(meeting)
    erased_at(EMAIL, NAME, meeting=meeting, at=LATER)
    assert db.session.scalars(select(ImportRow)).all() == []
    for content in db.session.scalars(select(ImportFile.content)):
        rows = [row[:3] for row in read_sheet(content).rows]
        assert rows == [("Family name", "Email", "Words"), ("", "", ""), ("Byron", "", "a participant")]


def test_a_name_in_two_cells_is_taken_out_too(meeting: Meeting) -> None:
    """Of a row without the address, or with that of an office; nearly the same name in two cells is somebody else's."""
    unregistered.invitation(meeting)
    heads = ["No.", "Family name", "Given name", "Email"]
    rows = [["1", "QUARTERMAIN", "Dr. Zenobia", "office@example.org"], ["2", "Quartermain", "Xenia", ""]]
    number = unregistered.waiting(meeting, CHOOSING, example=rows).id
    make.kept(ImportFile(import_id=number, content=csv_of(heads, rows)))
    checked = unregistered.waiting(meeting, CHECKED, many=1)
    make.kept(ImportRow(import_id=checked.id, number=2, outcome=NEW, email="office@example.org", cells=rows[0]))
    erased_at(EMAIL, NAME, meeting=meeting, at=LATER)
    left = [["1", "", "", "office@example.org"], rows[1]]
    (content,) = db.session.scalars(select(ImportFile.content))
    assert [list(row) for row in read_sheet(content).rows] == [heads, *left]
    assert db.session.scalars(select(Import.example).where(Import.id == number)).one() == left
    assert db.session.scalars(select(ImportRow.cells)).one() == left[0]


@pytest.mark.parametrize("when", ["as it was before", "and another has read it before"])
def test_a_worker_at_the_file_leaves_no_name_in_a_row(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """It reads the file while the erasure writes it anew, or has read it to its end just before."""
    unregistered.invitation(meeting)
    rows = [["Quartermain", "", "Zenobia"], ["Byron", "ada@example.org", NAME]]
    one = unregistered.waiting(meeting, CHOOSING, example=[])
    make.kept(ImportFile(import_id=one.id, content=csv_of(["Family name", "Email", "First name"], rows)))
    with transaction():
        check(db.session.get_one(Import, one.id), ["family_name", "email", "given_name"], {}, at=make.TODAY)
    if when == "as it was before":
        begun = list[int]()

        def file_rows(one: Import) -> list[Record]:
            found = planning.file_rows(one)
            if not begun:
                begun.append(one.id)
                erased_at(EMAIL, NAME, meeting=meeting, at=LATER)
            return found

        monkeypatch.setattr(working, "file_rows", file_rows)
    else:

        def next_file(erasure: Erasure) -> WaitingFile:
            number = erasure.id
            worked()
            return files.next_file(db.session.get_one(Erasure, number))

        monkeypatch.setattr(sweeping, "next_file", next_file)
        erased_at(EMAIL, NAME, meeting=meeting, at=LATER)
    worked()
    assert list(db.session.scalars(select(ImportRow.cells).order_by(ImportRow.number)))[-1][:2] == rows[1][:2]
    assert traces(in_rows()) == []


def worked() -> None:
    """The worker does what is due to files of people."""
    while work_long(LONG_JOBS, at=make.TODAY):
        db.session.rollback()
    db.session.rollback()


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        (["Quartermain", "Ms", "Zenobia", "3"], ["", "Ms", "", "3"]),
        (["Quartermain", "Chief", "Zenobia", "Ann"], ["", "Chief", "", ""]),
        (["Zenobia", "Chief", "Byron"], ["Zenobia", "Chief", "Byron"]),
        (["Quartermain", "Quartermain Ltd", "Xenia"], ["Quartermain", "Quartermain Ltd", "Xenia"]),
        (["Mary", "Chief", "Ann", "Mary"], ["", "Chief", "Ann", ""]),
        (["Mary", "Chief", "Ann"], ["Mary", "Chief", "Ann"]),
    ],
)
def test_parts_of_a_name_are_emptied_where_all_are_there(cells: list[str], left: list[str]) -> None:
    names = Names(["Zenobia Quartermain", "Zenobia Ann Quartermain", "Mary Mary"])
    assert names.taken_out_of_row(cells) == left


def test_what_others_have_stays(meeting: Meeting) -> None:
    """A namesake who is invited at another address keeps the name, and so does whoever is called nearly so."""
    unregistered.invitation(meeting)
    one = db.session.scalars(select(Invitation)).one()
    facts = {"meeting_id": meeting.id, "category_id": one.category_id, "skips_approval": False}
    for given_name, email in ("Zenobia", "other@example.org"), ("Ada", "ada@example.org"):
        guest = {"given_name": given_name, "family_name": "Quartermain", "email": email, "invited_at": make.TODAY}
        make.kept(Invitation(**facts, **guest))
    number = make.session(meeting, description=f"Led by {NAME}, {EMAIL}.").id
    erased_at(EMAIL, meeting=meeting, at=LATER)
    assert db.session.get_one(Session, number).description == f"Led by {NAME}, a participant."
    left = set(db.session.execute(select(Invitation.given_name, Invitation.email)))
    assert {("Zenobia", "other@example.org"), ("Ada", "ada@example.org")} <= left and len(left) == 3


def test_a_name_of_somebody_whose_address_is_known_is_erased_by_the_address(meeting: Meeting) -> None:
    by = organizer(meeting)
    unregistered.part_without_address(meeting)
    other = make.person(NAME, "other@example.org")
    make.role(make.session(meeting), name=NAME, person_id=other.id)
    with pytest.raises(Refused, match="whose address we know"), transaction():
        ask_about("", NAME, "They asked.", meeting=meeting, by=by, at=LATER)
    erased_at("other@example.org", meeting=meeting, at=LATER)
    assert set(db.session.scalars(select(SpeakingRole.name))) == {"a participant"}
