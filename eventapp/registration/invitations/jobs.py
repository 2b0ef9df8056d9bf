"""The worker writes the letters of many invitations, some at a time."""

from eventapp.ground.jobs.scheduler import LongJob
from eventapp.registration.invitations.actions import write_next
from eventapp.registration.invitations.queries import has_unwritten

LONG_JOBS: tuple[LongJob[list[int]], ...] = (
    LongJob("write letters of invitations", has_unwritten, write_next, lambda _written: None),
)
