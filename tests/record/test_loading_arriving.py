"""What the worker does to a file of notes: stopped, killed, overtaken, refused half way; nothing comes in twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.agenda.models import Session
from eventapp.ground.clock import now
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, MOST, REFUSED, STOPPED, WAITING, WORKING
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Meeting, Staff
from eventapp.people.models import Administrator, Person
from eventapp.record.loading import actions as loading
from eventapp.record.loading.arriving import actions, working
from eventapp.record.loading.arriving.jobs import JOBS, LONG_JOBS
from eventapp.record.loading.arriving.models import LOAD, SENT, NotesImport, NotesImportLine, NotesImportPart
from eventapp.record.loading.reading import read_file
from eventapp.record.notes.models import APPROVED, DRAFT, PUBLISHED, Note
from eventapp.record.notes.queries import notes
from tests import make, make_record
from tests.conftest import ON_POSTGRESQL
from tests.make import TODAY

MANY = "id;session;kind;words\n" + "".join(f"B-{n};S1;trend;Radio {n} reaches farmers.\n" for n in range(6))


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1")
    return meeting


@pytest.fixture
def by(meeting: Meeting) -> Person:
    return make.staff(meeting, ORGANIZER)


@pytest.fixture(autouse=True)
def _by_twos(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines come in at a time."""
    for name in ("LEAST", "MOST"):
        monkeypatch.setattr(loading, name, 2)


def received(meeting: Meeting, by: Person, text: str = MANY) -> int:
    return actions.receive(meeting, "notes.csv", text.encode(), by=by, at=TODAY)


def checked(meeting: Meeting, by: Person, text: str = MANY) -> int:
    number = received(meeting, by, text)
    assert worked() == 1
    return number


def asked(number: int, by: Person, state: str = DRAFT) -> int:
    """The file whose notes are to come in."""
    with transaction():
        actions.load(db.session.get_one(NotesImport, number), state, by=db.session.merge(by, load=False), at=TODAY)
    return number


def worked(at: datetime = TODAY) -> int:
    return work_long(LONG_JOBS, at=at)["let notes in"]


def row(number: int) -> NotesImport:
    db.session.rollback()
    return db.session.get_one(NotesImport, number, populate_existing=True)


