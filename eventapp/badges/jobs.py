"""What the worker does for badges while who prints them looks on."""

from eventapp.badges.making import BADGES, make
from eventapp.meetings.prepared.jobs import making

# Orders of badges overlap: the second of a meeting draws only what the first has not, so it waits for it.
LONG_JOBS = (making("make badges", BADGES, make, in_turn=True),)
