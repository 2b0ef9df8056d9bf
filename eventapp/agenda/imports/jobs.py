"""What the worker does for files of sessions, and what time does to them."""

from eventapp.agenda.imports.actions import forget_old
from eventapp.agenda.imports.models import AgendaImport
from eventapp.agenda.imports.queries import old_rows
from eventapp.agenda.imports.working import work
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.ground.jobs.sliced import is_due
from eventapp.ground.jobs.slices import Lease, take

JOBS = (Job("forget imports of sessions", lambda at: bool(old_rows(at, most=1)), lambda at: forget_old(at=at)),)
LONG_JOBS: tuple[LongJob[Lease[AgendaImport]], ...] = (
    LongJob(
        "import sessions", lambda at: is_due(AgendaImport, at), lambda at: take(AgendaImport, at), work, is_heavy=True
    ),
)
