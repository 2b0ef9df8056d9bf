"""Participants from a file: columns, the dry run, the import, and how it is taken back."""

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from eventapp.badges.models import Badge
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import LEASE, Lost
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.jobs.slices import Lease, take
from eventapp.ground.refusal import Refused
from eventapp.ground.tables.reading import read_head
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.answers.models import Answer
from eventapp.registration.imports import actions, working
from eventapp.registration.imports.columns import guessed, questions_for
from eventapp.registration.imports.jobs import LONG_JOBS
from eventapp.registration.imports.models import (
    CHECKED,
    DONE,
    FAILED,
    IMPORTING,
    STOPPED,
    UNDOING,
    UNDONE,
    Import,
    ImportRow,
)
from eventapp.registration.imports.queries import columns_before, counts
from eventapp.registration.models import Registration
from tests import make, make_questions
from tests.counting import counted
from tests.make import TODAY

pytestmark = pytest.mark.usefixtures("app")
HEAD = ("Surname", "First name", "E-mail", "Type of participant", "Delegation", "Role", "Ministry", "Functional title")
ANE = ("Tabai", "Ane", "ane@example.org", "State", "Kiribati", "Head of delegation", "Ministry of ICT", "Director")
LIN = ("Lin", "Mei", "mei@example.org", "ORG", "UNDP", "", "", "Officer")


def file_of(*rows: Sequence[str]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "now", lambda: TODAY)


@pytest.fixture
def meeting() -> Meeting:
    meeting = make.meeting(slug="spring", capacity=50)
    make.category(meeting, code="STA", name="State", represents="state", needs_approval=True)
    make.category(meeting, code="ORG", name="Organization")
    return meeting


@pytest.fixture
def by() -> Person:
    return make.administrator()


def received(meeting: Meeting, content: bytes, by: Person, **terms: str) -> Import:
    """The file, its columns guessed, and checked by the worker."""
    head = read_head(content, most=6).rows
    with transaction():
        one = actions.receive(meeting, "people.csv", content, head, by=by, at=TODAY)
    columns = guessed(one.heads, questions_for(meeting), columns_before(meeting))
    with transaction():
        actions.check(one, columns, {"place": "approved", "letters": "none", "there": "change", **terms}, at=TODAY)
    return worked(one)


def worked(one: Import) -> Import:
    while work_long(LONG_JOBS, at=TODAY):
        pass
    db.session.expire_all()
    return one


def imported(meeting: Meeting, content: bytes, by: Person, **terms: str) -> Import:
    one = received(meeting, content, by, **terms)
    with transaction():
        actions.start(one, at=TODAY)
    return worked(one)


def undone(one: Import, by: Person) -> Import:
    with transaction():
        actions.undo(one, by=by, at=TODAY)
    return worked(one)


def states(meeting: Meeting) -> dict[str, str]:
    query = select(Registration).where(Registration.meeting_id == meeting.id)
    return {one.person.email: one.state for one in db.session.scalars(query)}


def faults(one: Import) -> list[list[str]]:
    query = select(ImportRow).where(ImportRow.import_id == one.id).order_by(ImportRow.number)
    return [fault for row in db.session.scalars(query) for fault in row.faults]


def test_a_dry_run_counts_and_writes_nothing(meeting: Meeting, by: Person) -> None:
    one = received(meeting, file_of(HEAD, ANE, LIN), by)
    assert (one.state, faults(one), dict(counts(one))) == (CHECKED, [], {"new": 2})
    assert not states(meeting)


def test_people_come_with_a_place_and_no_letter(meeting: Meeting, by: Person) -> None:
    one = imported(meeting, file_of(HEAD, ANE, LIN), by)
    assert (one.state, dict(counts(one))) == (DONE, {"added": 2})
    assert states(meeting) == {"ane@example.org": "approved", "mei@example.org": "approved"}
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0
    ane = db.session.scalars(select(Registration).where(Registration.family_name == "Tabai")).one()
    facts = (ane.delegation.country, ane.delegation_role, ane.organization, ane.job_title)
    assert facts == ("KIR", "HOD", "Ministry of ICT", "Director")


