"""What the worker does for imports while their organizers look on, and what time does to them."""

from datetime import datetime

from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.registration.imports.actions import forget_old
from eventapp.registration.imports.leases import Lease, take
from eventapp.registration.imports.queries import is_due, old_files, old_rows
from eventapp.registration.imports.working import work


def forget_next(at: datetime) -> int:
    """Delete rows and files of imports of long ago. Returns how many."""
    return forget_old(at=at)


JOBS = (Job("forget imports", lambda at: bool(old_rows(at, most=1) or old_files(at)), forget_next),)
LONG_JOBS: tuple[LongJob[Lease], ...] = (LongJob("import participants", is_due, take, work, is_heavy=True),)
