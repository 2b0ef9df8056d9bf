"""What time does to people."""

from datetime import datetime

from flask import current_app

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job
from eventapp.people.limits import forget_old_tries, has_old_tries
from eventapp.people.sign_in.forgetting import Lasting, forget_links, forget_sign_ins, old_links, old_sign_ins


def lasting() -> Lasting:
    """How long sign-ins last here."""
    return Lasting(current_app.config["SIGN_IN_IDLE"], current_app.config["SIGN_IN_LASTS"])


def has_old_links(at: datetime) -> bool:
    """Whether a link could be used long ago."""
    return db.session.scalar(old_links(at).limit(1)) is not None


def has_old_sign_ins(at: datetime) -> bool:
    """Whether a sign-in ended long ago."""
    return db.session.scalar(old_sign_ins(at, lasting()).limit(1)) is not None


JOBS = (
    Job("forget tries", has_old_tries, forget_old_tries),
    Job("forget links to sign in", has_old_links, forget_links),
    Job("forget sign-ins", has_old_sign_ins, lambda at: forget_sign_ins(at, lasting())),
)
