"""A file that changes a meeting much: in short transactions, each of which leaves it right; killed, it goes on."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.db.apart import Changed
from eventapp.ground.jobs.lanes import FORKED
from eventapp.ground.jobs.leased import DONE, LEASE, REFUSED, STOPPED, WORKING
from eventapp.ground.jobs.scheduler import work_long
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.arriving.altering import CHANGE
from eventapp.meeting_file.arriving.jobs import LONG_JOBS
from eventapp.meeting_file.changes import changes
from eventapp.meeting_file.loading import pieces
from eventapp.meeting_file.loading.differences import difference_apart
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import read
from eventapp.meetings.arriving import working
from eventapp.meetings.arriving.actions import receive, stop
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note
from tests import make
from tests.arriving import after
from tests.browserless import PageClient
from tests.meeting_file.large import SESSIONS, large
from tests.meeting_file.test_cli import run, written

OTHER = large().replace("title: Session", "title: Talk").replace("name: Conference Room 4", "name: Hall 4")
FEWER = OTHER[: OTHER.index("  - code: L60\n")] + OTHER[OTHER.index("staff:\n") :]


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "SHORT", 0)
    with transaction():
        load(read(large()), by=None, at=make.TODAY)


def the_meeting() -> Meeting:
    db.session.rollback()
    return db.session.scalars(select(Meeting)).one()


def sent(text: str = OTHER) -> int:
    return receive(CHANGE, "spring-review", text.encode(), by=None, at=now())


def row() -> MeetingImport:
    db.session.rollback()
    return db.session.scalars(select(MeetingImport).order_by(MeetingImport.id.desc()).limit(1)).one()


def titles() -> Counter[str]:
    db.session.rollback()
    return Counter(one.split()[0] for one in db.session.scalars(select(Session.title)))


def lines() -> Counter[str]:
    """How often history says each thing, since the meeting was made."""
    db.session.rollback()
    entries = db.session.scalars(select(Entry).where(Entry.at > make.TODAY))
    return Counter(f"{one.verb} {one.thing} {sorted(one.detail.items())}" for one in entries)


@contextmanager
def interrupted(many: int, act: Callable[[], object]) -> Iterator[None]:
    """After so many transactions of the worker, this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working, "_some_of", after(many, act))
        yield


def note_in(code: str) -> None:
    session = db.session.scalars(select(Session).where(Session.code == code)).one()
    make.kept(Note(session_id=session.id, number=1, state_at=make.TODAY, created_at=make.TODAY))


def worked(later: timedelta = timedelta()) -> None:
    while work_long(LONG_JOBS, at=now() + later):
        pass


def dies() -> None:
    raise KeyboardInterrupt


def test_the_worker_changes_what_one_transaction_changes(meeting: None) -> None:
    sent(FEWER)
    worked()
    assert (row().state, row().share) == (DONE, 100)
    assert changes(content_of(the_meeting()), read(FEWER)) == []
    assert verify() == []
    by_worker = lines()
    with transaction():
        load(read(large()), by=None, at=make.TODAY)
    with transaction():
        load(read(FEWER), by=None, at=now())
    twice = lines()
    assert {what: twice[what] for what in by_worker} == {what: 2 * many for what, many in by_worker.items()}


def test_killed_it_goes_on_and_says_each_thing_once(meeting: None) -> None:
    sent()
    db.session.remove()
    db.engine.dispose()
    with interrupted(10, lambda: os.kill(os.getpid(), signal.SIGKILL)):
        process = FORKED.Process(target=work_long, args=(LONG_JOBS,), kwargs={"at": now()})
        process.start()
        process.join()
    assert process.exitcode == -signal.SIGKILL and row().state == WORKING
    assert titles()["Session"] > 0 and titles()["Talk"] > 0  # each session is one or the other
    assert work_long(LONG_JOBS, at=now()) == {}  # its lease is not over

    worked(LEASE + timedelta(minutes=1))
    assert (row().state, row().attempts) == (DONE, 2)
    assert changes(content_of(the_meeting()), read(OTHER)) == []
    changed = {what: many for what, many in lines().items() if what.startswith("changed session")}
    assert len(changed) == SESSIONS and set(changed.values()) == {1} and verify() == []


