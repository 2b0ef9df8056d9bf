"""What the worker does for official lists while who asked for a file looks on."""

from eventapp.meetings.prepared.jobs import making
from eventapp.official_list.files.making import LIST, make

LONG_JOBS = (making("make files of official lists", LIST, make),)
