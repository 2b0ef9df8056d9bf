"""What time does to people who are erased: their names are looked for, some rows at each step."""

from eventapp.erasure.actions import read_ahead
from eventapp.erasure.queries import next_to_erase
from eventapp.ground.jobs.scheduler import ReadingJob

JOBS = (ReadingJob("erase names", lambda _at: next_to_erase() is not None, read_ahead),)