def test_stopped_what_was_changed_stays_and_the_file_goes_on(meeting: None) -> None:
    sent()
    with interrupted(10, dies), pytest.raises(KeyboardInterrupt):
        work_long(LONG_JOBS, at=now())
    before = titles()
    by = make.administrator()
    with transaction():
        stop(row(), by=db.session.merge(by), at=now())
    worked(LEASE + timedelta(minutes=1))
    assert row().state == STOPPED and titles() == before
    sent()
    worked()
    assert row().state == DONE and changes(content_of(the_meeting()), read(OTHER)) == []


def test_what_others_rest_on_is_refused_before_anything_is_changed(meeting: None) -> None:
    note_in("L70")
    sent(FEWER)
    worked()
    assert row().state == REFUSED and titles()["Talk"] == 0
    assert [one["says"] for one in row().faults] == [
        "Session L70 has 1 note. Keep it in the file; the agenda can cancel it."
    ]


def test_what_others_begin_to_rest_on_meanwhile_is_not_taken_away(meeting: None) -> None:
    sent(FEWER)

    def noted() -> None:
        if not done:
            done.append(True)
            note_in("L70")

    done = list[bool]()
    as_ever = working.look
    with pytest.MonkeyPatch.context() as patch:

        def look(ask: Callable[[], object]) -> object:
            found = as_ever(ask)
            if isinstance(found, tuple):  # what it is to do was worked out
                noted()
            return found

        patch.setattr("eventapp.meetings.arriving.changing.look", look)
        worked()
    assert row().state == REFUSED and "Session L70 has 1 note" in row().sentence
    assert db.session.scalars(select(Session).where(Session.code == "L70")).one().cancelled_at is None


def test_without_looking_again_it_would_be_taken_away(meeting: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(pieces, "refuse_objected", lambda _one: None)
    with pytest.raises(AssertionError):
        test_what_others_begin_to_rest_on_meanwhile_is_not_taken_away(meeting)


def test_what_somebody_changes_meanwhile_in_what_is_the_same_stays(meeting: None) -> None:
    file = read(large().replace("title: Session 3\n", "title: Talk 3\n"))
    differs = difference_apart(file)
    with transaction():
        db.session.scalars(select(Session).where(Session.code == "L5")).one().title = "Mine"
    with transaction():
        load(file, by=None, at=now(), differs=differs)
    found = {one.code: one.title for one in db.session.scalars(select(Session))}
    assert (found["L3"], found["L5"]) == ("Talk 3", "Mine")


def test_a_meeting_that_was_made_meanwhile_is_not_changed_by_chance(app: Flask) -> None:
    differs = difference_apart(read(large()))
    with transaction():
        load(read(large()), by=None, at=now())
    with pytest.raises(Changed), transaction():
        load(read(large()), by=None, at=now(), differs=differs)


def test_the_command_changes_much_as_the_worker_does(meeting: None, app: Flask, tmp_path: Path) -> None:
    file = written(tmp_path, FEWER)
    answer = run(app, "load", file)
    assert (answer.exit_code, answer.output.splitlines()[0]) == (0, "room CR4: name: Conference Room 4 → Hall 4")
    assert row().state == DONE and run(app, "load", file).output.endswith("already: no change.\n")


def test_administrators_look_on(meeting: None, client: PageClient) -> None:
    number = sent()
    client.sign_in(make.administrator())
    assert f"/manage/meetings/file/{number}" in client.get("/manage/meetings/file").text
    assert "The meeting is being changed, a little at a time." in client.get(f"/manage/meetings/file/{number}").text
    worked()
    assert "The meeting is as the file says." in client.get(f"/manage/meetings/file/{number}").text
