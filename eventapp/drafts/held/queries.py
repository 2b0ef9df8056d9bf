from datetime import datetime, timedelta

from sqlalchemy import select

from eventapp.drafts.held.models import HeldFile
from eventapp.ground.db import db
from eventapp.ground.security.tokens import hashed

HELD_FOR = timedelta(hours=2)


def held_files(form_secret: str, *, at: datetime) -> dict[str, HeldFile]:
    """The files that are held for the form with this secret, by their fields."""
    if not form_secret:
        return {}
    query = select(HeldFile).where(HeldFile.form_hash == hashed(form_secret), HeldFile.held_at > at - HELD_FOR)
    return {one.field: one for one in db.session.scalars(query)}


def has_old(at: datetime) -> bool:
    """Whether there are files whose form nobody sent again in time."""
    return db.session.scalar(select(HeldFile.id).where(HeldFile.held_at <= at - HELD_FOR).limit(1)) is not None
