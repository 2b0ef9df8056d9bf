"""Readings at the door while the worker does what takes long: 20 a second on SQLite, and the longest of them.

Each job is done in a process of its own, `python -m bench.meanwhile JOB SHARE`, as the worker does it. What it needs is
made first; then it says so and waits, so that readings are counted from the moment at which it begins. A reading is
counted from when it was due.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Event, Timer

from bench.figures import Figure, at_most
from bench.held import longest_lock
from bench.importing import note_lines, received, table_imported, table_received, work
from bench.load import Browser
from bench.messages import TEXTS, add_people
from bench.noted import COMPILED, DRAFT, compiled_slug
from bench.people import Door
from bench.server import Server
from bench.world import add_sessions, meeting_named
from eventapp import create_app
from eventapp.clearance.checking.actions import check
from eventapp.clearance.publication.actions import publish_as
from eventapp.desk.starting.actions import UNDATED
from eventapp.desk.starting.coming import COPY, as_content
from eventapp.desk.starting.content import PARTS, Beginning
from eventapp.desk.starting.jobs import LONG_JOBS as COPY_JOBS
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import AnyLongJob, work_long
from eventapp.meeting_file.arriving.coming import MEETING_FILE
from eventapp.meeting_file.arriving.jobs import LONG_JOBS as FILE_JOBS
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.writer import write as write_file
from eventapp.meetings.arriving.actions import receive
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import order
from eventapp.meetings.queries import meeting_at
from eventapp.messages.actions import Content, send, write
from eventapp.messages.audience import Audience
from eventapp.messages.jobs import LONG_JOBS as MESSAGE_JOBS
from eventapp.package.arriving.coming import PACKAGE_FILE
from eventapp.package.arriving.jobs import LONG_JOBS as ARRIVAL_JOBS
from eventapp.package.export.meeting import filled
from eventapp.package.jobs import LONG_JOBS as PACKAGE_JOBS
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import ARCHIVE
from eventapp.package.preparing import PACKAGE
from eventapp.people.actions import know
from eventapp.record.loading.actions import load_file
from eventapp.record.loading.reading import read_file
from eventapp.registration.imports.actions import start
from eventapp.review.compilation.actions import start_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import report_at

DEVICES, A_SECOND, LONGEST = 4, 20, 300  # ms for the longest reading
ALONE, LOCK = 5, 200  # seconds without a job; ms
PEOPLE, LINES, SESSIONS = 3_000, 20_000, 2_500
NAME = "meanwhile"
Job = Callable[[], object]


def meanwhile_figures(server: Server, door: Door, environment: dict[str, str], share: int = 1) -> Iterator[Figure]:
    """The longest reading while each job runs, and while nothing does; `share` makes each so many times smaller."""
    door.sign_in(Browser(server.port))
    over = Event()
    Timer(ALONE, over.set).start()
    many, longest = readings(server, door, over, 0)
    yield at_most(f"longest of {many} readings at the door, nothing else", longest, LONGEST, "ms")
    for name in JOBS:
        command = [sys.executable, "-m", "bench.meanwhile", name, str(share)]
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", name
            over = Event()
            process.stdin.write("\n")
            process.stdin.flush()
            with ThreadPoolExecutor(1) as beside:
                ended = beside.submit(when_over, process, over)
                many, longest = readings(server, door, over, list(JOBS).index(name) + 1)
                ended.result()
            assert process.returncode == 0, f"{name} failed"
            found = json.loads(process.stdout.read().splitlines()[-1])
        yield at_most(f"  of {many}, meanwhile: {name}", longest, LONGEST, "ms")
        yield at_most("    its longest write lock", found["lock"], LOCK, "ms")


def when_over(process: "subprocess.Popen[str]", over: Event) -> None:
    process.wait()
    over.set()


def readings(server: Server, door: Door, over: Event, turn: int) -> tuple[int, float]:
    """Read at this rate from a few devices until that is over: how many, and the milliseconds of the longest."""
    began = time.perf_counter()

    def device(place: int) -> list[float]:
        browser, found, number = Browser(server.port), list[float](), place
        door.enter(browser)
        while not over.is_set():
            due = began + number / A_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            answer = door.scan(browser, turn * 100_000 + number)
            assert answer.status == 200, answer.status
            found.append((time.perf_counter() - due) * 1000)
            number += DEVICES
        return found

    with ThreadPoolExecutor(DEVICES) as gate:
        took = [one for device_took in gate.map(device, range(DEVICES)) for one in device_took]
    return len(took), max(took)


def large() -> Meeting:
    """The meeting of 10,000 cleared notes."""
    meeting = meeting_at(compiled_slug(COMPILED[-1]))
    assert meeting is not None
    return meeting


def its_report() -> Report:
    report = report_at(large(), NAME)
    assert report is not None
    return report


def compiling(_share: int) -> Job:
    meeting = large()
    return lambda: start_report(meeting, replace(DRAFT, name=NAME), by=None, at=now())


def importing(share: int) -> Job:
    with transaction():
        meeting = meeting_named(f"{NAME}-people", now())
    one = received(meeting, PEOPLE // share, 0, now())

    def act() -> None:
        work()
        with transaction():
            start(one, at=now())
        work()

    return act


def importing_sessions(share: int) -> Job:
    with transaction():
        meeting = meeting_named(f"{NAME}-table", now())
    return partial(table_imported, table_received(meeting, PEOPLE // share, now()))


def loading(share: int) -> Job:
    with transaction():
        meeting = meeting_named(f"{NAME}-notes", now())
        add_sessions(meeting, 100, now())
    number, file = meeting.id, read_file(note_lines(meeting, LINES // share).encode())
    return lambda: load_file(number, file, by=None, at=now())


def writing(share: int) -> Job:
    at = now()
    with transaction():
        meeting = add_people(f"{NAME}-message", at, LINES // share)
        by = know("Bench Organizer", "organizer@example.org", at=at)
        send(write(meeting, Content(TEXTS, Audience(), is_necessary=False), by=by, at=at), by=by, at=at)

    return partial(until_done, MESSAGE_JOBS)


def until_done(jobs: Iterable[AnyLongJob]) -> None:
    """Do all there is of these, as the worker does."""
    while work_long(jobs, at=now()):
        pass


def packing(_share: int) -> Job:
    at = now()
    with transaction():
        by = know("Bench Organizer", "organizer@example.org", at=at)
        order(large(), PACKAGE, ARCHIVE, by=by, at=at)
    return partial(until_done, PACKAGE_JOBS)


def arriving(_share: int) -> Job:
    """The large meeting comes again, under another name, without its releases and reports."""
    found, slug = filled(large(), ARCHIVE).package, f"{NAME}-{int(time.time())}"
    sessions = tuple(replace(one, uid=f"{slug}-{one.code}") for one in found.agenda.sessions)
    agenda = replace(found.agenda, release=None, earlier=(), sessions=sessions)
    without = replace(found, meeting=replace(found.meeting, slug=slug), reports=(), evidence=(), papers={})
    content = to_zip(replace(without, agenda=agenda))
    receive(PACKAGE_FILE.name, slug, content, by=None, contact="organizer@example.org", at=now())
    return partial(until_done, ARRIVAL_JOBS)


def meeting_file(share: int) -> Job:
    """A meeting of its own, with so many sessions and three parts in each, comes again as a file."""
    slug = f"{NAME}-file-{int(time.time())}"
    content = write_file(replace(content_of(of_sessions(share)), slug=slug)).encode()
    receive(MEETING_FILE.name, slug, content, by=None, at=now())
    return partial(until_done, FILE_JOBS)


def copying(share: int) -> Job:
    """The same meeting is copied, with all that may come along."""
    source = of_sessions(share)
    wanted = Beginning(
        slug=f"{NAME}-copy-{int(time.time())}",
        title="Bench",
        starts=source.starts_on,
        ends=source.ends_on,
        venue="Bench",
        city="Bangkok",
        country="THA",
        zone=source.zone,
        organization="Bench",
        organizer="Bench Organizer",
        email="organizer@example.org",
    )
    receive(COPY.name, wanted.slug, as_content(wanted, source, {*PARTS} - {UNDATED}, None), by=None, at=now())
    return partial(until_done, COPY_JOBS)


def of_sessions(share: int) -> Meeting:
    """A meeting with so many sessions and three parts in each, which two of the jobs share."""
    slug = f"{NAME}-sessions"
    found = meeting_at(slug)
    if found is None:
        with transaction():
            found = meeting_named(slug, now())
            add_sessions(found, SESSIONS // share, now())
    return found


JOBS: dict[str, Callable[[int], Job]] = {
    "compile": compiling,
    "check": lambda _share: lambda: check(its_report(), at=now()),
    "publish": lambda _share: lambda: publish_as(its_report(), "", by=None, at=now()),
    "package": packing,
    "import of people": importing,
    "import of sessions": importing_sessions,
    "import of notes": loading,
    "import of a package": arriving,
    f"a meeting file of {SESSIONS:,} sessions is loaded": meeting_file,
    f"a meeting of {SESSIONS:,} sessions is copied": copying,
    "messages": writing,
}


def main(name: str, share: int) -> None:
    with create_app().app_context():
        act = JOBS[name](share)
        db.session.rollback()
        print("ready", flush=True)
        sys.stdin.readline()
        with longest_lock(db.engine) as seen:
            act()
        print(json.dumps({"lock": seen.milliseconds}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
