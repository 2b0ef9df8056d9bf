"""What the worker does for papers while who asked for them looks on."""

from functools import partial

from eventapp.ground.clock import now
from eventapp.meetings.prepared.jobs import making
from eventapp.personal_papers.making import PAPERS, make

# In turn: the numbers of the second order of a meeting come after those of the first.
LONG_JOBS = (making("issue papers", PAPERS, partial(make, clock=now), in_turn=True),)