def test_an_import_is_taken_back(meeting: Meeting, by: Person) -> None:
    one = undone(imported(meeting, file_of(HEAD, ANE, LIN), by), by)
    assert (one.state, dict(counts(one))) == (UNDONE, {"taken back": 2})
    assert set(states(meeting).values()) == {"withdrawn"}
    again = imported(meeting, file_of(HEAD, ANE, LIN), by)
    assert dict(counts(again)) == {"added": 2}
    assert set(states(meeting).values()) == {"approved"}


def test_every_fault_is_named_with_its_cell_and_the_others_are_imported(meeting: Meeting, by: Person) -> None:
    bad = ("Lin", "Mei", "mei@", "Press", "Atlantis", "", "", "")
    lost = ("Aho", "Vai", "vai@example.org", "State", "Atlantis", "Chief", "", "Officer")
    twice = ("Tabai", "Ane", "ANE@example.org", "ORG", "UNDP", "", "", "Director")
    one = imported(meeting, file_of(HEAD, ANE, bad, lost, twice), by)
    cells = {(cell, words) for cell, _sentence, words in faults(one)}
    assert {("C3", "mei@"), ("D3", "Press"), ("H3", ""), ("E4", "Atlantis"), ("F4", "Chief")} <= cells
    assert ["C5", "The same address stands in C2.", "ane@example.org"] in faults(one)
    assert dict(counts(one)) == {"added": 1, "faulty": 3}


def test_a_long_file_with_a_fault_in_each_tenth_row_names_each_and_imports_the_others(
    meeting: Meeting, by: Person
) -> None:
    with transaction():
        meeting.capacity = 1000
    rows = [
        (
            f"Family {n}",
            "Ane",
            f"p{n}@" if n % 10 == 0 else f"p{n}@example.org",
            "ORG",
            f"Body {n % 7}",
            "",
            "",
            "Officer",
        )
        for n in range(450)
    ]
    one = received(meeting, file_of(HEAD, *rows), by)
    assert [(cell, words) for cell, _sentence, words in faults(one)] == [
        (f"C{n + 2}", f"p{n}@") for n in range(0, 450, 10)
    ]
    assert states(meeting) == {} and dict(counts(one)) == {"new": 405, "faulty": 45}
    with transaction():
        actions.start(one, at=TODAY)
    assert dict(counts(worked(one))) == {"added": 405, "faulty": 45}
    assert len(states(meeting)) == 405 and dict(counts(undone(one, by))) == {"taken back": 405, "faulty": 45}


def test_who_is_there_changes_by_what_the_file_says(meeting: Meeting, by: Person) -> None:
    imported(meeting, file_of(HEAD, ANE, LIN), by)
    other = (*ANE[:7], "Minister")
    one = received(meeting, file_of(HEAD, other, LIN), by)
    assert dict(counts(one)) == {"changed": 1, "same": 1}
    with transaction():
        actions.start(one, at=TODAY)
    worked(one)
    ane = db.session.scalars(select(Registration).where(Registration.family_name == "Tabai")).one()
    assert (ane.job_title, ane.organization) == ("Minister", "Ministry of ICT")
    undone(one, by)
    assert ane.job_title == "Director"


def test_an_empty_cell_and_a_column_that_is_not_there_change_nothing(meeting: Meeting, by: Person) -> None:
    imported(meeting, file_of(HEAD, ANE), by)
    short = (HEAD[0], *HEAD[2:5], HEAD[7])
    one = received(meeting, file_of(short, ("Tabai", "ane@example.org", "", "", "")), by)
    assert dict(counts(one)) == {"same": 1}


def test_what_somebody_did_since_is_left_and_named(meeting: Meeting, by: Person) -> None:
    one = imported(meeting, file_of(HEAD, ANE, LIN), by)
    ane, mei = db.session.scalars(select(Registration).order_by(Registration.id))
    make.kept(Badge(registration_id=ane.id, code="X" * 20, issued_at=TODAY))
    undone(one, by)
    assert dict(counts(one)) == {"taken back": 1, "left": 1}
    assert faults(one) == [["", "Has a badge.", "Ane Tabai"]]
    assert (ane.state, mei.state) == ("approved", "withdrawn")


