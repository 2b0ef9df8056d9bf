"""What the worker does for long lists of who spoke, while who asked for one looks on."""

from eventapp.floor.speaking.exporting import SPEAKERS, read_speakers
from eventapp.meetings.prepared.jobs import making
from eventapp.meetings.prepared.tables import making_of

LONG_JOBS = (making("write lists of who spoke", SPEAKERS, making_of(read_speakers)),)
