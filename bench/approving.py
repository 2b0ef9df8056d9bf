"""How long an organizer waits who approves 500 people at once, and how long the write lock is held meanwhile."""

import time
from collections.abc import Iterator
from datetime import datetime

from bench.figures import Figure, at_most
from bench.held import longest_lock
from bench.importing import received, work
from bench.world import meeting_named
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.people.actions import know
from eventapp.registration.decisions.actions import approve
from eventapp.registration.decisions.many import Outcome, act_on_some, to_check
from eventapp.registration.imports.actions import start
from eventapp.registration.lists.listing import Look

SLUG, PEOPLE = "bench-approval", 500


def approval_figures(at: datetime) -> Iterator[Figure]:
    """Seconds until all have a place and their letter is in the outbox, and the longest lock meanwhile."""
    with transaction():
        meeting = meeting_named(SLUG, at)
    one = received(meeting, PEOPLE, 0, at, place="pending")
    work()
    with transaction():
        start(one, at=now())
    work()
    with transaction():
        by = know("Bench Organizer", "organizer@example.org", at=at)
    ids, outcome, done = to_check(meeting, Look()), Outcome(), 0
    with longest_lock(db.engine) as seen:
        began = time.perf_counter()
        while done < len(ids):
            with transaction():
                done += act_on_some(ids[done:], lambda each: approve(each, by=by, at=now()), outcome)
        took = time.perf_counter() - began
    assert len(outcome.done) == PEOPLE, outcome.refused[:3]
    yield at_most(f"{PEOPLE:,} people approved at once", took, 5, "s")
    yield at_most("  longest write lock meanwhile", seen.milliseconds, 200, "ms")
