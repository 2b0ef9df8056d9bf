"""What the worker does for large meeting files that were sent."""

from eventapp.ground.jobs.scheduler import LongJob
from eventapp.meeting_file.arriving.altering import CHANGE, alter
from eventapp.meeting_file.arriving.coming import MEETING_FILE
from eventapp.meetings.arriving.actions import Lease
from eventapp.meetings.arriving.jobs import arriving, changing

LONG_JOBS: tuple[LongJob[Lease], ...] = (
    arriving("load meeting files", MEETING_FILE),
    changing("change meetings by files", CHANGE, alter),
)
