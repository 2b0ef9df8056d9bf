"""How long an organizer waits who approves 2,000 people, how long the worker does, and how long a lock is held."""

import time
from collections.abc import Iterator
from datetime import datetime

from bench.figures import Figure, at_most
from bench.held import longest_lock
from bench.importing import received, work
from bench.world import meeting_named
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.actions import grant
from eventapp.meetings.models import ORGANIZER
from eventapp.people.actions import know
from eventapp.registration.decisions.many import to_check
from eventapp.registration.decisions.tasks.actions import ask
from eventapp.registration.decisions.tasks.jobs import LONG_JOBS
from eventapp.registration.decisions.tasks.models import DECIDED
from eventapp.registration.decisions.tasks.queries import tallies
from eventapp.registration.imports.actions import start
from eventapp.registration.lists.listing import Look

SLUG, PEOPLE = "bench-approval", 2000


def approval_figures(at: datetime) -> Iterator[Figure]:
    """The press, the time until all have a place and their letter is in the outbox, and the longest lock meanwhile."""
    with transaction():
        meeting = meeting_named(SLUG, at)
    one = received(meeting, PEOPLE, 0, at, place="pending")
    work()
    with transaction():
        start(one, at=now())
    work()
    with transaction():
        by = know("Bench Organizer", "organizer@example.org", at=at)
        grant(meeting, by, ORGANIZER, by=None, at=at)
    ids = to_check(meeting, Look())
    with longest_lock(db.engine) as seen:
        began = time.perf_counter()
        with transaction():
            task = ask(meeting, "approve", ids, by=by, at=now())
        pressed = time.perf_counter() - began
        work(LONG_JOBS)
        took = time.perf_counter() - began
    assert tallies([task])[task.id][DECIDED] == PEOPLE
    yield at_most(f"to ask for {PEOPLE:,} approvals", pressed * 1000, 500, "ms")
    yield at_most("  until the worker has made them", took, 20, "s")
    yield at_most("  longest write lock meanwhile", seen.milliseconds, 200, "ms")
