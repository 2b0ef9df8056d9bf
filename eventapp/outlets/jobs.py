"""What the worker does for outlets while who asked for a file looks on."""

from functools import partial

from eventapp.ground.clock import now
from eventapp.meetings.prepared.jobs import making
from eventapp.outlets.files.making import OUTLET, make

LONG_JOBS = (making("make files of outlets", OUTLET, partial(make, clock=now)),)
