"""What the worker does for imports while their organizers look on, and what time does to them."""

from datetime import datetime

from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.ground.jobs.sliced import is_due
from eventapp.ground.jobs.slices import Lease, take
from eventapp.registration.imports.actions import forget_old
from eventapp.registration.imports.models import Import
from eventapp.registration.imports.queries import old_files, old_rows
from eventapp.registration.imports.working import work


def forget_next(at: datetime) -> int:
    """Delete rows and files of imports of long ago. Returns how many."""
    return forget_old(at=at)


JOBS = (Job("forget imports", lambda at: bool(old_rows(at, most=1) or old_files(at)), forget_next),)
LONG_JOBS: tuple[LongJob[Lease[Import]], ...] = (
    LongJob("import participants", lambda at: is_due(Import, at), lambda at: take(Import, at), work, is_heavy=True),
)
