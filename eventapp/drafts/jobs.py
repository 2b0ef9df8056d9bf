"""What time does to what somebody has not sent."""

from datetime import datetime

from eventapp.drafts.actions import forget_old
from eventapp.drafts.held.actions import forget_held
from eventapp.drafts.held.queries import has_old
from eventapp.drafts.queries import old_drafts
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job


def has_old_drafts(at: datetime) -> bool:
    """Whether somebody left a draft a year ago."""
    return db.session.scalar(old_drafts(at).limit(1)) is not None


JOBS = (
    Job("held files", has_old, forget_held),
    Job("forget drafts", has_old_drafts, forget_old),
)
