"""What the worker does for packages while who asked for one looks on."""

from eventapp.meetings.prepared.jobs import making
from eventapp.package.preparing import PACKAGE, make

LONG_JOBS = (making("make packages", PACKAGE, make),)
