"""What the worker does for files of notes, while who asked for one looks on."""

from eventapp.meetings.prepared.jobs import making
from eventapp.record.loading.files.making import NOTES, make

LONG_JOBS = (making("write files of notes", NOTES, make),)
