"""What time does to what somebody has not sent."""

from eventapp.drafts.held.actions import forget_held
from eventapp.drafts.held.queries import has_old
from eventapp.ground.jobs.scheduler import Job

JOBS = (Job("held files", has_old, forget_held),)
