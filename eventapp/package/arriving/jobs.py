"""What the worker does for packages that were sent."""

from eventapp.ground.jobs.scheduler import LongJob
from eventapp.meetings.arriving.actions import Lease
from eventapp.meetings.arriving.jobs import arriving
from eventapp.package.arriving.coming import PACKAGE_FILE

LONG_JOBS: tuple[LongJob[Lease], ...] = (arriving("import packages", PACKAGE_FILE),)
