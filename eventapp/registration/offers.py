"""What a meeting offers to whoever registers: its row and its categories as plain values, by two plain statements.

Every visitor asks for it, at every form and at every sending. As rows of the session it would cost five times as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from eventapp.db import Base, db
from eventapp.meetings.models import Category, Meeting, is_open

MEETINGS = Base.metadata.tables[Meeting.__tablename__]
CATEGORIES = Base.metadata.tables[Category.__tablename__]
# Made once: building a statement costs more than running it.
AT_SLUG = select(MEETINGS).where(MEETINGS.c.slug == bindparam("address"))
HELD = select(MEETINGS).where(MEETINGS.c.id == bindparam("number")).with_for_update()
OF_MEETING = (
    select(CATEGORIES).where(CATEGORIES.c.meeting_id == bindparam("number")).order_by(CATEGORIES.c.protocol_order)
)


@dataclass(frozen=True)
class Offer:
    """A meeting and its categories in order of protocol, with every column of theirs and nothing else."""

    meeting: Any
    categories: Sequence[Any]

    def takes_registrations(self, at: datetime) -> bool:
        """Whether a request sent at this moment is in time."""
        return is_open(self.meeting, at)


def offer_at(slug: str) -> Offer | None:
    """What the meeting at this address offers, None where there is no such meeting."""
    meeting = db.session.execute(AT_SLUG, {"address": slug}).first()
    return offer_of(meeting) if meeting else None


def held_offer(meeting: Meeting | Any) -> Offer:
    """Hold the meeting until the transaction ends, and see what it offers now: lock() for a crowd."""
    return offer_of(db.session.execute(HELD, {"number": meeting.id}).one())


def offer_of(meeting: Any) -> Offer:
    return Offer(meeting, db.session.execute(OF_MEETING, {"number": meeting.id}).all())
