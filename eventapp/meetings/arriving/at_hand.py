"""A command brings a file in as the worker would, and waits for the end."""

import time
from collections.abc import Iterable

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.jobs.scheduler import LongJob, work_long
from eventapp.ground.refusal import Refused
from eventapp.meetings.arriving.actions import Lease
from eventapp.meetings.arriving.coming import Objected
from eventapp.meetings.arriving.models import MeetingImport

A_LOOK = 1.0  # seconds between two looks at what a worker does


def finish(number: int, jobs: Iterable[LongJob[Lease]]) -> None:
    """Do these jobs until this import is over; a worker may do it too, and goes on where this is killed.

    Refused with what was wrong, or with a word where it was stopped.
    """
    listed = list(jobs)
    while (row := now_of(number)) is not None and row.is_open:
        if not work_long(listed, at=now()):
            time.sleep(A_LOOK)  # a worker was faster
    if row is None or row.state != DONE:
        work_long(listed, at=now())  # takes out what is left of it
        if row and row.faults:
            raise Objected([(one["line"], one["says"]) for one in row.faults])
        raise Refused(row.sentence if row and row.sentence else "It was stopped.")


def now_of(number: int) -> MeetingImport | None:
    return db.session.get(MeetingImport, number, populate_existing=True)
