"""A file of sessions is taken on a lease, stopped at any time, gone on with after a worker that died, and done once."""

from collections import Counter
from datetime import datetime
from io import BytesIO
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.agenda.imports import actions, comparing, working
from eventapp.agenda.imports.jobs import LONG_JOBS
from eventapp.agenda.imports.models import (
    CHECKED,
    CHOOSING,
    COMPARING,
    DONE,
    FAILED,
    IMPORTING,
    STOPPED,
    UNDOING,
    UNDONE,
    AgendaImport,
)
from eventapp.agenda.imports.queries import Names
from eventapp.agenda.models import Session
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs import slices
from eventapp.ground.jobs.leased import LEASE, Lost
from eventapp.ground.jobs.pace import Pace
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.jobs.slices import Lease, take
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_import import (
    IMPORTS,
    chosen,
    congress,
    desk,
    event,
    meeting,
    pressed,
    sessions,
    tally,
    worked,
)
from tests.agenda.test_import_tables import csv_with, sent
from tests.browserless import PageClient

__all__ = ["desk", "meeting"]  # fixtures
MANY = 4
HEAD = ("ID", "Title", "Date", "Start", "End", "Kind")
TALKS = [(f"A-{n}", f"Talk {n}", "2026-03-16", f"{9 + n}:00", f"{9 + n}:30", "trends") for n in range(MANY)]


@pytest.fixture(autouse=True)
def _one_row_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "LEAST", 1)
    monkeypatch.setattr(working, "MOST", 1)


@pytest.fixture
def page(desk: PageClient, meeting: Meeting) -> str:
    """A file that was compared and lacks nothing."""
    page = chosen(desk, congress([event(number) for number in range(MANY)]))
    pressed(desk, page, "rooms", seats="80")
    assert pressed(desk, page, "kinds") == {"new": MANY}
    return page


def one_of(page: str) -> AgendaImport:
    return db.session.get_one(AgendaImport, int(page.rpartition("/")[2]), populate_existing=True)


def names_of(page: str) -> Names:
    return Names(one_of(page).meeting_id)


def taken(at: datetime) -> Lease[AgendaImport] | None:
    with transaction():
        return take(AgendaImport, at)


