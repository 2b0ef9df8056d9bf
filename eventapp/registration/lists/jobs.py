"""What the worker does for long lists while who asked for one looks on."""

from eventapp.meetings.prepared.jobs import making
from eventapp.meetings.prepared.tables import making_of
from eventapp.registration.lists.exporting import REGISTRATIONS, read_list

LONG_JOBS = (making("write lists of registrations", REGISTRATIONS, making_of(read_list)),)
