"""What time does to people."""

from eventapp.ground.jobs.scheduler import Job
from eventapp.people.limits import forget_old_tries, has_old_tries

JOBS = (Job("forget tries", has_old_tries, forget_old_tries),)
