"""What the worker does for long lists of who came in, while who asked for one looks on."""

from eventapp.checkin.attendance.exporting import ATTENDANCE, read_gate
from eventapp.meetings.prepared.jobs import making
from eventapp.meetings.prepared.tables import making_of

LONG_JOBS = (making("write lists of who came in", ATTENDANCE, making_of(read_gate)),)