def begun(desk: PageClient, page: str, button: str, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What became of the rows when a worker has done one of them."""
    assert desk.post(f"{page}/{button}").status_code == 303
    with monkeypatch.context() as patched:
        patched.setattr(working, "SLICE", 0.0001)
        assert work_long(LONG_JOBS, at=now())
    return tally(page)


def verbs() -> Counter[str]:
    db.session.rollback()
    return Counter(db.session.scalars(select(Entry.verb)))


def all_once() -> bool:
    db.session.rollback()
    many = db.session.scalar(select(func.count()).select_from(Session))
    return (many, len(sessions()), verbs()["made session"]) == (MANY, MANY, MANY)


def test_two_workers_at_once_import_each_session_once(app: Flask, desk: PageClient, page: str) -> None:
    desk.post(f"{page}/start")
    start, did = Barrier(2), list[Counter[str]]()
    db.session.rollback()

    def work() -> None:
        with app.app_context():
            start.wait()
            did.append(work_long(LONG_JOBS, at=now()))
            db.session.remove()

    hands = [Thread(target=work) for _each in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sum(one.total() for one in did) == 1, "the other found it taken"
    assert worked(page) == {"added": MANY} and all_once()
    assert (one_of(page).state, verbs()["imported sessions"]) == (DONE, 1)


def test_a_worker_that_dies_is_followed_by_one_that_does_the_rest_once(desk: PageClient, page: str) -> None:
    desk.post(f"{page}/start")
    lease = taken(now())
    assert lease and working.import_step(
        lease, Pace(1, 1), names_of(page)
    )  # and is killed here, with the file in its hands
    assert not work_long(LONG_JOBS, at=now()) and tally(page) == {"added": 1, "new": MANY - 1}
    assert work_long(LONG_JOBS, at=now() + LEASE)
    assert tally(page) == {"added": MANY} and all_once()


def late(desk: PageClient, page: str) -> Counter[str]:
    """What a worker writes that comes back when its file was stopped, and somebody goes on with it."""
    desk.post(f"{page}/start")
    lease = taken(now())
    assert lease
    desk.post(f"{page}/stop")
    try:
        working.import_step(lease, Pace(1, 1), names_of(page))
    except Lost:
        db.session.rollback()
    desk.post(f"{page}/start")
    try:
        working.import_step(lease, Pace(1, 1), names_of(page))
    except Lost:
        db.session.rollback()
    return tally(page)


def test_a_worker_that_comes_back_late_writes_nothing(desk: PageClient, page: str) -> None:
    assert late(desk, page) == {"new": MANY}
    assert worked(page) == {"added": MANY} and all_once()


def test_unless_it_does_not_look(desk: PageClient, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(slices, "refuse_lost", lambda _lease, _one: None)
    assert late(desk, page) == {"added": 2, "new": MANY - 2}


def test_what_is_given_back_after_a_stop_says_nothing(desk: PageClient, page: str) -> None:
    """Else the job would be left out for two minutes, with the files of all others."""
    desk.post(f"{page}/start")
    lease = taken(now())
    assert lease
    give_back = slices.in_slice(lease, lambda _lease: True, 0.0001, now)
    desk.post(f"{page}/stop")
    assert give_back
    with transaction():
        give_back()
    assert one_of(page).state == STOPPED


def died_of(at: datetime) -> int:
    """How many workers take a file and die of it before it has failed."""
    many = 0
    while many < 5 and taken(at + many * LEASE):
        many += 1
    return many


def test_three_workers_that_die_of_it_fail_it_and_it_can_be_tried_again(desk: PageClient, page: str) -> None:
    desk.post(f"{page}/start")
    assert died_of(now()) == 3
    one = one_of(page)
    assert (one.state, one.resumes) == (FAILED, IMPORTING)
    shown = desk.get(page).text
    assert "It could not be finished. What was done until then stays." in shown and "Go on with the import" in shown
    assert pressed(desk, page, "start") == {"added": MANY} and one_of(page).state == DONE


def test_so_does_a_file_that_kills_who_compares_it_whatever_they_wrote(
    desk: PageClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """No fault that a worker could see."""

    def killed(_lacks: object, _one: AgendaImport) -> None:
        raise Killed

    desk.post(f"{page}/kind")
    many = 0
    with monkeypatch.context() as patched:
        patched.setattr(comparing, "end", killed)
        while many < 5 and (lease := taken(now() + many * LEASE)):
            many += 1
            with pytest.raises(Killed):
                working.work(lease)
            db.session.rollback()
    assert (many, one_of(page).state) == (3, FAILED)
    shown = desk.get(page).text
    assert "Compare again" in shown and "Sessions of the file" not in shown, "what its rows say is of before"
    assert pressed(desk, page, "compare") == {"new": MANY} and one_of(page).state == CHECKED


def test_what_one_did_counts_for_those_after_it(desk: PageClient, page: str) -> None:
    """A file that gets on is no file that kills."""
    desk.post(f"{page}/start")
    for number in range(MANY):
        lease = taken(now() + number * LEASE)
        assert lease and working.import_step(lease, Pace(1, 1), names_of(page))
    assert tally(page) == {"added": MANY} and one_of(page).state == IMPORTING


def test_a_comparison_is_stopped_and_begun_again(desk: PageClient, meeting: Meeting) -> None:
    page = str(desk.post(IMPORTS, data={"file": (BytesIO(congress([event(0)])), "schedule.json")}).location)
    assert f'action="{page}/stop"' in desk.get(page).text
    desk.post(f"{page}/stop")
    assert (one_of(page).state, one_of(page).resumes) == (STOPPED, COMPARING)
    assert not work_long(LONG_JOBS, at=now())
    shown = desk.get(page).text
    assert "The comparison was stopped. Nothing was imported." in shown and "Undo this import" not in shown
    assert "Files of before" in desk.get(IMPORTS).text
    pressed(desk, page, "start")
    assert one_of(page).state == STOPPED, "it was not compared"
    assert pressed(desk, page, "compare") == {"faulty": 1} and one_of(page).state == CHECKED


def test_a_table_that_is_stopped_goes_back_to_its_columns(desk: PageClient, meeting: Meeting) -> None:
    page = sent(desk, csv_with(HEAD, *TALKS))
    data = {f"column-{place}": code for place, code in enumerate(one_of(page).columns)}
    desk.post(f"{page}/columns", data=data)
    desk.post(f"{page}/stop")
    assert one_of(page).state == CHOOSING and "What the columns are" in desk.get(page).text
    desk.post(f"{page}/columns", data=data)
    assert worked(page) == {"new": MANY}


def test_a_table_that_could_not_be_compared_can_have_other_columns(desk: PageClient, meeting: Meeting) -> None:
    page = sent(desk, csv_with(HEAD, *TALKS))
    data = {f"column-{place}": code for place, code in enumerate(one_of(page).columns)}
    desk.post(f"{page}/columns", data=data)
    assert died_of(now()) == 3
    assert "Change the columns" in desk.get(page).text
    desk.post(f"{page}/columns/again")
    assert one_of(page).state == CHOOSING
    desk.post(f"{page}/columns", data=data)
    assert worked(page) == {"new": MANY}


def test_an_import_that_is_stopped_keeps_what_was_done_and_goes_on(
    desk: PageClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert begun(desk, page, "start", monkeypatch) == {"added": 1, "new": MANY - 1}
    assert f'action="{page}/stop"' in desk.get(page).text
    assert pressed(desk, page, "stop") == {"added": 1, "new": MANY - 1}
    shown = desk.get(page).text
    assert "The import was stopped. What was imported until then stays." in shown
    assert "Go on with the import" in shown and "Undo this import" in shown
    assert verbs()["stopped an import of sessions"] == 1
    assert pressed(desk, page, "start") == {"added": MANY} and all_once()


def test_one_that_is_stopped_can_be_taken_back(desk: PageClient, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(desk, page, "start", monkeypatch)
    pressed(desk, page, "stop")
    assert pressed(desk, page, "undo") == {"taken back": 1, "new": MANY - 1}
    assert one_of(page).state == UNDONE and [one.is_off for one in sessions().values()] == [True]


def test_undoing_is_stopped_and_gone_on_with(desk: PageClient, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed(desk, page, "start")
    assert begun(desk, page, "undo", monkeypatch) == {"added": MANY - 1, "taken back": 1}
    assert f'action="{page}/stop"' in desk.get(page).text
    assert pressed(desk, page, "stop") == {"added": MANY - 1, "taken back": 1}
    assert (one_of(page).state, one_of(page).resumes) == (STOPPED, UNDOING)
    shown = desk.get(page).text
    assert "What was taken back until then stays taken back." in shown and "Go on undoing" in shown
    assert "Go on with the import" not in shown
    assert pressed(desk, page, "start") == {"added": MANY - 1, "taken back": 1}, "not the import"
    assert pressed(desk, page, "undo") == {"taken back": MANY} and one_of(page).state == UNDONE
    assert verbs()["stopped the undoing of an import of sessions"] == 1


def test_who_goes_on_cancels_what_was_chosen_at_the_start(
    desk: PageClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed(desk, page, "start")
    again = chosen(desk, congress([event(0), event(1, title="Other")]))
    assert desk.post(f"{again}/start", data={"cancels": "1"}).status_code == 303
    desk.post(f"{again}/stop")
    assert pressed(desk, again, "start") == {"updated": 1, "same": 1, "cancelled": 2}


@pytest.mark.parametrize(("lacks", "left"), [({}, COMPARING), ({"rooms": {}}, IMPORTING)])
def test_a_file_that_failed_in_the_release_before_can_be_gone_on_with(
    desk: PageClient, meeting: Meeting, lacks: dict[str, object], left: str
) -> None:
    facts = {"meeting_id": meeting.id, "at": now(), "language": "en", "given_name": "a.xml", "form": "xml"}
    one = make.kept(AgendaImport(state=FAILED, lacks=lacks, sentence="It could not be finished.", **facts))
    assert one.left == left
    shown = desk.get(f"{IMPORTS}/{one.id}").text
    assert ("Compare again" in shown, "Go on with the import" in shown) == (left == COMPARING, left == IMPORTING)
    pressed(desk, f"{IMPORTS}/{one.id}", "compare" if left == COMPARING else "start")
    assert one_of(f"{IMPORTS}/{one.id}").state == (CHECKED if left == COMPARING else DONE)


def imported_twice(page: str, other: str) -> Counter[str]:
    """What becomes of a file whose worker goes on when another file brought the same sessions meanwhile."""
    with transaction():
        actions.start(one_of(page), cancels=False, at=now())
    lease, names = taken(now()), names_of(page).look()
    db.session.rollback()
    with transaction():
        actions.start(one_of(other), cancels=False, at=now())
    assert lease and worked(other) == {"added": MANY}
    while working.import_step(lease, Pace(1, 1), names):
        pass
    return tally(page)


@pytest.fixture
def other(desk: PageClient, page: str) -> str:
    return chosen(desk, congress([event(number) for number in range(MANY)]))


def test_sessions_that_came_in_meanwhile_are_known(page: str, other: str) -> None:
    assert imported_twice(page, other) == {"same": MANY}


def test_unless_nobody_looks_for_them(page: str, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    look, looked = Names.look, list[int]()

    def once(names: Names) -> Names:
        looked.append(names.newest)
        return names if len(looked) > 1 else look(names)

    monkeypatch.setattr(Names, "look", once)
    assert imported_twice(page, other)["same"] == 0
