"""What the worker does for badges while who prints them looks on."""

from eventapp.badges.making import BADGES, make
from eventapp.meetings.prepared.jobs import making

LONG_JOBS = (making("make badges", BADGES, make),)