def counted(model: type[NotesImportPart | NotesImportLine]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def texts() -> list[str]:
    db.session.rollback()
    return sorted(note.current.text for note in notes())


ALL = [f"Radio {number} reaches farmers." for number in range(6)]


def lines_of_history(verb: str) -> list[dict[str, object]]:
    return [one.detail for one in db.session.scalars(select(Entry).where(Entry.verb == verb).order_by(Entry.number))]


def after(many: int, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the worker write so many transactions of notes as ever, and this done before the next."""
    written = 0

    def counting(write: Callable[[], object]) -> object:
        nonlocal written
        written += 1
        if written == many + 1:
            act()
        return meanwhile(write)

    monkeypatch.setattr(loading, "meanwhile", counting)


def killed() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("many", [0, 1, 2])
def test_what_a_killed_worker_began_the_next_one_ends_and_nothing_comes_in_twice(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    number = asked(checked(meeting, by), by)
    with monkeypatch.context() as patched:
        after(many, killed, patched)
        with pytest.raises(KeyboardInterrupt):
            worked()
    assert (len(texts()), row(number).came_new, row(number).state) == (2 * many, 2 * many, WORKING)
    assert worked() == 0  # it is that worker's still
    assert worked(now() + 2 * LEASE) == 1
    assert texts() == ALL
    one = row(number)
    assert (one.state, one.came_new, one.came_changed, one.attempts) == (DONE, 6, 0, 3)
    assert [one["new"] for one in lines_of_history("loaded notes")] == [6]


def test_killed_between_the_last_note_and_its_end_it_only_ends(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(checked(meeting, by), by)
    with monkeypatch.context() as patched:
        patched.setattr(working, "_loaded", lambda *_given: killed())
        with pytest.raises(KeyboardInterrupt):
            worked()
    assert worked(now() + 2 * LEASE) == 1
    assert (texts(), row(number).came_new, row(number).state) == (ALL, 6, DONE)
    assert [one["new"] for one in lines_of_history("loaded notes")] == [6]
    assert (counted(NotesImportPart), counted(NotesImportLine)) == (0, 0)


def test_the_control_lines_that_are_not_known_again_would_come_in_twice(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(checked(meeting, by), by)
    with monkeypatch.context() as patched:
        after(2, killed, patched)
        with pytest.raises(KeyboardInterrupt):
            worked()
    for room in ("loaded", "inserting"):
        monkeypatch.setattr(f"eventapp.record.loading.{room}.key_of", lambda _meeting, line: f"again {line.line}")
    worked(now() + 2 * LEASE)
    assert len(texts()) == 10


@pytest.mark.parametrize("is_looked_at", [True, False], ids=["", "the control"])
def test_who_comes_back_too_late_writes_nothing(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch, *, is_looked_at: bool
) -> None:
    """Another worker takes the file before the second two lines, and dies."""
    number = asked(checked(meeting, by), by)
    if not is_looked_at:
        monkeypatch.setattr(working, "ours", lambda lease: db.session.get_one(NotesImport, lease.import_id))

    def overtaken() -> None:
        meanwhile(lambda: actions.take(now() + 2 * LEASE))

    after(1, overtaken, monkeypatch)
    assert worked() == 1
    assert (len(texts()), row(number).state) == ((2, WORKING) if is_looked_at else (6, DONE))


def test_stopped_it_keeps_what_came_in_and_goes_on_when_told_to(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(checked(meeting, by), by)
    with monkeypatch.context() as patched:
        after(1, lambda: meanwhile(lambda: stopped(number, by.id)), patched)
        worked()
    one = row(number)
    assert (len(texts()), one.state, one.came_new, one.is_open) == (2, STOPPED, 2, False)
    assert lines_of_history("stopped loading notes") == [{"file": "notes.csv", "new": 2, "changed": 0}]
    assert worked(now() + 2 * LEASE) == 0
    asked(number, by)
    worked()
    assert (texts(), row(number).came_new) == (ALL, 6)


def stopped(number: int, by_id: int) -> None:
    actions.stop(db.session.get_one(NotesImport, number), by=db.session.get_one(Person, by_id), at=TODAY)


def test_a_check_is_stopped_and_begun_again(meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    number, read = received(meeting, by), read_file

    def reading(content: bytes) -> object:
        meanwhile(lambda: stopped(number, by.id))
        return read(content)

    with monkeypatch.context() as patched:
        patched.setattr(working, "watched", lambda write, _watch: write())
        patched.setattr(working, "read_file", reading)
        assert worked() == 1
    assert (row(number).state, counted(NotesImportLine), lines_of_history("stopped loading notes")) == (STOPPED, 0, [])
    with pytest.raises(Refused, match="Check the file first"), transaction():
        actions.load(row_inside(number), DRAFT, by=row_inside(number).by, at=TODAY)  # type: ignore[arg-type]
    with transaction():
        actions.check_again(row_inside(number), at=TODAY)
    assert worked() == 1
    assert (row(number).is_checked, row(number).new, counted(NotesImportLine)) == (True, 6, 6)


def row_inside(number: int) -> NotesImport:
    return db.session.get_one(NotesImport, number)


def test_a_check_that_is_begun_again_shows_each_line_once(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = received(meeting, by)
    with monkeypatch.context() as patched:
        patched.setattr(working, "_checked", lambda *_given: killed())
        with pytest.raises(KeyboardInterrupt):
            worked()
    assert counted(NotesImportLine) == 6
    assert worked(now() + 2 * LEASE) == 1
    assert (row(number).is_checked, counted(NotesImportLine)) == (True, 6)


def test_pressed_twice_it_is_done_once_and_one_file_at_a_time(meeting: Meeting, by: Person) -> None:
    number, other = checked(meeting, by), checked(meeting, by, MANY.replace("B-", "C-"))
    asked(asked(number, by), by)
    with pytest.raises(Refused, match="another file"):
        asked(other, by)
    assert worked() == 1
    asked(number, by)
    assert worked() == 0 and len(texts()) == 6
    with pytest.raises(Refused, match="are here already"), transaction():
        actions.check_again(row_inside(number), at=TODAY)
    asked(other, by)
    assert worked() == 1 and len(texts()) == 12


def test_only_who_may_still_lets_them_in(meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    number = checked(meeting, by)
    with pytest.raises(Refused, match="Only an administrator"):
        asked(number, by, APPROVED)
    asked(number, by)

    def no_more() -> None:
        for one in db.session.scalars(select(Staff).where(Staff.person_id == by.id)):
            db.session.delete(one)

    after(1, lambda: meanwhile(no_more), monkeypatch)
    worked()
    one = row(number)
    assert (one.state, len(texts()), one.came_new) == (REFUSED, 2, 2)
    assert "may not record this meeting any more" in one.sentence


def test_approved_notes_need_an_administrator_until_they_are_in(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = make.administrator()
    number = asked(checked(meeting, boss), boss, APPROVED)
    with transaction():
        db.session.scalars(select(Administrator).where(Administrator.person_id == boss.id)).one().ended_at = TODAY
    make.kept(Staff(meeting_id=meeting.id, person_id=boss.id, role=ORGANIZER, granted_at=TODAY))
    monkeypatch.setattr(working, "read_file", lambda _content: killed())  # it is not read for nothing
    worked()
    assert (row(number).state, texts()) == (REFUSED, [])
    assert "Only an administrator" in row(number).sentence
    with pytest.raises(Refused, match="Only an administrator"):
        asked(number, boss, APPROVED)


def test_a_meeting_that_is_closed_meanwhile_takes_in_no_more(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, meeting_id = asked(checked(meeting, by), by), meeting.id

    def close() -> None:
        db.session.get_one(Meeting, meeting_id).closed_at = TODAY

    after(2, lambda: meanwhile(close), monkeypatch)
    worked()
    assert (row(number).state, row(number).came_new, len(texts())) == (REFUSED, 4, 4)
    assert "The meeting is closed" in row(number).sentence


def test_a_line_that_becomes_wrong_meanwhile_is_named_and_the_file_is_put_right(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_in = asked(checked(meeting, by), by)
    worked()
    number = asked(checked(meeting, by, MANY.replace("farmers", "fishers")), by)

    def publish() -> None:
        last = db.session.scalars(select(Note).order_by(Note.id.desc()).limit(1)).one()
        last.state, last.state_at = PUBLISHED, now()

    with monkeypatch.context() as patched:
        after(1, lambda: meanwhile(publish), patched)
        worked()
    one = row(number)
    assert (one.state, one.came_changed, one.faulty) == (REFUSED, 2, 1)
    assert "2 notes came in and stay" in one.sentence
    assert [line.line for line in db.session.scalars(select(NotesImportLine))] == [7]
    assert row(worked_in).state == DONE
    with transaction():
        db.session.scalars(select(Note).order_by(Note.id.desc()).limit(1)).one().state = DRAFT
        actions.check_again(row_inside(number), at=TODAY)
    worked()
    assert (row(number).is_checked, row(number).changed, row(number).same) == (True, 4, 2)


def test_somebody_who_types_meanwhile_is_no_reason_to_stop(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(checked(meeting, by), by)

    def types() -> None:
        make_record.note(db.session.scalars(select(Session)).one(), "Somebody types meanwhile.")

    after(1, types, monkeypatch)
    worked()
    assert (row(number).state, row(number).came_new, len(texts())) == (DONE, 6, 7)


@pytest.mark.parametrize("act", ["check", "load"])
def test_a_file_of_which_three_workers_die_has_failed_and_may_be_tried_again(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    number = received(meeting, by) if act == "check" else asked(checked(meeting, by), by)
    at = now()
    with monkeypatch.context() as patched:
        patched.setattr(working, "read_file", lambda _content: killed())
        patched.setattr(working, "watched", lambda write, _watch: write())
        for _one in range(MOST):
            with pytest.raises(KeyboardInterrupt):
                worked(at)
            at += 2 * LEASE
        assert worked(at) == 0
    assert row(number).state == FAILED
    assert ("nothing was changed" in row(number).sentence) == (act == "check")
    if act == "check":
        with transaction():
            actions.check_again(row_inside(number), at=TODAY)
    else:
        asked(number, by)
    assert worked() == 1 and row(number).state == DONE


def test_workers_that_get_something_done_may_die_more_often(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "LEAST", 1)
    monkeypatch.setattr(loading, "MOST", 1)
    number, at = asked(checked(meeting, by), by), now()
    for _one in range(MOST + 1):
        with monkeypatch.context() as patched:
            after(1, killed, patched)
            with pytest.raises(KeyboardInterrupt):
                worked(at)
        at += 2 * LEASE
    assert worked(at) == 1
    assert (row(number).state, texts()) == (DONE, ALL)


@pytest.mark.parametrize("act", ["check", "load"])
def test_who_looks_on_sees_how_far_it_is(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    number, seen = received(meeting, by), list[int]()
    if act == "load":
        worked()
        asked(number, by)

    def telling(go_on: Callable[[int], None], _clock: object) -> Callable[[int, int], None]:
        def tell(done: int, many: int) -> None:
            meanwhile(lambda: go_on(100 * done // many))
            seen.append(share_of(number))

        return tell

    monkeypatch.setattr(working, "teller", telling)
    after(2, lambda: seen.append(share_of(number)), monkeypatch)
    worked()
    assert seen == sorted(seen) and len(set(seen)) > 5
    assert seen[-1] == (83 if act == "load" else 91)


def share_of(number: int) -> int:
    return meanwhile(lambda: db.session.get_one(NotesImport, number).share)


@pytest.mark.parametrize("is_watched", [True, False], ids=["", "the control"])
def test_who_reads_a_file_keeps_it(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch, *, is_watched: bool
) -> None:
    """To read it takes longer than a lease lasts."""
    number, minutes, free = received(meeting, by), [0], list[bool]()

    def clock() -> datetime:
        return now() + timedelta(minutes=minutes[0])

    def looking(write: Callable[[], object], watch: Callable[[], None]) -> object:
        minutes[0] += 3
        if is_watched:
            watch()
        free.append((row(number).until or clock()) <= clock())
        return write()

    monkeypatch.setattr(working, "watched", looking)
    with transaction():
        lease = actions.take(clock())
    assert lease is not None
    assert working.work(lease, clock) is None
    assert free == [not is_watched]


@pytest.mark.parametrize("is_apart", [True, False], ids=["", "the control"])
def test_while_notes_come_in_nothing_is_read_of_an_old_state(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch, *, is_apart: bool
) -> None:
    """Else the log of SQLite grows until the last is in: 800 MB for 20,000 notes."""
    asked(checked(meeting, by), by)
    seen = list[bool]()
    if not is_apart:
        monkeypatch.setattr(loading, "looked", lambda ask: ask())
    after(2, lambda: seen.append(sqlite.cut_log(db.engine)), monkeypatch)
    worked()
    assert seen == [is_apart or ON_POSTGRESQL]


def test_files_are_forgotten(meeting: Meeting, by: Person) -> None:
    def forgotten(**later: int) -> tuple[int, int, int]:
        work_through(JOBS, at=TODAY + timedelta(**later))
        parts, lines = counted(NotesImportPart), counted(NotesImportLine)
        return parts, lines, db.session.scalar(select(func.count()).select_from(NotesImport)) or 0

    half = checked(meeting, by)
    number = asked(checked(meeting, by), by)
    with transaction():
        row_inside(half).state = SENT
    checked(meeting, by, MANY.replace("B-", "C-"))
    received(meeting, by)
    assert worked() == 1  # of number, which was asked for first
    assert forgotten(minutes=1)[2] == 4
    assert row(number).state == DONE
    parts, lines, rows = forgotten(hours=2)
    assert (parts, lines, rows) == (2, 6, 3)  # of what was checked, and of what waits
    assert forgotten(days=29) == (2, 6, 3)
    assert forgotten(days=31) == (1, 0, 1)  # what the worker has is never old
    one = db.session.scalars(select(NotesImport)).one()
    assert (one.act, one.state) != (LOAD, WAITING)


def test_a_file_is_kept_in_parts(meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "A_PART", 50)
    number = received(meeting, by)
    assert counted(NotesImportPart) == -(-len(MANY) // 50)
    worked()
    assert row(number).new == 6
    asked(number, by)
    worked()
    assert (texts(), counted(NotesImportPart)) == (ALL, 0)
