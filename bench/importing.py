"""How long the worker checks and imports a file of people, and a file of notes comes in, and how long each holds the write lock."""

import csv
import json
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from io import StringIO

from bench.figures import Figure, at_most
from bench.held import longest_lock
from bench.world import add_sessions, meeting_named, worded
from eventapp.agenda.imports.actions import start as start_table
from eventapp.agenda.imports.jobs import LONG_JOBS as TABLE_JOBS
from eventapp.agenda.imports.models import AgendaImport
from eventapp.agenda.imports.queries import counts as table_counts
from eventapp.agenda.imports.tables.choosing import choose_again, choose_columns, order_of_days, receive_table
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import AnyLongJob, work_long
from eventapp.ground.tables.reading import Sheet, read_head
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_of
from eventapp.people.actions import know
from eventapp.record.loading.actions import load_file
from eventapp.record.loading.queries import NEW
from eventapp.record.loading.reading import read_file
from eventapp.record.sessions.queries import sessions_recorded
from eventapp.registration.imports.actions import check, receive, start
from eventapp.registration.imports.columns import guessed
from eventapp.registration.imports.jobs import LONG_JOBS
from eventapp.registration.imports.models import Import
from eventapp.registration.imports.queries import counts

SLUG, PEOPLE, LARGE, FAULTS, CODES = "bench-import", 3_000, 20_000, 500, 100
HEAD = ("Family name", "Given names", "Email", "Type of participant", "Represents", "Job title")


def import_figures(at: datetime) -> Iterator[Figure]:
    """Seconds until everybody is in, the longest lock meanwhile, and the dry run of a large file with faults."""
    with transaction():
        meeting = meeting_named(SLUG, at)
    one = received(meeting, PEOPLE, 0, at)
    with longest_lock(db.engine) as seen:
        began = time.perf_counter()
        work()
        with transaction():
            start(one, at=now())
        work()
        took = time.perf_counter() - began
    assert counts(one)["added"] == PEOPLE, counts(one)
    yield at_most(f"{PEOPLE:,} people of a file checked and imported", took, 15, "s")
    yield at_most("  longest write lock meanwhile", seen.milliseconds, 200, "ms")
    large = received(meeting, LARGE, FAULTS, at)
    with longest_lock(db.engine) as seen:
        began = time.perf_counter()
        work()
        took = time.perf_counter() - began
    tally = counts(large)
    assert (tally["faulty"], tally["same"]) == (FAULTS, PEOPLE - FAULTS), tally
    yield at_most(f"  {LARGE:,} rows with {FAULTS} faults checked", took, 20, "s")
    yield at_most("  longest write lock meanwhile", seen.milliseconds, 200, "ms")
    yield from note_figures(meeting, at)


def note_figures(meeting: Meeting, at: datetime) -> Iterator[Figure]:
    """The same of a file of notes, as the command and the page take it in."""
    with transaction():
        add_sessions(meeting, CODES, at)
    text = note_lines(meeting, LARGE)
    with longest_lock(db.engine) as seen:
        began = time.perf_counter()
        done = load_file(meeting.id, read_file(text.encode()), by=None, at=now())
        took = time.perf_counter() - began
    assert done.count(NEW) == LARGE, done.count(NEW)
    yield at_most(f"{LARGE:,} notes of a file loaded", took, 60, "s")
    yield at_most("  longest write lock meanwhile", seen.milliseconds, 200, "ms")


def note_lines(meeting: Meeting, many: int) -> str:
    """So many notes as a file has them, of all sessions in turn."""
    codes = [one.code for one in sessions_recorded(meeting)]
    return "\n".join(
        json.dumps(
            {"id": f"N-{n}", "session": codes[n % len(codes)], "kind": "trend", "words": f"Radio {n} reaches us."}
        )
        for n in range(many)
    )


def received(meeting: Meeting, many: int, faults: int, at: datetime, *, place: str = "approved") -> Import:
    """A file of so many people, some of them without a sound address, handed to the worker."""
    out = StringIO()
    code = categories_of(meeting)[0].code
    lines = (
        (f"Family {n}", f"Given {n}", f"p{n}@example.org" if n >= faults else "p@", code, f"Body {n % 40}", "Officer")
        for n in range(many)
    )
    csv.writer(out).writerows([HEAD, *lines])
    content = out.getvalue().encode()
    with transaction():
        by = know("Bench Organizer", "organizer@example.org", at=at)
        one = receive(meeting, "people.csv", content, read_head(content, most=4).rows, by=by, at=now())
        check(one, guessed(HEAD, (), {}), {"place": place, "letters": "none"}, at=now())
    return one


def table_received(meeting: Meeting, many: int, at: datetime) -> AgendaImport:
    """A table of so many sessions, of which nobody has said what its columns are."""
    rows: list[tuple[str, ...]] = [("ID", "Title", "Date", "Start", "How long it takes", "Kind", "People", "Abstract")]
    for n in range(many):
        day = meeting.starts_on + timedelta(days=n % 40)
        who = f"Given {n % 300} Family; Given {n % 170} Other (chair)"
        rows.append(
            (f"B-{n}", f"Session {n}", f"{day:%d/%m/%Y}", f"{8 + n % 10}:00", "55", "discussion", who, worded(n, 30))
        )
    with transaction():
        return receive_table(meeting, "agenda.csv", Sheet(tuple(rows)), by=None, at=at)


def table_imported(one: AgendaImport) -> None:
    """Choose its columns, twice, and let the worker import it, as the pages do."""
    number, columns = one.id, list(one.columns)
    for time_chosen in range(2):
        if time_chosen:
            with transaction():
                choose_again(one)
        order = order_of_days(one, columns, "")
        with transaction():
            choose_columns(one, columns, order)
        work(TABLE_JOBS)
    with transaction():
        start_table(one, cancels=False, at=now())
    work(TABLE_JOBS)
    one = db.session.get_one(AgendaImport, number)
    assert table_counts(one)["added"] > 0, table_counts(one)


def work(jobs: Iterable[AnyLongJob] = LONG_JOBS) -> None:
    """Let the worker do all there is."""
    while work_long(jobs, at=now()):
        pass
    db.session.expire_all()