def test_stopped_it_keeps_what_was_done_and_goes_on(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = received(meeting, file_of(HEAD, ANE, LIN), by)
    with transaction():
        actions.start(one, at=TODAY)
    monkeypatch.setattr(working, "LEAST", 1)
    monkeypatch.setattr(working, "SLICE", 0.0001)
    assert work_long(LONG_JOBS, at=TODAY)
    with transaction():
        actions.stop(one, by=by, at=TODAY)
    assert not work_long(LONG_JOBS, at=TODAY)
    assert dict(counts(one)) == {"added": 1, "new": 1}
    with transaction():
        actions.start(one, at=TODAY)
    worked(one)
    assert dict(counts(one)) == {"added": 2}


def test_a_worker_that_dies_is_followed_by_one_that_does_the_rest_once(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = received(meeting, file_of(HEAD, ANE, LIN), by)
    with transaction():
        actions.start(one, at=TODAY)
        lease = take(Import, TODAY)
    assert lease is not None
    working.import_step(lease, 1)  # and is killed here, with the file in its hands
    assert not work_long(LONG_JOBS, at=TODAY)
    later = TODAY + LEASE
    assert work_long(LONG_JOBS, at=later)
    db.session.expire_all()
    assert (one.state, dict(counts(one))) == (DONE, {"added": 2})
    with pytest.raises(Lost):
        working.import_step(lease, 1)


def test_undoing_is_stopped_and_gone_on_with(meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for a place gets one that came free, as where all of it is taken back."""
    with transaction():
        meeting.capacity = 2
    one = imported(meeting, file_of(HEAD, ANE, LIN), by)
    waiting = make.registration(meeting, state="waiting")
    with transaction():
        actions.undo(one, by=by, at=TODAY)
    with monkeypatch.context() as patched:
        patched.setattr(working, "LEAST", 1)
        patched.setattr(working, "SLICE", 0.0001)
        assert work_long(LONG_JOBS, at=TODAY)
    assert waiting.state == "waiting"
    with transaction():
        actions.stop(one, by=by, at=TODAY)
    assert not work_long(LONG_JOBS, at=TODAY)
    assert (one.state, one.resumes, dict(counts(one))) == (STOPPED, UNDOING, {"added": 1, "taken back": 1})
    assert states(meeting) == {
        "ane@example.org": "approved",
        "mei@example.org": "withdrawn",
        waiting.person.email: "approved",
    }
    with pytest.raises(Refused), transaction():
        actions.start(one, at=TODAY)
    assert dict(counts(undone(one, by))) == {"taken back": 2} and one.state == UNDONE


def test_what_the_import_itself_answered_is_nothing_done_since(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_questions.question(meeting, kind="choice", label={"en": "Shirt"}, choices=("Small", "Large"))
    one = received(meeting, file_of((*HEAD, "Shirt"), (*LIN, "large"), (*ANE, "Small")), by)
    later = TODAY + timedelta(hours=1)
    monkeypatch.setattr(working, "now", lambda: later)
    with transaction():
        actions.start(one, at=later)
    while work_long(LONG_JOBS, at=later):
        pass
    ane = db.session.scalars(select(Registration).where(Registration.family_name == "Tabai")).one()
    with transaction():
        db.session.scalars(select(Answer).where(Answer.registration_id == ane.id)).one().at = later + timedelta(hours=1)
    undone(one, by)
    assert dict(counts(one)) == {"taken back": 1, "left": 1}
    assert faults(one) == [["", "Answered or asked for a change since.", "Ane Tabai"]]


def test_three_workers_that_die_of_it_fail_it_and_it_can_be_tried_again(meeting: Meeting, by: Person) -> None:
    one = received(meeting, file_of(HEAD, ANE, LIN), by)
    with transaction():
        actions.start(one, at=TODAY)
    died = 0
    while died < 5 and lease_at(TODAY + died * LEASE):
        died += 1
    assert (died, one.state, one.resumes, one.sentence[:26]) == (3, FAILED, IMPORTING, "It could not be finished. ")
    with transaction():
        actions.start(one, at=TODAY)
    assert dict(counts(worked(one))) == {"added": 2}


def lease_at(at: datetime) -> Lease[Import] | None:
    with transaction():
        return take(Import, at)


def test_a_worker_that_comes_back_to_other_columns_writes_nothing(meeting: Meeting, by: Person) -> None:
    one = received(meeting, file_of(HEAD, ANE, LIN), by)
    columns, terms = list(one.columns), dict(one.terms)
    with transaction():
        actions.choose_again(one)
    with transaction():
        actions.check(one, columns, terms, at=TODAY)
    lease = lease_at(TODAY)
    assert lease
    with transaction():
        actions.stop(one, by=by, at=TODAY)
    with transaction():
        actions.check(one, columns, terms, at=TODAY)
    with pytest.raises(Lost):
        working.check_step(lease, 1)
    db.session.rollback()
    assert dict(counts(worked(one))) == {"new": 2}


@pytest.mark.parametrize(("fault", "ends"), [(OperationalError("COMMIT", None, OSError()), DONE), (OSError(), FAILED)])
def test_where_the_database_went_another_slice_goes_on(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch, fault: Exception, ends: str
) -> None:
    """With any other fault it has failed, and waits for somebody who starts it again."""

    def broken(_lease: object, _size: int) -> bool:
        raise fault

    one = received(meeting, file_of(HEAD, ANE, LIN), by)
    with transaction():
        actions.start(one, at=TODAY)
    with monkeypatch.context() as patched:
        patched.setattr(working, "import_step", broken)
        assert work_long(LONG_JOBS, at=TODAY)
    work_long(LONG_JOBS, at=TODAY + LEASE)
    db.session.expire_all()
    assert one.state == ends


def test_a_full_meeting_puts_the_others_on_the_waiting_list(meeting: Meeting, by: Person) -> None:
    with transaction():
        meeting.capacity = 1
    imported(meeting, file_of(HEAD, ANE, LIN), by)
    assert states(meeting) == {"ane@example.org": "approved", "mei@example.org": "waiting"}


def test_without_a_choice_they_wait_for_a_decision_and_letters_go_where_they_are_chosen(
    meeting: Meeting, by: Person
) -> None:
    imported(meeting, file_of(HEAD, ANE), by, place="pending", letters="all")
    assert states(meeting) == {"ane@example.org": "pending"}
    assert [one.to for one in db.session.scalars(select(Letter))] == ["ane@example.org"]


def test_questions_of_the_meeting_are_columns(meeting: Meeting, by: Person) -> None:
    choice = make_questions.question(meeting, kind="choice", label={"en": "Shirt"}, choices=("Small", "Large"))
    one = imported(meeting, file_of((*HEAD, "Shirt"), (*LIN, "large"), (*ANE, "Huge")), by)
    assert dict(counts(one)) == {"added": 1, "faulty": 1}
    answer = db.session.scalars(select(Answer)).one()
    assert (answer.question_id, answer.wording.choices[answer.choice]["en"]) == (choice.id, "Large")
    assert faults(one)[0][0] == "I3"


def test_headings_are_known_in_three_languages_and_by_our_own_lists() -> None:
    french = ["Nom de famille", "Prénoms", "Courriel", "Type de participant", "Fonction"]
    assert guessed(french, (), {}) == ["family_name", "given_name", "email", "category", "job_title"]
    ours = ["Number", "State", "Type", "Represents", "Role", "Family name", "Organization", "Email"]
    codes = ["", "", "category", "delegation", "delegation_role", "family_name", "organization", "email"]
    assert guessed(ours, (), {}) == codes
    assert guessed(["State", "اسم العائلة"], (), {}) == ["delegation", "family_name"]
    assert guessed(["Who"], (), {"who": "family_name"}) == ["family_name"]


def test_one_organization_in_two_spellings_of_a_file_is_one_delegation(meeting: Meeting, by: Person) -> None:
    other = ("Aho", "Vai", "vai@example.org", "ORG", "INTERNET OF REEFS", "", "", "Officer")
    one = imported(meeting, file_of(HEAD, (*LIN[:4], "Internet of Reefs", *LIN[5:]), other), by)
    assert dict(counts(one)) == {"added": 2}
    assert len({each.delegation_id for each in db.session.scalars(select(Registration))}) == 1


def test_the_dry_run_asks_as_little_for_many_organizations_as_for_one(meeting: Meeting, by: Person) -> None:
    rows = [(*LIN[:2], f"p{n}@example.org", "ORG", f"Body {n}", "", "", "Officer") for n in range(40)]
    with counted() as one:
        received(meeting, file_of(HEAD, rows[0]), by)
    with counted() as many:
        received(meeting, file_of(HEAD, *rows[1:]), by)
    assert len(many) <= len(one) + 2
